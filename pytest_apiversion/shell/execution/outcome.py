"""What one item of a run found and did, as plain values that cross processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pytest_apiversion.core.causes.strength import strength
from pytest_apiversion.core.finding import Finding, Setting, settings_of
from pytest_apiversion.shell.execution.reach import Reach

Later = Callable[[], tuple[str, list[Finding] | None]]
"""What a check says of an item beside those before it: its code, and what it found; None where it could not tell."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one item found and did.

    Attributes:
        policy: The policy's name.
        source: The policy file.
        subject: The version or alias; empty for the whole policy.
        label: What the item is called.
        findings: Broken promises, equal ones counted together.
        tallies: Exchanges behind each check, by code.
        promised: Codes of the checks the policy promises for the subject.
        exchanges: Requests sent.
        succeeded: Whether a request of the operation got a success; None where none was due.
        answered: Whether an answer was what its version promises of answers; None where nothing was asked that shows it.
        notes: What could not be tried, and what would make it possible.
        reached: Whether there was time for all of it.
        reach: How far the operations it is about were reached.
        held: In what circumstances each check saw its promise held, by code.
        own: Whether it is one of the subject's own items; else what another version's item found about it.
        missed: Why it did not run, or not to its end; empty where it did, and where only time was short.
        later: What is said once the items before it have been held; `settled` has it said, and no other process gets it.
    """

    policy: str
    source: str
    subject: str
    label: str
    findings: tuple[Finding, ...] = ()
    tallies: Mapping[str, int] = field(default_factory=dict)
    promised: tuple[str, ...] = ()
    exchanges: int = 0
    succeeded: bool | None = None
    answered: bool | None = None
    notes: tuple[str, ...] = ()
    reached: bool = True
    own: bool = True
    reach: tuple[Reach, ...] = ()
    held: Mapping[str, tuple[Setting, ...]] = field(default_factory=dict)
    missed: str = ""
    later: tuple[Later, ...] = field(default=(), compare=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Plain values."""
        plain = {
            name: getattr(self, name)
            for name in (
                *("policy", "source", "subject", "label", "exchanges", "succeeded", "answered", "reached", "own"),
                "missed",
            )
        }
        return {
            **plain,
            "promised": list(self.promised),
            "findings": [finding.to_dict() for finding in self.findings],
            "tallies": dict(self.tallies),
            "notes": list(self.notes),
            "reach": [each.to_dict() for each in self.reach],
            "held": {code: [list(each) for each in settings] for code, settings in self.held.items()},
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Outcome:
        """The inverse of `to_dict`."""
        findings = tuple(Finding.from_dict(row) for row in data["findings"])
        reach = tuple(Reach.from_dict(row) for row in data["reach"])
        texts = {name: tuple(data[name]) for name in ("notes", "promised")}
        held = {code: settings_of(rows) for code, rows in data["held"].items()}
        return cls(**{**data, **texts, "findings": findings, "reach": reach, "held": held})


def settled(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Outcomes with what is said of them beside those before them: to be called item by item, in the order of the run.

    Raises:
        ToolError: A check failed.
    """
    return [_settled(each) if each.later else each for each in outcomes]


def _settled(outcome: Outcome) -> Outcome:
    findings, tallies = list(outcome.findings), dict(outcome.tallies)
    for say in outcome.later:
        code, found = say()
        if found is not None:
            findings += found
            tallies[code] = tallies.get(code, 0) + 1
    return replace(outcome, findings=merge_findings(findings), tallies=tallies, later=())


def merge_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings with the same identity as one: the words of the strongest, of equals the one that takes least to repeat; all else added up."""
    merged: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        merged.setdefault(finding.identity, []).append(finding)
    return tuple(
        replace(
            min(alike, key=lambda each: (strength(each), len(each.reproduce))),
            count=sum(each.count for each in alike),
            settings=tuple(sorted({setting for each in alike for setting in each.settings})),
            answers=tuple(sorted({answer for each in alike for answer in each.answers})),
        )
        for alike in merged.values()
    )


WHOLE = "policy"
"""The label of what was found in the policy and its files, without a request."""


ROUTER = "router"
"""The label of what was found where no operation is."""
