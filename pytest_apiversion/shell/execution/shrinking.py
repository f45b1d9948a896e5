"""Shrinks the request behind a finding with Hypothesis against the live server.

Each step is a request like any other: as well-formed or as wrong as the drawn one, about data of its own where it uses data up, within
the rate, and never where the drawn one would not have been sent. A finding that every drawn request of its kind shows does not depend
on what was drawn, and is told by the shortest of them, at no cost.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.errors import ServiceUnreachable
from pytest_apiversion.core.http.messages import SAFE_METHODS, NoAnswer, NoAnswerKind
from pytest_apiversion.core.http.statuses import FIRST_FAILURE
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.data.identifiers import unlikely
from pytest_apiversion.shell.execution.judging import finding, identity
from pytest_apiversion.shell.execution.outcome import merge_findings
from pytest_apiversion.shell.execution.time_limit import OutOfTimeError
from pytest_apiversion.shell.generation.acceptance import Acceptance
from pytest_apiversion.shell.generation.choices import simplified, size
from pytest_apiversion.shell.generation.interruption import ONE_AT_A_TIME
from pytest_apiversion.shell.requests.case_selection import consumes
from pytest_apiversion.shell.requests.queried_cases import belongs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pytest_apiversion.core.checking.broken import Broken
    from pytest_apiversion.core.checking.check import Check
    from pytest_apiversion.core.checking.drawn_case import DrawnCase
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.finding import Finding
    from pytest_apiversion.core.http.messages import Request
    from pytest_apiversion.shell.execution.past_failures import Memory
    from pytest_apiversion.shell.requests.contract_requests import ContractRequests

SECONDS = 10.0
"""For how long one finding is shrunk."""
MOST = 20
"""Findings of one policy that are shrunk; nobody reads more of them at a time."""

_IN_A_ROW = 2
"""Requests in a row that nothing came back from, before a finding is left as it is: the service may be in a bad way."""


@dataclass(kw_only=True, eq=False)
class Shrinking:
    """Shrinks what one policy's items find.

    Attributes:
        trials: Sends cases.
        reproduce: Writes a request as a line to paste.
        requests: Requests spent on one finding at most; 0 shrinks nothing.
        memory: Where the smallest request is kept for the next run.
        smallest: What a finding was shrunk to, by check, operation and words: other versions are asked that first.
    """

    trials: ContractRequests
    reproduce: Callable[[Request], str]
    requests: int
    memory: Memory
    smallest: dict[tuple[str, ...], DrawnCase] = field(default_factory=dict)
    _left: int = MOST

    def shrunk(
        self, scene: Scene, operation: Operation, findings: Iterable[Finding], exchanges: Sequence[Exchange]
    ) -> list[Finding]:
        """The findings of an item, each defect once, and by the smallest request where that depends on what was drawn.

        Args:
            scene: What the item is about.
            operation: Its operation.
            findings: What was found.
            exchanges: What it was found in.
        """
        merged = list(merge_findings(findings))
        drawn = [each for each in exchanges if each.case is not None and each.aim.meaning.contract]
        by_code = {check.code: check for check in checks() if check.judge is not None}
        for index, each in enumerate(merged):
            check = by_code.get(each.code)
            if check is None:
                continue
            shown = [exchange for exchange in drawn if _saying(check, exchange, scene, each) is not None]
            start = min(shown, key=_size, default=None)
            if start is None or not _depends(check, start, shown, drawn, scene):
                continue
            attempt = _Attempt(self, scene, operation, check, each, start)
            if self.memory.knows(start):
                told = self.told(check, start, scene, each) or each
                merged[index] = replace(
                    told, count=each.count, shrunk=f"to {attempt.size(attempt.case)} bytes by an earlier run"
                )
            elif self.requests and self._left:
                merged[index] = replace(attempt.run(), count=each.count)
                self._left -= attempt.spent > 0
            self.memory.keep(scene, operation, each.code, attempt.smallest, path=attempt.path)
        return merged

    def told(self, check: Check, exchange: Exchange, scene: Scene, wanted: Finding) -> Finding | None:
        """The same finding as one exchange alone shows it; None where it does not."""
        broken = _saying(check, exchange, scene, wanted)
        return None if broken is None else finding(check, broken, scene, broken.exchange or exchange, self.reproduce)


def _saying(check: Check, exchange: Exchange, scene: Scene, wanted: Finding) -> Broken | None:
    """What a check says of one exchange alone that is the same finding; None where it says nothing of the kind."""
    said = (check.judge(exchange, scene) if check.judge else None) or ()
    return next((each for each in said if identity(check, each, scene, exchange) == wanted.identity), None)


def _size(exchange: Exchange) -> int:
    return size(exchange.case) if exchange.case is not None else 0


def _depends(check: Check, start: Exchange, shown: Sequence[Exchange], drawn: Sequence[Exchange], scene: Scene) -> bool:
    """Whether a finding depends on what was drawn: some request of the kind does not show it.

    A crash may come with any request, so that any that is answered otherwise says that it depends; what else is wrong with an answer can be
    wrong in answers to its own kind only. Where a service does not answer in time, each step would cost as much again.
    """
    answer = start.answer
    if isinstance(answer, NoAnswer) and answer.kind is NoAnswerKind.TIMEOUT:
        return False
    crash = isinstance(answer, NoAnswer) or answer.status >= FIRST_FAILURE
    known = {id(each) for each in shown}
    others = [each for each in drawn if id(each) not in known and (crash or each.aim is start.aim)]
    return any(check.judge is not None and check.judge(each, scene) is not None for each in others)


class _EnoughError(Exception):
    """The bound is reached."""


@dataclass(eq=False)
class _Attempt:
    """One finding on its way to a smaller request."""

    of: Shrinking
    scene: Scene
    operation: Operation
    check: Check
    wanted: Finding
    start: Exchange
    spent: int = 0
    silent: int = 0
    best: tuple[DrawnCase, Exchange] | None = None
    began: float = field(default_factory=time.monotonic)
    seen: dict[tuple[object, ...], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        assert self.start.case is not None  # noqa: S101  those without were left out
        self.case: DrawnCase = self.start.case
        self.acceptance = Acceptance(self.of.trials.target.contracts[self.scene.version], self.operation)
        there = self.acceptance.reaches(self.case.path_parameters)
        self.smallest = self.start
        self.path = self.start.aim is Aim.UNKNOWN_DATA or (self.start.aim is Aim.REFUSED and not there)

    def run(self) -> Finding:
        """The finding by the smallest request that was found."""
        if not self._fit(self.case):
            return self.wanted
        key = (self.wanted.code, self.operation.key, self.wanted.summary)
        try:
            if not self._as_elsewhere(self.of.smallest.get(key)):
                with ONE_AT_A_TIME:
                    from pytest_apiversion.shell.generation.shrinker import shrink  # noqa: PLC0415  Hypothesis is heavy

                shrink(self.case, partial(simplified, path=self.path), self.shows)
        except (_EnoughError, OutOfTimeError, ServiceUnreachable):
            pass
        if self.best is None:
            return replace(self.wanted, shrunk="no: the same request, sent again, did not show it")
        self.of.smallest[key] = self.best[0]
        cost = f"{self.spent} request{'' if self.spent == 1 else 's'}"
        before, after = self.size(self.case), self.size(self.best[0])
        if before == 0:
            return replace(self.wanted, shrunk="")
        if after >= before:
            return replace(self.wanted, shrunk=f"not below {before} bytes with {cost}")
        self.smallest = self.best[1]
        told = self.of.told(self.check, self.smallest, self.scene, self.wanted) or self.wanted
        return replace(told, shrunk=f"from {before} to {after} bytes with {cost}")

    def _as_elsewhere(self, known: DrawnCase | None) -> bool:
        """Whether what another version's finding was shrunk to shows this one as well, and is no larger than what was drawn here."""
        if known is None:
            return False
        mine = known if self.path else replace(known, path_parameters=self.case.path_parameters)
        return self.size(mine) <= self.size(self.case) and self.shows(mine)

    def size(self, case: DrawnCase) -> int:
        """Bytes that were drawn."""
        return size(case, path=self.path)

    def shows(self, case: DrawnCase) -> bool:
        """Whether a case shows the finding; asks the service once.

        Raises:
            _EnoughError: The bound is reached.
            ServiceUnreachable: The service is gone.
        """
        if time.monotonic() - self.began > SECONDS:
            raise _EnoughError
        case = self.acceptance.written(case)
        if case.data in self.seen:
            return self.seen[case.data]
        if not self._fit(case):
            return False
        if self.spent >= self.of.requests or self.silent >= _IN_A_ROW:
            raise _EnoughError
        exchange = self._ask(case)
        shown = _saying(self.check, exchange, self.scene, self.wanted) is not None
        self.seen[case.data] = shown
        if shown and (self.best is None or self.size(case) <= self.size(self.best[0])):
            self.best = case, exchange
        return shown

    def _ask(self, case: DrawnCase) -> Exchange:
        path = case.path_parameters
        if consumes(self.operation) and not self.path:
            fresh = self.of.trials.requests.data.take(self.scene.subject, self.scene.version, self.operation)
            if fresh is None:
                raise _EnoughError
            path = fresh
        exchange = self.of.trials.case(self.scene, self.operation, case, path, self.start.aim)
        self.spent += 1
        self.silent = self.silent + 1 if isinstance(exchange.answer, NoAnswer) else 0
        return exchange

    def _fit(self, case: DrawnCase) -> bool:
        """Whether a case may be sent in the place of the drawn one: the contract says the same of it, and it names nothing by chance.

        What a policy names with a query is another operation, with promises of its own.
        """
        if not belongs(self.operation, case):
            return False
        if self.path:
            texts, drawn = case.path_parameters.values(), self.case.path_parameters.values()
            if any(text in {"", ".", ".."} for text in texts):
                return False
            if self.operation.method not in SAFE_METHODS and not all(text in drawn or unlikely(text) for text in texts):
                return False
        if not self.of.trials.harmless(self.operation, case.path_parameters) and not consumes(self.operation):
            return False
        return self.acceptance.accepts(case, self.case) is (self.start.aim is not Aim.REFUSED)
