"""The time limit of a run (`--apiversion-max-time`): what was not reached is told."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from pytest_apiversion.shell.execution.outcome import Outcome

P = ParamSpec("P")
T = TypeVar("T")

_NAMED = 4
"""Items named before the rest is counted."""


class OutOfTimeError(Exception):
    """The time of the run is over; the text says so. No part of the tree: it ends an item and never reaches the reader as an error."""


class Allowance:
    """The time of one process of a run; it begins when this is made.

    Args:
        seconds: How much there is; None for no limit.
        clock: Tells seconds.
    """

    def __init__(self, seconds: float | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._clock = clock
        self._end = None if seconds is None else clock() + seconds
        self._stopped = False

    def stop(self) -> None:
        """Have nothing begun any more: the run was interrupted."""
        self._stopped = True

    def check(self) -> None:
        """Do nothing while there is time.

        Raises:
            OutOfTimeError: It is over.
        """
        if self._stopped:
            raise OutOfTimeError("not reached: the run was interrupted")
        if self._end is not None and self._clock() >= self._end:
            raise OutOfTimeError(f"not reached: the {self.seconds:g} s of --apiversion-max-time are over")

    def bounded(self, function: Callable[P, T]) -> Callable[P, T]:
        """A function that is not begun any more when the time is over."""

        def within(*args: P.args, **kwargs: P.kwargs) -> T:
            self.check()
            return function(*args, **kwargs)

        return within


def unreached(outcomes: Sequence[Outcome], expected: Mapping[str, int | None]) -> Iterator[str]:
    """What was not reached, or not in full, a line for each version or alias.

    Args:
        outcomes: Of one policy file.
        expected: Items by subject.
    """
    for subject, items in expected.items():
        mine = (outcome for outcome in outcomes if outcome.subject == subject and not outcome.missed)
        cut = [outcome for outcome in mine if not outcome.reached]
        labels = [outcome.label for outcome in cut]
        if labels:
            begun = sum(outcome.exchanges > 0 for outcome in cut)
            asked = f"; {begun} of them asked something" if begun else ""
            more = f" and {len(labels) - _NAMED} more" if len(labels) > _NAMED else ""
            yield f"{subject}: {len(labels)} of {items or len(labels)} items: {', '.join(labels[:_NAMED])}{more}{asked}"
