"""Outcomes cross processes unchanged, and the same defect seen often is one finding."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pytest_apiversion.core.finding import Finding, Severity, Verdict
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


def _verdict(*rows: tuple[str, bool | None]) -> Verdict:
    """What the matrix says of one check after items that each counted an exchange for it, by label and whether they were answered."""
    outcomes = [
        replace(OUTCOME, label=label, findings=(), tallies={"AV203": 1}, promised=("AV203",), answered=answered)
        for label, answered in rows
    ]
    items = sum(label != "policy" for label, _ in rows)
    return cells(outcomes, {OUTCOME.subject: items}, checks())["AV203", OUTCOME.subject].verdict


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([("GET /a", True)], Verdict.HELD, id="answered"),
        pytest.param([("GET /a", False)], Verdict.NOT_EXERCISED, id="refused"),
        pytest.param([("GET /a", False), ("GET /b", True)], Verdict.HELD, id="one-answered"),
        pytest.param([("GET /a", False), ("router", None)], Verdict.NOT_EXERCISED, id="no-operation-answered"),
        pytest.param([("router", None)], Verdict.HELD, id="no-operation-asked"),
        pytest.param([("GET /a", False), ("policy", None)], Verdict.HELD, id="files"),
    ],
)
def test_nothing_is_held_by_who_refuses_everything(rows: list[tuple[str, bool | None]], expected: Verdict) -> None:
    """What an operation is answered counts where it was answered as promised once; outside operations, where any of them was; files always."""
    assert _verdict(*rows) is expected
