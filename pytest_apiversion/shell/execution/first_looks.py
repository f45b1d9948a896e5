"""The first request of every operation, before any operation gets the others: breadth before depth, where time is short."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pytest_apiversion.core.http.messages import SAFE_METHODS
from pytest_apiversion.core.versions.lifecycle import Stage
from pytest_apiversion.shell.catalogue.entries import planned
from pytest_apiversion.shell.execution.after_sunset import sunset_label
from pytest_apiversion.shell.execution.judging import judge
from pytest_apiversion.shell.execution.time_limit import OutOfTimeError
from pytest_apiversion.shell.requests.case_selection import heard

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.shell.execution.outcome import Outcome
    from pytest_apiversion.shell.execution.runner import Runner


class Look(NamedTuple):
    """An operation to be asked once: the version or alias, the operation, and what its item is called."""

    subject: str
    operation: Operation
    label: str


def look_of(subject: str, operation: Operation, label: str) -> Look | None:
    """How the operation of an item is asked once; None where the item is about more than that, as a sequence is."""
    return Look(subject, operation, label) if label in {operation.key, sunset_label(operation)} else None


@dataclass(kw_only=True, eq=False)
class FirstLooks:
    """Asks each operation once, and keeps what came back for items that are not reached.

    What a first request showed of existing data is not asked again when the operation's turn comes.

    Attributes:
        runner: Runs the items.
    """

    runner: Runner
    _seen: dict[tuple[str, str], tuple[Look, list[Exchange]]] = field(default_factory=dict)

    def look(self, rows: Iterable[Sequence[Look]], lanes: int) -> None:
        """Ask each operation once; ends when the time is over.

        Args:
            rows: What is asked one after the other, since it may touch the same data.
            lanes: How many of these rows are gone through at the same time.
        """
        if lanes == 1:
            for row in rows:
                self._look(row)
            return
        with ThreadPoolExecutor(lanes, thread_name_prefix="apiversion-look") as pool:
            for _ in pool.map(self._look, rows):
                pass

    def taken(self, look: Look | None) -> list[Exchange]:
        """What an operation was asked, once; from now on its item tells of it."""
        if look is None:
            return []
        return self._seen.pop((look.subject, look.label), (look, []))[1]

    def outcome(self, look: Look | None) -> Outcome | None:
        """What was found of an operation whose item was not reached, once; None where it was not asked."""
        if look is None or not (sent := self.taken(look)):
            return None
        scene = self.runner.scene(look.subject, look.operation)
        exchanges, away = heard(self.runner.policy, sent)
        findings, tallies = judge(exchanges, scene, self.runner.reproduction)
        return self.runner.outcome_of(scene, look.label, findings, tallies, exchanges, notes=away, reached=False)

    def others(self) -> list[Outcome]:
        """What was found of all operations that this process asked and whose items it has not run."""
        return [found for look, _ in list(self._seen.values()) if (found := self.outcome(look)) is not None]

    def _look(self, row: Sequence[Look]) -> None:
        for look in row:
            try:
                found = self._first(look)
            except OutOfTimeError:
                return
            except Exception:  # noqa: BLE001  the item meets it again, and says so
                found = []
            if found:
                self._seen[look.subject, look.label] = look, found

    def _first(self, look: Look) -> list[Exchange]:
        runner, operation = self.runner, look.operation
        runner.allowance.check()  # before anything is drawn for it
        scene = runner.scene(look.subject, operation)
        if scene.stage is Stage.PLANNED or (not runner.unsafe and operation.method not in SAFE_METHODS):
            return []
        found = runner.trials.scouting.first(scene, operation) if scene.stage.answers else []
        return found or runner.trials.probing.asks(scene, operation, [] if operation.neutral else planned(scene)[:1])
