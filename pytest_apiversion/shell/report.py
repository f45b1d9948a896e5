"""The page after the run: a matrix of promises and versions, the failures by promise, and what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_apiversion.core.finding import Finding, Verdict
from pytest_apiversion.shell.catalogue import checks
from pytest_apiversion.shell.matrix import Cell, cells
from pytest_apiversion.shell.text import detail_lines

if TYPE_CHECKING:
    from pytest_apiversion.shell.session import Facts, Session

_WORDS = {
    Verdict.HELD: "held",
    Verdict.BROKEN: "BROKEN",
    Verdict.NOT_EXERCISED: "not exercised",
    Verdict.NOT_PROMISED: "·",
    Verdict.DECLARED: "declared",
}
_COLOURS = {Verdict.HELD: "green", Verdict.BROKEN: "red", Verdict.NOT_EXERCISED: "yellow"}
_NAMED = 6
"""Operations named with a group of findings before the rest is counted."""
_COMING = 5
"""Milestones shown for one policy."""
_NOTES = 12
"""Notes shown for one policy."""


def write_summary(reporter: pytest.TerminalReporter, session: Session) -> None:
    """Write the page."""
    for source, facts in session.facts.items():
        outcomes = session.outcomes.get(source, [])
        if not outcomes:
            continue
        reporter.section(f"API versions: {facts.name}", sep="=")
        sent = sum(outcome.exchanges for outcome in outcomes)
        reporter.write_line(f"{shown(source, reporter.config)} as of {session.options.as_of:%Y-%m-%d %H:%M}Z, {sent} exchanges, "
                            f"seed {session.options.seed} (repeat with --hypothesis-seed={session.options.seed})")  # fmt: skip
        reporter.write_line("")
        _write_matrix(reporter, session, source, facts)
        _write_findings(reporter, session, source)
        for line in _after(session, source, facts):
            reporter.write_line(line)
        reporter.write_line("")


def shown(source: str, config: pytest.Config) -> str:
    """A file as the user would type it."""
    try:
        return Path(source).relative_to(config.invocation_params.dir).as_posix()
    except ValueError:
        return source


def unexercised(session: Session) -> list[str]:
    """Promises of whole versions that nothing exercised, one line each."""
    lines = []
    for source, facts in session.facts.items():
        found = cells(session.outcomes.get(source, []), facts.expected, [check.code for check in checks()])
        for check in checks():
            for subject in facts.expected:
                cell = found[check.code, subject]
                if cell.verdict is Verdict.NOT_EXERCISED and not cell.partial:
                    lines.append(f"{facts.name}: {subject}: {check.code} {check.title}")
    return lines


def _write_matrix(reporter: pytest.TerminalReporter, session: Session, source: str, facts: Facts) -> None:
    found = cells(session.outcomes[source], facts.expected, [check.code for check in checks()])
    subjects = list(facts.expected)
    rows = [check for check in checks() if any(found[check.code, subject].verdict is not Verdict.NOT_PROMISED for subject in subjects)]
    heads = [(subject, facts.subjects.get(subject, "")) for subject in subjects]
    width = max((len(check.title) for check in rows), default=0) + 9
    widths = [max(14, len(name) + 2, len(stage) + 2) for name, stage in heads]
    reporter.write_line(" " * width + "".join(name.ljust(size) for (name, _), size in zip(heads, widths, strict=True)).rstrip())
    reporter.write_line(" " * width + "".join(stage.ljust(size) for (_, stage), size in zip(heads, widths, strict=True)).rstrip())
    for check in rows:
        reporter.write(f"{check.code}  {check.title}".ljust(width))
        for subject, size in zip(subjects, widths, strict=True):
            cell = found[check.code, subject]
            colour = _COLOURS.get(cell.verdict)
            word = _word(cell)
            reporter.write(word if subject == subjects[-1] else word.ljust(size), **({colour: True} if colour else {}))
        reporter.write_line("")


def _word(cell: Cell) -> str:
    if cell.verdict is Verdict.HELD:
        return f"held {cell.exchanges}"
    if cell.verdict is Verdict.BROKEN:
        return f"BROKEN {cell.findings}"
    if cell.verdict is Verdict.NOT_EXERCISED and cell.partial:
        return "not run"
    return _WORDS[cell.verdict]


def _write_findings(reporter: pytest.TerminalReporter, session: Session, source: str) -> None:
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for outcome in session.outcomes[source]:
        for finding in outcome.findings:
            groups.setdefault((finding.code, finding.promise, finding.summary), []).append(finding)
    last = ""
    for (code, promise, summary), findings in sorted(groups.items()):
        reporter.write_line("")
        if code != last:
            reporter.write_line(f"{code} {promise}", red=True, bold=True)
            last = code
        level = "" if findings[0].severity.value == "error" else f" [{findings[0].severity.value}]"
        reporter.write_line(f"  {summary}{level}")
        reporter.write_line(f"  at        {_places(findings)}")
        for line in detail_lines(findings[0], shown(source, reporter.config)):
            reporter.write_line(line)


def _places(findings: list[Finding]) -> str:
    names = list(dict.fromkeys(f"{finding.version} {finding.operation}".strip() for finding in findings))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    times = sum(finding.count for finding in findings)
    return f"{', '.join(names[:_NAMED])}{more}{f' ({times} exchanges)' if times > 1 else ''}"


def _after(session: Session, source: str, facts: Facts) -> Iterator[str]:
    """What could not be tried, what can never be, and what comes next."""
    outcomes = session.outcomes[source]
    notes: dict[str, list[str]] = {}
    for outcome in outcomes:
        for note in outcome.notes:
            notes.setdefault(note, []).append(f"{outcome.subject} {outcome.label}")
    silent = [f"{outcome.subject} {outcome.label}" for outcome in outcomes if outcome.succeeded is False]
    if silent:
        notes["no request reached a success (2xx)"] = silent
    if notes:
        yield ""
        for note, where in list(notes.items())[:_NOTES]:
            yield f"note: {note}: {', '.join(where[:_NAMED])}{f' and {len(where) - _NAMED} more' if len(where) > _NAMED else ''}"
    if facts.declared:
        yield ""
        yield "declared, not checkable from outside:"
        for name, text in facts.declared:
            yield f"  {name + ': ' if name else ''}{text}"
    if facts.milestones:
        yield ""
        for when, subject, what in facts.milestones[:_COMING]:
            moment = dt.datetime.fromisoformat(when)
            days = (moment - session.options.as_of).days
            yield f"next: {moment:%Y-%m-%d} {subject} {what} (in {days} day{'' if days == 1 else 's'})"
