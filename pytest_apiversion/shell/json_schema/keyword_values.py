"""Which values JSON Schema allows for keywords that hold no schemas."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

_TYPES = frozenset({"null", "boolean", "object", "array", "number", "string", "integer"})
COUNTS = frozenset(
    {"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "minContains", "maxContains"}
)
BOUNDS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})
"""Keywords that count, and keywords that bound a number."""


def _number(value: object) -> bool:
    """Whether a value is a number that can be computed with: one beyond floating point is like an infinite one (RFC 8259 §6)."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def is_count(value: Any) -> bool:
    """Whether a value is a whole number from 0 on, written as an integer or not."""
    return _number(value) and value >= 0 and value == int(value)


def _types(value: Any) -> bool:
    names = value if isinstance(value, list) else [value]
    return bool(names) and all(isinstance(name, str) and name in _TYPES for name in names)


ALLOWED: dict[str, Callable[[Any], bool]] = {
    "type": _types,
    "enum": lambda value: isinstance(value, list) and bool(value),
    "const": lambda _: True,
    "pattern": lambda value: isinstance(value, str),
    "format": lambda value: isinstance(value, str),
    "uniqueItems": lambda value: isinstance(value, bool),
    "dependentRequired": lambda value: (
        isinstance(value, dict) and all(isinstance(names, list) for names in value.values())
    ),
    "multipleOf": lambda value: _number(value) and value > 0,
    **dict.fromkeys(BOUNDS - {"multipleOf"}, _number),
    **dict.fromkeys(COUNTS, is_count),
}
"""Keyword -> whether JSON Schema allows it a value."""
