"""JSON Schema keywords that `jsonschema` is taught: patterns as ECMA-262 has them, `multipleOf` in decimals, formats."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.pattern_keywords import BOUNDED
from pytest_apiversion.core.contracts.schema_messages import NAMING
from pytest_apiversion.shell.json_schema.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator


@cache
def python_validator() -> tuple[Any, Any]:
    """The validator class, and the format checker that belongs to it."""
    import jsonschema  # noqa: PLC0415  costs start-up

    from pytest_apiversion.shell.json_schema.repeated_references import reference  # noqa: PLC0415  see above

    checker = jsonschema.FormatChecker(formats=())
    for name, held in FORMATS.items():
        checker.checks(name)(lambda value, held=held: not isinstance(value, str) or held(value))
    extend: Any = jsonschema.validators.extend
    kind = extend(
        jsonschema.Draft202012Validator,
        {
            **NAMING,
            **BOUNDED,
            "multipleOf": _multiple,
            "$ref": reference,
        },
    )
    return kind, checker


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
