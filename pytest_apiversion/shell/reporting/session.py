"""What a report needs to know of a run: its options, the facts of each policy, and the outcomes of every process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.execution.judging import promised
from pytest_apiversion.shell.execution.options import Options
from pytest_apiversion.shell.execution.outcome import Outcome
from pytest_apiversion.shell.execution.time_limit import Allowance
from pytest_apiversion.shell.reporting.baseline import Baseline
from pytest_apiversion.shell.reporting.causes import causes_of
from pytest_apiversion.shell.reporting.clean_up import merged
from pytest_apiversion.shell.requests.probe_turns import probing_of

if TYPE_CHECKING:
    from pytest_apiversion.core.causes.cause import Cause
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.shell.execution.pipeline import Pipeline
    from pytest_apiversion.shell.execution.runner import Runner
    from pytest_apiversion.shell.reporting.failures import Failed
    from pytest_apiversion.shell.reporting.gates import Gate
    from pytest_apiversion.shell.requests.clean_up import CleanedUp
    from pytest_apiversion.shell.transport.har import Recording
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
        promised: Codes of the checks that the policy promises, by subject.
        dates: Instant, subject and what happens then, for the whole life of each version and alias.
        lines: File and line by the place of a promise, where a report said so that was read; others are looked for.
        warnings: What whoever reads the results must know before all else.
        probes: How the operations of each version got its selection probes: `turns` or `each`.
    """

    name: str
    source: str
    subjects: dict[str, str] = field(default_factory=dict)
    milestones: list[tuple[str, str, str]] = field(default_factory=list)
    requirements: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    declared: list[tuple[str, str]] = field(default_factory=list)
    expected: dict[str, int | None] = field(default_factory=dict)
    promised: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dates: list[tuple[str, str, str]] = field(default_factory=list)
    lines: dict[str, tuple[str, int]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    probes: dict[str, str] = field(default_factory=dict)


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
        baseline: Findings that are known, where there is a baseline.
        gates: Least shares that the run must reach.
        short: A line for each that it did not.
        recording: The exchanges, where they are wanted.
        annotations: Lines that GitHub Actions reads from the output.
        failed: Items that failed for what they found.
        cleaned: What became of the things the run created, by policy file.
        selected: Node ids of the items that are to run, whichever process runs them.
        reported: What was heard of items, by node id: why one did not run to its end, or nothing more.
    """

    options: Options
    strict: bool
    allowance: Allowance = field(default_factory=Allowance)
    facts: dict[str, Facts] = field(default_factory=dict)
    outcomes: dict[str, list[Outcome]] = field(default_factory=lambda: defaultdict(list))
    known: set[str] = field(default_factory=set)
    troubles: list[str] = field(default_factory=list)
    baseline: Baseline | None = None
    gates: tuple[Gate, ...] = ()
    short: list[str] = field(default_factory=list)
    recording: Recording | None = None
    annotations: list[str] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    cleaned: dict[str, dict[str, Any]] = field(default_factory=dict)
    selected: dict[str, None] = field(default_factory=dict)
    reported: dict[str, str] = field(default_factory=dict)
    _attempts: dict[str, list[Outcome]] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)
    _cleaning: dict[str, Callable[[float], CleanedUp]] = field(default_factory=dict)
    _opened: list[Runner | Host | Pipeline] = field(default_factory=list)

    def opened(self, connected: Runner | Host | Pipeline) -> None:
        """Remember what is to be closed at the end: the connections of a runner, an application, items begun early."""
        self._opened.append(connected)

    def cleans(self, source: str, function: Callable[[float], CleanedUp]) -> None:
        """Remember what deletes, within some seconds, what a policy's run created."""
        self._cleaning[source] = function

    def clean_up(self, seconds: float) -> None:
        """Delete what the run created, once."""
        while self._cleaning:
            source, function = self._cleaning.popitem()
            self.put_away(source, function(seconds).to_dict())

    def put_away(self, source: str, found: Mapping[str, Any]) -> None:
        """Take in what became of the things a policy's run created, here or in another process."""
        self.cleaned[source] = merged([*([self.cleaned[source]] if source in self.cleaned else []), found])

    def close(self) -> None:
        """Close every connection and end every application."""
        for connected in reversed(self._opened):
            connected.close()
        self._opened.clear()

    def named(self, policy: Policy, scene: Callable[[str], Scene]) -> None:
        """Take down what a report needs to know of a policy, and of the scene that each of its subjects is."""
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
            promised={name: tuple(each.code for each in checks() if promised(each, scene(name))) for name in subjects},
            dates=[(when.isoformat(), name, what) for name in subjects for what, when in policy.milestones(name)],
            warnings=list(policy.limits.connection.warnings) if policy.app is None else [],
            probes={
                name: probing_of(policy.limits, len(contract.operations))
                for name, contract in scene(subjects[0]).contracts.items()
            },
        )

    def expect(self, source: str, subject: str, items: int) -> None:
        """Take down how many items a subject has, so that a partial run is told from a whole one."""
        self.facts[source].expected[subject] = items

    def causes(self, source: str) -> tuple[Cause, ...]:
        """The causes behind what was found of a policy, once all of it is known."""
        return causes_of(self.outcomes.get(source, []))

    def payload(self, source: str, outcomes: list[Outcome]) -> dict[str, Any]:
        """What a report carries to the controlling process; what it needs to know of the policy is told once."""
        known, facts = source in self._told, self.facts[source]
        self._told.add(source)
        return {
            "source": source,
            "facts": {"name": facts.name, "source": source} if known else vars(facts),
            "outcomes": [outcome.to_dict() for outcome in outcomes],
        }

    def receive(self, payload: Mapping[str, Any], item: str) -> None:
        """Take in what a report carried; what an earlier attempt at the same item found (`--reruns`) counts no longer.

        Args:
            payload: What `payload` made.
            item: The item's node id.
        """
        facts = Facts(**payload["facts"])
        known = self.facts.setdefault(facts.source, facts)
        known.expected.update({subject: items for subject, items in facts.expected.items() if items is not None})
        known.subjects = known.subjects or facts.subjects
        found = [Outcome.from_dict(row) for row in payload["outcomes"]]
        if earlier := {id(each) for each in self._attempts.get(item, ())}:
            kept = [each for each in self.outcomes[payload["source"]] if id(each) not in earlier]
            self.outcomes[payload["source"]] = kept
            self.failed[:] = [each for each in self.failed if each.report.nodeid != item]
        self._attempts[item] = found
        self.outcomes[payload["source"]] += found
