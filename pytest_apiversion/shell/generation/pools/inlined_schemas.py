"""Schemas with what they refer to in the place of the references: those of parameters, which are small."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pytest_apiversion.shell.json_schema.references import references
from pytest_apiversion.shell.json_schema.subschemas import DATA, SCHEMA_MAP

_MOST = 500
"""Parts of a schema, at most: few references can stand for very many parts."""


class _NoTreeError(Exception):
    """A reference leads back to itself, or there are too many parts."""


def inlined(parameter: Mapping[str, Any], follow: Callable[[str], Any]) -> Mapping[str, Any]:
    """A parameter whose schema refers to nothing; itself where that cannot be written.

    Args:
        parameter: The parameter.
        follow: What a reference leads to.
    """
    if "schema" not in parameter or not references(parameter["schema"]):
        return parameter
    try:
        return {**parameter, "schema": _Inlining(follow).of(parameter["schema"], ())}
    except _NoTreeError:
        return parameter


class _Inlining:
    def __init__(self, follow: Callable[[str], Any]) -> None:
        self._follow = follow
        self._left = _MOST

    def of(self, schema: Any, above: tuple[str, ...]) -> Any:
        """A schema without references.

        Args:
            schema: The schema.
            above: The references that led here.

        Raises:
            _NoTreeError: There is none.
        """
        if isinstance(schema, list):
            return [self.of(part, above) for part in schema]
        if not isinstance(schema, dict):
            return schema
        self._left -= 1
        reference = schema.get("$ref")
        if self._left < 0 or reference in above:
            raise _NoTreeError
        made = {key: self._part(key, part, above) for key, part in schema.items() if key != "$ref"}
        if isinstance(reference, str):
            parts = [self.of(self._follow(reference), (*above, reference)), *made.pop("allOf", ())]
        else:
            parts = made.pop("allOf", [])
        if len(parts) == 1 and made.keys() <= DATA - {"enum", "const"}:
            return {**parts[0], **made} if isinstance(parts[0], dict) else parts[0]
        return {**made, "allOf": parts} if parts else made

    def _part(self, key: str, part: Any, above: tuple[str, ...]) -> Any:
        if key in SCHEMA_MAP and isinstance(part, dict):
            return {name: self.of(each, above) for name, each in part.items()}
        return part if key in DATA else self.of(part, above)
