"""Members: places in JSON values, and the members that a contract's schema names there.

A place is a JSON pointer with `*` for every element of a list. Members whose names hold `/` or `~` are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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


def possible_members(document: Mapping[str, Any], schema: Any, place: str) -> Mapping[str, Any]:
    """The members a schema names for the object at a place, those of its alternatives included.

    Of those that two of them name differently nothing is said, but for lists of choices, such as what tells the alternatives apart.
    """
    for step in place.split("/")[1:]:
        schema = _items(document, schema) if step == "*" else _properties(document, schema).get(step)
    found: dict[str, Any] = {}
    for part in said_together(document, schema, ("allOf", "anyOf", "oneOf")):
        own = part.get("properties")
        for name, member in own.items() if isinstance(own, dict) else ():
            found[name] = _either(found[name], member) if name in found else member
    return {**found, **_properties(document, schema)}


def _either(one: Any, other: Any) -> Any:
    if one == other:
        return one
    listed = [_listed(each) for each in (one, other)]
    return {"enum": [value for values in listed for value in values or ()]} if None not in listed else {}


def _listed(schema: Any) -> list[Any] | None:
    if not isinstance(schema, dict):
        return None
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    return values if isinstance(values, list) else None


def _properties(document: Mapping[str, Any], schema: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in said_together(document, schema):
        own = part.get("properties")
        found |= own if isinstance(own, dict) else {}
    return found


def said_together(
    document: Mapping[str, Any], schema: Any, words: Sequence[str] = ("allOf",), seen: set[int] | None = None
) -> Iterator[Mapping[str, Any]]:
    """What a schema and its parts say of one value: each schema once, parts before what they are parts of.

    Args:
        document: What references lead into.
        schema: The schema.
        words: What counts as parts: `allOf`, and alternatives too where they are named.
        seen: What was told already.
    """
    seen = set() if seen is None else seen
    schema = without_null(document, schema)
    if not isinstance(schema, dict) or id(schema) in seen:
        return
    seen.add(id(schema))
    for word in words:
        for part in schema.get(word, ()):
            yield from said_together(document, part, words, seen)
    yield schema


def unnamed(document: Mapping[str, Any], schema: Any) -> Any:
    """What a schema says of the members of an object that it does not name; `MISSING` where it takes no object, or none but those it names."""
    if without_null(document, schema) is True:
        return {}
    said = list(said_together(document, schema))
    if not said or not all(_takes_others(part) for part in said):
        return MISSING
    others = _others(said[-1])
    return {} if isinstance(others, bool) else others


def _takes_others(schema: Mapping[str, Any]) -> bool:
    """Whether a schema takes objects that have members it does not name."""
    kinds = schema.get("type", "object")
    objects = "object" in (kinds if isinstance(kinds, list) else [kinds]) and not {"enum", "const"} & schema.keys()
    return objects and (_others(schema) is not False or bool(schema.get("patternProperties")))


def _others(schema: Mapping[str, Any]) -> Any:
    return schema.get("additionalProperties", schema.get("unevaluatedProperties", True))


def write_only(document: Mapping[str, Any], schema: Any, seen: set[int] | None = None) -> bool:
    """Whether a member is for requests alone (OpenAPI `writeOnly`): said beside a reference, behind it, or in a part of what it leads to."""
    seen = set() if seen is None else seen
    for each in (schema, followed(document, schema)):
        if isinstance(each, dict) and id(each) not in seen:
            seen.add(id(each))
            if each.get("writeOnly") is True or any(write_only(document, part, seen) for part in each.get("allOf", ())):
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
