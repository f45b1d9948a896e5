"""The baseline: findings that are known, each with a reason and a day, so that only new ones fail a run."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.finding import Finding, Severity
from pytest_apiversion.shell.catalogue.baseline_schema import BASELINE_SCHEMA_NAME
from pytest_apiversion.shell.texts.suggestions import nearest
from pytest_apiversion.shell.texts.toml_text import read_toml

if TYPE_CHECKING:
    from pytest_apiversion.shell.execution.outcome import Outcome
    from pytest_apiversion.shell.reporting.verdicts import Cell

_TEXTS = ("fingerprint", "policy", "code", "version", "operation", "summary", "reason")
_DATES = ("since", "until")
_NAMED = 6
"""New and fixed findings that are named, at most."""
_MAY_LACK = frozenset({"operation", "summary", "until"})

FIRST_LINES = f"""\
#:schema {BASELINE_SCHEMA_NAME}
# Findings that are known. A run with --apiversion-baseline fails for others only.
# Written by `apiversion baseline update`; reasons and the day of `until`, after which a finding counts as new, are yours.
"""


@dataclass(frozen=True, kw_only=True)
class Known:
    """One known finding.

    Attributes:
        fingerprint: Which finding it is.
        policy: The name of the policy.
        code: The check's code.
        version: The version or alias.
        operation: `METHOD /template`, or empty.
        summary: What was wrong when it was taken down; for readers.
        reason: Why it is not mended yet.
        since: The day it was taken down.
        until: The last day on which it does not fail a run; None for ever.
    """

    fingerprint: str
    policy: str
    code: str
    version: str
    operation: str = ""
    summary: str = ""
    reason: str
    since: dt.date
    until: dt.date | None = None

    def counts(self, as_of: dt.datetime) -> bool:
        """Whether it is still excused at an instant."""
        return self.until is None or as_of.date() <= self.until

    def to_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {**vars(self), "since": str(self.since), "until": str(self.until) if self.until else None}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Known:
        """The inverse of `to_dict`."""
        until = dt.date.fromisoformat(data["until"]) if data["until"] else None
        return cls(**{**data, "since": dt.date.fromisoformat(data["since"]), "until": until})


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """The known findings of a run.

    Attributes:
        known: All of them.
        as_of: The instant the run reads policies at.
    """

    known: tuple[Known, ...]
    as_of: dt.datetime
    _index: Mapping[tuple[str, str], Known] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = {(each.policy, each.fingerprint): each for each in self.known if each.counts(self.as_of)}
        object.__setattr__(self, "_index", index)

    def of(self, policy: str, finding: Finding) -> Known | None:
        """The entry of a finding, where it is known and still excused."""
        return self._index.get((policy, finding.fingerprint))

    def new(self, policy: str, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that fail a run: errors that are not known."""
        return [each for each in findings if each.severity is Severity.ERROR and self.of(policy, each) is None]

    def fixed(
        self, policy: str, findings: Iterable[Finding], cells: Mapping[tuple[str, str], Cell]
    ) -> tuple[Known, ...]:
        """The entries of a policy that the run did not find again, though it held their promises in all of the version."""
        there = {each.fingerprint for each in findings}
        return tuple(
            each
            for each in self.known
            if each.policy == policy
            and each.fingerprint not in there
            and (cell := cells.get((each.code, each.version))) is not None
            and cell.exchanges
            and not cell.partial
        )


def summary_lines(
    baseline: Baseline, policy: str, findings: Iterable[Finding], cells: Mapping[tuple[str, str], Cell]
) -> Iterator[str]:
    """How many findings are new, known and fixed, each counted once, and which are new, and which the file may do without.

    Args:
        baseline: What is known.
        policy: The policy's name.
        findings: What the run found of it.
        cells: What became of its promises.
    """
    there: dict[str, Finding] = {}
    for each in findings:
        there.setdefault(each.fingerprint, each)
    new, fixed = baseline.new(policy, there.values()), baseline.fixed(policy, there.values(), cells)
    known = sum(baseline.of(policy, each) is not None for each in there.values())
    ask = " (remove them: apiversion baseline update)" if fixed else ""
    yield f"baseline: {len(new)} new, {known} known, {len(fixed)} fixed{ask}"
    yield from _named("new", new)
    yield from _named("fixed", fixed)


def _named(what: str, found: Sequence[Finding | Known]) -> Iterator[str]:
    for each in found[:_NAMED]:
        yield f"  {what}: {each.code} {each.version} {each.operation}".rstrip() + f": {each.summary}"
    if len(found) > _NAMED:
        yield f"  and {len(found) - _NAMED} more {what}"


def weighed(outcomes: Iterable[Outcome], policy: str, baseline: Baseline | None) -> tuple[list[Finding], bool]:
    """An item's findings, those first that fail it, then the graver ones; and whether one fails it.

    Args:
        outcomes: What it found.
        policy: The policy's name.
        baseline: What is known, if anything is.
    """

    def fails(finding: Finding) -> bool:
        return finding.severity is Severity.ERROR and (baseline is None or baseline.of(policy, finding) is None)

    findings = (finding for outcome in outcomes for finding in outcome.findings)
    found = sorted(findings, key=lambda each: (not fails(each), each.severity is not Severity.ERROR, each.code))
    return found, bool(found) and fails(found[0])


def read_baseline(path: Path) -> tuple[Known, ...]:
    """The entries of a baseline file.

    Raises:
        OSError: It cannot be read.
        PolicyError: It is no baseline; every mistake is named.
    """
    toml = read_toml(path.read_text("utf-8"))
    mistakes = [f"line {each.line}: {each.text}" if each.line else each.text for each in toml.mistakes]
    rows = toml.document.get("finding", [])
    mistakes += [f"{name}: expected [[finding]] only" for name in toml.document if name != "finding"]
    found = []
    for number, row in enumerate(rows if isinstance(rows, list) else []):
        said = list(_mistakes(row)) if isinstance(row, dict) else ["expected a table"]
        line = toml.lines.get(f"finding[{number}]")
        mistakes += [f"{f'line {line}: ' if line else ''}finding[{number}]: {each}" for each in said]
        if not said:
            found.append(Known(**row))
    if mistakes:
        raise PolicyError(str(path), mistakes)
    return tuple(found)


def _mistakes(row: Mapping[str, Any]) -> Iterator[str]:
    names = (*_TEXTS, *_DATES)
    for name in row:
        if name not in names:
            yield f"there is no key {name!r}{nearest(name, names)}"
    for name in names:
        kind = str if name in _TEXTS else dt.date
        if name not in row:
            if name not in _MAY_LACK:
                yield f"the key {name!r} is missing"
        elif not isinstance(row[name], kind) or isinstance(row[name], dt.datetime):
            yield f"{name}: expected {'a text' if kind is str else 'a date such as 2026-06-01'}, got {row[name]!r}"
        elif row[name] == "" and name not in _MAY_LACK:
            yield f"{name}: expected a text that is not empty"


def baseline_text(known: Sequence[Known]) -> str:
    """The file's text, sorted, so that a diff shows what became of a finding and nothing else."""
    blocks = [FIRST_LINES]
    for each in sorted(known, key=lambda one: (one.policy, one.version, one.operation, one.code, one.fingerprint)):
        lines = ["[[finding]]"]
        lines += [f"{name} = {_quoted(value)}" for name in _TEXTS if (value := getattr(each, name))]
        lines += [f"{name} = {value}" for name in _DATES if (value := getattr(each, name))]
        blocks.append("\n".join([*lines, ""]))
    return "\n".join(blocks)


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are TOML's, but for what JSON need not escape."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def updated(
    old: Baseline,
    policy: str,
    findings: Iterable[Finding],
    cells: Mapping[tuple[str, str], Cell],
    *,
    reason: str,
) -> tuple[list[Known], list[Known], list[Known]]:
    """What a run makes of a policy's entries: those that stay, those that are new, and those that are fixed.

    Args:
        old: The baseline so far.
        policy: The policy's name.
        findings: What the run found of it.
        cells: What became of its promises.
        reason: The reason of what is new.
    """
    mine = list(findings)
    fixed = list(old.fixed(policy, mine, cells))
    stay = [each for each in old.known if each.policy == policy and each not in fixed]
    there = {each.fingerprint for each in stay}
    new: dict[str, Known] = {}
    for each in mine:
        if each.severity is Severity.ERROR and each.fingerprint not in there:
            new.setdefault(
                each.fingerprint,
                Known(
                    fingerprint=each.fingerprint,
                    policy=policy,
                    code=each.code,
                    version=each.version,
                    operation=each.operation,
                    summary=each.summary,
                    reason=reason,
                    since=old.as_of.date(),
                ),
            )
    return stay, list(new.values()), fixed
