"""Outcomes cross processes unchanged, and the same defect seen often is one finding."""

from __future__ import annotations

import json
from dataclasses import replace

from pytest_apiversion.core.finding import Finding, Severity
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.execution.outcome import Outcome, merge_findings
from pytest_apiversion.shell.reporting.verdicts import cells

FINDING = Finding(
    code="AV301",
    promise="answers conform",
    version="v1",
    operation="GET /things",
    summary="a member is missing",
    expected="id",
    received="200",
    place="v1.yaml",
    reproduce="curl …",
    severity=Severity.WARNING,
)
OUTCOME = Outcome(
    policy="Shop",
    source="apiversion.toml",
    subject="v1",
    label="GET /things",
    findings=(FINDING,),
    tallies={"AV301": 3},
    promised=("AV301",),
    exchanges=4,
    succeeded=True,
    notes=("a note",),
)


def test_outcomes_cross_processes_unchanged() -> None:
    """As JSON and back an outcome is what it was; so is one in which nothing was due."""
    for outcome in (OUTCOME, Outcome(policy="Shop", source="a", subject="", label="policy")):
        assert Outcome.from_dict(json.loads(json.dumps(outcome.to_dict()))) == outcome


def test_the_same_defect_is_one_finding_with_a_count() -> None:
    """Counts are added up, another operation is another defect; the order is that of the first ones."""
    other = replace(FINDING, operation="POST /things")

    merged = merge_findings([FINDING, other, replace(FINDING, received="another 200", count=2)])

    assert [(finding.operation, finding.count, finding.received) for finding in merged] == [
        ("GET /things", 3, "200"),
        ("POST /things", 1, "200"),
    ]


def test_the_shortest_reproduction_speaks_for_all() -> None:
    """Of several requests that show the same defect, the finding shows the one that takes least to repeat, and what that got."""
    long, short = replace(FINDING, reproduce="curl long"), replace(FINDING, received="less", reproduce="curl")

    assert [(each.received, each.reproduce, each.count) for each in merge_findings([long, short, long])] == [
        ("less", "curl", 3)
    ]


def test_what_another_version_asked_for_makes_no_version_whole() -> None:
    """A version of which only another's item was run is not run: neither its files nor its operations are called unexercised."""
    guest = replace(OUTCOME, findings=(), tallies={}, promised=tuple(check.code for check in checks()), own=False)

    found = cells([guest], {guest.subject: 3}, checks())

    assert all(cell.partial for cell in found.values())
