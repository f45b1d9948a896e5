"""A run as one JSON file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.finding import Verdict
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.reporting.causes import circumstances, places
from pytest_apiversion.shell.reporting.policy_lines import line_of
from pytest_apiversion.shell.reporting.reach_summary import merged
from pytest_apiversion.shell.reporting.requirements import verdict
from pytest_apiversion.shell.reporting.verdicts import cells

if TYPE_CHECKING:
    from pytest_apiversion.core.causes.cause import Cause
    from pytest_apiversion.core.finding import Finding, Setting
    from pytest_apiversion.shell.execution.outcome import Outcome
    from pytest_apiversion.shell.reporting.baseline import Baseline
    from pytest_apiversion.shell.reporting.session import Facts, Session
    from pytest_apiversion.shell.reporting.verdicts import Cell

FORMAT = 1
"""Grows when a reader of the last one could stumble; new members do not count as such."""


def report_text(report: Mapping[str, Any]) -> str:
    """The text of the file."""
    return f"{json.dumps(report, indent=1, ensure_ascii=True)}\n"


def report_of(session: Session) -> dict[str, Any]:
    """The run as plain values."""
    return {
        "format": FORMAT,
        "as_of": session.options.as_of.isoformat().replace("+00:00", "Z"),
        "seed": session.options.seed,
        "shard": str(session.options.shard) if session.options.shard else None,
        "strict": session.strict,
        "complete": all(complete(session, facts) for facts in session.facts.values()),
        "baseline": [each.to_dict() for each in session.baseline.known] if session.baseline else None,
        "policies": [_policy(session, facts) for facts in session.facts.values()],
    }


def complete(session: Session, facts: Facts) -> bool:
    """Whether every item of every version of a policy that was asked for ran to its end."""
    found = cells(session.outcomes.get(facts.source, []), facts.expected, checks())
    return bool(facts.expected) and not any(cell.partial for cell in found.values())


def _policy(session: Session, facts: Facts) -> dict[str, Any]:
    outcomes = session.outcomes.get(facts.source, [])
    found = cells(outcomes, facts.expected, checks())
    findings = [finding for outcome in outcomes for finding in outcome.findings]
    numbers = {finding: index for index, finding in enumerate(findings)}
    settings = _Numbers(settings for outcome in outcomes for settings in _settings(outcome))
    return {
        "name": facts.name,
        "source": facts.source,
        "exchanges": sum(outcome.exchanges for outcome in outcomes),
        "warnings": facts.warnings,
        "probes": facts.probes,
        "versions": facts.subjects,
        "promises": list(_promises(found, facts)),
        "requirements": [
            {"id": name, "text": text, "verdict": verdict(codes, found), "codes": list(codes)}
            for name, text, codes in facts.requirements
        ],
        "findings": [_finding(each, facts, settings, session.baseline) for each in findings],
        "causes": [_cause(each, numbers) for each in session.causes(facts.source)],
        "fixed": [
            each.to_dict() for each in (session.baseline.fixed(facts.name, findings, found) if session.baseline else ())
        ],
        "items": list(_items(outcomes, settings)),
        "expected": facts.expected,
        "circumstances": [list(each) for each in settings],
        "reach": [
            {"version": subject, "succeeded": each.succeeded, **each.to_dict()}
            for (subject, _), each in merged(outcomes).items()
        ],
        "created": session.cleaned.get(facts.source, {"deleted": 0, "left": [], "broken": []}),
        "declared": [{"id": name, "text": text} for name, text in facts.declared],
        "milestones": [{"at": when, "version": subject, "what": what} for when, subject, what in facts.milestones],
        "dates": [{"at": when, "version": subject, "what": what} for when, subject, what in facts.dates],
    }


class _Numbers(dict["Setting", int]):
    """Circumstances, each with its place in the list of them."""

    def __init__(self, settings: Iterable[Setting]) -> None:
        super().__init__((each, number) for number, each in enumerate(dict.fromkeys(settings)))

    def of(self, settings: Iterable[Setting]) -> list[int]:
        """The places of some."""
        return [self[each] for each in settings]


def _settings(outcome: Outcome) -> Iterator[Setting]:
    for finding in outcome.findings:
        yield from finding.settings
    for held in outcome.held.values():
        yield from held


def _items(outcomes: Iterable[Outcome], settings: _Numbers) -> Iterator[dict[str, Any]]:
    """A row for each item; its findings and circumstances by their places in the lists."""
    first = 0
    for outcome in outcomes:
        yield {
            "version": outcome.subject,
            "item": outcome.label,
            "exchanges": outcome.exchanges,
            "succeeded": outcome.succeeded,
            "answered": outcome.answered,
            "reached": outcome.reached,
            "missed": outcome.missed,
            "notes": list(outcome.notes),
            "own": outcome.own,
            "findings": list(range(first, first + len(outcome.findings))),
            "promised": list(outcome.promised),
            "tallies": dict(outcome.tallies),
            "held": {code: settings.of(held) for code, held in outcome.held.items()},
            "reach": [each.to_dict() for each in outcome.reach],
        }
        first += len(outcome.findings)


def _finding(finding: Finding, facts: Facts, settings: _Numbers, baseline: Baseline | None) -> dict[str, Any]:
    """A finding, its circumstances by their places in the list, and the line on which its promise stands."""
    file, line = facts.lines.get(finding.place) or line_of(facts.source, finding.place)
    return {
        **finding.to_dict(),
        "settings": settings.of(finding.settings),
        "file": file,
        "line": line,
        "fingerprint": finding.fingerprint,
        "known": known.reason if baseline and (known := baseline.of(facts.name, finding)) else None,
    }


def _cause(cause: Cause, numbers: Mapping[Finding, int]) -> dict[str, Any]:
    """A cause; its findings by their places in `findings`, the strongest first."""
    seen = {
        facet: sorted({value for setting in cause.settings if (value := getattr(setting, facet))})
        for facet in ("status", "method", "carrier", "asked")
    }
    return {
        "code": cause.code,
        "promise": cause.example.promise,
        "severity": cause.severity.value,
        "cause": cause.line,
        "count": cause.count,
        "at": places(cause),
        "seen": circumstances(cause),
        "findings": [numbers[finding] for finding in cause.findings],
        "statuses": [int(each) for each in seen["status"]],
        "methods": seen["method"],
        "carriers": seen["carrier"],
        "asked": seen["asked"],
        "operations": [{"version": name, "broken": some, "of": of} for name, some, of in cause.operations],
        "also": [_cause(other, numbers) for other in cause.also],
    }


def _promises(found: Mapping[tuple[str, str], Cell], facts: Facts) -> Iterator[dict[str, Any]]:
    """Every verdict of every version but those on what is not promised."""
    for check in checks():
        for subject in facts.expected:
            cell = found[check.code, subject]
            if cell.verdict is Verdict.NOT_PROMISED and not cell.warnings:
                continue
            unexercised = cell.verdict is Verdict.NOT_EXERCISED
            yield {
                "code": check.code,
                "promise": check.title,
                "version": subject,
                "verdict": "not run" if unexercised and cell.partial else cell.verdict.value,
                "exchanges": cell.exchanges,
                "findings": cell.findings,
                "warnings": cell.warnings,
            }
