"""Values of one schema that differ from each other, made without chance: what a long list without repetitions is filled with."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Flat = Callable[[Any], dict[str, Any]]

_DEEPEST, _LONGEST = 4, 2


def distinct(flat: Flat, schema: Any, most: int, depth: int = 0) -> list[Any]:
    """Values that a schema likely takes, no two alike; as many as there are, at most so many.

    Args:
        flat: Gives a schema with its references followed and its `allOf` made one.
        schema: The schema.
        most: How many are wanted.
        depth: How deep inside a value they stand.
    """
    made: dict[str, Any] = {}
    for value in islice(_values(flat, flat(schema), most, depth), most * 2):
        made.setdefault(repr(value), value)
    return list(made.values())[:most]


def _values(flat: Flat, schema: dict[str, Any], most: int, depth: int) -> Iterator[Any]:
    if "const" in schema or "enum" in schema:
        yield from [schema["const"]] if "const" in schema else schema["enum"]
        return
    for word in ("anyOf", "oneOf"):
        for branch in schema.get(word, ()) if depth < _DEEPEST else ():
            yield from distinct(flat, {"allOf": [{**schema, word: []}, branch]}, most, depth + 1)
        if schema.get(word):
            return
    told = schema.get("type", "object" if "properties" in schema else ["integer", "string"])
    for name in told if isinstance(told, list) else [told]:
        yield from islice(_of_type(flat, name, schema, most, depth), most)


def _of_type(flat: Flat, name: str, schema: dict[str, Any], most: int, depth: int) -> Iterator[Any]:
    if name in {"integer", "number"}:
        yield from _numbers(schema, most)
    elif name == "boolean":
        yield from (False, True)
    elif name == "null":
        yield None
    elif name == "string" and not schema.keys() & {"pattern", "format"}:
        least, longest = schema.get("minLength", 0), schema.get("maxLength", most)
        yield from (text for number in range(most) if len(text := str(number).rjust(least, "a")) <= longest)
    elif name == "array" and depth < _DEEPEST:
        yield from _lists(flat, schema, most, depth)
    elif name == "object" and depth < _DEEPEST:
        yield from _objects(flat, schema, most, depth)


def _lists(flat: Flat, schema: dict[str, Any], most: int, depth: int) -> Iterator[list[Any]]:
    """Lists of none, of one and of two items, the last of which differs."""
    places = [*schema.get("prefixItems", ()), *[schema.get("items", True)] * _LONGEST][:_LONGEST]
    values = [distinct(flat, part, most, depth + 1) for part in places]
    for size in range(schema.get("minItems", 0), min(schema.get("maxItems", _LONGEST), _LONGEST) + 1):
        if not size:
            yield []
        elif all(values[:size]):
            start = [listed[0] for listed in values[: size - 1]]
            yield from ([*start, last] for last in values[size - 1] if last not in start)


def _numbers(schema: dict[str, Any], most: int) -> Iterator[Any]:
    step = schema.get("multipleOf", 1) or 1
    least = max((schema[word] for word in ("minimum", "exclusiveMinimum") if word in schema), default=None)
    greatest = min((schema[word] for word in ("maximum", "exclusiveMaximum") if word in schema), default=None)
    if least is not None:
        start, way = (least // step) * step, step
    else:
        start, way = ((greatest or 0) // step) * step, -step
    for index in range(most + 2):
        value = start + index * way
        too_low = least is not None and (value < least or value == schema.get("exclusiveMinimum"))
        too_high = greatest is not None and (value > greatest or value == schema.get("exclusiveMaximum"))
        if not (too_low or too_high):
            yield value


def _objects(flat: Flat, schema: dict[str, Any], most: int, depth: int) -> Iterator[dict[str, Any]]:
    properties = schema.get("properties", {})
    needed = [name for name in schema.get("required", ()) if isinstance(name, str)]
    listed = {name: distinct(flat, properties.get(name, True), most, depth + 1) for name in (*needed, *properties)}
    base = {name: values[0] if (values := listed[name]) else None for name in needed}
    yield base
    for name, values in sorted(listed.items(), key=lambda told: -len(told[1])):
        yield from ({**base, name: value} for value in values)
    if schema.get("additionalProperties", True) is True:
        yield from ({**base, "another-member": number} for number in range(most))
