"""Few values that a schema tells by a pattern or by limits, and another one by a list: both as lists, so that both spellings are one."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pytest_apiversion.diff.normalized_schema import View

if TYPE_CHECKING:
    from pytest_apiversion.diff.values.pattern_sets import Texts

_TEXT, _WHOLE = frozenset({"string"}), frozenset({"integer"})
_MOST_NUMBERS = 64


def listed_alike(texts: Callable[[], Texts], old: View, new: View) -> tuple[View, View]:
    """Two views; where one of them lists its values, and the other one plainly has a few only, both with lists."""
    free, listed = (old, new) if old.enum is None else (new, old)
    if free.enum is not None or listed.enum is None or more_said(free):
        return old, new
    few: list[Any] | None = None
    if free.types == _TEXT and (patterns := free.values.get("pattern")):
        few = texts().few(patterns, *lengths(free))
    elif free.types == _WHOLE and free.lower and free.upper:
        few = _numbers(free)
    if not few:
        return old, new
    made = copy.copy(free)
    made.enum = list(few)
    return (made, new) if free is old else (old, made)


def more_said(view: View) -> bool:
    """Whether texts or numbers are held to more than their limits and patterns."""
    return bool(view.groups or view.conditions or "not" in view.schemas or view.values.get("format"))


def lengths(view: View) -> tuple[int, float]:
    """The least and the greatest length of texts."""
    return int(view.values.get("minLength", 0)), view.values.get("maxLength", math.inf)


def _numbers(view: View) -> list[int] | None:
    """The whole numbers between two limits; None where they are many, or steps are not whole."""
    lower, upper, steps = view.lower or (0, False), view.upper or (0, False), view.values.get("multipleOf", ())
    first = math.floor(lower[0]) + 1 if lower[1] else math.ceil(lower[0])
    last = math.ceil(upper[0]) - 1 if upper[1] else math.floor(upper[0])
    if last - first >= _MOST_NUMBERS or not all(step and step == int(step) for step in steps):
        return None
    return [number for number in range(first, last + 1) if all(number % int(step) == 0 for step in steps)]
