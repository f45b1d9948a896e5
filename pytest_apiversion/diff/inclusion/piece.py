"""A piece of a schema: some of its values, all of one type."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from pytest_apiversion.diff.document import Node
from pytest_apiversion.diff.normalized_schema import View

Bound = tuple[float, bool] | None
"""A limit, and whether the value itself is beyond it."""


class Piece(NamedTuple):
    """Some values of a schema, all of one type.

    Attributes:
        kind: A word of `View.types`, or `null`.
        views: What all of them are held to, alternatives left out.
        called: The names of the alternatives that were chosen, of those that are references.
        values: The values, where they are few; None where they are not told.
        lower: The least number, or the least length of a text.
        upper: The greatest.
    """

    kind: str
    views: tuple[View, ...]
    called: frozenset[str] = frozenset()
    values: tuple[Any, ...] | None = None
    lower: Bound = None
    upper: Bound = None

    def most(self, word: str) -> float:
        """What a keyword that sets a greatest number comes to."""
        return min((view.values[word] for view in self.views if word in view.values), default=math.inf)

    def least(self, word: str) -> float:
        """What a keyword that sets a least number comes to."""
        return max((view.values[word] for view in self.views if word in view.values), default=0)

    def said(self, word: str) -> set[Any]:
        """All that is said by a keyword that may be said several times."""
        return {one for view in self.views for one in view.values.get(word, ())}

    def member(self, name: str) -> list[Node]:
        """The schemas that a member is held to by its name."""
        return [node for view in self.views for node in view.properties.get(name, ())]

    def held(self, name: str) -> list[Node]:
        """All schemas that a member is held to."""
        return [
            node
            for view in self.views
            for node in (view.properties.get(name) or ([] if view.patterns else view.others))
        ]

    def names(self) -> list[str]:
        """Every member that is described, sorted."""
        return sorted({name for view in self.views for name in view.properties})

    def forbids(self, name: str) -> bool:
        """Whether an object plainly has no such member."""
        return any(view.closed and not view.patterns and name not in view.properties for view in self.views)

    def silent(self, name: str) -> bool:
        """Whether nothing is said of a member."""
        return not self.member(name) and not any(view.patterns or view.others for view in self.views)

    def unique(self) -> bool:
        """Whether no two items of a list are alike."""
        return any(view.values.get("uniqueItems") for view in self.views)

    def closed(self) -> bool:
        """Whether an object has no members but those that are described."""
        return any(view.closed and not view.patterns for view in self.views)

    def item(self, index: int) -> list[Node]:
        """The schemas that an item is held to by its place."""
        found: list[Node] = []
        for view in self.views:
            if index < len(view.lists):
                found += view.lists[index]
            else:
                found += view.schemas.get("items", [])
        return found

    def places(self) -> int:
        """How many items have a schema by their place."""
        return max((len(view.lists) for view in self.views), default=0)
