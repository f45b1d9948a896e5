"""Where the references in a schema or a request lead."""

from __future__ import annotations

from typing import Any

_DATA = frozenset({"enum", "const", "default", "examples", "example"})
"""Keywords whose value is data: a `$ref` in it is a member like any other."""
_MAPS = frozenset({"properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"})
"""Keywords whose value gives schemas by name, and no name in it is a keyword."""


def references(value: Any) -> frozenset[str]:
    """The references in a read schema or request."""
    found: set[str] = set()
    stack = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            reference = node.get("$ref")
            if isinstance(reference, str) and reference.startswith("#/"):
                found.add(reference)
            stack.extend(
                child
                for key, child in node.items()
                if key not in {"enum", "const", "default"} or (isinstance(child, dict) and "$ref" in child)
            )
        elif isinstance(node, list):
            stack.extend(node)
    return frozenset(found)


def absolute(schema: Any, uri: str) -> Any:
    """A schema whose references (`#/…`) lead into the resource at a URI from everywhere; data in it stays as it is."""
    if isinstance(schema, list):
        return [absolute(part, uri) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: _absolute_part(key, part, uri) for key, part in schema.items()}


def _absolute_part(key: str, part: Any, uri: str) -> Any:
    if key in _DATA:
        return part
    if key in _MAPS and isinstance(part, dict):
        return {name: absolute(each, uri) for name, each in part.items()}
    if key == "$ref" and isinstance(part, str) and part.startswith("#/"):
        return uri + fragment(part)
    return absolute(part, uri)


def fragment(reference: str) -> str:
    """A reference (`#/…`) as it stands in a URI."""
    from urllib.parse import quote  # noqa: PLC0415  costs start-up

    return "#" + quote(reference[1:], safe="/~!$&'()*+,;=:@-._")
