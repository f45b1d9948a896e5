"""The JSON Schema keywords that `jsonschema` is taught: patterns as ECMA-262 means them, multiples in decimals, formats."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.schema_messages import NAMING
from pytest_apiversion.shell.json_schema.formats import FORMATS, python_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator


@cache
def python_validator() -> tuple[Any, Any]:
    """The validator class, and the format checker that belongs to it."""
    import jsonschema  # noqa: PLC0415  costs start-up

    checker = jsonschema.FormatChecker(formats=())
    for name, held in FORMATS.items():
        checker.checks(name)(lambda value, held=held: not isinstance(value, str) or held(value))
    extend: Any = jsonschema.validators.extend
    kind = extend(
        jsonschema.Draft202012Validator,
        {
            **NAMING,
            "pattern": _pattern,
            "patternProperties": _pattern_properties,
            "additionalProperties": _additional,
            "multipleOf": _multiple,
        },
    )
    return kind, checker


def _pattern(_: Any, pattern: str, value: Any, __: Any) -> Iterator[Any]:
    compiled = python_pattern(pattern)
    if isinstance(value, str) and compiled is not None and not compiled.search(value):
        yield _error("pattern")


def _pattern_properties(validator: Any, patterns: dict[str, Any], value: Any, __: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for pattern, schema in patterns.items():
            compiled = python_pattern(pattern)
            for name, part in value.items():
                if compiled is not None and compiled.search(name):
                    yield from validator.descend(part, schema, path=name, schema_path=pattern)


def _additional(validator: Any, schema: Any, value: Any, parent: dict[str, Any]) -> Iterator[Any]:
    if not isinstance(value, dict):
        return
    patterns = [compiled for name in parent.get("patternProperties", ()) if (compiled := python_pattern(name))]
    for name, part in value.items():
        if name in parent.get("properties", ()) or any(pattern.search(name) for pattern in patterns):
            continue
        if schema is False:
            yield _error(name)
        else:
            yield from validator.descend(part, schema, path=name)


def _multiple(_: Any, factor: float, value: Any, __: Any) -> Iterator[Any]:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return
    try:
        whole = Decimal(repr(value)) % Decimal(repr(factor)) == 0
    except InvalidOperation:
        whole = True  # beyond the precision of the arithmetic: nobody can tell
    if not whole:
        yield _error("multipleOf")


def _error(message: str) -> Any:
    import jsonschema  # noqa: PLC0415

    return jsonschema.ValidationError(message)
