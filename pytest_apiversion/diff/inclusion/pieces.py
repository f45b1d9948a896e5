"""A schema as the union of its pieces: each is of one type, and all that is said of it holds at once; together they have every value of the schema.

A piece may have a value that the schema does not take, and never the other way round.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from pytest_apiversion.diff.document import Document, Node
from pytest_apiversion.diff.inclusion.condition_ways import ways
from pytest_apiversion.diff.inclusion.piece import Piece
from pytest_apiversion.diff.normalized_schema import ALL, View
from pytest_apiversion.diff.schema_keywords import key, kind_of
from pytest_apiversion.diff.schema_normalization import Views
from pytest_apiversion.diff.values.check import takes

if TYPE_CHECKING:
    from pytest_apiversion.diff.values.pattern_sets import Texts

MOST_PIECES = 120
"""Pieces of one schema; a schema of more is not looked at."""

MOST_NUMBERS = 16
"""Whole numbers that are told one by one."""

MOST_STEPS = 800
"""Schemas that are looked at for one question."""

_MOST_ITEMS = 20


class TooMany(Exception):  # noqa: N818  it is the pieces that are
    """A schema has too many pieces, or a question takes too many steps."""


class Pieces:
    """Takes the schemas of one document to pieces; each question has a number of steps.

    Args:
        document: The document.
        hidden: The mark of members that need not be there: `readOnly` of what is sent, `writeOnly` of what is answered.
        texts: Gives what answers questions about patterns.
    """

    def __init__(self, document: Document, hidden: str, texts: Callable[[], Texts]) -> None:
        self.document = document
        self._texts = texts
        self.hidden = hidden
        self.views = Views(document)
        self._nothing: dict[tuple[int, ...], bool] = {}
        self._ways: dict[tuple[int, int], list[Node]] = {}
        self._steps = 0

    def start(self) -> None:
        """Begin a question."""
        self._steps = 0

    def step(self) -> None:
        """Count a step.

        Raises:
            TooMany: There were too many.
        """
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise TooMany

    def of(self, nodes: list[Node]) -> Iterator[Piece]:
        """The pieces of what several schemas allow at once; none of them allow anything.

        Raises:
            TooMany: There are too many, or it took too many steps.
        """
        view = self.views.of(self.document.merged(nodes)) if nodes else View()
        if view.null is not False and self._taken(nodes, None):
            yield Piece("null", (view,), values=(None,))
        for made, (views, called) in enumerate(self._combinations([view], (), frozenset())):
            if made > MOST_PIECES:
                raise TooMany
            for piece in self._by_kind(views, nodes):
                yield piece._replace(called=called)

    def nothing(self, nodes: list[Node]) -> bool:
        """Whether several schemas plainly allow nothing at once."""
        name = tuple(id(node.raw) for node in nodes)
        if nodes and name not in self._nothing:
            self._nothing[name] = False  # as long as it is asked: what is inside itself is not plainly nothing
            self._nothing[name] = next(self.of(nodes), None) is None
        return bool(nodes) and self._nothing[name]

    def are_few(self, nodes: list[Node], test: Callable[[Any], bool]) -> bool:
        """Whether several schemas allow a few values at once, and all of these pass a test."""
        return bool(nodes) and all(
            piece.values is not None and all(map(test, piece.values)) for piece in self.of(nodes)
        )

    def named(self, parts: list[Any]) -> frozenset[str]:
        """The members that schemas describe."""
        return frozenset(name for part in parts for name in self.views.of(Node(part, "", "")).properties)

    def marked(self, part: Any) -> bool:
        """Whether a member need not be there, by its mark."""
        return part is not None and bool(self.views.of(Node(part, "", "")).values.get(self.hidden))

    def required(self, piece: Piece) -> list[str]:
        """The members that are always there, sorted."""
        return sorted(
            name
            for name in {name for view in piece.views for name in view.required}
            if not any(self.views.of(node).values.get(self.hidden) for node in piece.member(name))
        )

    def longest(self, piece: Piece) -> float:
        """How many items a list can have."""
        most = piece.most("maxItems")
        for index in range(min(piece.places() + 1, _MOST_ITEMS)):
            if index < most and self.nothing(piece.item(index)):
                return index
        return most

    def _combinations(
        self, waiting: list[View], chosen: tuple[View, ...], called: frozenset[str]
    ) -> Iterator[tuple[tuple[View, ...], frozenset[str]]]:
        """Each choice of one alternative of each group, and what those are called."""
        self.step()
        if not waiting:
            yield chosen, called
            return
        view, *rest = waiting
        groups = [group.nodes for group in view.groups]
        yield from self._choices([*groups, *self._conditional(view)], rest, (*chosen, view), called)

    def _conditional(self, view: View) -> Iterator[list[Node]]:
        """What the schema comes to by each condition whose two ways can be told."""
        for condition in view.conditions:
            name = id(view), id(condition.raw)
            if name not in self._ways:
                self._ways[name] = ways(self.views, view, condition)
            if self._ways[name]:
                yield self._ways[name]

    def _choices(
        self, groups: list[list[Node]], waiting: list[View], chosen: tuple[View, ...], called: frozenset[str]
    ) -> Iterator[tuple[tuple[View, ...], frozenset[str]]]:
        if not groups:
            yield from self._combinations(waiting, chosen, called)
            return
        for node in groups[0]:
            view, name = self.views.of(node), reference(node.raw)
            known = any(view is one for one in (*chosen, *waiting))
            now = called | {name} if name else called
            yield from self._choices(groups[1:], waiting if known else [*waiting, view], chosen, now)

    def _by_kind(self, views: tuple[View, ...], nodes: list[Node]) -> Iterator[Piece]:
        lists = [view.enum for view in views if view.enum is not None]
        types = ALL.intersection(*(view.types for view in views if view.types is not None))
        if lists:
            for value in min(lists, key=len):
                listed = value is not None and all(_listed(view, value) for view in views)
                if listed and self._taken(nodes, value):
                    yield Piece(kind_of(value), views, values=(value,))
            return
        if "boolean" in types:
            yield from (Piece("boolean", views, values=(value,)) for value in (True, False))
        for kind in sorted(types - {"boolean"}):
            yield from self._limited(Piece(kind, views))

    def _taken(self, nodes: list[Node], value: Any) -> bool:
        """Whether a value may be one of the schemas': not where it is known to be none."""
        return all(takes(self.document, node.raw, value, hidden=self.hidden, loose=True) is not False for node in nodes)

    def _limited(self, piece: Piece) -> Iterator[Piece]:
        """A piece with the limits of its numbers or lengths, or its numbers one by one; nothing where it is empty."""
        if piece.kind in {"integer", "fraction"}:
            yield from _numbers(piece)
        elif piece.kind == "string":
            least, most = piece.least("minLength"), piece.most("maxLength")
            patterns = piece.said("pattern")
            few = self._texts().few(patterns, int(least), most) if patterns else None
            if few is not None:
                yield from (piece._replace(values=(one,)) for one in few)
            elif least <= most:
                yield piece._replace(lower=(least, False), upper=None if most == math.inf else (most, False))
        elif piece.kind == "array":
            if piece.least("minItems") <= self.longest(piece) and not self._lacks(piece):
                yield piece
        elif not any(piece.forbids(name) or self.nothing(piece.member(name)) for name in self.required(piece)):
            yield piece

    def _lacks(self, piece: Piece) -> bool:
        """Whether what a list has to contain can be none of its items."""
        for view in piece.views:
            for wanted in contained(view):
                size = int(min(self.longest(piece), piece.places() + 1))
                if all(self.nothing([*piece.item(index), wanted]) for index in range(size)):
                    return True
        return False


def reference(raw: Any) -> str:
    """The name of what a schema refers to; empty where it stands for itself."""
    told = raw.get("$ref") if isinstance(raw, dict) else None
    return told.rpartition("/")[2] if isinstance(told, str) else ""


def contained(view: View) -> list[Node]:
    """The schemas of which a list has to contain at least one item each."""
    return [node for node, (least, _) in zip(view.schemas.get("contains", ()), view.counts, strict=True) if least]


def _listed(view: View, value: Any) -> bool:
    return view.enum is None or key(value) in {key(one) for one in view.enum}


def _numbers(piece: Piece) -> Iterator[Piece]:
    lower = max((view.lower for view in piece.views if view.lower), default=None)
    upper = min((view.upper for view in piece.views if view.upper), key=lambda one: (one[0], not one[1]), default=None)
    steps = piece.said("multipleOf")
    if piece.kind == "fraction":
        between = lower is None or upper is None or lower[0] < upper[0]
        if lower and upper and lower[0] == upper[0]:
            between = not (lower[1] or upper[1] or lower[0] == int(lower[0]))
        if between and not any(step == int(step) for step in steps):
            yield piece._replace(lower=lower, upper=upper)
        return
    first = None if lower is None else math.floor(lower[0]) + 1 if lower[1] else math.ceil(lower[0])
    last = None if upper is None else math.ceil(upper[0]) - 1 if upper[1] else math.floor(upper[0])
    if first is None or last is None or last - first >= MOST_NUMBERS:
        yield piece._replace(
            lower=None if first is None else (first, False), upper=None if last is None else (last, False)
        )
        return
    for number in range(first, last + 1):
        if all(number % step == 0 for step in steps if step):
            yield piece._replace(values=(number,))
