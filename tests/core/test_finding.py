"""Findings cross processes as plain values, and the same defect is the same finding."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_apiversion.core.finding import Finding, Severity

TEXT = st.text(max_size=8)
FINDINGS = st.builds(
    Finding,
    code=TEXT,
    promise=TEXT,
    version=TEXT,
    operation=TEXT,
    summary=TEXT,
    expected=TEXT,
    received=TEXT,
    place=TEXT,
    kind=TEXT,
    reproduce=TEXT,
    severity=st.sampled_from(Severity),
    count=st.integers(1, 99),
)


@settings(deadline=None)
@given(finding=FINDINGS)
def test_a_finding_survives_json(finding: Finding) -> None:
    """`from_dict(to_dict(x)) == x`, through JSON."""
    assert Finding.from_dict(json.loads(json.dumps(finding.to_dict()))) == finding


@settings(deadline=None)
@given(finding=FINDINGS, other=TEXT)
def test_the_same_defect_has_one_identity(finding: Finding, other: str) -> None:
    """What came back and how to show it differ from exchange to exchange; what is broken, where, does not."""
    assert replace(finding, received=other, reproduce=other, count=7).identity == finding.identity
    assert replace(finding, summary=finding.summary + "!").identity != finding.identity
    assert replace(finding, version=finding.version + "!").identity != finding.identity
    assert replace(finding, operation=finding.operation + "!").identity != finding.identity


@settings(deadline=None)
@given(finding=FINDINGS)
def test_what_is_told_of_one_place_by_kinds_has_a_fingerprint_each(finding: Finding) -> None:
    """A baseline that knows one kind of change of a step does not know the next; how it is told makes no difference."""
    assert replace(finding, summary="x", received="y").fingerprint == finding.fingerprint
    assert replace(finding, kind=finding.kind + "!").fingerprint != finding.fingerprint


def test_reports_without_kinds_can_be_read() -> None:
    """A finding of an older report has none."""
    finding = Finding(code="AV1", promise="p", version="v1", summary="s", expected="e", received="r", place="x")
    plain = finding.to_dict()
    del plain["kind"]

    assert Finding.from_dict(plain) == finding
