"""Responses of two operations: which statuses there are, their bodies, headers and links.

A status without an entry of its own is described by its range (`4XX`), and without that by `default`. So an entry that comes is held
against what described its status before, and where one goes, what describes it now is held against it. A success that goes, and that
`default` describes as something else, is no longer answered: nobody describes a success by what is meant for errors. For the same reason
`default` described no further success where a success had an entry of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pytest_apiversion.core.contracts.change_rule import Direction
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.diff.bodies import compare_contents
from pytest_apiversion.diff.document import Document, Node, escape
from pytest_apiversion.diff.fields.compare_fields import compare_fields
from pytest_apiversion.diff.fields.field import headers_of
from pytest_apiversion.diff.left_out import left_out
from pytest_apiversion.diff.pair import Pair
from pytest_apiversion.diff.pairs import Ground
from pytest_apiversion.diff.schemas import drained

_OTHER = {Direction.REQUEST: Direction.RESPONSE, Direction.RESPONSE: Direction.REQUEST}

_BODILESS = frozenset({"204", "205", "304"})
"""Statuses besides `1XX` that never have a body (RFC 9110, sections 15.2, 15.3.5, 15.3.6, 15.4.5), whatever `default` describes."""


_STATUS = re.compile("[1-9]([0-9]{2}|[xX]{2})|default", re.ASCII)


_QUALIFIED = re.compile(r"^(path|query|header|cookie)\.(?=.)")


def compare_responses(
    ground: Ground, pair: Pair, old: Node, new: Node, direction: Direction, *, method: str = ""
) -> None:
    """Compare the `responses` of two operations; those to `HEAD` have no body (RFC 9110, section 9.3.2)."""
    if left_out(old.raw.get("responses")) or left_out(new.raw.get("responses")):
        return
    was, now = _responses(ground.old, old), _responses(ground.new, new)
    if method == "HEAD":
        was, now = (
            {
                status: node._replace(raw={word: part for word, part in node.raw.items() if word != "content"})
                for status, node in side.items()
                if not left_out(node.raw)
            }
            for side in (was, now)
        )
    for status in {**was, **now}:
        before, after = was.get(status), now.get(status)
        if before is not None and after is not None:
            _response(ground, pair, status, before, after, direction)
        elif after is not None:
            _came(ground, pair, status, was, after, direction)
        elif before is not None:
            _gone(ground, pair, status, before, was, now, direction)


def _came(ground: Ground, pair: Pair, status: str, was: Mapping[str, Node], after: Node, direction: Direction) -> None:
    if _ranged(status) in was:  # a code of a range is a narrower answer
        _response(ground, pair, status, was[_ranged(status)], after, direction)
        return
    described = was.get("default") if status != "default" else None
    further = _kind(status) == "success-status" and any(one.startswith("2") for one in was)
    apart = further and described is not None and not _alike(ground, status, described, after, direction)
    name = "success-status-unlike-default" if apart else f"{_kind(status)}-added"
    pair.say(f"{direction.value}-{name}", place=after.place, label=status)
    if described is not None and not further:
        _response(ground, pair, status, described, after, direction)


def _gone(
    ground: Ground,
    pair: Pair,
    status: str,
    before: Node,
    was: Mapping[str, Node],
    now: Mapping[str, Node],
    direction: Direction,
) -> None:
    if _ranged(status) in now:
        _response(ground, pair, status, before, now[_ranged(status)], direction)
        return
    if status == "default" and {"4xx", "5xx"} <= now.keys():
        return  # they describe what it did: which of them came is compared with it
    became_codes = any(_ranged(one) == status and one not in was for one in now)
    error = _kind(status) == "error-status"
    if (
        status != "default"
        and "default" in now
        and (error or _covered(ground, status, before, now["default"], direction))
    ):
        after = now["default"]
        if not became_codes:
            name = f"{direction.value}-{_kind(status)}-left-to-default"
            pair.say(name, place=after.place, old_place=before.place, label=status)
        _response(ground, pair, status, before, after, direction)
    elif not became_codes:  # the codes of a range are compared with it
        pair.say(f"{direction.value}-{_kind(status)}-removed", old_place=before.place, label=status)


def _covered(ground: Ground, status: str, before: Node, after: Node, direction: Direction) -> bool:
    """Whether what describes a success now may be it: clients lose nothing, and there is no body where there was none."""
    bodiless = after.raw.get("content") and not before.raw.get("content")
    return not bodiless and _alike(ground, status, before, after, direction)


def _alike(ground: Ground, status: str, before: Node, after: Node, direction: Direction) -> bool:
    """Whether one description of a status may stand for another: nothing that is more than a note tells them apart."""
    apart, inner = ground.apart(), Pair(before, after, direction)
    apart.operations.append(("", inner))
    _response(apart, inner, status, before, after, direction)
    return all(change.severity is Severity.INFO for change in drained(apart))


def _kind(status: str) -> str:
    if status == "default":
        return "default-status"
    return "success-status" if status[:1] in {"1", "2", "3"} else "error-status"


def _ranged(status: str) -> str:
    return f"{status[:1]}xx" if status[1:] != "xx" and status != "default" else ""


def _responses(document: Document, operation: Node) -> dict[str, Node]:
    listed = operation.raw.get("responses")
    found: dict[str, Node] = {}
    for status, part in listed.items() if isinstance(listed, dict) else ():
        node = document.follow(Node(part, f"{operation.place}/responses/{escape(str(status))}", str(status)))
        if isinstance(node.raw, dict) and _STATUS.fullmatch(str(status)):
            found[str(status).lower()] = node
    return found


def _response(ground: Ground, pair: Pair, status: str, old: Node, new: Node, direction: Direction) -> None:
    if ground.equal(old.raw, new.raw) or left_out(old.raw) or left_out(new.raw):
        return
    if status[:1] != "1" and status not in _BODILESS:
        compare_contents(ground, pair, old, new, direction)
    if not (left_out(old.raw.get("headers")) or left_out(new.raw.get("headers"))):
        compare_fields(ground, pair, headers_of(ground.old, old), headers_of(ground.new, new), direction)
    links_was, links_now = (node.raw.get("links") for node in (old, new))
    was, now = (links if isinstance(links, dict) else {} for links in (links_was, links_now))
    for name in {**was, **now}:
        if left_out(was) or left_out(now) or left_out(was.get(name)) or left_out(now.get(name)):
            continue
        before, after = _link(ground.old, was.get(name)), _link(ground.new, now.get(name))
        at = {
            "place": f"{new.place}/links/{escape(name)}",
            "old_place": f"{old.place}/links/{escape(name)}",
            "label": name,
        }
        if before is None or after is None:
            pair.say("link-added" if before is None else "link-removed", **at)
        elif before != after and _led(ground.old, before) != _led(ground.new, after):
            pair.say("link-changed", before=before, after=after, **at)


def _link(document: Document, raw: Any) -> dict[str, Any] | None:
    if not isinstance(raw, dict):
        return None
    told = document.follow(Node(raw, "", "")).raw
    kept = {key: told[key] for key in ("operationId", "operationRef", "parameters", "requestBody") if key in told}
    if isinstance(kept.get("parameters"), dict):  # a name may say where it stands (OpenAPI, Link Object)
        kept["parameters"] = {_QUALIFIED.sub("", name, count=1): value for name, value in kept["parameters"].items()}
    reference = kept.get("operationRef")
    led = document.target(reference).raw if isinstance(reference, str) and reference.startswith("#/") else None
    if isinstance(led, dict) and isinstance(led.get("operationId"), str):  # one operation, whichever way it is named
        kept = {"operationId": led["operationId"], **kept}
        del kept["operationRef"]
    return kept


def _led(document: Document, link: Mapping[str, Any]) -> dict[str, Any]:
    """A link, with the operation it leads to in the place of that one's name."""
    paths = document.raw.get("paths")
    for template, item in paths.items() if isinstance(paths, dict) else ():
        for method, operation in item.items() if isinstance(item, dict) else ():
            if isinstance(operation, dict) and operation.get("operationId") == link.get("operationId", ""):
                return {**link, "operationId": (method, template)}
    return dict(link)


opposite = _OTHER.__getitem__
