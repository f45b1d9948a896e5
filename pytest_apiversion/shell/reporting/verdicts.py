"""The verdict on each promise of each version, from the outcomes of items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.finding import Severity, Verdict
from pytest_apiversion.shell.execution.outcome import WHOLE, Outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One promise of one version.

    Attributes:
        verdict: What was proved; never that a promise is held, where some of the version's items did not run.
        exchanges: How many exchanges stand behind it.
        findings: How many distinct findings that weigh as errors.
        warnings: How many distinct findings that weigh less.
        partial: Whether some of the version's items did not run, so that a promise may be unexercised for that reason.
    """

    verdict: Verdict
    exchanges: int = 0
    findings: int = 0
    warnings: int = 0
    partial: bool = False


def cells(
    outcomes: Sequence[Outcome], expected: Mapping[str, int | None], checks: Sequence[Check]
) -> dict[tuple[str, str], Cell]:
    """Verdicts by code and subject.

    Args:
        outcomes: Of one policy file.
        expected: Items by subject; None where nobody counted them, because none of them was asked for.
        checks: The checks.
    """
    found: dict[tuple[str, str], Cell] = {}
    by_subject: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_subject.setdefault(outcome.subject, []).append(outcome)
    for subject, items in expected.items():
        mine = by_subject.get(subject, [])
        ran = {outcome.label for outcome in mine if outcome.own and outcome.reached}
        whole, online = WHOLE in ran, len(ran - {WHOLE})
        total = _Total(_seen(mine))
        for check in checks:
            offline = check.inspect is not None and not (check.judge or check.conclude or check.across)
            partial = not whole if offline else items is None or online < items
            found[check.code, subject] = total.cell(check.code, partial=partial)
    return found


def _seen(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes, of which those count nothing that saw no answer as it is promised: who refuses everything refuses a wrong version too.

    Where that was seen of none, what was asked outside operations counts no more. What is wrong stays wrong.
    """
    told = [outcome.answered for outcome in outcomes if outcome.answered is not None]
    nothing = bool(told) and not any(told)
    return [
        replace(each, tallies={}) if each.label != WHOLE and (nothing or each.answered is False) else each
        for each in outcomes
    ]


class _Total:
    """What the outcomes of one subject come to, by code.

    Args:
        outcomes: The outcomes.
    """

    def __init__(self, outcomes: Iterable[Outcome]) -> None:
        self._exchanges: Counter[str] = Counter()
        self._findings: Counter[tuple[str, Severity]] = Counter()
        self._promised: set[str] = set()
        for outcome in outcomes:
            self._exchanges.update(outcome.tallies)
            self._findings.update((finding.code, finding.severity) for finding in outcome.findings)
            self._promised.update(outcome.promised)

    def cell(self, code: str, *, partial: bool) -> Cell:
        """The verdict on one promise."""
        errors, warnings = self._findings[code, Severity.ERROR], self._findings[code, Severity.WARNING]
        count = self._exchanges[code]
        if errors:
            verdict = Verdict.BROKEN
        elif count and not partial:
            verdict = Verdict.HELD
        elif count or code in self._promised:
            verdict = Verdict.NOT_EXERCISED
        else:
            verdict = Verdict.NOT_PROMISED
        return Cell(verdict=verdict, exchanges=count, findings=errors, warnings=warnings, partial=partial)
