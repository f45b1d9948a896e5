"""Narrows what requests are drawn from to what clients customarily send: members the contract names, numbers JSON carries everywhere.

JSON Schema lets an object have members its schema does not name. Services that refuse those, or choke on their names, break nobody who
reads the contract, so valid requests are drawn without; requests that break the contract still have them. A schema that says
something about other members itself (`additionalProperties`, even `true`) is left as it is, and so is any whose members are named in
several places (`allOf` and its like), where no part knows the others.

Integers without bounds of their own stay within what every JSON reader has exactly (RFC 8259 §6, RFC 7493 §2.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_apiversion.shell.openapi.grammar import SCHEMA_LIST, SCHEMA_MAP, SCHEMA_ONE
from pytest_apiversion.shell.openapi.request_shapes import references

_SAME = frozenset({"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "$ref"})
"""Keywords whose schemas are about the same value."""
_OTHERS = frozenset({"additionalProperties", "unevaluatedProperties", "patternProperties", "propertyNames"})
_EXACT = 2**53 - 1
_PLAIN_BRANCHES = frozenset({"anyOf", "oneOf", "type"})
"""A schema of these alone leaves its branches to name all members."""


def customary(operation: dict[str, Any], components: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """An OpenAPI operation and the schemas it refers to, their plain objects closed and their integers bounded.

    Args:
        operation: With `parameters` and `requestBody`, references followed down to schemas.
        components: Every schema that can be met from it, by reference.
    """
    shared = _shared([operation, *components.values()], components)
    made = {reference: schema if reference in shared else _narrowed(schema) for reference, schema in components.items()}
    held = dict(operation)
    if "parameters" in operation:
        held["parameters"] = [_holder(parameter) for parameter in operation["parameters"]]
    if "requestBody" in operation:
        held["requestBody"] = _holder(operation["requestBody"])
    return held, made


def _holder(holder: dict[str, Any]) -> dict[str, Any]:
    """A parameter, body or media type, the schemas in it narrowed."""
    made = dict(holder)
    if "schema" in holder:
        made["schema"] = _narrowed(holder["schema"])
    if "content" in holder:
        made["content"] = {name: _holder(media) for name, media in holder["content"].items()}
    return made


def _narrowed(schema: Any) -> Any:
    """A schema with every plain object in it closed and every integer bounded."""
    if isinstance(schema, list):
        return [_narrowed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = dict(schema)
    for key, part in schema.items():
        if key in SCHEMA_MAP and isinstance(part, dict):
            made[key] = {name: _narrowed(inner) for name, inner in part.items()} if key == "properties" else part
        elif key in {"anyOf", "oneOf"}:
            made[key] = _narrowed(part) if schema.keys() <= _PLAIN_BRANCHES else part
        elif key not in _SAME and (key in SCHEMA_ONE or key in SCHEMA_LIST):
            made[key] = _narrowed(part)
    if _is_plain(schema):
        made["additionalProperties"] = False
    return made | _bounds(schema)


def _bounds(schema: Mapping[str, Any]) -> dict[str, int]:
    """The bounds an integer's schema lacks."""
    kinds = schema.get("type")
    if "integer" not in (kinds if isinstance(kinds, list) else [kinds]) or schema.keys() & {"enum", "const", "format"}:
        return {}
    lowest, highest = (schema.get(f"exclusive{word}", schema.get(word.lower())) for word in ("Minimum", "Maximum"))
    made = {}
    if lowest is None and (highest is None or highest > -_EXACT):
        made["minimum"] = -_EXACT
    if highest is None and (lowest is None or lowest < _EXACT):
        made["maximum"] = _EXACT
    return made


def _is_plain(schema: Mapping[str, Any]) -> bool:
    properties = schema.get("properties")
    if not isinstance(properties, dict) or not properties or not schema.keys().isdisjoint(_SAME | _OTHERS):
        return False
    named = {*schema.get("required", ()), *schema.get("dependentRequired", {})}
    return named <= properties.keys() and schema.get("minProperties", 0) <= len(properties)


def _shared(roots: list[Any], components: Mapping[str, Any]) -> set[str]:
    """References to schemas that name only a part of the members of what they are about."""
    found: set[str] = set()
    stack = list(roots)
    while stack:
        node = stack.pop()
        if isinstance(node, list):
            stack.extend(node)
        elif isinstance(node, dict):
            stack.extend(part for key, part in node.items() if key not in {"enum", "const", "default"})
            alone = node.keys() <= {*_PLAIN_BRANCHES, "$ref"}
            for key in _SAME & node.keys():
                if key in {"$ref", "anyOf", "oneOf"} and alone:
                    continue
                found |= references({key: node[key]})
    waiting = list(found)
    while waiting:
        for reference in _same_value(components.get(waiting.pop())) - found:
            found.add(reference)
            waiting.append(reference)
    return found


def _same_value(schema: Any) -> set[str]:
    """References from a schema to others about the same value."""
    if not isinstance(schema, dict):
        return set()
    return set(references({key: schema[key] for key in _SAME & schema.keys()}))
