"""A schema as a tree of nodes that make values of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pytest_apiversion.shell.generation.pools.nodes import Drawn, Fixed, List, Node, Object, OneOf, Reference
from pytest_apiversion.shell.generation.pools.pool import Pool
from pytest_apiversion.shell.json_schema.subschemas import SCHEMA_LIST, SCHEMA_MAP, SCHEMA_ONE
from pytest_apiversion.shell.json_schema.validators import holds

_FOLLOWED = 6
"""References that are followed, one leading to the next."""
_FREQUENT = 3
"""How many times as often as null something else is chosen."""

_TOLD = frozenset(
    {
        "title",
        "description",
        "default",
        "example",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
        "$comment",
        "externalDocs",
    }
)
_OBJECT = frozenset(
    {"type", "properties", "required", "additionalProperties", "minProperties", "maxProperties", "format"}
)
_ARRAY = frozenset({"type", "items", "minItems", "maxItems", "uniqueItems", "format"})
_NESTED = frozenset({*SCHEMA_ONE, *SCHEMA_LIST, *SCHEMA_MAP})
_KINDS: Mapping[str, type | tuple[type, ...]] = {
    "string": str, "boolean": bool, "object": dict, "array": list, "null": type(None),
}  # fmt: skip

PoolOf = Callable[[Any], Pool]
"""The pool of a schema."""
Write = Callable[[Any, Any], Any]
"""A value (second) of a schema (first) as clients write it."""


class Nodes:
    """The nodes of schemas of one document.

    Args:
        follow: What a reference leads to.
        pool_of: The pool of a schema.
        write: Writes what a schema lists.
    """

    def __init__(self, follow: Callable[[str], Any], pool_of: PoolOf, write: Write) -> None:
        self._follow = follow
        self._write = write
        self._pool_of = pool_of
        self._at: dict[str, Node] = {}
        self.whole = 0
        self._heights: dict[Node, float] = {}

    def at(self, reference: str) -> Node:
        """The node of what a reference leads to."""
        if reference not in self._at:
            self._at[reference] = self.of(self._follow(reference))
        return self._at[reference]

    def of(self, schema: Any) -> Node:
        """The node of a schema."""
        if not isinstance(schema, dict):
            return Fixed([]) if schema is False else Drawn(self._pool_of(schema))
        told = schema.keys() - _TOLD
        if told == {"$ref"}:
            return Reference(self.at, schema["$ref"])
        if "const" in told or "enum" in told:
            return self._listed(schema, told)
        for word in ("anyOf", "oneOf"):
            if word in told and told <= {word, "type"} and schema[word]:
                return OneOf([self.of(part) for part in schema[word]], heights=self._heights)
        return self._typed(schema, told)

    def _listed(self, schema: dict[str, Any], told: set[str]) -> Node:
        """The node of a schema that lists its values: of those, what else it says holds for."""
        values = [schema["const"]] if "const" in told else schema["enum"]
        if "$ref" in told or not _NESTED.isdisjoint(told):
            return self._drawn(schema)
        more = not told <= {"const", "enum", "type"}
        return Fixed(
            [
                self._write(schema, each)
                for each in values
                if _is_of(schema, each) and not (more and not holds({}, schema, each))
            ]
        )

    def _typed(self, schema: dict[str, Any], told: set[str]) -> Node:
        kinds = schema.get("type")
        names = kinds if isinstance(kinds, list) else [kinds]
        if len(names) == 2 and "null" in names and {"object", "array"} & {*names}:  # noqa: PLR2004  it, or null
            other = self.of({**schema, "type": next(name for name in names if name != "null")})
            return OneOf([other, Fixed([None])], [0] * _FREQUENT + [1], self._heights)
        if names == ["boolean"] and told <= {"type"}:
            return Fixed([False, True])
        if names == ["null"]:
            return Fixed([None])
        if (
            names == ["object"]
            and told <= _OBJECT
            and ("properties" in told or isinstance(schema.get("additionalProperties"), dict))
        ):
            return self._object(schema)
        if names == ["array"] and told <= _ARRAY and "items" in told:
            least, most = schema.get("minItems", 0), schema.get("maxItems", float("inf"))
            return List(self.of(schema["items"]), least, most, unique=schema.get("uniqueItems") is True)
        return self._drawn(schema)

    def _object(self, schema: dict[str, Any]) -> Node:
        properties, required = schema.get("properties", {}), schema.get("required", [])
        more = schema.get("additionalProperties", False)
        members = {
            name: (self.of(part), name in required)
            for name, part in properties.items()
            if part is not False or name in required
        }
        members |= {name: (self.of(more), True) for name in required if name not in properties}
        others = None if more is False else (Drawn(self._pool_of({"type": "string"})), self.of(more))
        return Object(members, others, (schema.get("minProperties", 0), schema.get("maxProperties", float("inf"))))

    def _drawn(self, schema: dict[str, Any]) -> Node:
        self.whole += not _NESTED.isdisjoint(schema)
        return Drawn(self._pool_of(schema))


def _is_of(schema: Mapping[str, Any], value: Any) -> bool:
    """Whether a listed value is of the type that stands beside it."""
    kinds = schema.get("type")
    return kinds is None or any(_is(str(kind), value) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _is(kind: str, value: Any) -> bool:
    if kind in {"integer", "number"}:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return number and (kind == "number" or value == int(value))
    return isinstance(value, _KINDS.get(kind, object))


def leaves(
    schema: Any, value: Any, follow: Callable[[str], Any], before: tuple[Any, ...] = ()
) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Where in a value the members are that a schema names, and what it says of each.

    Args:
        schema: The schema.
        value: A value of it.
        follow: What a reference leads to.
        before: The keys and numbers that lead here.
    """
    for _ in range(_FOLLOWED):
        if not isinstance(schema, dict) or not isinstance(schema.get("$ref"), str):
            break
        schema = follow(schema["$ref"])
    if not isinstance(schema, dict):
        return
    if before:
        yield before, schema
    if isinstance(value, dict):
        for part in (schema, *schema.get("allOf", ())):
            for name, inner in (part.get("properties", {}) if isinstance(part, dict) else {}).items():
                if name in value:
                    yield from leaves(inner, value[name], follow, (*before, name))
    elif isinstance(value, list) and value and "items" in schema:
        yield from leaves(schema["items"], value[0], follow, (*before, 0))
