"""Choices: the values of a closed list, however a schema writes it: `enum`, `const`, or alternatives (`oneOf`, `anyOf`) that each name some."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pytest_apiversion.core.json.members import followed

_DEEPEST = 8
"""Alternatives inside alternatives."""
_ALTERNATIVES = ("oneOf", "anyOf")
_NULL = {"type": "null"}


def choices(document: Mapping[str, Any], schema: Any) -> list[Any] | None:
    """The values that a schema lists, each once, in its order, null included; None where it lists none, or takes others beside.

    Args:
        document: What the schema's references lead into.
        schema: The schema.
    """
    return _choices(document, schema, _DEEPEST)


def with_choices(document: Mapping[str, Any], schema: Any) -> Any:
    """The schema with its closed list as `enum`, in the place of whatever else says it; a schema that has none as it is."""
    listed = choices(document, schema) if isinstance(schema, Mapping) and "enum" not in schema else None
    if listed is None:
        return schema
    return {**{key: value for key, value in schema.items() if key not in {*_ALTERNATIVES, "const"}}, "enum": listed}


def is_among(value: Any, values: Iterable[Any]) -> bool:
    """Whether a value is one of several, as JSON tells them apart: true is not 1."""
    return any(value == each and isinstance(value, bool) == isinstance(each, bool) for each in values)


def _choices(document: Mapping[str, Any], schema: Any, depth: int) -> list[Any] | None:
    schema = followed(document, schema)
    if not isinstance(schema, Mapping) or depth == 0:
        return None
    if "const" in schema:
        return [schema["const"]]
    if isinstance(listed := schema.get("enum"), list):
        return listed
    for word in _ALTERNATIVES:
        parts = schema.get(word)
        if isinstance(parts, list) and parts:
            found = [[None] if part == _NULL else _choices(document, part, depth - 1) for part in parts]
            if None not in found:
                return _once([value for each in found if each is not None for value in each])
    return None


def _once(values: list[Any]) -> list[Any]:
    """The values without those that are there already."""
    found: list[Any] = []
    for value in values:
        if not is_among(value, found):
            found.append(value)
    return found
