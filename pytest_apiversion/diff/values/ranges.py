"""Formats of whole numbers (`int32`) and the limits they stand for: both spellings of one range are one."""

from __future__ import annotations

from pytest_apiversion.diff.normalized_schema import View

_RANGES: dict[str, tuple[int, int]] = {
    **{f"int{bits}": (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in (8, 16, 32, 64)},
    **{f"uint{bits}": (0, 2**bits - 1) for bits in (8, 16, 32, 64)},
}
"""Format -> the least and the greatest number (OpenAPI format registry)."""

_WHOLE = frozenset({"integer"})


def hold_range(view: View) -> None:
    """Leave out limits of whole numbers that their format sets anyway."""
    for name in view.values.get("format", ()) if view.types == _WHOLE else ():
        least, most = _RANGES.get(name, (0, -1))
        if least < most and view.lower and (view.lower[0] < least or view.lower == (least, False)):
            view.lower = None
        if least < most and view.upper and (view.upper[0] > most or view.upper == (most, False)):
            view.upper = None


def same_range(old: View, new: View) -> bool:
    """Whether two schemas hold whole numbers to one range, one by its format, and the other one by its limits."""
    if old.types != _WHOLE or new.types != _WHOLE:
        return False
    return any(_is_range(*both) for both in ((old, new), (new, old)))


def bound_of_format(view: View, other: View, sign: int) -> tuple[float, bool] | None:
    """The least (`sign` 1) or the greatest number that a format allows; None where the other schema has that format as well."""
    formats = view.values.get("format", ())
    if view.types != _WHOLE or len(formats) != 1 or formats[0] not in _RANGES or other.values.get("format") == formats:
        return None
    return _RANGES[formats[0]][0 if sign > 0 else 1], False


def _is_range(named: View, limited: View) -> bool:
    formats = named.values.get("format", ())
    if len(formats) != 1 or formats[0] not in _RANGES or "format" in limited.values or named.lower or named.upper:
        return False
    least, most = _RANGES[formats[0]]
    return (limited.lower, limited.upper) == ((least, False), (most, False))
