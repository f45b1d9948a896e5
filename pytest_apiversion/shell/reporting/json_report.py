"""A run as one JSON file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.finding import Verdict
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.reporting.reach_summary import merged
from pytest_apiversion.shell.reporting.requirements import verdict
from pytest_apiversion.shell.reporting.verdicts import cells
from pytest_apiversion.shell.texts.atomic_files import replace_file

if TYPE_CHECKING:
    from pytest_apiversion.core.causes.cause import Cause
    from pytest_apiversion.core.finding import Finding
    from pytest_apiversion.shell.reporting.session import Facts, Session
    from pytest_apiversion.shell.reporting.verdicts import Cell

FORMAT = 1
"""Grows when a reader of the last one could stumble; new members do not count as such."""


def write_json(session: Session, path: Path) -> None:
    """Write the file, over one that is there: the whole of it, or nothing.

    Raises:
        OSError: It cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, f"{json.dumps(report_of(session), indent=1, ensure_ascii=True)}\n".encode())


def report_of(session: Session) -> dict[str, Any]:
    """The run as plain values."""
    return {
        "format": FORMAT,
        "as_of": session.options.as_of.isoformat().replace("+00:00", "Z"),
        "seed": session.options.seed,
        "shard": str(session.options.shard) if session.options.shard else None,
        "strict": session.strict,
        "complete": all(complete(session, facts) for facts in session.facts.values()),
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
    return {
        "name": facts.name,
        "source": facts.source,
        "exchanges": sum(outcome.exchanges for outcome in outcomes),
        "versions": facts.subjects,
        "promises": list(_promises(found, facts)),
        "requirements": [
            {"id": name, "text": text, "verdict": verdict(codes, found), "codes": list(codes)}
            for name, text, codes in facts.requirements
        ],
        "findings": [_finding(each) for each in findings],
        "causes": [
            _cause(each, {finding: index for index, finding in enumerate(findings)})
            for each in session.causes(facts.source)
        ],
        "items": [
            {
                "version": outcome.subject,
                "item": outcome.label,
                "exchanges": outcome.exchanges,
                "succeeded": outcome.succeeded,
                "reached": outcome.reached,
                "missed": outcome.missed,
                "notes": list(outcome.notes),
            }
            for outcome in outcomes
        ],
        "reach": [
            {"version": subject, "succeeded": each.succeeded, **each.to_dict()}
            for (subject, _), each in merged(outcomes).items()
        ],
        "created": session.cleaned.get(facts.source, {"deleted": 0, "left": [], "broken": []}),
        "declared": [{"id": name, "text": text} for name, text in facts.declared],
        "milestones": [{"at": when, "version": subject, "what": what} for when, subject, what in facts.milestones],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    """A finding; what only the search for causes needs is left out."""
    return {name: value for name, value in finding.to_dict().items() if name not in {"settings", "answers"}}


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
