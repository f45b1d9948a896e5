"""Whether one schema plainly takes in another: every value of the one is a value of the other, which can be seen without a proof."""

from __future__ import annotations

from typing import Any

from pytest_apiversion.diff.normalized_schema import FIRST, FLAGS, View
from pytest_apiversion.diff.schema_keywords import is_number, key

_LEAST, _GREATEST = (
    frozenset({"minLength", "minItems", "minProperties"}),
    frozenset({"maxLength", "maxItems", "maxProperties"}),
)
_FEW = 100
"""Alternatives that are held against each other; of longer lists none is taken to be in another."""


def covers(wide: View, narrow: View) -> bool:
    """Whether one schema plainly takes in all of another: it says types, limits and listed values, and the other no fewer; null left out."""
    if not _plain(wide) or (wide.types is not None and (narrow.types is None or not narrow.types <= wide.types)):
        return False
    if narrow.enum is not None and not narrow.groups:
        return all(_takes(wide, value) for value in narrow.enum)
    if wide.enum is not None:
        return False
    return _within(wide, narrow)


def essential(views: list[View]) -> list[int]:
    """The alternatives that are left, by number, when those are left out that another one takes in; of equal ones the first is left."""
    left = list(range(len(views)))
    if len(views) > _FEW:
        return left
    wide = [index for index in left if _plain(views[index])]
    for index in reversed(left[:] if wide else []):
        if any(other != index and covers(views[other], views[index]) for other in wide):
            left.remove(index)
            if index in wide:
                wide.remove(index)
    return left


def _plain(view: View) -> bool:
    """Whether a schema says nothing but types, limits and listed values."""
    if view.bare:
        return True
    if view.properties or view.required or view.closed or view.others or view.patterns or view.groups:
        return False
    if view.schemas or view.lists or view.maps or view.conditions or view.values.get("uniqueItems"):
        return False
    return not view.values.keys() - FIRST - FLAGS - _LEAST - _GREATEST


def _takes(view: View, value: Any) -> bool:
    """Whether a plain schema takes a value of one of its types."""
    if view.enum is not None and key(value) not in {key(one) for one in view.enum}:
        return False
    if is_number(value):
        return all(
            bound is None or (value - bound[0]) * sign > 0 or (value == bound[0] and not bound[1])
            for sign, bound in ((1, view.lower), (-1, view.upper))
        )
    if not isinstance(value, (str, list, dict)):
        return True
    word = "Length" if isinstance(value, str) else "Items" if isinstance(value, list) else "Properties"
    least, most = view.values.get(f"min{word}", 0), view.values.get(f"max{word}", len(value))
    return bool(least <= len(value) <= most)


def _within(wide: View, narrow: View) -> bool:
    """Whether the limits of one schema are no looser than another's."""
    for sign, bound, own in ((1, wide.lower, narrow.lower), (-1, wide.upper, narrow.upper)):
        if bound is not None and (own is None or (own[0] * sign, own[1]) < (bound[0] * sign, bound[1])):
            return False
    limits, mine = wide.values, narrow.values
    return all(word in mine and mine[word] >= limits[word] for word in _LEAST & limits.keys()) and all(
        word in mine and mine[word] <= limits[word] for word in _GREATEST & limits.keys()
    )
