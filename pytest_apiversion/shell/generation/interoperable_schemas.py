"""Narrows request schemas to what every client and server reads alike: declared members, numbers every JSON reader holds.

JSON Schema lets an object have members its schema does not name. Services that refuse those, or choke on their names, break nobody who
reads the contract, so valid requests are drawn without; requests that break the contract still have them. What is composed (`allOf`
and its like) is one object, with the members that any part names. A schema that says something about other members itself
(`additionalProperties`, even `true`) is left as it is.

Integers without bounds of their own stay within what every JSON reader has exactly (RFC 8259 §6, RFC 7493 §2.2), or within their format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
from pytest_apiversion.shell.json_schema.subschemas import SCHEMA_LIST, SCHEMA_MAP, SCHEMA_ONE, objects

_SAME = frozenset({"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "$ref"})
"""Keywords whose schemas are about the same value."""
_EXACT = 2**53 - 1
_SIZES = {
    **{f"int{bits}": (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in (8, 16, 32, 64)},
    **{f"uint{bits}": (0, 2**bits - 1) for bits in (8, 16, 32, 64)},
}
"""Integers of the OpenAPI Format Registry, by format: the least and the greatest."""


class Narrowing:
    """The schemas that references lead to, narrowed; each is made once, however many operations refer to it.

    Args:
        follow: The schema a reference leads to.
    """

    def __init__(self, follow: Follow) -> None:
        self.follow = follow
        self._plain: dict[str, Any] = {}
        self._narrow: dict[str, Any] = {}
        self._named: dict[str, tuple[frozenset[str], frozenset[str]]] = {}

    def plain(self, reference: str) -> Any:
        """The schema without compositions that can be put together."""
        if reference not in self._plain:
            self._plain[reference] = unfolded(self.follow, self.follow(reference))
        return self._plain[reference]

    def narrow(self, reference: str) -> Any:
        """The same, its plain objects closed and its integers bounded."""
        if reference not in self._narrow:
            self._narrow[reference] = _narrowed(self.follow, self.plain(reference))
        return self._narrow[reference]

    def shared(self, operation: Any, components: Iterable[str]) -> set[str]:
        """References to schemas that name only a part of the members of what they are about.

        Args:
            operation: The operation, unfolded.
            components: Every reference that can be met from it.
        """
        inside = {*components}
        found = _parts(operation)
        for reference in inside:
            found |= self._names(reference)[0]
        waiting = list(found)
        while waiting:
            reference = waiting.pop()
            for other in (self._names(reference)[1] if reference in inside else frozenset()) - found:
                found.add(other)
                waiting.append(other)
        return found

    def _names(self, reference: str) -> tuple[frozenset[str], frozenset[str]]:
        """References inside a schema to parts of what they are about, and from the schema itself to others about the same value."""
        if reference not in self._named:
            schema = self.plain(reference)
            self._named[reference] = frozenset(_parts(schema)), frozenset(_same_value(schema))
        return self._named[reference]


def interoperable_operation(
    operation: dict[str, Any], closure: Iterable[str], known: Narrowing
) -> tuple[dict[str, Any], dict[str, Any]]:
    """An OpenAPI operation and the schemas it refers to, their plain objects closed and their integers bounded.

    Args:
        operation: With `parameters` and `requestBody`, references followed down to schemas.
        closure: Every reference that can be met from it.
        known: What these lead to.
    """
    closure = tuple(closure)
    held = _mapped(operation, lambda schema: unfolded(known.follow, schema))
    shared = known.shared(held, closure)
    made = {
        reference: known.plain(reference) if reference in shared else known.narrow(reference) for reference in closure
    }
    return _mapped(held, lambda schema: _narrowed(known.follow, schema)), made


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


def _parts(root: Any) -> set[str]:
    """References inside a schema or an operation to schemas that name only a part of the members of what they are about."""
    found: set[str] = set()
    for node in objects(root):
        alone = node.keys() <= {*PLAIN_BRANCHES, "$ref"}
        for key in _SAME & node.keys():
            if key not in {"$ref", "anyOf", "oneOf"} or not alone:
                found |= references({key: node[key]})
    return found


def _same_value(schema: Any) -> set[str]:
    """References from a schema to others about the same value."""
    if not isinstance(schema, dict):
        return set()
    return set(references({key: schema[key] for key in _SAME & schema.keys()}))
