"""Runs every item of a policy file against a live server, in this process."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pytest_apiversion.core.finding import Finding
from pytest_apiversion.core.policy.requests import TURNS, Limits
from pytest_apiversion.shell.execution.options import Run
from pytest_apiversion.shell.execution.outcome import Outcome, settled
from pytest_apiversion.shell.execution.runner import Runner
from pytest_apiversion.shell.generation.drawn import Drawn, Key
from pytest_apiversion.shell.pytest_plugin.subject_items import subject_items
from pytest_apiversion.shell.target.load import Target, load_target
from tests.thorough import some

DRAWN: dict[Key, Drawn] = {}
"""Drawn cases of all runs: equal shapes are drawn once."""

_FEW = 2
"""Drawn requests of an operation, a minimal one and one more: enough for what does not depend on what is drawn."""

TODAY = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


@dataclass(frozen=True, kw_only=True)
class Result:
    """What the items of a run said.

    Attributes:
        outcomes: One for each item.
        sent: Requests that left.
    """

    outcomes: tuple[Outcome, ...]
    sent: int

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings."""
        return tuple(finding for outcome in self.outcomes for finding in outcome.findings)

    @property
    def codes(self) -> set[str]:
        """The codes of all findings."""
        return {finding.code for finding in self.findings}

    @property
    def said(self) -> list[str]:
        """All findings in a line each, for the message of a failing test."""
        return [
            f"{each.code} {each.version} {each.operation}: {each.summary} / {each.received}" for each in self.findings
        ]

    @property
    def barren(self) -> list[str]:
        """The operations that got no success, with the notes."""
        return [
            f"{outcome.subject} {outcome.label} {' '.join(outcome.notes)}".strip()
            for outcome in self.outcomes
            if outcome.succeeded is False
        ]

    def exercised(self, subject: str) -> set[str]:
        """The checks that spoke about a version or alias."""
        tallies: Counter[str] = Counter()
        for outcome in self.outcomes:
            if outcome.subject == subject:
                tallies.update(outcome.tallies)
        return {code for code, count in tallies.items() if count}

    def promised(self, subject: str) -> set[str]:
        """The checks whose promise the policy makes for a version or alias."""
        return {code for outcome in self.outcomes if outcome.subject == subject for code in outcome.promised}


def run_file(path: Path, environment: Mapping[str, str], *, as_of: dt.datetime = TODAY, **limits: Any) -> Result:
    """Run every item of a policy file."""
    return run_target(load_target(path, environment, as_of=as_of), as_of=as_of, **limits)


def run_target(
    target: Target,
    *,
    as_of: dt.datetime = TODAY,
    unsafe: bool = True,
    application: Any = None,
    seed: int = 1,
    whole: bool = False,
    few: int = _FEW,
    subjects: tuple[str, ...] = (),
    **limits: Any,
) -> Result:
    """Run every item of a target.

    Args:
        target: The policy and its contracts.
        as_of: The instant the policy is read at.
        unsafe: Whether the service counts as one of this machine.
        application: What is asked in this process instead of the base URL.
        seed: Decides what is drawn.
        whole: Whether as much is asked as the policy says; otherwise the suite asks a part of it.
        few: Requests that are drawn for an operation, where that is a part.
        subjects: The versions and aliases whose items are run; all where there is none.
        limits: Limits other than the policy's, by name.
    """
    limits = limits if whole else {**part(target.policy.limits, few), **limits}
    policy = dataclasses.replace(target.policy, limits=dataclasses.replace(target.policy.limits, **limits))
    runner = (Runner if unsafe else Foreign)(
        target=dataclasses.replace(target, policy=policy),
        run=Run(as_of=as_of, seed=seed),
        drawn=DRAWN,
        application=application,
    )
    try:
        return run_runner(runner, *subjects)
    finally:
        runner.close()


def part(limits: Limits, few: int = _FEW) -> dict[str, Any]:
    """What the suite asks of what a policy says, as limits by name: few drawn requests, each probe of one operation, and nothing to shrink."""
    return {
        "max_examples": some(limits.max_examples, min(limits.max_examples, few)),
        "probes": some(limits.probes, limits.probes or TURNS),
        "shrink": some(limits.shrink, 0),
    }


def run_runner(runner: Runner, *subjects: str) -> Result:
    """Run every item of a runner, or of some versions and aliases; it stays open."""
    policy = runner.policy
    outcomes = runner.policy_item()
    for subject in subjects or (*policy.versions, *policy.aliases):
        outcomes += [each for item in subject_items(runner, subject) for each in settled(item.run())]
    return Result(outcomes=tuple(outcomes), sent=runner.transport.exchanges)


class Foreign(Runner):
    """A runner whose service counts as another machine's."""

    @property
    def unsafe(self) -> bool:
        """Unsafe methods may not be sent."""
        return False
