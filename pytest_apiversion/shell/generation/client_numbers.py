"""Numbers as clients write them: integers without a fraction, `format: float` in single precision, nothing infinite.

JSON Schema takes `3.0` for an integer; readers that are generated from a contract (Go, Rust, Java, C#) do not, and no client writes it.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pytest_apiversion.shell.openapi.request_shapes import Shapes

_EXACT = 2**53
"""Up to here a whole number is the same to every reader, with a fraction of noughts or without (RFC 8259 §6)."""
_SINGLE = 3.4028234663852886e38
"""The largest finite number in single precision (IEEE 754)."""
_ALWAYS_SINGLE = 2**24
"""Up to here a whole number is one in single precision."""
_WRITTEN_WHOLE = re.compile(r"(?<![\w.])(-?[0-9]+)\.0+(?![\w.])")
_LOWER = ("minimum", "exclusiveMinimum")
_UPPER = ("maximum", "exclusiveMaximum")


def as_clients_write(shapes: Shapes, schema: Any, value: Any, *, exactly: bool = False) -> Any:
    """A value whose numbers are written as clients write them; it means the same to every reader.

    Args:
        shapes: What references lead to.
        schema: What the value is an instance of.
        value: A JSON value, or one with bytes in it.
        exactly: Whether no number may become another one: `format: float` is not rounded.
    """
    return _written(shapes, [schema], value, exactly=exactly) if _may_change(value) else value


def text_as_clients_write(shapes: Shapes, schema: Any, text: str) -> str:
    """The text of a parameter, the integers in it without a fraction of noughts."""
    kinds = _kinds(list(_same_value(shapes, schema)))
    whole = "integer" in kinds and not kinds & {"number", "string"}
    return _WRITTEN_WHOLE.sub(r"\1", text) if whole else text


def _may_change(value: Any) -> bool:
    """Whether there is a number in a value that may be written otherwise."""
    if isinstance(value, dict | list):
        return any(map(_may_change, value.values() if isinstance(value, dict) else value))
    return isinstance(value, float) or (isinstance(value, int) and abs(value) > _ALWAYS_SINGLE)


def _written(shapes: Shapes, schemas: list[Any], value: Any, *, exactly: bool) -> Any:
    if not _may_change(value):
        return value
    told = [part for schema in schemas for part in _same_value(shapes, schema)]
    if isinstance(value, dict):
        return {name: _written(shapes, _of_member(told, name), part, exactly=exactly) for name, part in value.items()}
    if isinstance(value, list):
        return [_written(shapes, _of_item(told, index), part, exactly=exactly) for index, part in enumerate(value)]
    kinds = _kinds(told)
    integer = "integer" in kinds and "number" not in kinds
    if not exactly and not integer and any(part.get("format") == "float" for part in told):
        value = _single(told, value)
    return _whole(value, integer=integer)


def _whole(value: float, *, integer: bool) -> float:
    """A number without a fraction of noughts; one beyond what is exact only where it is an integer's."""
    if isinstance(value, int) or not math.isfinite(value) or value != int(value):
        return value
    return int(value) if integer or abs(value) <= _EXACT else value


def _single(told: list[dict[str, Any]], value: float) -> float:
    """The nearest number in single precision that is within the bounds; the number itself where there is none."""
    if any("multipleOf" in part or "enum" in part or "const" in part for part in told):
        return value
    rounded = struct.unpack("f", struct.pack("f", max(-_SINGLE, min(_SINGLE, value))))[0]
    return next(
        (each for each in (rounded, *_neighbours(rounded)) if math.isfinite(each) and _within(told, each)), value
    )


def _neighbours(value: float) -> Iterator[float]:
    """The next numbers in single precision, below and above."""
    (bits,) = struct.unpack("i", struct.pack("f", value))
    for other in (bits - 1, bits + 1):
        if -(2**31) <= other < 2**31:
            yield struct.unpack("f", struct.pack("i", other))[0]


def _within(told: list[dict[str, Any]], value: float) -> bool:
    def bounds(words: tuple[str, ...]) -> Iterator[tuple[float, bool]]:
        for part in told:
            for word in words:
                limit = part.get(word)
                if isinstance(limit, int | float) and not isinstance(limit, bool):
                    yield limit, word.startswith("exclusive")

    return all(value > limit or (value == limit and not strict) for limit, strict in bounds(_LOWER)) and all(
        value < limit or (value == limit and not strict) for limit, strict in bounds(_UPPER)
    )


def _kinds(told: list[dict[str, Any]]) -> set[str]:
    found: set[str] = set()
    for part in told:
        kinds = part.get("type", ())
        found.update([kinds] if isinstance(kinds, str) else kinds)
        items = part.get("items")
        if "array" in found and isinstance(items, dict):
            kinds = items.get("type", ())
            found.update([kinds] if isinstance(kinds, str) else kinds)
    return found


def _same_value(shapes: Shapes, schema: Any, seen: set[int] | None = None) -> Iterator[dict[str, Any]]:
    """The schemas that say something of the same value, each once, references followed."""
    seen = set() if seen is None else seen
    if not isinstance(schema, dict) or id(schema) in seen:
        return
    seen.add(id(schema))
    yield schema
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference.startswith("#/"):
        yield from _same_value(shapes, shapes.component(reference), seen)
    beside = [schema.get("then"), schema.get("else")]
    for key in ("allOf", "anyOf", "oneOf"):
        held = schema.get(key)
        beside += held if isinstance(held, list) else []
    dependent = schema.get("dependentSchemas")
    beside += dependent.values() if isinstance(dependent, dict) else ()
    for part in beside:
        yield from _same_value(shapes, part, seen)


def _of_member(told: list[dict[str, Any]], name: str) -> list[Any]:
    """What the schemas of an object say of one member."""
    found: list[Any] = []
    for part in told:
        properties, patterns = part.get("properties"), part.get("patternProperties")
        mine = [properties[name]] if isinstance(properties, dict) and name in properties else []
        if isinstance(patterns, dict):
            mine += list(patterns.values())
        found += mine or [part[key] for key in ("additionalProperties", "unevaluatedProperties") if key in part]
    return found


def _of_item(told: list[dict[str, Any]], index: int) -> list[Any]:
    """What the schemas of a list say of one element."""
    found: list[Any] = []
    for part in told:
        first = part.get("prefixItems")
        if isinstance(first, list) and index < len(first):
            found.append(first[index])
        else:
            found += [part[key] for key in ("items", "contains") if key in part]
    return found
