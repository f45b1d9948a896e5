"""Every format in which the changes between two contracts can be told, and SARIF, which code scanners read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.finding import Severity
from pytest_apiversion.shell.comparison.changelog import changelog_lines, html_lines
from pytest_apiversion.shell.comparison.report_formats import (
    github_lines,
    json_lines,
    markdown_lines,
    text_lines,
    verdict,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_apiversion.core.contracts.change import Change
    from pytest_apiversion.shell.comparison.result import Comparison

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif_lines(comparison: Comparison) -> Iterator[str]:
    """As SARIF 2.1.0: one run, each change a result, what was waived suppressed."""
    known = {change.rule.id: change.rule for change in comparison.changes}
    rules = [
        {
            "id": rule.id,
            "fullDescription": {"text": rule.reason},
            "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        }
        for rule in known.values()
    ]
    results = [_result(comparison, change) for change in comparison.changes]
    for objection in comparison.objections:
        told = f"{objection.text} ({objection.place} of the policy)"
        results.append(
            {"ruleId": objection.code, "level": _LEVELS[objection.severity], "message": {"text": told}, "locations": []}
        )
    driver = {"name": "apiversion diff", "rules": rules}
    made = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}
    yield from json.dumps(made, indent=2, default=str).split("\n")


def _result(comparison: Comparison, change: Change) -> dict[str, Any]:
    level = {"not allowed": "error", "allowed": "note"}.get(verdict(comparison, change), _LEVELS[change.severity])
    place = change.place or change.old_place
    source = comparison.new if change.place else comparison.old
    made: dict[str, Any] = {
        "ruleId": change.rule.id,
        "level": level,
        "message": {"text": f"{change.text} (at {place})"},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": source}},
                "logicalLocations": [{"fullyQualifiedName": place, "kind": "element"}],
            }
        ],
        "partialFingerprints": {"apiversion/v1": change.fingerprint},
    }
    if waiver := comparison.waiver(change):
        made["suppressions"] = [{"kind": "external", "justification": waiver.reason}]
    return made


FORMATS: dict[str, Callable[[Comparison], Iterator[str]]] = {
    "text": text_lines,
    "json": json_lines,
    "markdown": markdown_lines,
    "github": github_lines,
    "changelog": changelog_lines,
    "html": html_lines,
    "sarif": sarif_lines,
}
"""Writers by the name of the format."""
