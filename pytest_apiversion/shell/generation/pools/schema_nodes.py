"""A schema as a tree of nodes that make values of it: objects, lists and alternatives are assembled, all else comes from pools."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, Protocol

from pytest_apiversion.shell.generation.pools.choosing import Choices
from pytest_apiversion.shell.generation.pools.pool import NothingDrawnError, Pool
from pytest_apiversion.shell.openapi.grammar import SCHEMA_LIST, SCHEMA_MAP, SCHEMA_ONE

_DEEPEST = 6
"""Levels below which optional members are left out, and the flattest alternatives are taken."""
_ENDLESS = 40
"""Levels below which a value is given up."""
_EXTRA = 4
"""Members beside the named ones, at most, where there may be some."""
_ITEMS = (0, 1, 1, 2, 3, 5, 7, 9, 11, 13)
"""Elements beyond the fewest, one number after the other."""
_FEW = (0, 1, 1, 2, 3)
"""The same of lists inside lists."""
_OUTER = 2
"""Levels whose lists may be long."""
_TRIES = 8
"""Tries for an element unlike the others, or a name that is not taken."""
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


class Node(Protocol):
    """Makes values of one schema."""

    def make(self, choices: Choices, depth: int) -> Any:
        """A value.

        Args:
            choices: Makes the choices.
            depth: How deep in the whole value it stands.

        Raises:
            NothingDrawnError: None can be made.
        """

    def height(self, seen: frozenset[int]) -> float:
        """How many levels it needs at least; infinite where it never ends."""


class Fixed:
    """One of a few values that the schema lists."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values

    def make(self, choices: Choices, depth: int) -> Any:  # noqa: ARG002  all nodes are told
        """The next of them."""
        if not self._values:
            raise NothingDrawnError
        return choices.dealt(self, self._values)

    def height(self, seen: frozenset[int]) -> float:  # noqa: ARG002  it has nothing in it
        """None."""
        return 0


class Drawn:
    """What Hypothesis and schemathesis draw as a whole."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def make(self, choices: Choices, depth: int) -> Any:  # noqa: ARG002  all nodes are told
        """The next of the pool."""
        return choices.drawn(self, self._pool)

    def height(self, seen: frozenset[int]) -> float:  # noqa: ARG002  it is drawn with all in it
        """None."""
        return 0


class OneOf:
    """One of several alternatives; below a depth the flattest."""

    def __init__(self, nodes: list[Node], options: list[int] | None = None) -> None:
        self._nodes = nodes
        self._options = options or list(range(len(nodes)))

    def make(self, choices: Choices, depth: int) -> Any:
        """A value of the next alternative."""
        if depth > _DEEPEST:
            return self._flattest.make(choices, depth)
        return self._nodes[choices.dealt(self, self._options)].make(choices, depth)

    @cached_property
    def _flattest(self) -> Node:
        return min(self._nodes, key=lambda node: node.height(frozenset({id(self)})))

    def height(self, seen: frozenset[int]) -> float:
        """Of the flattest."""
        if id(self) in seen:
            return float("inf")
        return min((node.height(seen | {id(self)}) for node in self._nodes), default=float("inf"))


class Object:
    """An object: what it requires, some of what it may have, and others where it says so."""

    def __init__(
        self, members: Mapping[str, tuple[Node, bool]], others: tuple[Node, Node] | None, size: tuple[int, float]
    ) -> None:
        self._members = members
        self._others = others
        self._least, self._most = size

    def make(self, choices: Choices, depth: int) -> Any:
        """The next."""
        if depth > _ENDLESS:
            raise NothingDrawnError
        names = [
            name for name, (_, required) in self._members.items() if required or (depth <= _DEEPEST and choices.there())
        ]
        kept = set(names)
        spare = [name for name in self._members if name not in kept]
        while len(kept) < self._least and spare:
            kept.add(spare.pop(0))
        optional = [name for name in names if not self._members[name][1]]
        while len(kept) > self._most and optional:
            kept.discard(optional.pop())
        order = choices.ordered([name for name in self._members if name in kept])
        made = {name: self._members[name][0].make(choices, depth + 1) for name in order}
        return self._with_others(made, choices, depth)

    def _with_others(self, made: dict[str, Any], choices: Choices, depth: int) -> dict[str, Any]:
        if self._others is None:
            return made
        name, node = self._others
        wanted = max(self._least - len(made), choices.number(0, _EXTRA) if choices.there() and depth <= _DEEPEST else 0)
        for _ in range(_TRIES * wanted):
            if wanted <= 0 or len(made) >= self._most:
                break
            other = name.make(choices, depth + 1)
            if isinstance(other, str) and other not in made and other not in self._members:
                made[other] = node.make(choices, depth + 1)
                wanted -= 1
        return made

    def height(self, seen: frozenset[int]) -> float:
        """One more than the highest of what it requires."""
        if id(self) in seen:
            return float("inf")
        seen |= {id(self)}
        return 1 + max((node.height(seen) for node, required in self._members.values() if required), default=0)


class List:
    """A list, its elements unlike each other where it says so."""

    def __init__(self, item: Node, least: int, most: float, *, unique: bool) -> None:
        self._item = item
        self._least, self._most, self._unique = least, most, unique

    def make(self, choices: Choices, depth: int) -> Any:
        """The next."""
        if depth > _ENDLESS:
            raise NothingDrawnError
        more = 0 if depth > _DEEPEST else choices.dealt(self, _ITEMS if depth <= _OUTER else _FEW)
        size = int(min(self._most, self._least + more))
        made: list[Any] = []
        known: set[str] = set()
        for _ in range(size * (_TRIES if self._unique else 1)):
            if len(made) == size:
                break
            value = self._item.make(choices, depth + 1)
            text = json.dumps(value, sort_keys=True) if self._unique else ""
            if not self._unique or text not in known:
                known.add(text)
                made.append(value)
        return made

    def height(self, seen: frozenset[int]) -> float:
        """One more than its element, where it has to have one."""
        if id(self) in seen:
            return float("inf")
        return 1 + (self._item.height(seen | {id(self)}) if self._least else 0)


class Reference:
    """What a reference leads to, made when first needed."""

    def __init__(self, nodes: Nodes, reference: str) -> None:
        self._nodes = nodes
        self._reference = reference

    def make(self, choices: Choices, depth: int) -> Any:
        """A value of it."""
        if depth > _ENDLESS:
            raise NothingDrawnError
        return self._nodes.at(self._reference).make(choices, depth + 1)

    def height(self, seen: frozenset[int]) -> float:
        """Of what it leads to."""
        if id(self) in seen:
            return float("inf")
        return self._nodes.at(self._reference).height(seen | {id(self)})


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
            return Reference(self, schema["$ref"])
        if "const" in told or "enum" in told:
            values = [schema["const"]] if "const" in told else schema["enum"]
            return (
                Fixed([self._write(schema, each) for each in values if _is_of(schema, each)])
                if told <= {"const", "enum", "type"}
                else self._drawn(schema)
            )
        for word in ("anyOf", "oneOf"):
            if word in told and told <= {word, "type"} and schema[word]:
                return OneOf([self.of(part) for part in schema[word]])
        return self._typed(schema, told)

    def _typed(self, schema: dict[str, Any], told: set[str]) -> Node:
        kinds = schema.get("type")
        names = kinds if isinstance(kinds, list) else [kinds]
        if len(names) == 2 and "null" in names and {"object", "array"} & {*names}:  # noqa: PLR2004  it, or null
            other = self.of({**schema, "type": next(name for name in names if name != "null")})
            return OneOf([other, Fixed([None])], [0] * _FREQUENT + [1])
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
    for _ in range(_DEEPEST):
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
