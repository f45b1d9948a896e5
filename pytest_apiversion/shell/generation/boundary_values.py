"""Boundary-value requests: every member and query parameter as large, and as small, as it may be, and null.

A limit that was tightened shows nowhere else; drawn values keep away from long texts and large numbers, and are seldom null.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.core.json.bounded_patterns import occurs
from pytest_apiversion.shell.generation.client_numbers import as_clients_write
from pytest_apiversion.shell.openapi.request_shapes import Shapes
from pytest_apiversion.shell.openapi.serialization import body_bytes, pairs

_Known = dict[tuple[int, int], Any]
"""Values at limits, by the identity of their schema and how many more levels are looked into."""
_NOTHING = object()
_LONGEST = 20_000
"""Characters of a text that are sent at most."""
_LAST = "\u00e9"
"""What the longest text ends with: lengths are those of characters (JSON Schema, `maxLength`), and this one has two bytes."""
_LETTERS = (("x", "x"), ("X", "X"), ("1", "1"), ("X", "x"), ("x", "1"))
"""The first letter of a text that a pattern is asked about, and all others."""
_MOST = 50
"""Elements of a list that are sent at most."""
_DEEPEST = 4
"""Levels of a body that are taken to their limits."""

Holds = Callable[[Any, Any], bool]
"""Whether a value (second) is what a schema (first) says."""


def boundaries(
    shapes: Shapes, request: Mapping[str, Any], schema: Any, base: DrawnCase, held: Holds
) -> Iterator[DrawnCase]:
    """The case with everything at its upper limit, with everything at its lower one, and with null for all that may be null.

    Those that change nothing are left out.

    Args:
        shapes: What references lead to.
        request: The operation's request, as `Operation.request` has it.
        schema: The schema of the body; None where it has none in JSON.
        base: A case the contract accepts.
        held: Says what the contract accepts.
    """
    for upper in (True, False):
        case = replace(base, query=tuple(_query(shapes, request, base, held, upper=upper)), origin="boundary")
        if isinstance(base.json, dict) and base.media_type is not None and schema is not None:
            body = _body(shapes, schema, base.json, held, upper=upper)
            raw = body_bytes(base.media_type, body)
            case = replace(case, json=body, body=raw) if raw is not None and body != base.json else case
        if case.data != base.data:
            yield case
    if isinstance(base.json, dict) and base.media_type is not None and schema is not None:
        body = _nulls(shapes, schema, base.json, held)
        raw = body_bytes(base.media_type, body)
        if raw is not None and body != base.json:
            yield replace(base, json=body, body=raw, origin="boundary")


def _query(
    shapes: Shapes, request: Mapping[str, Any], base: DrawnCase, held: Holds, *, upper: bool
) -> Iterator[tuple[str, str]]:
    known = [
        parameter for parameter in request.get("parameters", ()) if parameter["in"] == "query" and "schema" in parameter
    ]
    made: dict[str, tuple[tuple[str, str], ...]] = {}
    for parameter in known:
        value = as_clients_write(shapes, parameter["schema"], _extreme(shapes, parameter["schema"], upper=upper))
        if isinstance(value, str | int | float) and held(parameter["schema"], value):
            made[parameter["name"]] = pairs(parameter, value)
    yield from (pair for pair in base.query if pair[0] not in made)
    for written in made.values():
        yield from written


def _body(shapes: Shapes, schema: Any, base: dict[str, Any], held: Holds, *, upper: bool) -> dict[str, Any]:
    body = base
    for name, member in properties_of(shapes, schema).items():
        value = as_clients_write(shapes, member, _extreme(shapes, member, upper=upper))
        if value is not _NOTHING and held(schema, changed := {**body, name: value}):
            body = changed
    return body


def _nulls(shapes: Shapes, schema: Any, base: dict[str, Any], held: Holds) -> dict[str, Any]:
    body = base
    for name, member in properties_of(shapes, schema).items():
        if _says_null(shapes, member) and held(schema, changed := {**body, name: None}):
            body = changed
    return body


def _says_null(shapes: Shapes, schema: Any, seen: set[int] | None = None) -> bool:
    """Whether a schema names null; one that leaves everything open does not."""
    seen = set() if seen is None else seen
    schema = followed(shapes, schema)
    if not isinstance(schema, dict) or id(schema) in seen:
        return False
    seen.add(id(schema))
    kinds = schema.get("type")
    ways = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    return "null" in (kinds if isinstance(kinds, list) else [kinds]) or any(
        _says_null(shapes, way, seen) for way in ways
    )


def _extreme(shapes: Shapes, schema: Any, *, upper: bool, depth: int = _DEEPEST, known: _Known | None = None) -> Any:
    """A value at the limit a schema sets, or `_NOTHING` where it sets none that is known here; what is `known` is not looked for again."""
    known = {} if known is None else known
    schema = followed(shapes, schema)
    if not isinstance(schema, dict) or depth == 0:
        return _NOTHING
    if (id(schema), depth) not in known:
        known[id(schema), depth] = _limit(shapes, schema, upper=upper, depth=depth, known=known)
    return known[id(schema), depth]


def _limit(shapes: Shapes, schema: dict[str, Any], *, upper: bool, depth: int, known: _Known) -> Any:
    if isinstance(schema.get("enum"), list):
        values = [value for value in schema["enum"] if value is not None]
        return (values[-1] if upper else values[0]) if values else _NOTHING
    kinds = schema.get("type")
    kind = next((each for each in (kinds if isinstance(kinds, list) else [kinds]) if each != "null"), None)
    if kind == "string":
        return _text(schema, upper=upper)
    if kind in {"integer", "number"}:
        return _number(schema, upper=upper, whole=kind == "integer")
    if kind == "array":
        return _list(shapes, schema, upper=upper, depth=depth, known=known)
    return _object(shapes, schema, upper=upper, depth=depth, known=known)


def _text(schema: Mapping[str, Any], *, upper: bool) -> Any:
    size = schema.get("maxLength" if upper else "minLength")
    if "format" in schema or not isinstance(size, int) or not 0 <= size <= _LONGEST:
        return _NOTHING
    text = "x" * (size - 1) + _LAST if upper and size > 1 else "x" * size
    if "pattern" not in schema:
        return text
    texts = (text, *((first + other * (size - 1))[:size] for first, other in _LETTERS))
    return next((each for each in texts if occurs(str(schema["pattern"]), each)), _NOTHING)


def _number(schema: Mapping[str, Any], *, upper: bool, whole: bool) -> Any:
    limit = schema.get("maximum" if upper else "minimum")
    if not isinstance(limit, int | float) or isinstance(limit, bool) or not math.isfinite(limit):
        return _NOTHING
    return (math.floor(limit) if upper else math.ceil(limit)) if whole else limit


def _list(shapes: Shapes, schema: Mapping[str, Any], *, upper: bool, depth: int, known: _Known) -> Any:
    size = schema.get("maxItems" if upper else "minItems")
    if not isinstance(size, int) or size > (1 if schema.get("uniqueItems") else _MOST):
        return _NOTHING
    item = _extreme(shapes, schema.get("items"), upper=upper, depth=depth - 1, known=known) if size else None
    return _NOTHING if item is _NOTHING else [item] * size


def _object(shapes: Shapes, schema: Any, *, upper: bool, depth: int, known: _Known) -> Any:
    members = {
        name: _extreme(shapes, member, upper=upper, depth=depth - 1, known=known)
        for name, member in properties_of(shapes, schema).items()
    }
    made = {name: value for name, value in members.items() if value is not _NOTHING}
    return made or _NOTHING


def properties_of(shapes: Shapes, schema: Any, known: dict[int, dict[str, Any]] | None = None) -> dict[str, Any]:
    """The members a schema names, those of its `allOf` included; what is `known` of a schema is not looked for again."""
    known = {} if known is None else known
    schema = followed(shapes, schema)
    if not isinstance(schema, dict):
        return {}
    if id(schema) not in known:
        found = known[id(schema)] = {}
        for part in schema.get("allOf", ()):
            found |= properties_of(shapes, part, known)
        properties = schema.get("properties")
        found |= properties if isinstance(properties, dict) else {}
    return known[id(schema)]


def followed(shapes: Shapes, schema: Any) -> Any:
    """A schema, its own reference followed."""
    for _ in range(_DEEPEST):
        if (
            not isinstance(schema, dict)
            or not isinstance(schema.get("$ref"), str)
            or not schema["$ref"].startswith("#/")
        ):
            break
        schema = shapes.component(schema["$ref"])
    return schema
