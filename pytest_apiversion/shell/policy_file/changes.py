"""The table `[changes]`: its mistakes, and what it says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.policy.compatibility import UNSTABLE, Allowance, Changes, ChangeWaiver
from pytest_apiversion.diff.rule_table import STRICT
from pytest_apiversion.diff.rules import names
from pytest_apiversion.shell.policy_file.answers import as_list
from pytest_apiversion.shell.policy_file.walk import rows, table, texts
from pytest_apiversion.shell.texts.suggestions import nearest, quoted
from pytest_apiversion.shell.texts.toml_text import Mistake, dotted


def change_mistakes(document: Mapping[str, Any]) -> Iterator[Mistake]:
    """Rules nobody knows, waivers that do not say what they waive, versions that are not declared."""
    changes, known = table(document, "changes"), names()
    for pattern in table(changes, "severity"):
        yield from _unknown(pattern, known, dotted("changes.severity", pattern))
    for number, waiver in rows(changes.get("waivers")):
        place = f"changes.waivers[{number}]"
        found = [key for key in ("change", "rule") if key in waiver]
        if len(found) != 1:
            yield Mistake(place=place, text=f"expected change or rule, got {' and '.join(found) or 'neither'}")
        if isinstance(rule := waiver.get("rule"), str):
            yield from _unknown(rule, known, f"{place}.rule")
        declared = list(table(document, "versions"))
        told = texts(waiver.get("versions", []))
        wrong = [name for name in told if name not in declared]
        for name in wrong:
            yield Mistake(
                place=f"{place}.versions",
                text=f"expected the name of a version, got {quoted(name)}{nearest(name, declared)}",
            )


def _unknown(pattern: str, known: tuple[str, ...], place: str) -> Iterator[Mistake]:
    if not any(fnmatchcase(name, pattern) for name in known):
        what = "no rule's id matches this pattern" if "*" in pattern else "no rule has this id"
        yield Mistake(place=place, text=f"{what}{nearest(pattern, known)}")


def read_changes(changes: Mapping[str, Any]) -> Changes:
    """What a table `[changes]` without mistakes says."""
    strict = bool(changes.get("strict", False))
    return Changes(
        severities={**(STRICT if strict else {}), **_severities(changes.get("severity", {}))},
        bumps={name: Allowance(word) for name, word in changes.get("bumps", {}).items()},
        releases=changes.get("releases", False),
        unstable=frozenset(changes.get("unstable", UNSTABLE)),
        strict=strict,
        waivers=tuple(_waiver(number, row) for number, row in enumerate(changes.get("waivers", ()))),
    )


def _severities(told: Mapping[str, str]) -> dict[str, Severity | None]:
    """Severity by rule id: an id before a pattern, a longer pattern before a shorter, a later line before an earlier."""
    found: dict[str, Severity | None] = {}
    for pattern, word in sorted(told.items(), key=lambda row: ("*" not in row[0], len(row[0]))):
        severity = None if word == "off" else Severity(word)
        found.update((name, severity) for name in names() if fnmatchcase(name, pattern))
    return found


def _waiver(number: int, row: Mapping[str, Any]) -> ChangeWaiver:
    return ChangeWaiver(
        reason=row["reason"].strip(),
        change=row.get("change", ""),
        rule=row.get("rule", ""),
        place=row.get("place", ""),
        operations=tuple(as_list(row.get("operation", []))),
        versions=tuple(row.get("versions", ())),
        until=dt.date.fromisoformat(row["until"]) if "until" in row else None,
        where=f"changes.waivers[{number}]",
    )
