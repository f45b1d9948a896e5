"""What `multipleOf` says where several parts of a schema say it: a multiple of each is one of the least that they have in common."""

from __future__ import annotations

import math
from typing import Any

from pytest_apiversion.diff.normalized_schema import View

_GREATEST = 10**15
"""Steps, and what they have in common, that floating point numbers tell apart."""


def settle_steps(view: View) -> None:
    """Say all steps as one; what has a whole step is whole, and what is whole keeps the steps of one."""
    steps = view.values.get("multipleOf", ())
    if not steps:
        return
    whole = view.types is not None and "fraction" not in view.types
    if view.types is not None and "integer" in view.types and any(step == int(step) for step in steps):
        view.types -= {"fraction"}
        whole = True
    common = _common([*steps, 1] if whole else [*steps])
    if common is not None:
        view.values["multipleOf"] = () if whole and common == 1 else (common,)


def step_within(view: View, bound: tuple[float, bool] | None, sign: int) -> float | None:
    """The multiple of a whole step that is next to a bound, or at it; None where there is no such bound or step."""
    steps: tuple[float, ...] = view.values.get("multipleOf") or ((1,) if view.types == frozenset({"integer"}) else ())
    if bound is None or len(steps) != 1 or steps[0] != int(steps[0]) or not 0 < steps[0] < _GREATEST > abs(bound[0]):
        return None
    step = int(steps[0])
    found = (math.ceil(bound[0] / step) if sign > 0 else math.floor(bound[0] / step)) * step
    return found + sign * step if bound[1] and found == bound[0] else found


def _common(steps: list[Any]) -> float | None:
    """The least number that is a multiple of each step; None where that cannot be told."""
    if len(steps) == 1:
        return steps[0]  # type: ignore[no-any-return]  # it is a number
    from fractions import Fraction  # noqa: PLC0415  few documents need it, and it loads slowly

    made = Fraction(1, 1)
    for index, step in enumerate(steps):
        if not 0 < step < _GREATEST:
            return None
        one = Fraction(str(step))
        made = (
            Fraction(math.lcm(made.numerator, one.numerator), math.gcd(made.denominator, one.denominator))
            if index
            else one
        )
        if made >= _GREATEST or made.denominator >= _GREATEST:
            return None
    return int(made) if made.denominator == 1 else float(made)
