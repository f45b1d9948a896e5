"""Members: places in JSON values, and the members that a contract's schema names there.

A place is a JSON pointer with `*` for every element of a list. Members whose names hold `/` or `~` are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_apiversion.core.json.pointer import MISSING, lookup

_DEEPEST = 16
"""Levels of a value, and references in a row, that count."""


def places(value: Any, place: str = "", depth: int = _DEEPEST, *, indices: bool = False) -> Iterator[tuple[str, Any]]:
    """Every place of a value with what stands there, the value itself first.

    Args:
        value: The value.
        place: Where it stands.
        depth: How many levels of it count.
        indices: Whether an element of a list is told by its index, so that the place is a JSON pointer of its own.
    """
    yield place, value
    if depth == 0:
        return
    if isinstance(value, dict):
        for key, item in value.items():
            if not {"/", "~"} & set(key):
                yield from places(item, f"{place}/{key}", depth - 1, indices=indices)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from places(item, f"{place}/{index if indices else '*'}", depth - 1, indices=indices)


def parent(place: str) -> str:
    """The place a place is in."""
    return place.rpartition("/")[0]


def generic(pointer: str) -> str:
    """A pointer as a place: list indices become `*`."""
    return "/".join("*" if part.isdigit() else part for part in pointer.split("/"))


def members(document: Mapping[str, Any], schema: Any, place: str) -> Mapping[str, Any]:
    """The members a schema names for the object at a place, with their schemas; nothing where it leaves that open.

    Alternatives (`oneOf`, `anyOf`, `if`) are not looked into, but for one beside null: what is in one of them need not be there.
    """
    for step in place.split("/")[1:]:
        schema = _items(document, schema) if step == "*" else _properties(document, schema).get(step)
    return _properties(document, schema)


def _properties(document: Mapping[str, Any], schema: Any) -> dict[str, Any]:
    schema = without_null(document, schema)
    if not isinstance(schema, dict):
        return {}
    found: dict[str, Any] = {}
    for part in schema.get("allOf", ()):
        found |= _properties(document, part)
    own = schema.get("properties")
    return {**found, **own} if isinstance(own, dict) else found


def unnamed(document: Mapping[str, Any], schema: Any) -> Any:
    """What a schema says of the members of an object that it does not name; `MISSING` where it takes no object, or none but those it names."""
    schema = without_null(document, schema)
    if schema is True:
        return {}
    if not isinstance(schema, dict) or not _takes_objects(schema):
        return MISSING
    if any(unnamed(document, part) is MISSING for part in schema.get("allOf", ())):
        return MISSING
    others = schema.get("additionalProperties", schema.get("unevaluatedProperties", True))
    if others is False:
        return {} if schema.get("patternProperties") else MISSING
    return {} if others is True else others


def _takes_objects(schema: Mapping[str, Any]) -> bool:
    kinds = schema.get("type", "object")
    return "object" in (kinds if isinstance(kinds, list) else [kinds]) and not {"enum", "const"} & schema.keys()


def write_only(document: Mapping[str, Any], schema: Any) -> bool:
    """Whether a member is for requests alone (OpenAPI `writeOnly`): said beside a reference, behind it, or in a part of what it leads to."""
    for each in (schema, followed(document, schema)):
        if isinstance(each, dict):
            if each.get("writeOnly") is True:
                return True
            if any(write_only(document, part) for part in each.get("allOf", ()) if part is not schema):
                return True
    return False


def _items(document: Mapping[str, Any], schema: Any) -> Any:
    schema = without_null(document, schema)
    return schema.get("items") if isinstance(schema, dict) else None


def without_null(document: Mapping[str, Any], schema: Any) -> Any:
    """The schema behind references, and of one beside null (`anyOf`, `oneOf`) or of the only part (`allOf`) that part."""
    for _ in range(_DEEPEST):
        schema = followed(document, schema)
        if not isinstance(schema, dict) or "properties" in schema or "type" in schema:
            return schema
        parts = [part for key in ("anyOf", "oneOf", "allOf") for part in schema.get(key, ())]
        others = [part for part in parts if not (isinstance(part, dict) and part.get("type") == "null")]
        if len(others) != 1 or ("allOf" in schema and len(schema["allOf"]) < len(parts)):
            return schema
        schema = others[0]
    return schema


def followed(document: Mapping[str, Any], schema: Any) -> Any:
    """The schema a local reference leads to, or the schema itself; None where the reference leads nowhere."""
    for _ in range(_DEEPEST):
        reference = schema.get("$ref") if isinstance(schema, dict) else None
        if not isinstance(reference, str) or not reference.startswith("#/"):
            return schema
        found = lookup(document, reference[1:])
        schema = None if found is MISSING else found
    return None
