"""What the formats of a report read from the values of the JSON report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

Values = Mapping[str, Any]
"""What the JSON report holds, or a part of it."""

NOTHING = "·"
"""A promise that a version does not make."""


def heading(cause: Values) -> str:
    """A cause's first line, as the page has it."""
    level = "" if cause["severity"] == "error" else f" [{cause['severity']}]"
    return f"{cause['code']} {cause['cause']}{level}"


def known(policy: Values, cause: Values) -> str:
    """Why a cause does not fail the run, where all of its findings are in the baseline."""
    reasons = [policy["findings"][number]["known"] for number in cause["findings"]]
    return "; ".join(dict.fromkeys(reasons)) if all(reasons) else ""


def example(policy: Values, cause: Values) -> Values:
    """A cause's strongest finding."""
    found: Values = policy["findings"][cause["findings"][0]]
    return found


def every_cause(causes: Sequence[Values]) -> Iterator[Values]:
    """Causes, each with those it explains after it."""
    for cause in causes:
        yield cause
        yield from every_cause(cause["also"])


def numbers(cause: Values) -> Iterator[int]:
    """The places of a cause's findings, and of those of what it explains."""
    yield from cause["findings"]
    for other in cause["also"]:
        yield from numbers(other)


def where(finding: Values) -> str:
    """Version and operation."""
    return f"{finding['version']} {finding['operation']}".strip()


def word(row: Values | None) -> str:
    """A cell of the matrix, as the page has it."""
    if row is None:
        return NOTHING
    if row["findings"]:
        return f"BROKEN {row['findings']}"
    if row["warnings"]:
        return f"warned {row['warnings']}"
    return f"held {row['exchanges']}" if row["verdict"] == "held" else str(row["verdict"])


def matrix(policy: Values) -> tuple[list[str], list[tuple[str, str, list[Values | None]]]]:
    """The versions that ran, and a row for each promise: its code, its title, and what became of it in each version."""
    rows: dict[tuple[str, str], dict[str, Values]] = {}
    for row in policy["promises"]:
        rows.setdefault((row["code"], row["promise"]), {})[row["version"]] = row
    ran = {item["version"] for item in policy["items"]}
    versions = [name for name in policy["versions"] if name in ran and name in policy["expected"]]
    return versions, [
        (code, title, [cells.get(version) for version in versions])
        for (code, title), cells in rows.items()
        if any(version in cells for version in versions)
    ]


def requirements_of(policy: Values, code: str) -> list[Values]:
    """The sentences of the published policy that a check holds."""
    return [row for row in policy["requirements"] if code in row["codes"]]


def counts(policy: Values) -> dict[str, int]:
    """Cells of the matrix by verdict, in the order of a report."""
    order = ("broken", "not exercised", "not run", "held")
    verdicts = [row["verdict"] for row in policy["promises"]]
    return {name: verdicts.count(name) for name in order if name in verdicts}


def file_name(path: str) -> str:
    """A file without its folders, whatever machine it is of."""
    return PurePath(path.replace("\\", "/")).name


def day(text: str) -> str:
    """The day of an instant."""
    return text[:10]
