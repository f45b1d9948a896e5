"""Collects policy files: a file, its versions and aliases, and their items."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.shell.execution.first_looks import FirstLooks, Look, look_of
from pytest_apiversion.shell.execution.options import Options, Run, limited
from pytest_apiversion.shell.execution.outcome import ROUTER, WHOLE, Outcome, settled
from pytest_apiversion.shell.execution.past_failures import Memory
from pytest_apiversion.shell.execution.pipeline import Pipeline, Turn, begun_ahead, in_rounds
from pytest_apiversion.shell.execution.runner import Runner
from pytest_apiversion.shell.execution.time_limit import OutOfTimeError
from pytest_apiversion.shell.generation.drawn import Readiness
from pytest_apiversion.shell.generation.example_database import open_database
from pytest_apiversion.shell.pytest_plugin.application_fixture import given, housed, named
from pytest_apiversion.shell.pytest_plugin.breadth import cut_short, looked
from pytest_apiversion.shell.pytest_plugin.clean_up import Cleaning
from pytest_apiversion.shell.pytest_plugin.diagnosis import check_service, unauthorized_of
from pytest_apiversion.shell.pytest_plugin.failures import failure_of, raise_broken
from pytest_apiversion.shell.pytest_plugin.places import lines_of, shown_path
from pytest_apiversion.shell.pytest_plugin.progress import beating
from pytest_apiversion.shell.pytest_plugin.session import session_of
from pytest_apiversion.shell.pytest_plugin.shards import drawing_of
from pytest_apiversion.shell.pytest_plugin.subject_items import subject_items
from pytest_apiversion.shell.pytest_plugin.upcoming_items import is_handed, is_stolen_from, upcoming_items
from pytest_apiversion.shell.reporting.baseline import weighed
from pytest_apiversion.shell.reporting.expected_failures import KNOWN
from pytest_apiversion.shell.reporting.masking import Cleaner, printable
from pytest_apiversion.shell.target.garbage_collector import lasting
from pytest_apiversion.shell.target.load import Target, load_target

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.shell.requests.valid_requests import Requests


class PolicyFile(pytest.File):
    """One policy file."""

    @property
    def options(self) -> Options:
        """The run's options."""
        return session_of(self.config).options

    @cached_property
    @lasting()
    def target(self) -> Target:
        """The policy with its contracts, under the run's limits. Raises `PolicyError`."""
        target = load_target(self.path, os.environ, base_url=self.options.base_url, as_of=self.options.as_of)
        return limited(housed(target, self, self.options.base_url), self.options)

    @cached_property
    def runner(self) -> Runner:
        """What runs the items; its connections are closed at the end of the session."""
        session = session_of(self.config)
        runner = Runner(
            target=self.target,
            run=Run(as_of=self.options.as_of, seed=self.options.seed),
            application=named(self.target.policy),
            allowance=session.allowance,
            memory=Memory(open=partial(open_database, self.options.database)),
            record=unauthorized_of(self).beside(session.recording.of if session.recording else None),
        )
        session.opened(runner)
        return runner

    @cached_property
    def cleaning(self) -> Cleaning:
        """What puts away, at the end, what the runner created."""
        return Cleaning(self.config, self.runner)

    @cached_property
    def ahead(self) -> Pipeline | None:
        """What begins items before their turn; None where they follow each other.

        They do in an application in this process, which has nothing to wait for; with one request in flight; where the run may end
        at the first failure; and where others may steal what comes.
        """
        if self.config.getoption("maxfail", 0) or is_stolen_from(self.config):
            return None
        if (found := begun_ahead(self.runner, self._operations)) is not None:
            session_of(self.config).opened(found)
        return found

    @cached_property
    def looks(self) -> FirstLooks | None:
        """What asked every operation once before any is asked the rest, where the time is limited; None where it is not."""
        if self.options.max_time is None:
            return None
        mine = (each for each in self.session.items if isinstance(each, PolicyItem) and each.file is self)
        return looked(self.runner, self.config, ((each.place, each.look) for each in mine))

    def _operations(self, lanes: int) -> Iterator[tuple[str, Operation]]:
        """Operations that will be drawn for, each with its version, in the order in which items could begin."""
        mine = (each for each in self.session.items if isinstance(each, PolicyItem) and each.file is self)
        for _, items in groupby(mine, lambda each: each.parent):
            for item in in_rounds(items, lambda each: each.place, lanes):
                if item.operation is not None:
                    yield item.version, item.operation

    @cached_property
    def positions(self) -> dict[pytest.Item, int]:
        """Where items stand among all that are run."""
        return {item: index for index, item in enumerate(self.session.items)}

    def exchanges(self) -> int:
        """How many requests were answered so far."""
        return self.runner.transport.exchanges if "transport" in vars(self.runner) else 0

    @cached_property
    def cleaner(self) -> Cleaner:
        """What keeps secrets out of reports."""
        return Cleaner(self.target.policy)

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """The policy itself, then its versions and aliases."""
        try:
            policy, run = self.target.policy, self.runner.policy_item
        except PolicyError as error:
            raise self.CollectError(printable(str(error)).replace(str(self.path), shown_path(self))) from error
        if policy.base_url is None:
            message = f"{shown_path(self)}: api.base_url: missing; set it, give --apiversion-base-url, or name an application with api.app or the fixture api_app"
            raise self.CollectError(message)
        self.lines = lines_of(self.path)
        session_of(self.config).named(policy, self.runner.scene)
        session_of(self.config).cleans(policy.source, self.cleaning)
        yield PolicyItem.from_parent(self, name="policy", file=self, run=run)
        for subject in (*policy.versions, *policy.aliases):
            if not self.options.versions or subject in self.options.versions:
                yield Subject.from_parent(self, name=subject)


class Subject(pytest.Collector):
    """One version or alias."""

    parent: PolicyFile

    def collect(self) -> Iterator[pytest.Item]:
        """Its operations while it answers, and after its sunset; none before its release."""
        runner, subject = self.parent.runner, self.name
        rows = subject_items(runner, subject)
        session_of(self.config).expect(runner.policy.source, subject, len(rows))
        for name, operation, run in rows:
            yield PolicyItem.from_parent(self, name=name, file=self.parent, run=run, operation=operation)


class PolicyItem(pytest.Item):
    """One item: what is held in one go.

    Args:
        file: The policy file it is of.
        run: Holds it.
        operation: The operation it is about, if it is about one; of a sequence, the one that creates.

    Attributes:
        file: The same.
        run: The same.
        operation: The same.
        group: What items that share a drawing have in common, different for each that shares none; a group is not torn apart by
            shards of a run.
        outcomes: What it found, fit to be shown.
    """

    def __init__(
        self, *, file: PolicyFile, run: Callable[[], list[Outcome]], operation: Operation | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.group = f"{file.target.policy.source} {drawing_of(operation) if operation else self.label}"
        self.run = run
        self.operation = operation
        self.file = file
        self.outcomes: list[Outcome] = []
        self.add_marker("apiversion")

    @property
    def label(self) -> str:
        """What it holds: `v2 GET /debates`."""
        return " ".join(node.name for node in self.listchain() if isinstance(node, Subject | PolicyItem))

    def setup(self) -> None:
        """Take the application from the fixture, where one gives it."""
        super().setup()
        if (application := given(self, self.file.options.base_url)) is not None:
            self.file.runner.application = application
        self.file.cleaning.take(self)

    def runtest(self) -> None:
        """Hold it.

        Raises:
            ContractBroken: With every finding.
        """
        try:
            if self.name != WHOLE:
                self.file.runner.allowance.check()
                check_service(self, self.file, self.file.runner)
            ahead = self.file.ahead  # which starts processes, and before threads: none may be older than they are
            with beating(self.config, self.label, self.file.exchanges):
                looks = self.file.looks if self.name != WHOLE else None
                self.outcomes = self.file.cleaner.outcomes(settled(self._found(ahead)))
            if looks is not None:
                looks.taken(self.look)
        except OutOfTimeError as error:
            self.outcomes = self.file.cleaner.outcomes(self._cut_short())
            if not any(each.exchanges for each in self.outcomes):
                pytest.skip(str(error))
        findings, fails = weighed(self.outcomes, self.file.target.policy.name, session_of(self.config).baseline)
        if fails:
            raise_broken(findings, shown_path(self))
        if findings and findings[0].severity is Severity.ERROR:
            pytest.xfail(KNOWN)
        if not all(outcome.reached for outcome in self.outcomes):
            pytest.skip("not reached in full: --apiversion-max-time is over")
        notes = [note for outcome in self.outcomes for note in outcome.notes if note.startswith("not tried")]
        if notes:
            pytest.skip(notes[0])
        if self.name != WHOLE and not any(each.exchanges for each in self.outcomes):
            pytest.skip("nothing was asked: the policy promises nothing that could be shown here")

    @property
    def _requests(self) -> Requests:
        return self.file.runner.trials.requests

    @property
    def place(self) -> object:
        """What it may not share with an item that runs at the same time; None where it runs alone."""
        if self.operation is not None:
            return self._requests.places.of(self.operation)
        return self.nodeid if self.name == ROUTER else None

    def _found(self, ahead: Pipeline | None) -> list[Outcome]:
        if ahead is None or self.place is None:
            return self.run()
        turns = () if ahead.knows(self) and not is_handed(self.config) else self._turns()
        return list(ahead.outcome(self, turns))

    def _turns(self) -> Iterator[tuple[PolicyItem, Turn]]:
        """This item and those after it that could be begun with it: as long as nothing else comes between."""
        for item in upcoming_items(self, self.file.positions[self]):
            if not isinstance(item, PolicyItem) or item.file is not self.file or (place := item.place) is None:
                break
            yield item, Turn(place, item.run, item.readiness, item.draw)

    def readiness(self) -> Readiness:
        """Whether it could ask the service at once."""
        return self._requests.drawing.readiness(self.version, self.operation) if self.operation else Readiness.READY

    @property
    def version(self) -> str:
        """The version it is about; an alias is about the one it leads to."""
        return self.file.runner.policy.version_of(self._subject)

    def draw(self) -> None:
        """Draw what its operation is asked with, while the run has time."""
        if self.operation is not None:
            session_of(self.config).allowance.bounded(self._requests.drawing.prepare)(self.version, self.operation)

    @property
    def look(self) -> Look | None:
        """How its operation is asked once, before all others are; None where it is not about one alone."""
        return None if self.operation is None else look_of(self._subject, self.operation, self.name)

    @property
    def _subject(self) -> str:
        return self.parent.name if self.parent else ""

    def _cut_short(self) -> list[Outcome]:
        policy = self.file.target.policy
        nothing = Outcome(
            policy=policy.name, source=policy.source, subject=self._subject, label=self.name, reached=False
        )
        return cut_short(self.file.looks, self.look, nothing, self.config)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ARG002  pytest's signature
        """Findings as text; an unreachable service or an error of this tool in a sentence that says whose it is.

        Never the values of local variables, whatever `--showlocals` says: credentials are among them.
        """
        return failure_of(excinfo, self.file.cleaner, shown_path(self))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """File, line (from 0) of the version's or alias' table, and name for reports."""
        # no part of the node id: in what ends one, pytest takes dots for the seams of classes
        return (
            self.path,
            self.file.lines.get(self._subject),
            f"{shown_path(self)} {self.label}",
        )
