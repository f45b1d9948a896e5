"""The page after a run: the matrix of promises and versions, findings, and what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pytest

from pytest_apiversion.core.finding import Severity, Verdict
from pytest_apiversion.core.policy.requests import TURNS
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.execution.time_limit import unreached
from pytest_apiversion.shell.reporting.baseline import summary_lines
from pytest_apiversion.shell.reporting.causes import cause_lines, heading
from pytest_apiversion.shell.reporting.clean_up import clean_up_lines
from pytest_apiversion.shell.reporting.finding_text import shown
from pytest_apiversion.shell.reporting.missing_items import missing_lines
from pytest_apiversion.shell.reporting.reach_summary import reach_lines
from pytest_apiversion.shell.reporting.requirements import requirement_lines
from pytest_apiversion.shell.reporting.verdicts import Cell, cells
from pytest_apiversion.shell.texts.wrapping import terminal_width, wrapped

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.check import Check
    from pytest_apiversion.shell.execution.outcome import Outcome
    from pytest_apiversion.shell.reporting.session import Facts, Session

_COLOURS = {Verdict.HELD: "green", Verdict.BROKEN: "red", Verdict.NOT_EXERCISED: "yellow"}
_NAMED = 6
"""Items named with a note before the rest is counted."""
_DETAILED = 12
"""Causes that are shown in full, without `-v`; of the rest the first line is."""
_NOT_RUN = "not run"
_COMING = 5
"""Milestones shown for one policy."""
_NOTES = 12
"""Notes shown for one policy."""
_GAP = 2
"""Columns between two columns of the matrix."""


def write_summary(reporter: pytest.TerminalReporter, session: Session, *, reach: bool) -> None:
    """Write the page; under `-qq` only what failed a strict run.

    Args:
        reporter: Where it is written.
        session: What the run knows.
        reach: Whether every operation and answer that was not reached is named.
    """
    for source, facts in session.facts.items():
        outcomes = session.outcomes.get(source, [])
        if not outcomes or reporter.verbosity < -1:
            continue
        reporter.section(f"API versions: {facts.name}", sep="=")
        sent = sum(outcome.exchanges for outcome in outcomes)
        seed = session.options.seed
        _write_line(
            reporter,
            f"{shown(source, reporter.config)} as of {session.options.as_of:%Y-%m-%d %H:%M}Z: "
            f"{sent} exchanges, seed {seed} (--hypothesis-seed={seed} repeats it)"
            + (f", shard {session.options.shard} of the items" if session.options.shard else ""),
        )
        if turns := [name for name, how in facts.probes.items() if how == TURNS]:
            reporter.write_line(
                f'selection probes took turns over the operations of {_few(turns)} ([requests] probes = "each" asks each all of them)'
            )
        for line in facts.warnings:
            _write_line(reporter, f"warning: {line}", yellow=True)
        _write_matrix(reporter, session, facts)
        _write_findings(reporter, session, source)
        for line in baseline_lines(session, facts):
            _write_line(reporter, line)
        _write_requirements(reporter, session, facts)
        for line in _after(session, source, facts, whole=reach or reporter.verbosity > 0):
            _write_line(reporter, line)
        reporter.write_line("")
    failed = {
        "under --apiversion-fail-under": session.short,
        "not exercised, under --apiversion-strict": session.troubles,
    }
    for title, lines in failed.items():
        if lines:
            reporter.section(title, sep="-")
            _write_line(reporter, "\n".join(lines), red=True)
    for line in session.annotations:
        reporter.write_line(line)


def _write_line(reporter: pytest.TerminalReporter, text: str, **markup: bool) -> None:
    """Write lines that are no table, each in as many as the terminal asks for."""
    width = terminal_width()
    for whole in text.split("\n"):
        for line in wrapped(whole, width):
            reporter.write_line(line, **markup)


def unexercised(session: Session) -> list[str]:
    """Promises of whole versions that nothing exercised, one line each; and items that there was no time for."""
    lines = []
    for source, facts in session.facts.items():
        left = unreached(session.outcomes.get(source, []), facts.expected)
        lines += [f"{facts.name}: not reached: {line}" for line in left]
        gone = missing_lines(session.outcomes.get(source, []), facts.expected)
        lines += [f"{facts.name}: not run: {line}" for line in gone]
        found = cells(session.outcomes.get(source, []), facts.expected, checks())
        for check in checks():
            for subject in facts.expected:
                cell = found[check.code, subject]
                if cell.verdict is Verdict.NOT_EXERCISED and not cell.partial:
                    lines.append(f"{facts.name}: {subject}: {check.code} {check.title}")
    return lines


def _write_matrix(reporter: pytest.TerminalReporter, session: Session, facts: Facts) -> None:
    outcomes = session.outcomes[facts.source]
    ran = {outcome.subject for outcome in outcomes}
    found = cells(outcomes, facts.expected, checks())
    subjects = [subject for subject in facts.expected if subject in ran]
    promised = [check for check in checks() if any(not _empty(found[check.code, each]) for each in subjects)]
    told = promised
    if reporter.verbosity <= 0 and any(_spoke(found[check.code, each]) for check in promised for each in subjects):
        told = [check for check in promised if any(_telling(found[check.code, each]) for each in subjects)]
    titles = max((len(check.title) for check in told), default=0) + len("AV000  ") + _GAP
    columns = {
        subject: max(len(text) for text in (subject, facts.subjects.get(subject, ""), *_words(found, told, subject)))
        for subject in subjects
    }
    for block in _blocks(columns, _width() - titles):
        reporter.write_line("")
        for row in (block, [facts.subjects.get(subject, "") for subject in block]):
            cells_ = "".join(text.ljust(columns[each] + _GAP) for text, each in zip(row, block, strict=True))
            reporter.write_line((" " * titles + cells_).rstrip(), bold=row is block)
        for check in told:
            reporter.write(f"{check.code}  {check.title}".ljust(titles))
            for subject in block:
                cell = found[check.code, subject]
                word, last = _word(cell), subject == block[-1]
                colour = "yellow" if cell.warnings and not cell.findings else _COLOURS.get(cell.verdict)
                reporter.write(word, **({colour: True} if colour else {}))
                reporter.write("" if last else " " * (columns[subject] + _GAP - len(word)))
            reporter.write_line("")
    if len(told) < len(promised):
        reporter.write_line("")
        rest = [check for check in promised if check not in told]
        partly = sum(any(_word(found[check.code, each]) == _NOT_RUN for each in subjects) for check in rest)
        some = f", {partly} of them not run in full" if partly else ""
        _write_line(reporter, f"and nothing against {_promises(len(rest))}{some} (-v shows the whole table)")


def _promises(number: int) -> str:
    return "1 other promise" if number == 1 else f"{number} other promises"


def _spoke(cell: Cell) -> bool:
    """Whether something is broken or warned of, so that what is held is not what the table is read for."""
    return bool(cell.findings or cell.warnings)


def _telling(cell: Cell) -> bool:
    """Whether a cell is one that such a run is read for."""
    return _spoke(cell) or _word(cell) == Verdict.NOT_EXERCISED.value


def _blocks(columns: dict[str, int], width: int) -> Iterator[list[str]]:
    """The columns in as many blocks as the width asks for."""
    block: list[str] = []
    used = 0
    for name, size in columns.items():
        if block and used + size > width:
            yield block
            block, used = [], 0
        block.append(name)
        used += size + _GAP
    if block:
        yield block


def _width() -> int:
    """Columns of the terminal, as pytest counts them."""
    return terminal_width() or 80


def _words(found: dict[tuple[str, str], Cell], promised: Sequence[Check], subject: str) -> list[str]:
    return [_word(found[check.code, subject]) for check in promised]


def _empty(cell: Cell) -> bool:
    return cell.verdict is Verdict.NOT_PROMISED and not cell.warnings


def _word(cell: Cell) -> str:
    if cell.findings:
        return f"BROKEN {cell.findings}"
    if cell.warnings:
        return f"warned {cell.warnings}"
    if cell.verdict is Verdict.HELD:
        return f"held {cell.exchanges}"
    if cell.verdict is Verdict.NOT_EXERCISED:
        return _NOT_RUN if cell.partial else "not exercised"
    return "·"


def _write_findings(reporter: pytest.TerminalReporter, session: Session, source: str) -> None:
    whole, file = reporter.verbosity > 0, shown(source, reporter.config)
    found = session.causes(source)
    for cause in found[: len(found) if whole else _DETAILED]:
        reporter.write_line("")
        colour = {"red": True} if cause.severity is Severity.ERROR else {"yellow": True}
        _write_line(reporter, heading(cause), bold=True, **colour)
        for line in cause_lines(cause, file, whole=whole):
            _write_line(reporter, line)
    if len(found) > _DETAILED and not whole:
        reporter.write_line("")
        _write_line(reporter, "and, with -v in full:")
        for cause in found[_DETAILED:]:
            _write_line(reporter, f"  {heading(cause)}")


def baseline_lines(session: Session, facts: Facts) -> Iterator[str]:
    """What the baseline says of a policy's findings; nothing where there is none."""
    if session.baseline is None:
        return
    outcomes = session.outcomes.get(facts.source, [])
    findings = [finding for outcome in outcomes for finding in outcome.findings]
    yield ""
    yield from summary_lines(session.baseline, facts.name, findings, cells(outcomes, facts.expected, checks()))


def _write_requirements(reporter: pytest.TerminalReporter, session: Session, facts: Facts) -> None:
    found = cells(session.outcomes[facts.source], facts.expected, checks())
    lines = requirement_lines(facts.requirements, len(facts.declared), found, whole=reporter.verbosity > 0)
    for number, line in enumerate(lines):
        _write_line(reporter, line if number else f"\n{line}")


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"


def _after(session: Session, source: str, facts: Facts, *, whole: bool) -> Iterator[str]:
    """How far the run came, what was not reached in time, what stays behind, what could not be tried, and what comes next."""
    if left := list(unreached(session.outcomes[source], facts.expected)):
        yield ""
        yield f"not reached in {session.options.max_time:g} s (--apiversion-max-time):"
        yield from (f"  {line}" for line in left)
    if gone := list(missing_lines(session.outcomes[source], facts.expected)):
        yield ""
        yield "did not run, or not to the end:"
        yield from (f"  {line}" for line in gone)
    if lines := list(reach_lines(session.outcomes[source], whole=whole)):
        yield ""
        yield from lines
    if stay := list(clean_up_lines(session.cleaned.get(source), whole=whole)):
        yield ""
        yield from stay
    notes = _notes(session.outcomes[source])
    if notes:
        yield ""
        for note, where in list(notes.items())[:_NOTES]:
            yield f"note: {note}: {_few(where)}"
        if len(notes) > _NOTES:
            yield f"note: and {len(notes) - _NOTES} more"
    yield from _ahead(session, facts)


def _ahead(session: Session, facts: Facts) -> Iterator[str]:
    """What can never be checked, and what comes next."""
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


def _notes(outcomes: Sequence[Outcome]) -> dict[str, list[str]]:
    """What was noted, and at which items."""
    notes: dict[str, list[str]] = {}
    for outcome in outcomes:
        for note in outcome.notes:
            notes.setdefault(note, []).append(f"{outcome.subject} {outcome.label}")
    return notes
