"""Pools: the values of one schema, or the wire forms of one parameter, drawn once and in small numbers as they are wanted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

CHUNK = 16
"""Values that are drawn together, at most."""
WIDTH = 8
"""Values of one kind that are drawn in one case, where nothing in them depends on another: a case costs much more than a value."""
FEW = 6
"""The same of those that are costly to draw."""
_CHUNKS = 8
"""Drawings of one pool, at most."""
_FEW_CHUNKS = 4
"""The same of values that are costly to draw."""
COMMON = 64
"""Values of one pool that others are made from, at most."""
_KEPT = 4096
"""Pools that are kept."""

Draw = Callable[[int, int], Sequence[Any]]
"""Draws values: with this seed, so many."""


class NothingDrawnError(Exception):
    """A pool has no value at all: what it is for cannot be assembled. No part of the tree: it is caught where it is drawn whole."""


class TooLargeError(NothingDrawnError):
    """What is required grows so much with each level that no value is small enough to be sent: nobody else can draw it either."""


class Pool:
    """Values by number, the same whoever asks for them and in whatever order.

    Args:
        text: All that decides what is in it, as a text.
        draw: Draws for it.
        size: How many values it draws together.
    """

    def __init__(self, text: str, draw: Draw, size: int = CHUNK) -> None:
        self._text = text
        self._draw = draw
        self.size = size
        self._chunks: dict[int, Sequence[Any]] = {}

    def value(self, index: int) -> Any:
        """The value of a number; numbers beyond the largest begin again.

        Raises:
            NothingDrawnError: There is none.
        """
        values = self._chunk(index // self.size % (_FEW_CHUNKS if self.size == FEW else _CHUNKS))
        return values[index % len(values)]

    def first(self) -> Sequence[Any]:
        """The values that are drawn first.

        Raises:
            NothingDrawnError: There is none.
        """
        return self._chunk(0)

    def common(self) -> list[Any]:
        """The first values, each once.

        Raises:
            NothingDrawnError: There is none.
        """
        return list(dict.fromkeys(value for number in range(COMMON // self.size) for value in self._chunk(number)))

    def _chunk(self, number: int) -> Sequence[Any]:
        if number not in self._chunks:
            seed = int.from_bytes(
                hashlib.sha256(f"{number}\n{self._text}".encode("utf-8", "surrogatepass")).digest()[:8]
            )
            self._chunks[number] = self._draw(seed, self.size)
        found = self._chunks[number] or self._chunks.get(0, ())
        if not found and number:
            found = self._chunk(0)
        if not found:
            raise NothingDrawnError
        return found


_POOLS: dict[str, Pool] = {}


def pool_of(text: str, draw: Draw, size: int) -> Pool:
    """The pool of a text, made once; a process draws for one operation at a time."""
    if text not in _POOLS:
        if len(_POOLS) >= _KEPT:
            del _POOLS[next(iter(_POOLS))]
        _POOLS[text] = Pool(text, draw, size)
    return _POOLS[text]


def forget() -> None:
    """Forget all pools; what is drawn again is the same."""
    _POOLS.clear()
