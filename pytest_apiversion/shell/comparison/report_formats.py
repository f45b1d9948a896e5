"""The changes between two contracts as text, JSON, Markdown and GitHub annotations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.change import brief
from pytest_apiversion.core.contracts.change_rule import Direction
from pytest_apiversion.core.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_apiversion.core.contracts.change import Change
    from pytest_apiversion.core.policy.compatibility import ChangeWaiver, Objection
    from pytest_apiversion.shell.comparison.result import Comparison

_NAMED = 3
_MANY = 5
"""Changes that say the same, from which on they are told together."""
_WORDS = {Severity.ERROR: "breaking", Severity.WARNING: "warning", Severity.INFO: "note"}
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def summary(comparison: Comparison) -> str:
    """One line: how many changes of which weight, and what the step between the versions may carry."""
    counts = [(len(comparison.of(severity)), severity) for severity in Severity]
    waived = sum(comparison.waiver(change) is not None for change in comparison.changes)
    parts = [
        f"{count} {_WORDS[severity]}{'s' if count > 1 and severity is not Severity.ERROR else ''}"
        for count, severity in counts
        if count
    ]
    text = ", ".join([*parts, *([f"{waived} waived"] if waived else [])])
    text = text or "nothing changed that means anything to a client"
    if missing := len(comparison.left_out):
        text = f"{text}; {missing} part{'s' if missing > 1 else ''} left out"
    return f"{text} ({comparison.step.told})" if comparison.step and comparison.changes else text


def verdict(comparison: Comparison, change: Change) -> str:
    """What a change comes to: its severity, or `waived`, `allowed` or `not allowed` where a policy says so."""
    if comparison.waiver(change):
        return "waived"
    if comparison.free and change.severity is Severity.ERROR:
        return "allowed"
    beyond = comparison.weighed is not None and change in comparison.weighed.beyond
    return "not allowed" if beyond and change.severity is not Severity.ERROR else change.severity.value


def _excuse(waiver: ChangeWaiver) -> str:
    until = f", until {waiver.until}" if waiver.until else ""
    return f"waived: {waiver.reason} ({waiver.where}{until})"


def _reached(operations: Sequence[str]) -> str:
    names = ", ".join(operations[:_NAMED])
    rest = len(operations) - _NAMED
    return f"{names} and {rest} more" if rest > 0 else names


def _alike(comparison: Comparison) -> Iterator[list[Change]]:
    """The changes, those together that say and come to the same: of one fingerprint, or so many that each by itself would say nothing."""
    told: dict[tuple[Any, ...], list[Change]] = {}
    for change in comparison.changes:
        plain = comparison.waiver(change) is None and comparison.witnesses.get(change.identity) is None
        key = (
            change.rule.id,
            change.text,
            verdict(comparison, change),
            comparison.proof(change),
            plain or change.identity,
        )
        told.setdefault(key, []).append(change)
    for changes in told.values():
        if len(changes) >= _MANY:
            yield changes
            continue
        one: dict[str, list[Change]] = {}
        for change in changes:
            one.setdefault(change.fingerprint, []).append(change)
        yield from one.values()


def _and_more(first: str, number: int, word: str) -> str:
    others = number - 1
    return f"{first}, and {others} more {word}{'s' if others > 1 else ''}" if others else first


def _proof(comparison: Comparison, change: Change) -> str:
    witness = comparison.witnesses.get(change.identity)
    if witness is None:
        tried = comparison.proof(change) == "not found"
        return "proof: tried and not found within the bounds" if tried else "proof: not tried"
    response = change.direction is Direction.RESPONSE
    sides = ("the service may answer", "the old contract") if response else ("was accepted", "the new contract")
    value = brief(witness.value) if not isinstance(witness.value, str) else brief(json.dumps(witness.value))
    said = f"{sides[0]} {value}" if response else f"{value} {sides[0]}"
    return f"proof: {said}; {sides[1]} says: {witness.problem}"


def text_lines(comparison: Comparison) -> Iterator[str]:
    """For a terminal."""
    for change, *more in _alike(comparison):
        alike = [change, *more]
        yield f"{verdict(comparison, change)}: {change.text} [{change.rule.id}]"
        where = change.place or change.old_place
        places = {each.place or each.old_place for each in alike}
        yield f"  at {_and_more(where, len(places), 'place')}{'' if change.place else ' of the old document'}"
        operations = sorted({name for each in alike for name in each.operations})
        if operations:
            yield f"  reaches {_reached(operations)}"
        if comparison.proof(change):
            yield f"  {_proof(comparison, change)}"
        if waiver := comparison.waiver(change):
            yield f"  {_excuse(waiver)}"
        prints = {each.fingerprint for each in alike}
        yield f"  fingerprint {_and_more(change.fingerprint, len(prints), 'change')}"
    for objection in comparison.objections:
        yield f"{objection.severity.value}: {objection.text} [{objection.code}]"
        yield f"  at {objection.place} of the policy"
    yield summary(comparison)


def json_lines(comparison: Comparison) -> Iterator[str]:
    """For programs: one JSON object."""
    counts = {severity.value: len(comparison.of(severity)) for severity in Severity}
    made = {
        "old": comparison.old,
        "new": comparison.new,
        "breaking": comparison.breaking,
        "counts": counts,
        "changes": [
            {**change.to_dict(), **_witnessed(comparison, change), **_weighed(comparison, change)}
            for change in comparison.changes
        ],
    }
    if comparison.left_out:
        made["left_out"] = list(comparison.left_out)
    if comparison.weighed is not None:
        step = comparison.step
        told = {"from": step.old, "to": step.new, "bump": step.bump, "allows": step.allowance.value} if step else None
        counts["waived"] = len(comparison.weighed.waived)
        made |= {"rejected": comparison.rejected, "step": told, "objections": [*map(_objection, comparison.objections)]}
    yield from json.dumps(made, indent=2, default=str).split("\n")


def _witnessed(comparison: Comparison, change: Change) -> dict[str, Any]:
    proof = comparison.proof(change)
    if proof is None:
        return {}
    witness = comparison.witnesses.get(change.identity)
    return {"proof": proof, "witness": {"value": witness.value, "problem": witness.problem} if witness else None}


def _weighed(comparison: Comparison, change: Change) -> dict[str, Any]:
    if comparison.weighed is None:
        return {}
    told: dict[str, Any] = {"verdict": verdict(comparison, change)}
    if waiver := comparison.waiver(change):
        told["waiver"] = {"reason": waiver.reason, "until": waiver.until, "place": waiver.where}
    return told


def _objection(objection: Objection) -> dict[str, Any]:
    return {
        "code": objection.code,
        "severity": objection.severity.value,
        "text": objection.text,
        "place": objection.place,
    }


def markdown_lines(comparison: Comparison) -> Iterator[str]:
    """For a pull request."""
    yield f"**{_cell(summary(comparison))}**"
    if comparison.changes or comparison.objections:
        yield ""
        yield "| | change | operations | rule |"
        yield "|---|---|---|---|"
    for change in comparison.changes:
        waiver = comparison.waiver(change)
        text = f"{change.text}; {_excuse(waiver)}" if waiver else change.text
        yield f"| {verdict(comparison, change)} | {_cell(text)} | {_cell(_reached(change.operations))} | `{change.rule.id}` {change.fingerprint} |"
    for objection in comparison.objections:
        yield f"| {objection.severity.value} | {_cell(objection.text)} | | {objection.code} `{_cell(objection.place)}` |"


def github_lines(comparison: Comparison) -> Iterator[str]:
    """As annotations of GitHub's workflows; notes are left out, for only so many are shown."""
    elsewhere = comparison.new.startswith(("-", "git:", "http://", "https://", "app:"))
    file = "" if elsewhere else f"file={_property(comparison.new)},"
    for change in comparison.changes:
        if command := _command(comparison, change):
            waiver, where = comparison.waiver(change), change.place or change.old_place
            told = f"{change.text} (at {where}, reaches {_reached(change.operations) or 'no operation'})"
            told = f"{told}; {_excuse(waiver)}" if waiver else told
            yield f"::{command} {file}title={_property(change.rule.id)}::{_data(told)}"
    for objection in comparison.objections:
        told = f"{objection.text} ({objection.place} of the policy)"
        yield f"::{_COMMANDS[objection.severity]} title={objection.code}::{_data(told)}"
    yield summary(comparison)


def _command(comparison: Comparison, change: Change) -> str | None:
    """How a change is annotated; None where it is not."""
    match verdict(comparison, change):
        case "not allowed":
            return "error"
        case "waived" | "allowed":
            return "notice"
        case _:
            return None if change.severity is Severity.INFO else _COMMANDS[change.severity]


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
