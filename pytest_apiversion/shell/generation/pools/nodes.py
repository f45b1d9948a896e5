"""Nodes that make values: objects, lists and alternatives are assembled, all else comes from pools."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, Protocol

from pytest_apiversion.shell.generation.pools.choosing import Choices
from pytest_apiversion.shell.generation.pools.pool import NothingDrawnError, Pool

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

    def parts(self) -> Iterable[Node]:
        """The nodes that it makes values with, or chooses from; none where its height is 0."""

    def height(self, known: Mapping[Node, float]) -> float:
        """How many levels it needs at least, infinite where it never ends, by what is known of its parts."""

    def size(self, known: Mapping[Node, float]) -> float:
        """How many objects and lists it has in it at least, itself included, by what is known of its parts."""


def measured(
    nodes: Iterable[Node], known: dict[Node, float], measure: Callable[[Node, Mapping[Node, float]], float]
) -> None:
    """Measure nodes; takes a few steps for each, however many ways lead to it.

    Args:
        nodes: The nodes.
        known: What each measures, to which those are added that were not there.
        measure: Measures one by what is known of its parts.
    """
    found: dict[Node, None] = {}
    queue = list(nodes)
    while queue:
        node = queue.pop()
        if node not in known and node not in found:
            found[node] = None
            queue.extend(node.parts())
    known |= dict.fromkeys(found, float("inf"))
    changed = True
    while changed:
        changed = False
        for node in reversed(found):
            size = measure(node, known)
            changed, known[node] = changed or size < known[node], size


class Fixed:
    """One of a few values that the schema lists."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values

    def make(self, choices: Choices, depth: int) -> Any:  # noqa: ARG002  all nodes are told
        """The next of them."""
        if not self._values:
            raise NothingDrawnError
        return choices.dealt(self, self._values)

    def parts(self) -> Iterable[Node]:
        """None."""
        return ()

    def height(self, known: Mapping[Node, float]) -> float:  # noqa: ARG002  it has nothing in it
        """None."""
        return 0

    def size(self, known: Mapping[Node, float]) -> float:  # noqa: ARG002  the same for all
        """None."""
        return 0


class Drawn:
    """What Hypothesis and schemathesis draw as a whole."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def make(self, choices: Choices, depth: int) -> Any:  # noqa: ARG002  all nodes are told
        """The next of the pool."""
        return choices.drawn(self, self._pool)

    def parts(self) -> Iterable[Node]:
        """None."""
        return ()

    def height(self, known: Mapping[Node, float]) -> float:  # noqa: ARG002  it is drawn with all in it
        """None."""
        return 0

    def size(self, known: Mapping[Node, float]) -> float:  # noqa: ARG002  the same for all
        """None."""
        return 0


class OneOf:
    """One of several alternatives; below a depth the flattest."""

    def __init__(
        self, nodes: list[Node], options: list[int] | None = None, heights: dict[Node, float] | None = None
    ) -> None:
        self._nodes = nodes
        self._heights = {} if heights is None else heights
        self._options = options or list(range(len(nodes)))

    def make(self, choices: Choices, depth: int) -> Any:
        """A value of the next alternative."""
        if depth > _DEEPEST:
            return self._flattest.make(choices, depth)
        return self._nodes[choices.dealt(self, self._options)].make(choices, depth)

    @cached_property
    def _flattest(self) -> Node:
        measured(self._nodes, self._heights, lambda node, known: node.height(known))
        return min(self._nodes, key=self._heights.__getitem__)

    def parts(self) -> Iterable[Node]:
        """The alternatives."""
        return self._nodes

    def height(self, known: Mapping[Node, float]) -> float:
        """Of the flattest."""
        return min((known[node] for node in self._nodes), default=float("inf"))

    def size(self, known: Mapping[Node, float]) -> float:
        """Of the smallest."""
        return self.height(known)


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
        choices.enter()
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

    def parts(self) -> Iterable[Node]:
        """What it requires."""
        return [node for node, required in self._members.values() if required]

    def height(self, known: Mapping[Node, float]) -> float:
        """One more than the highest of what it requires."""
        return 1 + max((known[node] for node in self.parts()), default=0)

    def size(self, known: Mapping[Node, float]) -> float:
        """It, and all it requires."""
        return 1 + sum(known[node] for node in self.parts())


class List:
    """A list, its elements unlike each other where it says so."""

    def __init__(self, item: Node, least: int, most: float, *, unique: bool) -> None:
        self._item = item
        self._least, self._most, self._unique = least, most, unique

    def make(self, choices: Choices, depth: int) -> Any:
        """The next."""
        if depth > _ENDLESS:
            raise NothingDrawnError
        choices.enter()
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

    def parts(self) -> Iterable[Node]:
        """Its element, where it has to have one."""
        return [self._item] if self._least else []

    def height(self, known: Mapping[Node, float]) -> float:
        """One more than its element."""
        return 1 + max((known[node] for node in self.parts()), default=0)

    def size(self, known: Mapping[Node, float]) -> float:
        """It, and its elements."""
        return 1 + sum(self._least * known[node] for node in self.parts())


class Reference:
    """What a reference leads to, made when first needed.

    Args:
        at: Gives the node of a reference.
        reference: The reference.
    """

    def __init__(self, at: Callable[[str], Node], reference: str) -> None:
        self._at = at
        self._reference = reference

    def make(self, choices: Choices, depth: int) -> Any:
        """A value of it."""
        if depth > _ENDLESS:
            raise NothingDrawnError
        return self._at(self._reference).make(choices, depth + 1)

    def parts(self) -> Iterable[Node]:
        """What it leads to."""
        return [self._at(self._reference)]

    def height(self, known: Mapping[Node, float]) -> float:
        """Of what it leads to."""
        return known[self._at(self._reference)]

    def size(self, known: Mapping[Node, float]) -> float:
        """Of what it leads to."""
        return self.height(known)
