"""What changed between two contracts, as lines: for a terminal, for programs, for a pull request, and as annotations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.change import brief
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.rule import Direction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_apiversion.core.change import Change
    from pytest_apiversion.shell.diffing import Comparison

_NAMED = 3
_WORDS = {Severity.ERROR: "breaking", Severity.WARNING: "warning", Severity.INFO: "note"}
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def summary(comparison: Comparison) -> str:
    """One line: how many changes of which weight."""
    if not comparison.changes:
        return "nothing changed that means anything to a client"
    counts = [(len(comparison.of(severity)), severity) for severity in Severity]
    return ", ".join(
        f"{count} {_WORDS[severity]}{'s' if count > 1 and severity is not Severity.ERROR else ''}"
        for count, severity in counts
        if count
    )


def _reached(change: Change) -> str:
    names = ", ".join(change.operations[:_NAMED])
    rest = len(change.operations) - _NAMED
    return f"{names} and {rest} more" if rest > 0 else names


def _proof(comparison: Comparison, change: Change) -> str:
    witness = comparison.witnesses[change.fingerprint]
    if witness is None:
        return "no proof was found within the bounds"
    response = change.direction is Direction.RESPONSE
    sides = ("the service may answer", "the old contract") if response else ("was accepted", "the new contract")
    value = brief(witness.value) if not isinstance(witness.value, str) else brief(json.dumps(witness.value))
    said = f"{sides[0]} {value}" if response else f"{value} {sides[0]}"
    return f"proof: {said}; {sides[1]} says: {witness.problem}"


def text_lines(comparison: Comparison) -> Iterator[str]:
    """For a terminal."""
    for change in comparison.changes:
        yield f"{change.severity.value}: {change.text} [{change.rule.id}]"
        where = change.place or change.old_place
        yield f"  at {where}{'' if change.place else ' of the old document'}"
        if change.operations:
            yield f"  reaches {_reached(change)}"
        if change.fingerprint in comparison.witnesses:
            yield f"  {_proof(comparison, change)}"
        yield f"  fingerprint {change.fingerprint}"
    yield summary(comparison)


def json_lines(comparison: Comparison) -> Iterator[str]:
    """For programs: one JSON object."""
    counts = {severity.value: len(comparison.of(severity)) for severity in Severity}
    made = {
        "old": comparison.old,
        "new": comparison.new,
        "breaking": comparison.breaking,
        "counts": counts,
        "changes": [{**change.to_dict(), **_witnessed(comparison, change)} for change in comparison.changes],
    }
    yield from json.dumps(made, indent=2, default=str).split("\n")


def _witnessed(comparison: Comparison, change: Change) -> dict[str, Any]:
    if change.fingerprint not in comparison.witnesses:
        return {}
    witness = comparison.witnesses[change.fingerprint]
    return {"witness": {"value": witness.value, "problem": witness.problem} if witness else None}


def markdown_lines(comparison: Comparison) -> Iterator[str]:
    """For a pull request."""
    yield f"**{_cell(summary(comparison))}**"
    if comparison.changes:
        yield ""
        yield "| | change | operations | rule |"
        yield "|---|---|---|---|"
    for change in comparison.changes:
        yield f"| {change.severity.value} | {_cell(change.text)} | {_cell(_reached(change))} | `{change.rule.id}` {change.fingerprint} |"


def github_lines(comparison: Comparison) -> Iterator[str]:
    """As annotations of GitHub's workflows; notes are left out, for only so many are shown."""
    for change in comparison.changes:
        if change.severity is not Severity.INFO:
            told = (
                f"{change.text} (at {change.place or change.old_place}, reaches {_reached(change) or 'no operation'})"
            )
            file = (
                ""
                if comparison.new.startswith(("-", "git:", "http://", "https://", "app:"))
                else f"file={_property(comparison.new)},"
            )
            yield f"::{_COMMANDS[change.severity]} {file}title={_property(change.rule.id)}::{_data(told)}"
    yield summary(comparison)


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Comparison], Iterator[str]]] = {
    "text": text_lines,
    "json": json_lines,
    "markdown": markdown_lines,
    "github": github_lines,
}
"""Writers by the name of the format."""
