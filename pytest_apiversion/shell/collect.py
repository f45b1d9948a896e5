"""Policy files as pytest collects them: a file, its versions and aliases, and under each the promises to hold."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core.errors import ContractBroken, PolicyError, ServiceUnreachable, ToolError
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.policy import Stage
from pytest_apiversion.shell.options import Options, limited
from pytest_apiversion.shell.outcome import Outcome
from pytest_apiversion.shell.runner import Run, Runner
from pytest_apiversion.shell.session import session_of
from pytest_apiversion.shell.target import Target, load_target
from pytest_apiversion.shell.text import finding_text

class PolicyFile(pytest.File):
    """One policy file."""

    @property
    def options(self) -> Options:
        """The run's options."""
        return session_of(self.config).options

    @cached_property
    def target(self) -> Target:
        """The policy with its contracts, under the run's limits. Raises `PolicyError`."""
        return limited(load_target(self.path, os.environ, base_url=self.options.base_url), self.options)

    @cached_property
    def runner(self) -> Runner:
        """What runs the items; its connections are closed at the end of the session."""
        runner = Runner(target=self.target, run=Run(as_of=self.options.as_of, seed=self.options.seed))
        session_of(self.config).opened(runner)
        return runner

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """The policy itself, then its versions and aliases."""
        try:
            policy = self.target.policy
        except PolicyError as error:
            raise self.CollectError(_relative(str(error), self)) from error
        if policy.base_url is None:
            message = f"{_name(self)}: api.base_url: missing; set it, or give --apiversion-base-url"
            raise self.CollectError(message)
        session = session_of(self.config)
        session.named(policy)
        subjects = [*policy.versions, *policy.aliases]
        chosen = [name for name in subjects if not self.options.versions or name in self.options.versions]
        yield PolicyItem.from_parent(self, name="policy", run=self.runner.policy_item, source=policy.source)
        for subject in chosen:
            yield Subject.from_parent(self, name=subject)


class Subject(pytest.Collector):
    """One version or alias."""

    parent: PolicyFile

    def collect(self) -> Iterator[pytest.Item]:
        """Its operations while it answers; one item after its sunset; none before its release."""
        runner, subject = self.parent.runner, self.name
        stage = runner.policy.stage(subject, runner.run.as_of)
        rows: list[tuple[str, Callable[[], Outcome]]] = []
        if stage.answers:
            for operation in runner.operations(subject):
                rows.append((operation.key, _bound(runner.operation_item, subject, operation)))
            if subject in runner.policy.versions:
                rows.append(("router", _bound(runner.router_item, subject)))
        elif stage is Stage.SUNSET:
            rows.append(("sunset", _bound(runner.sunset_item, subject)))
        session_of(self.config).expect(runner.policy.source, subject, len(rows))
        for name, run in rows:
            yield PolicyItem.from_parent(self, name=name, run=_alone(run), source=runner.policy.source)


class PolicyItem(pytest.Item):
    """One item: what is held in one go."""

    def __init__(self, *, run: Callable[[], list[Outcome]], source: str, **kwargs: Any) -> None:  # noqa: ANN401  pytest's own arguments
        super().__init__(**kwargs)
        self._run = run
        self.source = source
        self.outcomes: list[Outcome] = []
        self.add_marker("apiversion")

    def runtest(self) -> None:
        """Hold it.

        Raises:
            ContractBroken: With every finding.
        """
        self.outcomes = self._run()
        findings = [finding for outcome in self.outcomes for finding in outcome.findings]
        broken = [finding for finding in findings if finding.severity is Severity.ERROR]
        if broken:
            raise ContractBroken(broken, "\n\n".join(finding_text(finding, _name(self)) for finding in findings))
        notes = [note for outcome in self.outcomes for note in outcome.notes if note.startswith("not tried")]
        if notes:
            pytest.skip(notes[0])

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ANN401  pytest's own types
        """Findings as text; an unreachable service or an error of this tool in a sentence that says whose it is."""
        error = excinfo.value
        if isinstance(error, ContractBroken):
            return str(error)
        if isinstance(error, ServiceUnreachable):
            return f"not tried: {error}"
        if isinstance(error, ToolError):
            return f"pytest-apiversion itself failed, which says nothing about the service: {error}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """File and name for reports."""
        chain = [node.name for node in self.listchain() if isinstance(node, Subject | PolicyItem)]
        return self.path, None, f"{_name(self)}::{'::'.join(chain)}"


def _bound(function: Callable[..., Outcome], *arguments: object) -> Callable[[], Outcome]:
    return lambda: function(*arguments)


def _alone(run: Callable[[], Outcome]) -> Callable[[], list[Outcome]]:
    return lambda: [run()]


def _name(node: pytest.Collector | pytest.Item) -> str:
    """The policy file as the user would type it."""
    path = node.path
    try:
        return path.relative_to(node.config.invocation_params.dir).as_posix()
    except ValueError:
        return str(path)


def _relative(text: str, node: PolicyFile) -> str:
    return text.replace(str(node.path), _name(node))
