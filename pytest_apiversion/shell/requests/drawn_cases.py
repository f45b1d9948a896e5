"""The drawn cases of operations, drawn when somebody sends them: the first by itself, the others with it or after it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.shell.generation.drawing import draw, draw_shape, drawing_key, prepare, takes_anything
from pytest_apiversion.shell.generation.drawing_processes import WORTH, DrawingProcesses
from pytest_apiversion.shell.generation.drawn import Drawn, Key, Readiness
from pytest_apiversion.shell.requests.case_selection import positive
from pytest_apiversion.shell.requests.element_requests import served_cases
from pytest_apiversion.shell.requests.queried_cases import own_cases

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from pytest_apiversion.core.checking.drawn_case import DrawnCase
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.shell.target.load import Target


@dataclass(kw_only=True, eq=False)
class DrawnCases:
    """Draws for one policy.

    Attributes:
        target: The policy and its contracts.
        as_of: The instant the policy is read at.
        seed: Decides what is drawn.
        drawn: Cases by shape, seed and numbers.
    """

    target: Target
    as_of: dt.datetime
    seed: int
    drawn: dict[Key, Drawn]
    _elsewhere: DrawingProcesses | None = None
    _keys: dict[tuple[str, str], Key] = field(default_factory=dict)

    @property
    def _policy(self) -> Policy:
        return self.target.policy

    def of(self, version: str, operation: Operation) -> tuple[DrawnCase, ...]:
        """All cases of an operation, drawn once for its shape; where it does not answer, only those it would accept.

        What of the operation is over by now, and the operation is not, is left out.
        """
        return self._served(version, operation, self.whole(version, operation))

    def whole(self, version: str, operation: Operation) -> tuple[DrawnCase, ...]:
        """The same with elements of the operation that are over."""
        numbers = self._numbers
        if not self._serves(version, operation) and drawing_key(operation, **numbers) not in self.drawn:
            numbers["negative"] = 0  # what breaks the contract is sent to nobody who answers nothing
        return self._draw(version, operation, numbers)

    def first(self, version: str, operation: Operation) -> DrawnCase | None:
        """The first case an operation accepts."""
        return next(iter(self.few(version, operation)), None)

    def few(self, version: str, operation: Operation) -> list[DrawnCase]:
        """The first of the cases that an operation accepts, with an example of the contract before the first that is drawn.

        No other is drawn for it, unless all are, or are to be drawn elsewhere anyway.
        """
        key = drawing_key(operation, **self._numbers)
        waits = key in self.drawn or (self._elsewhere is not None and self._elsewhere.knows(key))
        return ([] if waits else self._alone(version, operation)) or positive(self.of(version, operation))

    def soonest(self, version: str, operation: Operation) -> list[DrawnCase]:
        """The same, and nothing that is drawn elsewhere is waited for."""
        found = [] if self.readiness(version, operation) is Readiness.READY else self._alone(version, operation)
        return found or self.few(version, operation)

    def _alone(self, version: str, operation: Operation) -> list[DrawnCase]:
        """The first case, drawn by itself; what cannot be may be among others."""
        try:
            drawn = self._draw(version, operation, self._only_first)
        except ToolError:
            return []
        return positive(self._served(version, operation, drawn))

    def _served(self, version: str, operation: Operation, cases: tuple[DrawnCase, ...]) -> tuple[DrawnCase, ...]:
        """What of drawn cases the operation is sent."""
        own = own_cases(self.target.contracts[version], operation, cases)
        return served_cases(self.target, version, operation, own, self.as_of)

    def readiness(self, version: str, operation: Operation) -> Readiness:
        """Whether an operation can be asked at once, or its cases are to be drawn first."""
        key = self._key(version, operation)
        if not takes_anything(operation) or key in self.drawn:
            return Readiness.READY
        return self._elsewhere.readiness(key) if self._elsewhere else Readiness.UNDRAWN

    def prepare(self, version: str, operation: Operation) -> None:
        """Draw what an item of an operation sends, for it to find."""
        if self._serves(version, operation):
            self.of(version, operation)
        else:
            self.few(version, operation)

    def draw_elsewhere(
        self, operations: Iterable[tuple[str, Operation]], *, processes: int, told: Callable[[], None]
    ) -> DrawingProcesses | None:
        """Have other processes begin to draw for operations of versions, in their order; None where that is not worth a process."""
        makers: dict[Key, Callable[[], Drawn]] = {}
        for version, operation in operations:
            key = self._key(version, operation)
            if key not in self.drawn and key not in makers and takes_anything(operation):
                makers[key] = partial(draw_shape, self.target.contracts[version], operation, key)
        if processes > 0 and len(makers) >= WORTH:
            prepare(self.seed)
            self._elsewhere = DrawingProcesses(makers.items(), processes=processes, told=told)
        return self._elsewhere

    def _key(self, version: str, operation: Operation) -> Key:
        """What decides what the item of an operation is to have drawn."""
        place = (version, operation.key)
        if place not in self._keys:
            numbers = self._numbers if self._serves(version, operation) else self._only_first
            self._keys[place] = drawing_key(operation, **numbers)
        return self._keys[place]

    def _draw(self, version: str, operation: Operation, numbers: dict[str, int]) -> tuple[DrawnCase, ...]:
        return draw(self.target.contracts[version], operation, cache=self.drawn, elsewhere=self._elsewhere, **numbers)

    @property
    def _numbers(self) -> dict[str, int]:
        """What decides, beside its shape, what is drawn for an operation."""
        examples = self._policy.limits.max_examples
        return {"seed": self.seed, "examples": examples, "negative": max(examples // 2, 1)}

    @property
    def _only_first(self) -> dict[str, int]:
        return {"seed": self.seed, "examples": 1, "negative": 0}

    def _serves(self, version: str, operation: Operation) -> bool:
        """Whether an operation of a version answers by now."""
        return self._policy.seen_by(version, operation.key).stage(version, self.as_of).answers
