"""How the parts of a form or of a multipart body are written, and the media types that take in others."""

from __future__ import annotations

from typing import Any

from pytest_apiversion.core.contracts.change import ABSENT
from pytest_apiversion.core.contracts.change_rule import Direction
from pytest_apiversion.diff.document import Document, Node, escape
from pytest_apiversion.diff.fields.compare_fields import WHOLE, without_reserved
from pytest_apiversion.diff.fields.field import headers_of
from pytest_apiversion.diff.left_out import left_out
from pytest_apiversion.diff.pair import Pair
from pytest_apiversion.diff.pairs import Ground
from pytest_apiversion.diff.schema_normalization import Views
from pytest_apiversion.diff.schema_values import bytes_in


def is_written(kind: str) -> bool:
    """Whether a body of a media type is text or made of parts, so that a schema describes what it says; else it is bytes."""
    return kind.startswith(("text/", "multipart/")) or any(
        word in kind for word in ("json", "xml", "yaml", "form", "*")
    )


def media_holds(wide: str, narrow: str, *, suffix: bool = True) -> bool:
    """Whether every body of one media type is one of the other: by range, by fewer parameters, or by structured `suffix` (RFC 6839).

    What reads JSON reads JSON of any name; but what takes JSON need not take another name for it (RFC 9110, 15.5.16).
    """
    (wide_kind, *wide_told), (kind, *told) = wide.split(";"), narrow.split(";")
    if wide_kind == kind:
        return set(wide_told) < set(told)
    if wide_told:
        return False
    if wide_kind == "*/*" or (wide_kind.endswith("/*") and kind.startswith(wide_kind[:-1])):
        return True
    return suffix and "+" in kind and wide_kind == f"application/{kind.rpartition('+')[2]}"


_JSON, _TEXT, _BYTES = "application/json", "text/plain", "application/octet-stream"
_SCALARS = frozenset({"string", "integer", "fraction", "boolean"})
_URLENCODED = "application/x-www-form-urlencoded"


def compare_encodings(ground: Ground, pair: Pair, kind: str, old: Node, new: Node, direction: Direction) -> None:
    """Compare the `encoding` of two media types of one kind."""
    rules_was, rules_now = old.raw.get("encoding"), new.raw.get("encoding")
    known_was, known_now = (rules if isinstance(rules, dict) else {} for rules in (rules_was, rules_now))
    listed = {**known_was, **known_now}
    if kind.startswith("multipart/"):
        listed |= dict.fromkeys(_members(ground.old, ground.old_views, old))
    for part in listed:
        if (part not in known_was or part not in known_now) and not _in_both(ground, old, new, part):
            continue  # the part itself came or went
        _headers(ground, pair, (known_was.get(part), known_now.get(part)), (old, new), part, direction)
        usual = [
            _usual(document, views, _members(document, views, node).get(part))
            for document, views, node in ((ground.old, ground.old_views, old), (ground.new, ground.new_views, new))
        ]
        before_rule, after_rule = (
            _without_saying(_encoding(document, known.get(part), kind), kind, one)
            for document, known, one in ((ground.old, known_was, usual[0]), (ground.new, known_now, usual[1]))
        )
        if kind.startswith("multipart/") and set(usual) == {_JSON, _TEXT}:
            before_rule, after_rule = (
                {"contentType": one, **rule} for one, rule in zip(usual, (before_rule, after_rule), strict=True)
            )
        if not _compound(ground, old, new, part):  # how a list or an object is written means nothing to a single value
            before_rule, after_rule = (
                {word: value for word, value in rule.items() if word not in {"style", "explode"}}
                for rule in (before_rule, after_rule)
            )
        if _plain(ground, old, new, part):
            before_rule, after_rule = (
                {word: value for word, value in rule.items() if word != "allowReserved"}
                for rule in (before_rule, after_rule)
            )
        if before_rule != after_rule:
            pair.say(
                f"{direction.value}-encoding-{_step(before_rule, after_rule)}",
                place=f"{new.place}/encoding/{escape(part)}",
                old_place=f"{old.place}/encoding/{escape(part)}",
                label=part,
                before=before_rule or ABSENT,
                after=after_rule or ABSENT,
            )


def _headers(
    ground: Ground, pair: Pair, rules: tuple[Any, Any], media: tuple[Node, Node], part: str, direction: Direction
) -> None:
    """Compare the schemas of the headers that a part may have in both documents."""
    was, now = (
        headers_of(
            document, Node(rule if isinstance(rule, dict) else {}, f"{node.place}/encoding/{escape(part)}", part)
        )
        for document, rule, node in zip((ground.old, ground.new), rules, media, strict=True)
    )
    for name in was.keys() & now.keys():
        if not (left_out(was[name].node.raw) or left_out(now[name].node.raw)):
            ground.pair(pair, was[name].schema, now[name].schema, direction=direction, text=WHOLE)


def compare_item_encodings(ground: Ground, pair: Pair, kind: str, old: Node, new: Node, direction: Direction) -> None:
    """Compare how the parts of a multipart body are written that have no names (OpenAPI 3.2, `prefixEncoding` and `itemEncoding`)."""
    sides = [_by_place(document, node, kind) for document, node in ((ground.old, old), (ground.new, new))]
    for place in {**sides[0], **sides[1]}:
        before, after = sides[0].get(place, {}), sides[1].get(place, {})
        if before != after:
            pair.say(
                f"{direction.value}-encoding-{_step(before, after)}",
                place=f"{new.place}/{place}",
                old_place=f"{old.place}/{place}",
                label=place,
                before=before or ABSENT,
                after=after or ABSENT,
            )


def _by_place(document: Document, media: Node, kind: str) -> dict[str, dict[str, Any]]:
    if document.dialect != "3.2":
        return {}
    first, each = media.raw.get("prefixEncoding"), media.raw.get("itemEncoding")
    told = {f"prefixEncoding/{index}": part for index, part in enumerate(first if isinstance(first, list) else ())}
    told |= {"itemEncoding": each} if isinstance(each, dict) else {}
    return {place: _encoding(document, part, kind) for place, part in told.items()}


def _members(document: Document, views: Views, media: Node) -> dict[str, list[Node]]:
    """The members that the schema of a media type describes."""
    return views.of(document.schema(Node(media.raw.get("schema", True), f"{media.place}/schema", "body"))).properties


def _usual(document: Document, views: Views, nodes: list[Node] | None) -> str:
    """The media type of a part about which no `encoding` says anything, by its schema (OpenAPI, Encoding Object); empty where that is open."""
    view = views.of(document.merged(nodes)) if nodes else None
    if view is not None and view.types == frozenset({"array"}) and "items" in view.schemas:
        view = views.of(document.merged(view.schemas["items"]))
    if view is None or not view.types:
        return ""
    if view.types == frozenset({"string"}) and bytes_in(view) and not (document.old and bytes_in(view) != "binary"):
        return _BYTES
    return _JSON if view.types == frozenset({"object"}) else _TEXT if view.types <= _SCALARS else ""


def _without_saying(rule: dict[str, Any], kind: str, usual: str) -> dict[str, Any]:
    """What a rule says that would not hold without it."""
    kept = dict(rule)
    if str(kept.get("contentType", "")).strip().lower() == usual:
        kept.pop("contentType", None)
    if kept.get("allowReserved") is False or (
        kind.startswith("multipart/") and usual != _JSON
    ):  # no part is percent-encoded
        kept.pop("allowReserved", None)
    if kind == _URLENCODED and usual != _JSON and kept.get("style", "form") == "form":
        kept.pop("style", None)
        if kept.get("explode") is True:
            del kept["explode"]
    return kept


def _in_both(ground: Ground, old: Node, new: Node, part: str) -> bool:
    """Whether both schemas of a media type have a member."""
    sides = ((ground.old, ground.old_views, old), (ground.new, ground.new_views, new))
    return all(part in _members(document, views, node) for document, views, node in sides)


def _compound(ground: Ground, old: Node, new: Node, part: str) -> bool:
    """Whether a member may be a list or an object in both schemas of a media type."""
    sides = ((ground.old, ground.old_views, old), (ground.new, ground.new_views, new))
    for document, views, node in sides:
        members = _members(document, views, node).get(part)
        types = views.of(document.merged(members)).types if members else None
        if types is not None and not types & {"array", "object"}:
            return False
    return True


def _plain(ground: Ground, old: Node, new: Node, part: str) -> bool:
    """Whether no value of a member has a reserved character, in one of both schemas."""
    sides = ((ground.old, ground.old_views, old), (ground.new, ground.new_views, new))
    return any(
        without_reserved(views, document.merged(nodes))
        for document, views, node in sides
        if (nodes := _members(document, views, node).get(part))
    )


def _encoding(document: Document, rule: Any, kind: str) -> dict[str, Any]:
    if not isinstance(rule, dict):
        return {}
    forms = {_URLENCODED} if document.old else {_URLENCODED, "multipart/form-data"}
    urlencoded = ("style", "explode", "allowReserved") if kind in forms else ()
    told = {key: rule[key] for key in ("contentType", *urlencoded) if key in rule}
    if isinstance(told.get("contentType"), str):
        told["contentType"] = ", ".join(sorted(filter(None, map(str.strip, told["contentType"].lower().split(",")))))
    headers = rule.get("headers")
    needed = [
        name
        for name, header in (headers.items() if isinstance(headers, dict) else ())
        if isinstance(header, dict)
        and document.follow(Node(header, "", name)).raw.get("required") is True
        and name.lower() != "content-type"
    ]
    return told | ({"headers": sorted(map(str.lower, needed))} if needed else {})


def _step(old: dict[str, Any], new: dict[str, Any]) -> str:
    """Whether what a part may be was `widened`, `narrowed`, or `changed` otherwise: by its media types, and by the headers it needs."""
    if any(old.get(word) != new.get(word) for word in ("style", "explode", "allowReserved")):
        return "changed"
    (was, needed_was), (now, needed_now) = _demands(old), _demands(new)
    if was and not now:
        return "changed"
    steps = {
        "widened": _within(was, now) and needed_now <= needed_was,
        "narrowed": _within(now, was) and needed_was <= needed_now,
    }
    return next((word for word, holds in steps.items() if holds), "changed")


def _demands(rule: dict[str, Any]) -> tuple[set[str], set[str]]:
    kinds = str(rule.get("contentType") or "").lower().split(",")
    return {kind.replace(" ", "") for kind in kinds if kind.strip()}, set(rule.get("headers", ()))


def _within(narrow: set[str], wide: set[str]) -> bool:
    """Whether each media type of one list is one of the other; a list that is not there is the same on both sides only."""
    if not narrow or not wide:
        return narrow == wide
    return all(any(one == other or media_holds(other, one) for other in wide) for one in narrow)
