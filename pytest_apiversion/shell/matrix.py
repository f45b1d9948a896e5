"""From outcomes to verdicts: what the run proved about each promise of each version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pytest_apiversion.core.finding import Severity, Verdict
from pytest_apiversion.shell.outcome import Outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One promise of one version.

    Attributes:
        verdict: What was proved.
        exchanges: How many exchanges stand behind it.
        findings: How many distinct findings.
        partial: Whether some of the version's items did not run, so that a promise may be unexercised for that reason.
    """

    verdict: Verdict
    exchanges: int = 0
    findings: int = 0
    partial: bool = False


def cells(outcomes: Sequence[Outcome], expected: Mapping[str, int], codes: Sequence[str]) -> dict[tuple[str, str], Cell]:
    """Verdicts by code and subject.

    Args:
        outcomes: Of one policy file.
        expected: Items by subject.
        codes: The checks' codes.
    """
    found: dict[tuple[str, str], Cell] = {}
    for subject, items in expected.items():
        mine = [outcome for outcome in outcomes if outcome.subject == subject]
        ran = sum(outcome.label != "policy" for outcome in mine)
        promised = {code for outcome in mine for code in outcome.promised}
        for code in codes:
            findings = sum(finding.code == code and finding.severity is not Severity.INFO for each in mine for finding in each.findings)
            count = sum(outcome.tallies.get(code, 0) for outcome in mine)
            found[code, subject] = Cell(
                verdict=_verdict(findings, count, promised=code in promised), exchanges=count, findings=findings, partial=ran < items
            )
    return found


def _verdict(findings: int, count: int, *, promised: bool) -> Verdict:
    if findings:
        return Verdict.BROKEN
    if not promised:
        return Verdict.NOT_PROMISED
    return Verdict.HELD if count else Verdict.NOT_EXERCISED
