"""Two places that are compared, what was found there, and where that leads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pytest_apiversion.core.contracts.change import ABSENT
from pytest_apiversion.core.contracts.change_rule import Direction
from pytest_apiversion.diff.document import Document, Node, unescape

AS_TEXT, REPEATED, MEMBER_OF_FORM, FORM = 1, 3, 4, 5
"""The `text` of what is written as text, as XML is, the `text` of a parameter and of a member that may be repeated, so that one value is a list of one, and of a body that has such members."""

Found = tuple[str, str, str, str, Any, Any]


class Pair:
    """Two places that are compared, and what was found there.

    Attributes:
        old: The place in the old document.
        new: The place in the new document.
        direction: Which way the data travel.
        text: How values are written: 0 as JSON; 1 as text, where a number is a piece of text too; 2 the same for a whole parameter;
            3 for one that may be repeated; 4 for a member of a form, which may be, too; 5 for a form.
        found: Rule id, place, old place, name, before and after of each change.
        inner: The pairs it leads to.
        branches: More of them: alternatives, and what holds under a condition, so that no value has to be as they say.
        share: Whether one side is an alternative, and the other one what it stands for of the whole schema.
        within: The pair whose alternative or condition it is; None where it is none.
        part: Whether one side is an alternative and the other one the whole schema, which is compared by itself.
        reach: The operations it is reached from, as bits.
    """

    __slots__ = (
        "branches",
        "direction",
        "found",
        "inner",
        "new",
        "old",
        "part",
        "reach",
        "schema",
        "share",
        "text",
        "within",
    )

    def __init__(self, old: Node, new: Node, direction: Direction, text: int = 0) -> None:
        self.old = old
        self.new = new
        self.direction = direction
        self.text = text
        self.schema = False
        self.found: list[Found] = []
        self.inner: list[Pair] = []
        self.branches: list[Pair] = []
        self.share = False
        self.within: Pair | None = None
        self.part = False
        self.reach = 0

    @property
    def schemas(self) -> tuple[str, str]:
        """Where the two schemas stand that are compared; nowhere for what is no schema, or stands in several places; of a share, the whole."""
        if self.schema and (self.share or all(isinstance(node.raw, dict) for node in (self.old, self.new))):
            return self.old.place, self.new.place
        return "", ""

    def say(
        self,
        name: str,
        *,
        place: str | None = None,
        old_place: str | None = None,
        label: str | None = None,
        before: Any = ABSENT,
        after: Any = ABSENT,
    ) -> None:
        """Note a change.

        Args:
            name: The rule's id; a leading `*` stands for the direction.
            place: JSON pointer in the new document; the pair's own where not told.
            old_place: JSON pointer in the old document; the pair's own where not told.
            label: What changed; the pair's own where not told.
            before: What stood there.
            after: What stands there.
        """
        if name[0] == "*":
            name = self.direction.value + name[1:]
        self.found.append(
            (
                name,
                self.new.place if place is None else place,
                self.old.place if old_place is None else old_place,
                self.new.label if label is None else label,
                before,
                after,
            )
        )


def wholes(roots: Iterable[Pair]) -> dict[int, Pair]:
    """Of pairs that no value has to be as they say, by identity: one that every value has to be as it says, and that leads to them."""
    free: dict[int, Pair] = {}
    stack = list(roots)
    while stack:
        pair = stack.pop()
        if id(pair) not in free:
            free[id(pair)] = pair
            stack.extend(pair.inner)
    found: dict[int, Pair] = {}
    queue = [(inner, pair) for pair in free.values() for inner in pair.branches]
    while queue:
        pair, whole = queue.pop()
        if id(pair) not in free and id(pair) not in found:
            found[id(pair)] = whole
            queue.extend([(inner, whole) for inner in pair.inner + pair.branches])
    return found


def told_where_it_stands(old: Document, new: Document, pair: Pair, found: Found) -> Found:
    """A change; one of a schema that both documents take over is told of that schema, by its place and its name.

    Args:
        old: The old document.
        new: The new one.
        pair: The two schemas that take over.
        found: A change between them.
    """
    name, place, old_place, label, *rest = found
    here, there = _outside(place, pair.new.place), _outside(old_place, pair.old.place)
    if here and old_place == pair.old.place:
        old_place = _part(new, pair.new, place, old, pair.old) or old_place
    elif there and place == pair.new.place:
        place = _part(old, pair.old, old_place, new, pair.new) or place
    elif here and there and label == pair.new.label and (part := _part(new, pair.new, place, old, pair.old)):
        label = unescape(part.rpartition("/")[2])
    return (name, place, old_place, label, *rest)


def _outside(place: str, own: str) -> bool:
    return place != own and not place.startswith(f"{own}/")


def _part(document: Document, node: Node, place: str, other: Document, counterpart: Node) -> str:
    """The schema a place is in, when both schemas take it over; nothing where they do not."""
    within = [part for part in document.taken_over(node) if not _outside(place, part)]
    part = max(within, key=len, default="")
    return part if part and part in other.taken_over(counterpart) else ""
