"""Other values: a value that a schema takes and that is not its default; the greatest one where it has a greatest."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.json.choices import with_choices
from pytest_apiversion.core.json.pointer import MISSING, lookup

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
_LEADS = ("$ref", "anyOf", "oneOf", "allOf")
_AROUND = ANNOTATIONS | {*_LEADS}
"""What a schema may say around another one."""
_DEEPEST = 16
"""Schemas around a schema."""
_SIZES: Mapping[str | None, tuple[float, float]] = {
    None: (-math.inf, math.inf),
    "float": (-math.inf, math.inf),
    "double": (-math.inf, math.inf),
    "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1),
}
"""Formats of numbers of which every small one is, with their bounds."""


def other_value(document: Mapping[str, Any], schema: Any) -> Any:
    """A scalar that a schema takes, and that is not its default; None where none can be made without doubt.

    Args:
        document: What the schema's references lead into.
        schema: The schema of a member.
    """
    *around, last = _inwards(document, schema)
    schema = with_choices(document, last)
    if not isinstance(schema, Mapping) or not _says(schema, _PLAIN) or not all(_says(each, _AROUND) for each in around):
        return None
    if schema.get("format") not in _SIZES:
        return None
    defaults = [each["default"] for each in (*around, schema) if "default" in each]
    fitting = (value for value in _candidates(schema) if _within(schema, value))
    return next(
        (value for value in fitting if not any(type(value) is type(each) and value == each for each in defaults)), None
    )


def _inwards(document: Mapping[str, Any], schema: Any) -> list[Any]:
    """A schema, and what it leads to: behind a reference, beside null, or as its only part. What is around says more of the same value."""
    found = [schema]
    for _ in range(_DEEPEST):
        inner = _inner(document, found[-1])
        if inner is MISSING:
            break
        found.append(inner)
    return found


def _inner(document: Mapping[str, Any], schema: Any) -> Any:
    said = [key for key in _LEADS if key in schema] if isinstance(schema, Mapping) else []
    if len(said) != 1:
        return MISSING
    led = schema[said[0]]
    if said[0] == "$ref":
        return lookup(document, led[1:]) if isinstance(led, str) and led.startswith("#/") else MISSING
    parts = [
        part for part in led if said[0] == "allOf" or not (isinstance(part, Mapping) and part.get("type") == "null")
    ]
    return parts[0] if len(parts) == 1 else MISSING


def _says(schema: Mapping[str, Any], known: frozenset[str]) -> bool:
    """Whether a schema says nothing but what is known."""
    return all(key in known or key.startswith("x-") for key in schema)


def _within(schema: Mapping[str, Any], value: Any) -> bool:
    """Whether a value is within the bounds of a schema."""
    if value is None or isinstance(value, bool):
        return value is not None
    least, most = ("minLength", "maxLength") if isinstance(value, str) else ("minimum", "maximum")
    size = len(value) if isinstance(value, str) else value
    lowest, highest = _SIZES[schema.get("format")]
    return bool(max(lowest, schema.get(least, lowest)) <= size <= min(highest, schema.get(most, highest)))


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
                yield "left over by another name"[: min(int(most), _LONGEST)].strip().ljust(least, "x") or None


def _numbers(schema: Mapping[str, Any]) -> Iterator[int]:
    least, most = schema.get("minimum"), schema.get("maximum")
    if most is not None:
        yield math.floor(most)
        low = math.ceil(least) if least is not None else math.floor(most) - 1
        yield from (math.floor(most) - 1, low) if low < math.floor(most) else ()
        return
    first = math.ceil(least) if least is not None else 0
    yield from (first + _USUAL, first + _USUAL + 1)
