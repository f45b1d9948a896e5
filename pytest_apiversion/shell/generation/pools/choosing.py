"""The choices by which a case is assembled: a pure function of the seed they are made with."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from pytest_apiversion.shell.generation.pools.pool import TooLargeError

if TYPE_CHECKING:
    from pytest_apiversion.shell.generation.pools.pool import Pool

T = TypeVar("T")

_FILLS = (0.2, 0.5, 0.75, 0.95)
"""How likely what is optional is there, one after the other."""
_SHUFFLED = (True, False, False)
"""Whether members are written in another order, one after the other."""
_MEMBERS = 300
"""Optional members of one case, at most."""
_LOOKED_AT = 4
"""Texts of which the longest is taken where everything is to be there."""
PARTS = 20_000
"""Objects and lists of one case, at most: more are required only where what is required grows with each level."""


class Choices:
    """Chooses for one operation. What was chosen is not chosen again before everything else was.

    Args:
        seed: Decides the choices.
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  nothing is secret
        self._decks: dict[int, list[Any]] = {}
        self._offsets: dict[int, int] = {}
        self.fill = 0.0
        self._room = _MEMBERS
        self._parts = PARTS
        self._simple = False
        self._shuffled = False

    def begin(self, fill: float | None = None, *, simple: bool = False) -> None:
        """Begin another case.

        Args:
            fill: How likely what is optional is there; None for one after the other of some.
            simple: Whether everything is chosen as simple as it can be.
        """
        self.fill = self.dealt(_FILLS, _FILLS) if fill is None else fill
        self._room = _MEMBERS
        self._parts = PARTS
        self._simple = simple
        self._shuffled = not simple and self.dealt(_SHUFFLED, _SHUFFLED)

    def there(self) -> bool:
        """Whether something optional is there."""
        if self._room <= 0 or self._random.random() >= self.fill:
            return False
        self._room -= 1
        return True

    def enter(self) -> None:
        """Begin an object or a list in the case.

        Raises:
            TooLargeError: There are too many.
        """
        self._parts -= 1
        if self._parts < 0:
            raise TooLargeError

    def dealt(self, place: object, options: Sequence[T]) -> T:
        """One of several options of a place: each comes once before one comes twice."""
        if self._simple or len(options) == 1:
            return options[0]
        deck = self._decks.setdefault(id(place), [])
        if not deck:
            deck.extend(options)
            self._random.shuffle(deck)
        chosen: T = deck.pop()
        return chosen

    def drawn(self, place: object, pool: Pool) -> Any:
        """The next value of a pool at a place; the simplest where simple ones are wanted, and a long text where everything is to be there."""
        if self._simple:
            return pool.value(0)
        number = self._offsets.get(id(place))
        if number is None:
            number = self._random.randrange(pool.size)
        self._offsets[id(place)] = number + 1
        value = pool.value(number)
        if self.fill < 1 or not isinstance(value, str):
            return value
        looked_at = (pool.value(number + more) for more in range(_LOOKED_AT))
        return max((each for each in looked_at if isinstance(each, str)), key=len)

    def ordered(self, names: list[str]) -> list[str]:
        """Names in the order in which they are written: in one case of a few another one than the contract's."""
        if self._shuffled:
            self._random.shuffle(names)
        return names

    def number(self, least: int, most: int) -> int:
        """A number of elements or members."""
        return least if self._simple else self._random.randint(least, most)
