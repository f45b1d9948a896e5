"""JSON Schema keywords that `jsonschema` is taught: those with regular expressions, which are ECMA-262's and end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jsonschema import ValidationError

from pytest_apiversion.core.json.bounded_patterns import occurs
from pytest_apiversion.core.json.ecma_patterns import python_pattern


def _found(pattern: str, text: str) -> bool | None:
    """Whether a pattern occurs in a text; None where that cannot be told, or it is none."""
    compiled = python_pattern(pattern)
    return None if compiled is None else occurs(pattern, text, compiled)


def _pattern(_: Any, pattern: str, value: Any, __: Any) -> Iterator[Any]:
    if isinstance(value, str) and _found(pattern, value) is False:
        yield ValidationError("pattern")


def _pattern_properties(validator: Any, patterns: dict[str, Any], value: Any, __: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for pattern, schema in patterns.items():
            for name, part in value.items():
                if _found(pattern, name):
                    yield from validator.descend(part, schema, path=name, schema_path=pattern)


def _additional(validator: Any, schema: Any, value: Any, parent: dict[str, Any]) -> Iterator[Any]:
    if not isinstance(value, dict):
        return
    patterns = [name for name in parent.get("patternProperties", ()) if python_pattern(name)]
    for name, part in value.items():
        if name in parent.get("properties", ()) or any(_found(pattern, name) is not False for pattern in patterns):
            continue
        if schema is False:
            yield ValidationError(name)
        else:
            yield from validator.descend(part, schema, path=name)


BOUNDED = {"pattern": _pattern, "patternProperties": _pattern_properties, "additionalProperties": _additional}
"""The keywords, by name."""
