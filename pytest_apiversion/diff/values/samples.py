"""A few values that a schema likely takes, made without chance: the least, the fullest, and one for each thing it lists."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice
from typing import Any

from pytest_apiversion.diff.document import Document, Node
from pytest_apiversion.diff.normalized_schema import View
from pytest_apiversion.diff.schema_normalization import Views
from pytest_apiversion.diff.values.formats import TEXTS
from pytest_apiversion.diff.values.pattern_parts import Unread

MOST = 24
"""Values of one schema."""

_FEW, _DEEPEST, _LONGEST, _MOST_ITEMS = 6, 4, 100, 20

_NOTHING = "[^\\s\\S]"
"""A pattern that no text matches."""


def samples(document: Document, views: Views, node: Node, *, hidden: str, depth: int = 0) -> list[Any]:
    """Values that a schema likely takes, at most `MOST`; whether it does is for who asks to find out.

    Args:
        document: What its references lead to.
        views: The views of the document's schemas.
        node: The schema.
        hidden: The mark of members that a value is without.
        depth: How deep inside a value it stands.
    """
    question = (id(node.raw), hidden, depth)
    if question not in views.samples:
        made = list(islice(_values(document, views, node, hidden, depth), MOST if depth == 0 else _FEW))
        views.samples[question] = node.raw, made  # it is kept, so that nothing else ever has its identity
    return views.samples[question][1]


def _values(document: Document, views: Views, node: Node, hidden: str, depth: int) -> Iterator[Any]:
    view = views.of(node)
    if view.enum is not None:
        yield from view.enum
    elif view.types is None or "object" in view.types:
        yield from _objects(document, views, view, hidden, depth)
    if view.enum is None:
        yield from _plain(document, views, view, hidden, depth)
    if view.null:
        yield None


def _plain(document: Document, views: Views, view: View, hidden: str, depth: int) -> Iterator[Any]:
    types = view.types if view.types is not None else frozenset({"string", "integer", "array"})
    if types & {"integer", "fraction"}:
        low = view.lower[0] + view.lower[1] if view.lower else None
        high = view.upper[0] - view.upper[1] if view.upper else None
        near = low if low is not None else high if high is not None and high < 0 else 0
        steps = [int(step) for step in view.values.get("multipleOf", ()) if step and step == int(step)]
        if steps:
            step = math.lcm(*steps)
            near = step * (math.ceil(near / step) if low is not None else math.floor(near / step))
        yield int(near) if near == int(near) else near
        yield from (1.5,) if "fraction" in types and not view.lower and not view.upper else ()
    if "string" in types:
        yield from _texts(views, view)
    if "boolean" in types:
        yield from (True, False)
    if "array" in types:
        least = min(int(view.values.get("minItems", 0)), _FEW)
        inner = [document.merged(nodes) for nodes in view.lists]
        rest = document.merged(view.schemas["items"]) if "items" in view.schemas else None
        made = [
            next(iter(samples(document, views, part, hidden=hidden, depth=depth + 1)), None) if part else index
            for index, part in enumerate([*inner, *[rest] * (least or 1)])
            if depth < _DEEPEST
        ]
        yield made[:least]
        yield made
        yield from _contained(document, views, view, hidden, depth)
    for group in view.groups if depth < _DEEPEST else ():
        for part in group.nodes[:_FEW]:
            if views.of(part).types != frozenset({"object"}):
                yield from samples(document, views, part, hidden=hidden, depth=depth + 1)


def _contained(document: Document, views: Views, view: View, hidden: str, depth: int) -> Iterator[list[Any]]:
    """Lists of as few and of as many items as there have to be of what a list contains."""
    if depth >= _DEEPEST or view.lists:
        return
    for node, counts in zip(view.schemas.get("contains", ()), view.counts, strict=False):
        part = document.merged([*view.schemas.get("items", ()), node])
        for one in samples(document, views, part, hidden=hidden, depth=depth + 1)[:1]:
            yield from ([one] * int(number) for number in counts if number and number <= _MOST_ITEMS)


def _texts(views: Views, view: View) -> Iterator[str]:
    """Texts of a format, one that all patterns take, and one of any other kind."""
    yield from (TEXTS[name] for name in view.values.get("format", ()) if name in TEXTS)
    patterns, least = view.values.get("pattern"), int(view.values.get("minLength", 0))
    if patterns and least <= _LONGEST:
        try:
            text = views.texts().missing(
                patterns, [_NOTHING], least, min(view.values.get("maxLength", _LONGEST), _LONGEST)
            )
        except Unread:
            text = None
        yield from () if text is None else (text,)
    yield "a" * min(max(least, 1), _LONGEST) if view.values.get("maxLength", 1) else ""


def _objects(document: Document, views: Views, view: View, hidden: str, depth: int) -> Iterator[dict[str, Any]]:
    parts = {
        name: part
        for name, nodes in view.properties.items()
        if not views.of(part := document.merged(nodes)).values.get(hidden)
    }
    if depth >= _DEEPEST:
        parts = {name: part for name, part in parts.items() if name in view.required}
    values = {
        name: samples(document, views, part, hidden=hidden, depth=depth + 1) if depth <= _DEEPEST else []
        for name, part in parts.items()
    }
    first = {name: listed[0] if listed else None for name, listed in values.items()}
    least = {name: first.get(name, "a") for name in view.required if name not in view.properties or name in parts}
    for group in view.groups if depth < _DEEPEST else ():
        for part in group.nodes[:_FEW]:
            for one in samples(document, views, part, hidden=hidden, depth=depth + 1):
                if isinstance(one, dict):
                    yield {**least, **one}
                    yield {**first, **one}
    yield least
    yield {**least, **first}
    for name, listed in islice(values.items(), _FEW):
        yield from ({**least, name: one} for one in listed)
