"""Narrows request schemas to what every client and server reads alike: declared members, numbers every JSON reader holds.

JSON Schema lets an object have members its schema does not name. Services that refuse those, or choke on their names, break nobody who
reads the contract, so valid requests are drawn without; requests that break the contract still have them. What is composed (`allOf`
and its like) is one object, with the members that any part names. A schema that says something about other members itself
(`additionalProperties`, even `true`) is left as it is.

Integers without bounds of their own stay within what every JSON reader has exactly (RFC 8259 §6, RFC 7493 §2.2), or within their format.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pytest_apiversion.shell.generation.composed_schemas import (
    OTHER_MEMBERS,
    PLAIN_BRANCHES,
    Follow,
    names_in,
    said_of,
    unfolded,
)
from pytest_apiversion.shell.json_schema.references import references
from pytest_apiversion.shell.openapi.grammar import SCHEMA_LIST, SCHEMA_MAP, SCHEMA_ONE

_SAME = frozenset({"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "$ref"})
"""Keywords whose schemas are about the same value."""
_EXACT = 2**53 - 1
_SIZES = {
    **{f"int{bits}": (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in (8, 16, 32, 64)},
    **{f"uint{bits}": (0, 2**bits - 1) for bits in (8, 16, 32, 64)},
}
"""Integers of the OpenAPI Format Registry, by format: the least and the greatest."""


def interoperable_operation(
    operation: dict[str, Any], components: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """An OpenAPI operation and the schemas it refers to, their plain objects closed and their integers bounded.

    Args:
        operation: With `parameters` and `requestBody`, references followed down to schemas.
        components: Every schema that can be met from it, by reference.
    """

    def follow(reference: str) -> Any:
        return components.get(reference, True)

    plain = {reference: unfolded(follow, schema) for reference, schema in components.items()}
    held = _mapped(operation, lambda schema: unfolded(follow, schema))
    shared = _shared([held, *plain.values()], plain)
    made = {
        reference: schema if reference in shared else _narrowed(follow, schema) for reference, schema in plain.items()
    }
    return _mapped(held, lambda schema: _narrowed(follow, schema)), made


def _mapped(holder: dict[str, Any], change: Callable[[Any], Any]) -> dict[str, Any]:
    """An operation, parameter, body or media type, the schemas in it changed."""
    made = dict(holder)
    if "schema" in holder:
        made["schema"] = change(holder["schema"])
    if "parameters" in holder:
        made["parameters"] = [_mapped(parameter, change) for parameter in holder["parameters"]]
    if "requestBody" in holder:
        made["requestBody"] = _mapped(holder["requestBody"], change)
    if "content" in holder:
        made["content"] = {name: _mapped(media, change) for name, media in holder["content"].items()}
    return made


def _narrowed(follow: Follow, schema: Any) -> Any:
    """A schema with every object in it closed and every integer bounded."""
    if isinstance(schema, list):
        return [_narrowed(follow, part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = dict(schema)
    for key, part in schema.items():
        if key in SCHEMA_MAP and isinstance(part, dict):
            made[key] = (
                {name: _narrowed(follow, inner) for name, inner in part.items()} if key == "properties" else part
            )
        elif key in {"anyOf", "oneOf"}:
            made[key] = _narrowed(follow, part) if schema.keys() <= PLAIN_BRANCHES else part
        elif key not in _SAME and (key in SCHEMA_ONE or key in SCHEMA_LIST):
            made[key] = _narrowed(follow, part)
    return made | _closing(follow, schema, made) | _bounds(schema)


def _bounds(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The bounds an integer's schema lacks; a number in an integer's format is an integer."""
    kinds = schema.get("type")
    told = kinds if isinstance(kinds, list) else [kinds]
    size = _SIZES.get(str(schema.get("format")))
    whole = {"type": ["integer" if kind == "number" else kind for kind in told]} if size and "number" in told else {}
    if ("integer" not in told and not whole) or schema.keys() & {"enum", "const"}:
        return {}
    least, most = size or (-_EXACT, _EXACT)
    lowest, highest = (schema.get(f"exclusive{word}", schema.get(word.lower())) for word in ("Minimum", "Maximum"))
    made: dict[str, Any] = {key: kinds[0] if len(kinds) == 1 else kinds for key, kinds in whole.items()}
    if lowest is None and (highest is None or highest > least):
        made["minimum"] = least
    if highest is None and (lowest is None or lowest < most):
        made["maximum"] = most
    return made


def _closing(follow: Follow, schema: Mapping[str, Any], made: Mapping[str, Any]) -> dict[str, Any]:
    """What keeps an object to the members that are named; nothing for what is no object, or says itself what else it may have."""
    if "$ref" in schema or not schema.keys().isdisjoint(OTHER_MEMBERS) or schema.keys() <= PLAIN_BRANCHES:
        return {}
    names = names_in(follow, schema)
    if not names:
        return {}
    asked = {*schema.get("required", ()), *schema.get("dependentRequired", {})}
    if not asked <= names or schema.get("minProperties", 0) > len(names):
        return {}
    mine = made.get("properties", {})
    others = {name: _any_of(said_of(follow, schema, name)) for name in sorted(names - mine.keys())}
    more = {"properties": {**others, **mine}} if others else {}
    return {**({} if "type" in schema else {"type": "object"}), **more, "additionalProperties": False}


def _any_of(told: list[Any]) -> Any:
    """What one of several schemas takes: a member is sent as some part declares it, also where that part does not apply."""
    distinct = [part for index, part in enumerate(told) if part not in told[:index]]
    return distinct[0] if len(distinct) == 1 else {"anyOf": distinct} if distinct else True


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
            alone = node.keys() <= {*PLAIN_BRANCHES, "$ref"}
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
