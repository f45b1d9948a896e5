"""Negative requests that break a contract in one place each: missing, out of bounds, of another type, not listed.

They are derived from a case the contract accepts, which costs a fraction of drawing one that it does not, and each breaks
one thing only: a service that checks everything else shows whether it checks this.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.shell.generation.boundary_values import followed, properties_of
from pytest_apiversion.shell.generation.client_numbers import as_clients_write
from pytest_apiversion.shell.generation.pools.inlined_schemas import inlined
from pytest_apiversion.shell.openapi.request_shapes import Shapes
from pytest_apiversion.shell.openapi.serialization import body_bytes, encode, is_object

_LONGEST = 20_000
"""Characters of a text that are sent at most."""
_LONGEST_TEXT = 2_000
"""Characters of a text in a path or a query: a request line has limits of its own (RFC 9110 §4.1)."""
_MOST = 50
"""Elements of a list that are sent at most."""
_OTHER = "apiversion-none"
"""A text that is hardly ever one of a list, and no number."""

Invalid = Callable[[Any], bool]
"""Whether a body is surely not what its schema says."""
Unfit = Callable[[Any, str], bool]
"""Whether a text (second), however it is read, is surely no value of a parameter's schema (first)."""


def violations(
    shapes: Shapes,
    request: Mapping[str, Any],
    schema: Any,
    base: DrawnCase,
    *,
    invalid: Invalid,
    unfit: Unfit,
    seed: int,
) -> Iterator[DrawnCase]:
    """Cases that break the contract in one place, in an order the seed decides.

    Args:
        shapes: What references lead to.
        request: The operation's request, as `Operation.request` has it.
        schema: The schema of the body; None where it has none.
        base: A case the contract accepts.
        invalid: Tells a body the contract does not accept.
        unfit: Tells a parameter's text that the contract does not accept.
        seed: Decides the order.
    """
    made: list[Callable[[], DrawnCase | None]] = []
    for parameter in request.get("parameters", ()):
        if parameter["in"] in {"query", "path"} and "schema" in parameter and not _in_parts(shapes, parameter):
            made += [_written(base, parameter, text, unfit) for text in _texts(shapes, parameter["schema"])]
        if parameter["in"] == "query" and parameter["required"]:
            made.append(_without(base, parameter["name"]))
    if base.media_type is not None and schema is not None:
        made += [_carrying(shapes, schema, base, body, invalid) for body in _bodies(shapes, schema, base.json)]
    random.Random(seed).shuffle(made)  # noqa: S311  nothing is secret
    for make in made:
        case = make()
        if case is not None and case.data != base.data:
            yield replace(case, aim=Aim.REFUSED, origin="negative")


def _in_parts(shapes: Shapes, parameter: Mapping[str, Any]) -> bool:
    """Whether a query has the members of an object, and nothing has the name of the parameter."""
    return parameter["in"] == "query" and is_object(followed(shapes, inlined(parameter, shapes.component)["schema"]))


def _written(base: DrawnCase, parameter: Mapping[str, Any], text: str, unfit: Unfit) -> Callable[[], DrawnCase | None]:
    name, schema = parameter["name"], parameter["schema"]

    def make() -> DrawnCase | None:
        if not unfit(schema, text):
            return None
        if parameter["in"] == "path":
            return replace(base, path_parameters={**base.path_parameters, name: encode(text)}) if text else None
        return replace(base, query=(*(pair for pair in base.query if pair[0] != name), (name, text)))

    return make


def _without(base: DrawnCase, name: str) -> Callable[[], DrawnCase | None]:
    return lambda: replace(base, query=tuple(pair for pair in base.query if pair[0] != name))


def _carrying(
    shapes: Shapes, schema: Any, base: DrawnCase, changed: Any, invalid: Invalid
) -> Callable[[], DrawnCase | None]:
    def make() -> DrawnCase | None:
        body = as_clients_write(shapes, schema, changed, exactly=True)
        raw = body_bytes(base.media_type or "", body) if invalid(body) else None
        return None if raw is None else replace(base, json=body, body=raw)

    return make


def _bodies(shapes: Shapes, schema: Any, body: Any) -> Iterator[Any]:
    """The body changed in one place."""
    yield from ([], {}, _OTHER)
    if not isinstance(body, dict):
        return
    for name in body:
        yield {other: value for other, value in body.items() if other != name}
    for name, member in properties_of(shapes, schema).items():
        yield from ({**body, name: value} for value in _values(shapes, member))
    yield {**body, _OTHER: 1}


def _values(shapes: Shapes, schema: Any) -> Iterator[Any]:
    """Values beside a schema; some of them may be as it says all the same."""
    schema = followed(shapes, schema)
    if not isinstance(schema, dict):
        return
    yield None
    kinds = schema.get("type")
    names = set(kinds if isinstance(kinds, list) else [kinds])
    yield 17 if "string" in names or "enum" in schema else _OTHER
    if "array" not in names:
        yield []
    if "enum" in schema or "pattern" in schema or "format" in schema:
        yield _OTHER
    for limit, step in (("minimum", -1), ("maximum", 1), ("exclusiveMinimum", 0), ("exclusiveMaximum", 0)):
        if isinstance(schema.get(limit), int | float) and not isinstance(schema[limit], bool):
            yield schema[limit] + step
    if "integer" in names:
        yield 0.5
    if isinstance(factor := schema.get("multipleOf"), int | float) and not isinstance(factor, bool):
        yield factor + 1 if "integer" in names else factor * 1.5
    yield from _sizes(schema)


def _sizes(schema: Mapping[str, Any]) -> Iterator[Any]:
    """Texts and lists one too long, and one too short."""
    if isinstance(most := schema.get("maxLength"), int) and most < _LONGEST:
        yield "x" * (most + 1)
    if isinstance(least := schema.get("minLength"), int) and 0 < least <= _LONGEST:
        yield "x" * (least - 1)
    if isinstance(most := schema.get("maxItems"), int) and most < _MOST:
        yield ["x"] * (most + 1)
    if isinstance(least := schema.get("minItems"), int) and 0 < least <= _MOST:
        yield []


def _texts(shapes: Shapes, schema: Any) -> Iterator[str]:
    """The same as texts, as they stand in a path or a query."""
    for value in _values(shapes, schema):
        written = as_clients_write(shapes, schema, value, exactly=True)
        if isinstance(written, str | int | float) and len(str(written)) <= _LONGEST_TEXT:
            yield str(written)
