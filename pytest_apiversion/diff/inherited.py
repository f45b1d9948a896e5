"""Changes in a schema that others take over by `allOf`: told of that schema, once, and not of each that takes it over."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_apiversion.diff.document import Document, Node
    from pytest_apiversion.diff.pair import Found, Pair

_MOST = 200
"""Schemas that one takes over, at most; no more are looked at."""


def told_where_it_stands(old: Document, new: Document, pair: Pair, found: Found) -> Found:
    """A change, whose place in the document that has nothing there is the schema that was taken over, where both documents do so.

    Args:
        old: The old document.
        new: The new one.
        pair: The two schemas that take over.
        found: A change between them.
    """
    name, place, old_place, *rest = found
    here, there = _outside(place, pair.new.place), _outside(old_place, pair.old.place)
    if here and old_place == pair.old.place:
        return (name, place, _part(new, pair.new, place, old, pair.old) or old_place, *rest)  # type: ignore[return-value]  as it came
    if there and place == pair.new.place:
        return (name, _part(old, pair.old, old_place, new, pair.new) or place, old_place, *rest)  # type: ignore[return-value]
    return found


def _outside(place: str, own: str) -> bool:
    return place != own and not place.startswith(f"{own}/")


def _part(document: Document, node: Node, place: str, other: Document, counterpart: Node) -> str:
    """The schema a place is in, when both schemas take it over; nothing where they do not."""
    within = [part for part in _taken_over(document, node) if not _outside(place, part)]
    part = max(within, key=len, default="")
    return part if part and part in _taken_over(other, counterpart) else ""


def _taken_over(document: Document, node: Node) -> set[str]:
    """Where the schemas stand that one has to be like besides what it says itself."""
    found: set[str] = set()
    stack = [node]
    while stack and len(found) < _MOST:
        raw = stack.pop().raw
        if isinstance(raw, tuple):
            stack.extend(raw)
        if not isinstance(raw, dict):
            continue
        parts = [raw, *(raw.get("allOf") if isinstance(raw.get("allOf"), list) else [])]
        for part in parts:
            reference = part.get("$ref") if isinstance(part, dict) else None
            if isinstance(reference, str):
                target = document.target(reference)
                if target.place not in found:
                    found.add(target.place)
                    stack.append(target)
    return found
