"""Path templates by their segments, so that what a path may belong to is found without asking every template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class _Node(Generic[T]):
    below: dict[str | None, _Node[T]] = field(default_factory=dict)
    here: list[tuple[int, T]] = field(default_factory=list)


class PathIndex(Generic[T]):
    """Values by the path template each belongs to.

    Args:
        rows: Templates, each with its value; several may share one.
    """

    def __init__(self, rows: Iterable[tuple[str, T]]) -> None:
        self._root: _Node[T] = _Node()
        for number, (template, value) in enumerate(rows):
            node = self._root
            for segment in template.split("/"):
                name = None if "{" in segment else segment
                node = node.below.setdefault(name, _Node())
            node.here.append((number, value))

    def candidates(self, path: str) -> list[T]:
        """What a path, or another template, may belong to, in the order of the rows: as many segments, and the same literal ones.

        A segment with a parameter in it counts for any; whoever asks looks at those themselves.
        """
        nodes = [self._root]
        for segment in path.split("/"):
            nodes = [found for node in nodes for name in (segment, None) if (found := node.below.get(name))]
        return [value for _, value in sorted((row for node in nodes for row in node.here), key=lambda row: row[0])]
