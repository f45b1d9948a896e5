"""Other values: a value that a schema takes and that is not its default; the greatest one where it has a greatest."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.json.members import without_null

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 24
_USUAL = 7
ANNOTATIONS = frozenset(
    {
        *("title", "description", "default", "example", "examples", "deprecated", "nullable", "externalDocs"),
        *("$schema", "$id", "$comment"),
    }
)
"""What a schema says and does not hold values to."""
_PLAIN = ANNOTATIONS | {"type", "enum", "minimum", "maximum", "minLength", "maxLength", "format"}
"""What a schema may say; where it says more, no value is made."""
_SIZES = frozenset({None, "int32", "int64", "float", "double"})
"""Formats of numbers of which every small one is."""


def other_value(document: Mapping[str, Any], schema: Any) -> Any:
    """A scalar that a schema takes, and that is not its default; None where none can be made without doubt.

    Args:
        document: What the schema's references lead into.
        schema: The schema of a member.
    """
    schema = without_null(document, schema)
    if not isinstance(schema, Mapping) or any(key not in _PLAIN and not key.startswith("x-") for key in schema):
        return None
    if schema.get("format") not in _SIZES:
        return None
    default = schema.get("default")
    fitting = (value for value in _candidates(schema) if value is not None)
    return next((value for value in fitting if not (type(value) is type(default) and value == default)), None)


def _candidates(schema: Mapping[str, Any]) -> Iterator[Any]:
    if "enum" in schema:
        yield from reversed([each for each in schema["enum"] if isinstance(each, str | int | float)])
        return
    told = schema.get("type")
    kinds = [each for each in told if each != "null"] if isinstance(told, list) else [told]
    if len(kinds) != 1:
        return
    match kinds[0]:
        case "boolean":
            yield from (True, False)
        case "integer" | "number":
            yield from _numbers(schema)
        case "string":
            least, most = int(schema.get("minLength", 0)), schema.get("maxLength", _LONGEST)
            if least <= _LONGEST:
                yield "left over by another name"[: min(int(most), _LONGEST)].ljust(least, "x").strip() or None


def _numbers(schema: Mapping[str, Any]) -> Iterator[int]:
    least, most = schema.get("minimum"), schema.get("maximum")
    if most is not None:
        yield math.floor(most)
        low = math.ceil(least) if least is not None else math.floor(most) - 1
        yield from (math.floor(most) - 1, low) if low < math.floor(most) else ()
        return
    first = math.ceil(least) if least is not None else 0
    yield from (first + _USUAL, first + _USUAL + 1)
