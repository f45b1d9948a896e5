"""What one schema says, as a value: a view, in which all spellings of one meaning are the same."""

from __future__ import annotations

from typing import Any

from pytest_apiversion.diff.document import Node

ALL = frozenset({"boolean", "object", "array", "string", "integer", "fraction"})
"""What a value may be. A number is an integer or a fraction; null is told apart."""

FIRST = frozenset(
    {
        "default",
        "discriminator",
        "x-extensible-enum",
        "contentEncoding",
        "contentMediaType",
        "xml",
        "x-sunset",
        "x-stability-level",
        "title",
    }
)
"""Keywords whose first value counts where several parts of a schema have one."""

SHARE = "x-apiversion-share"
"""Marks what the comparison itself makes of a schema that became several: limits on values of another type mean nothing in it."""

FLAGS = frozenset({"deprecated", "readOnly", "writeOnly", "uniqueItems", SHARE})
"""Keywords that hold as soon as one part of a schema has them."""


class Group:
    """The alternatives of a schema: one `oneOf` or `anyOf`."""

    __slots__ = ("nodes", "place")

    def __init__(self, nodes: list[Node], place: str) -> None:
        self.nodes = nodes
        self.place = place


class View:
    """One schema as the sum of its parts.

    Attributes:
        types: What a value may be; None is anything, empty nothing.
        null: Whether it may be null; None where nothing is said about types.
        enum: The values it may have, without null; None where that is open.
        properties: The schemas of each member.
        required: Members that must be there, and where that is said.
        closed: Where other members are forbidden; None where they are not.
        all_members: Whether a part says something of all members, which evaluates them.
        all_items: The same of all items.
        others: Schemas of the other members.
        patterns: Schemas of members by pattern.
        groups: Its alternatives.
        among: The types that its alternatives come to; None where one of them is open.
        one_ofs: Each `oneOf` of several alternatives as it is written.
        inner_one_ofs: The first of those that its alternatives have.
        values: Other keywords by their name.
        schemas: Keywords that hold one schema.
        lists: The items by their order.
        counts: Of each schema of `contains`, the least and the greatest number of items that are so.
        maps: `dependentSchemas`, `dependentRequired`, by member.
        conditions: The schemas that have an `if`, and a `then` or an `else`.
        at: Where each keyword stands.
    """

    __slots__ = (
        "all_items",
        "all_members",
        "among",
        "at",
        "closed",
        "conditions",
        "const",
        "counts",
        "enum",
        "groups",
        "inner_one_ofs",
        "lists",
        "lower",
        "maps",
        "null",
        "one_ofs",
        "others",
        "parts",
        "patterns",
        "properties",
        "required",
        "schemas",
        "types",
        "upper",
        "values",
    )

    def __init__(self) -> None:
        self.types: frozenset[str] | None = None
        self.null: bool | None = None
        self.enum: list[Any] | None = None
        self.const = False
        self.properties: dict[str, list[Node]] = {}
        self.required: dict[str, str] = {}
        self.closed: str | None = None
        self.all_members = False
        self.all_items = False
        self.others: list[Node] = []
        self.patterns: dict[str, list[Node]] = {}
        self.groups: list[Group] = []
        self.among: frozenset[str] | None = None
        self.one_ofs: list[Group] = []
        self.inner_one_ofs: list[Group] = []
        self.values: dict[str, Any] = {}
        self.schemas: dict[str, list[Node]] = {}
        self.lists: list[list[Node]] = []
        self.counts: list[tuple[int, int | None]] = []
        self.maps: dict[str, dict[str, Any]] = {}
        self.conditions: list[Node] = []
        self.lower: tuple[float, bool] | None = None
        self.upper: tuple[float, bool] | None = None
        self.at: dict[str, str] = {}
        self.parts = 0

    @property
    def bare(self) -> bool:
        """Whether it says nothing but types and words."""
        return not self.groups and self.only_groups

    @property
    def only_groups(self) -> bool:
        """Whether it says nothing but types, words and alternatives."""
        return not (
            self.enum is not None
            or self.properties
            or self.required
            or self.closed
            or self.others
            or self.patterns
            or self.schemas
            or self.lists
            or self.maps
            or self.conditions
            or self.lower
            or self.upper
            or self.values.keys() - FIRST - FLAGS
            or self.values.get("uniqueItems")
        )

    @property
    def several_contained(self) -> bool:
        """Whether it asks for items of several kinds."""
        return len(self.schemas.get("contains", ())) > 1

    @property
    def only_null(self) -> bool:
        """Whether it allows null and nothing else."""
        return (
            self.null is True and not self.groups and (self.enum == [] or (self.types is not None and not self.types))
        )

    @property
    def empty(self) -> bool:
        """Whether it says nothing at all about a value."""
        return self.types is None and self.bare
