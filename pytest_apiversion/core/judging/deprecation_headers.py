"""Deprecation headers, and members of bodies: when each is due, what it says, what that must match, and the successor it points to."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.named_queries import whole
from pytest_apiversion.core.json.bounded_patterns import BoundedPattern
from pytest_apiversion.core.json.pointer import standing
from pytest_apiversion.core.policy.carrier_positions import prefixed
from pytest_apiversion.core.versions.deprecation_levels import SLACK, begins
from pytest_apiversion.core.versions.lifecycle import day

if TYPE_CHECKING:
    import datetime as dt

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.responses import DeprecationHeader
    from pytest_apiversion.core.versions.lifecycle import Lifecycle

FACTS = ("{version}", "{sunset}")
"""What a pattern may have filled in about the version that is announced."""
_EVERY = "*"
"""What stands for every element of a list, in a pointer."""


def serving_successor(scene: Scene, operation: Operation) -> tuple[str, str] | None:
    """The version that serves after the scene's subject, and an operation's name in it; None where there is none that serves now."""
    found = scene.policy.heir(scene.subject, operation.key)
    if found is None or scene.operation_named(*found) is None:
        return None
    return found if scene.policy.seen_by(*found).stage(found[0], scene.as_of).answers else None


def successor_key(exchange: Exchange, scene: Scene) -> tuple[str, str] | None:
    """The successor version and the name of the exchange's operation in it; None where there is none, or a path was asked for that nobody has."""
    elsewhere = exchange.fault == "routing"
    found = scene.policy.heir(scene.subject, exchange.operation) if exchange.operation and not elsewhere else None
    return found if found is not None and scene.operation_named(*found) is not None else None


def successor_template(exchange: Exchange, scene: Scene) -> str | None:
    """The path of the exchange's operation in the successor version, with `{parameters}`; None where there is none."""
    found = successor_key(exchange, scene)
    if found is None:
        return None
    version, key = found
    if key != scene.policy.lifecycle(scene.subject).heir:
        key = whole(key)  # only a row that names it with a query says that the query belongs to it
    return prefixed(scene.policy, key.partition(" ")[2], version)


def successor_pattern(exchange: Exchange, scene: Scene, *, query: bool = True) -> str | None:
    """A regular expression for the paths that may be named as the successor's; None where there is no successor.

    A request in a method that the path does not have is no operation, which could have another name in the successor:
    the same path there will do, too. Without `query` a query that the successor is named with is left out.
    """
    template = successor_template(exchange, scene)
    found = successor_key(exchange, scene)
    if template is None or found is None:
        return None
    paths = [template if query else template.partition("?")[0]]
    path = whole(exchange.operation).partition(" ")[2]
    method = "GET" if exchange.request.method == "HEAD" else exchange.request.method
    if method not in scene.contracts[scene.version].methods(path):
        paths.append(prefixed(scene.policy, path, found[0]))
    patterns = (re.sub(r"\\\{[^{}]*\\\}", r"[^/]+", re.escape(each)) for each in paths)
    return f"(?:{'|'.join((*patterns, *map(re.escape, paths)))})"


def header_due(header: DeprecationHeader, life: Lifecycle, at: dt.datetime) -> bool | None:
    """Whether a header of a deprecated version is sent at an instant; None in the minute around its first, when both are right."""
    if header.within is None:
        return True
    if life.ends is None:
        return False
    first = begins(life.ends, header.within)
    return None if abs(at - first) < SLACK else at >= first


def value_pattern(header: DeprecationHeader, exchange: Exchange, scene: Scene, *, facts: bool) -> BoundedPattern | None:
    """What a header's value fully matches, with the successor's path in it.

    Args:
        header: The header.
        exchange: The exchange whose answer has it.
        scene: What it is about.
        facts: Whether the version's name and its end are filled in; else any text may stand there.

    Returns:
        None where nothing is promised, or it needs a successor or an end and there is none.
    """
    text = header.pattern
    if text is None:
        return None
    if "{successor}" in text:
        successor = successor_pattern(exchange, scene)
        if successor is None:
            return None
        text = text.replace("{successor}", successor)
    ends = exchange.lifecycle.sunset
    if "{sunset}" in text and ends is None:
        return None
    known = {"{version}": scene.version, "{sunset}": day(ends) if ends is not None else ""}
    for name in FACTS:
        text = text.replace(name, re.escape(known[name]) if facts else r"\S+")
    return BoundedPattern(text)


def lenient_pattern(pattern: str) -> str:
    """A pattern of no operation and no version in particular: any path, and any text, stands for what is filled in."""
    return re.sub(r"\{version\}|\{sunset\}", r"\\S+", pattern.replace("{successor}", r"/\S*"))


def pattern_text(header: DeprecationHeader, exchange: Exchange, scene: Scene) -> str:
    """A header's pattern as it may be read: with the successor's path, the version and its end, where they are known."""
    life = exchange.lifecycle
    known = {"{successor}": successor_template(exchange, scene), "{version}": scene.version}
    known["{sunset}"] = day(life.sunset) if life.sunset is not None else None
    text = header.pattern or ""
    for name, value in known.items():
        text = text.replace(name, value) if value else text
    return text


def can_say(response: Response, header: DeprecationHeader) -> bool:
    """Whether an answer has a place for it: each has headers, and not each a body of JSON, an object or a list as the pointer begins."""
    first = header.name[1:].partition("/")[0]
    return not header.in_body or isinstance(response.json, list if first == _EVERY else dict)


def said_lines(response: Response, header: DeprecationHeader) -> list[str]:
    """What is said there, text by text.

    Null, false, an empty text and an empty list say nothing. Of the elements of a list those are meant that the pattern is of: others may stand
    beside them.
    """
    if not header.in_body:
        return list(response.lines(header.name))
    if not isinstance(response.json, dict | list):
        return []
    found = [_text(value) for value in standing(response.json, header.name) if value not in (None, False, "", [], {})]
    if _EVERY not in header.name.split("/") or header.pattern is None:
        return found
    mine = BoundedPattern(lenient_pattern(header.pattern))
    return list(dict.fromkeys(text for text in found if mine.fullmatch(text)))


def said(response: Response, header: DeprecationHeader) -> str | None:
    """What is said there in all; None where nothing is."""
    lines = said_lines(response, header)
    return ", ".join(lines) if lines else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
