"""A run as one HTML file that needs no network: the same groups, verdicts and words as the page in the terminal."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from pytest_apiversion.shell.publishing.report_values import (
    Values,
    counts,
    day,
    every_cause,
    example,
    file_name,
    known,
    matrix,
    numbers,
    requirements_of,
    where,
    word,
)
from pytest_apiversion.shell.publishing.timeline import timeline

if TYPE_CHECKING:
    from jinja2 import Template

_SHOWN = 500_000
"""Characters of requests, answers and `curl` lines on one page; what is beyond is in the JSON report."""
_LONGEST_LINE = 8_000
"""Characters of a `curl` line that is shown: what is cut cannot be pasted."""
_MOST_FINDINGS = 2_000
_KINDS = {"broken": "bad", "held": "good", "not exercised": "open", "not run": "none"}

MISSING = 'it needs Jinja2: pip install "pytest-apiversion[html]"'


def can_write_html() -> bool:
    """Whether the templating library is there."""
    return find_spec("jinja2") is not None


def html_page(report: Values) -> str:
    """The page.

    Args:
        report: What the JSON report holds.

    Raises:
        ImportError: Jinja2 is not installed.
    """
    from markupsafe import Markup  # noqa: PLC0415  an extra: only who asks pays

    style, script = (_ours(name) for name in ("page.css", "page.js"))
    room = _Room(_SHOWN)
    policies = [_policy(policy, report, room, number) for number, policy in enumerate(report["policies"])]
    return _template().render(
        title=", ".join(policy["name"] for policy in report["policies"]) or "no policy",
        day=day(report["as_of"]),
        report=report,
        policies=policies,
        findings=sum(len(policy["findings"]) for policy in report["policies"]),
        choices={
            "version": _choices(report, "version"),
            "check": _choices(report, "code"),
            "operation": _choices(report, "operation"),
        },
        style=Markup(style),  # noqa: S704  a file of this package
        script=Markup(script),  # noqa: S704  a file of this package
        style_digest=_digest(style),
        script_digest=_digest(script),
    )


@cache
def _template() -> Template:
    """The page's template: compiled once, which takes longer than to fill it."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415  see above

    environment = Environment(
        loader=PackageLoader("pytest_apiversion.shell.publishing", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")


def _ours(name: str) -> str:
    return (resources.files(__package__ or "") / "page" / name).read_text("utf-8")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _choices(report: Values, member: str) -> list[str]:
    """What a filter offers: what some finding has."""
    return sorted({row[member] for policy in report["policies"] for row in policy["findings"] if row[member]})


class _Room:
    """How much of what was sent and came back still fits on the page."""

    def __init__(self, characters: int) -> None:
        self._left = characters
        self._rows = _MOST_FINDINGS

    def row(self) -> bool:
        """Whether one more finding fits."""
        self._rows -= 1
        return self._rows >= 0

    def takes(self, finding: Values) -> bool:
        """Whether the texts of a finding fit, as HTML writes them."""
        line = finding["reproduce"]
        texts = [finding["request"], finding["answer"], line if len(line) <= _LONGEST_LINE else ""]
        size = sum(len(text) + 4 * sum(map(text.count, "\"'&<>")) for text in texts)
        if size > self._left:
            return False
        self._left -= size
        return True


def _policy(policy: Values, report: Values, room: _Room, number: int) -> dict[str, Any]:
    shown = {cause["findings"][0] for cause in policy["causes"] if room.takes(example(policy, cause))}
    for cause in policy["causes"]:
        shown |= {index for index in numbers(cause) if index not in shown and room.takes(policy["findings"][index])}
    versions, rows = matrix(policy)
    return {
        "name": policy["name"],
        "file": file_name(policy["source"]),
        "exchanges": policy["exchanges"],
        "warnings": policy.get("warnings", []),
        "versions": [(name, policy["versions"][name]) for name in versions],
        "counts": [(name, count, _KINDS[name]) for name, count in counts(policy).items()],
        "rows": [
            (code, title, [(word(cell), _kind(cell), name) for cell, name in zip(cells, versions, strict=True)])
            for code, title, cells in rows
        ],
        "timeline": timeline(policy, report["as_of"]),
        "causes": [_cause(policy, cause, room, shown, number) for cause in policy["causes"]],
        "requirements": policy["requirements"],
        "declared": policy["declared"],
        "milestones": [{**row, "at": day(row["at"])} for row in policy["milestones"]],
        "barren": [row for row in policy["reach"] if not row["succeeded"]],
        "reached": sum(bool(row["succeeded"]) for row in policy["reach"]),
        "operations": len(policy["reach"]),
        "fixed": policy["fixed"],
        "new": sum(row["known"] is None and row["severity"] == "error" for row in policy["findings"]),
        "known": sum(row["known"] is not None for row in policy["findings"]),
        "notes": _notes(policy),
        "left": len(policy["created"]["left"]),
    }


def _kind(cell: Values | None) -> str:
    if cell is None:
        return "none"
    return "warn" if cell["warnings"] and not cell["findings"] else _KINDS[cell["verdict"]]


def _cause(policy: Values, cause: Values, room: _Room, shown: set[int], number: int) -> dict[str, Any]:
    first, every = cause["findings"][0], list(numbers(cause))
    listed = [index for index in every if index == first or room.row()]
    return {
        **cause,
        "id": f"f{number}-{first}",
        "example": _finding(policy, first, shown, number),
        "others": [_finding(policy, index, shown, number) for index in listed if index != first],
        "unlisted": len(every) - len(listed),
        "known": known(policy, cause),
        "requirements": requirements_of(policy, cause["code"]),
        "explains": [
            {"code": other["code"], "cause": other["cause"], "findings": len(other["findings"])}
            for other in every_cause(cause["also"])
        ],
    }


def _finding(policy: Values, index: int, shown: set[int], number: int) -> dict[str, Any]:
    finding = policy["findings"][index]
    line = finding["reproduce"]
    return {
        **finding,
        "id": f"f{number}-{index}",
        "where": where(finding),
        "place": f"{finding['place']} ({file_name(finding['file'])}:{finding['line']})",
        "shown": index in shown,
        "exchange": bool(finding["request"]),
        "reproduce": line if len(line) <= _LONGEST_LINE else "",
        "too_long": len(line) if len(line) > _LONGEST_LINE else 0,
    }


def _notes(policy: Values) -> list[tuple[str, list[str]]]:
    notes: dict[str, list[str]] = {}
    for item in policy["items"]:
        for note in item["notes"]:
            notes.setdefault(note, []).append(f"{item['version']} {item['item']}")
    return list(notes.items())
