"""What a pytest session knows of policies: options, open connections, and the outcomes of every process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.shell.execution.outcome import Outcome
from pytest_apiversion.shell.execution.time_limit import Allowance
from pytest_apiversion.shell.pytest_plugin.option_definitions import SESSION, flag
from pytest_apiversion.shell.pytest_plugin.options import Options, read_options

if TYPE_CHECKING:
    from pytest_apiversion.shell.execution.pipeline import Ahead
    from pytest_apiversion.shell.execution.runner import Runner
    from pytest_apiversion.shell.generation.drawing_processes import Elsewhere
    from pytest_apiversion.shell.transport.in_process import Host


@dataclass(kw_only=True)
class Facts:
    """What a report needs to know of one policy, as plain values that cross processes.

    Attributes:
        name: The API's name.
        source: The policy file.
        subjects: Versions and aliases, each with its stage.
        milestones: Instant, subject and what happens then, for what is still to come.
        requirements: Id, text and codes of what checks hold of the published policy.
        declared: Promises that cannot be checked from outside.
        expected: Items by subject, in the order of the policy; None until the subject's items are collected.
    """

    name: str
    source: str
    subjects: dict[str, str] = field(default_factory=dict)
    milestones: list[tuple[str, str, str]] = field(default_factory=list)
    requirements: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    declared: list[tuple[str, str]] = field(default_factory=list)
    expected: dict[str, int | None] = field(default_factory=dict)


@dataclass(kw_only=True, eq=False)
class Session:
    """One pytest session's view of its policies.

    Attributes:
        options: The run's options.
        strict: Whether a promise that was not exercised fails the run.
        allowance: The time there is, from now on.
        facts: By policy file.
        outcomes: By policy file.
        known: Every version and alias of every policy that was read.
        troubles: What fails a strict run.
    """

    options: Options
    strict: bool
    allowance: Allowance = field(default_factory=Allowance)
    facts: dict[str, Facts] = field(default_factory=dict)
    outcomes: dict[str, list[Outcome]] = field(default_factory=lambda: defaultdict(list))
    known: set[str] = field(default_factory=set)
    troubles: list[str] = field(default_factory=list)
    _opened: list[Runner | Host | Ahead | Elsewhere] = field(default_factory=list)

    def opened(self, connected: Runner | Host | Ahead | Elsewhere) -> None:
        """Remember what is to be closed at the end: the connections of a runner, an application, items begun early, processes that draw."""
        self._opened.append(connected)

    def close(self) -> None:
        """Close every connection and end every application."""
        for connected in self._opened:
            connected.close()
        self._opened.clear()

    def named(self, policy: Policy) -> None:
        """Take down what a report needs to know of a policy."""
        as_of = self.options.as_of
        subjects = [*policy.versions, *policy.aliases]
        self.known.update(subjects)
        self.facts[policy.source] = Facts(
            name=policy.name,
            source=policy.source,
            subjects={name: policy.stage(name, as_of).value for name in subjects},
            milestones=sorted(
                (moment.isoformat(), name, what)
                for name in subjects
                for what, moment in policy.milestones(name)
                if moment > as_of
            ),
            requirements=[(row.id, row.text, row.codes) for row in policy.requirements],
            declared=[(row.id, row.text) for row in policy.declared],
            expected={name: None for name in subjects if not self.options.versions or name in self.options.versions},
        )

    def expect(self, source: str, subject: str, items: int) -> None:
        """Take down how many items a subject has, so that a partial run is told from a whole one."""
        self.facts[source].expected[subject] = items

    def payload(self, source: str, outcomes: list[Outcome]) -> dict[str, Any]:
        """What a report carries to the controlling process."""
        return {
            "source": source,
            "facts": vars(self.facts[source]),
            "outcomes": [outcome.to_dict() for outcome in outcomes],
        }

    def receive(self, payload: Mapping[str, Any]) -> None:
        """Take in what a report carried."""
        facts = Facts(**payload["facts"])
        known = self.facts.setdefault(facts.source, facts)
        known.expected.update({subject: items for subject, items in facts.expected.items() if items is not None})
        self.outcomes[payload["source"]] += [Outcome.from_dict(row) for row in payload["outcomes"]]


def session_of(config: pytest.Config) -> Session:
    """The session's view of policies, made when the first policy file or fixture asks for it."""
    if SESSION not in config.stash:
        options = read_options(config)
        allowance = Allowance(options.max_time)
        config.stash[SESSION] = Session(options=options, strict=flag(config, "strict"), allowance=allowance)
    session: Session = config.stash[SESSION]
    return session


def existing_session(config: pytest.Config) -> Session | None:
    """The session's view of policies, or None where nothing asked for it."""
    return config.stash.get(SESSION, None)
