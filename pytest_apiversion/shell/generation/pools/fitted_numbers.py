"""Numbers within any bounds, from a pool of plain ones: where a schema limits nothing but their size, they are not drawn for each limit anew."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from typing import Any

_INTEGER = frozenset({"type", "minimum", "maximum"})
_NUMBERS = ({"type", "minimum"}, {"type", "maximum"})
_EXACT = 2**53 - 1
"""Up to which every JSON reader has an integer exactly (RFC 7493 §2.2)."""
_FEWEST = 2
"""Integers that there are at least."""


def plain_of(schema: Any) -> dict[str, str] | None:
    """The schema of the numbers that those of a schema are made of; None where they are drawn for themselves."""
    if not isinstance(schema, dict):
        return None
    told = schema.keys() - ({"format"} if str(schema.get("format")).lstrip("u").startswith("int") else set())
    if schema.get("type") == "integer" and {"type"} < told <= _INTEGER:
        least, most = _limits(schema)
        return {"type": "integer"} if most - least >= _FEWEST - 1 else None
    return {"type": "number"} if schema.get("type") == "number" and told in _NUMBERS else None


def fitted_numbers(numbers: Sequence[Any], schema: Mapping[str, Any], seed: int) -> list[Any]:
    """Numbers within the bounds of a schema, each once, the simplest first and the others in an order of their own.

    Args:
        numbers: Plain ones.
        schema: One whose numbers are made of plain ones.
        seed: Decides the order.
    """
    if schema["type"] == "integer":
        least, most = _limits(schema)
        simplest: Any = min(max(0, least), most)
        made = [least + (int(each) - least) % (most - least + 1) for each in numbers]
    else:
        simplest = schema["minimum"] if schema.get("minimum", -1) > 0 else min(0, schema.get("maximum", 0))
        made = [_reflected(each, schema) for each in numbers]
    others = [each for each in dict.fromkeys(made) if each != simplest and abs(each) < math.inf]
    random.Random(seed).shuffle(others)  # noqa: S311  nothing is secret
    return [simplest, *others]


def _limits(schema: Mapping[str, Any]) -> tuple[int, int]:
    """The least and the largest integer."""
    least, most = schema.get("minimum", -_EXACT), schema.get("maximum", _EXACT)
    return math.ceil(least), math.floor(most)


def _reflected(number: Any, schema: Mapping[str, Any]) -> Any:
    """A number on the side of the one bound that a schema allows."""
    if "minimum" in schema:
        return number if number >= schema["minimum"] else 2 * schema["minimum"] - number
    return number if number <= schema["maximum"] else 2 * schema["maximum"] - number
