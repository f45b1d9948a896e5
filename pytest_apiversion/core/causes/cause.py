"""A cause: the findings that one fault made, as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_apiversion.core.finding import Finding, Setting, Severity


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """Where and in what circumstances a check saw its promise held.

    Attributes:
        code: The check's code.
        version: The version or alias.
        item: The operation, or what else the item was about.
        settings: The circumstances.
    """

    code: str
    version: str
    item: str
    settings: tuple[Setting, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Cause:
    """The findings that one fault made, as one.

    Attributes:
        line: What is wrong, in one sentence, with what varies in it put together.
        findings: The findings, the strongest first.
        settings: In what circumstances they were seen, sorted.
        operations: How many operations show it, of how many that could have, by version or alias.
        also: Causes that this one explains: they show on the same answers, or follow from it.
    """

    line: str
    findings: tuple[Finding, ...]
    settings: tuple[Setting, ...] = ()
    operations: tuple[tuple[str, int, int], ...] = ()
    also: tuple[Cause, ...] = ()

    @property
    def example(self) -> Finding:
        """The strongest finding, which is shown."""
        return self.findings[0]

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Its findings, and those of what it explains."""
        return (*self.findings, *(finding for other in self.also for finding in other.all_findings))

    @property
    def code(self) -> str:
        """The check's code."""
        return self.example.code

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return self.example.severity

    @property
    def count(self) -> int:
        """How many exchanges show it."""
        return sum(finding.count for finding in self.findings)

    @property
    def answers(self) -> frozenset[int]:
        """The answers that show it."""
        return frozenset(answer for finding in self.findings for answer in finding.answers)
