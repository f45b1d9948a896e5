"""Waivers: a check is suspended for one version and a while, in the open."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.policy.maintenance import CheckWaiver
from pytest_apiversion.core.versions.notice_period import Notice
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.execution.judging import judge, promised
from pytest_apiversion.shell.execution.waivers import waived
from tests.checks.builders import V1, V2, defaults, instant, policy, scene, versions

LAST = dt.date(2026, 12, 31)


def short(*waivers: CheckWaiver, months: int = 24, at: str = "2026-11-20", subject: str = "v1") -> Scene:
    """A scene of an API that promised `v1` more months than it gives it."""
    found = versions(v1=replace(V1, boundary_declared=True), v2=V2)
    found["v1"] = replace(found["v1"], notice=Notice(months=months))
    return scene(policy(versions=found, waivers=waivers), subject, None, as_of=instant(at))


def waiver(check: str = "AV103", version: str = "v1", until: dt.date = LAST) -> CheckWaiver:
    """A waiver with a reason."""
    return CheckWaiver(check=check, version=version, reason="the keys leaked", until=until, place="waivers[0]")


def codes(where: Scene) -> list[str]:
    """The codes of what is found, waivers heeded."""
    return [finding.code for finding in (*judge([], where, str)[0], *waived(where)[0])]


def test_without_a_waiver_the_check_speaks() -> None:
    """What is to be waived is a finding."""
    assert codes(short()) == ["AV103"]


def test_a_waiver_is_a_note_with_its_reason() -> None:
    """The check is promised no more, and the report says what was waived, until when, and why."""
    where = short(waiver())
    check = next(check for check in checks() if check.code == "AV103")

    findings, notes = waived(where)

    assert (codes(where), findings, promised(check, where)) == ([], [], False)
    assert notes == ["AV103 waived until 2026-12-31 (the keys leaked): v1 ends 365 days before its notice does"]


@pytest.mark.parametrize(
    ("at", "found"),
    [
        pytest.param("2026-12-31T00:00:00", [], id="first-instant-of-the-last-day"),
        pytest.param("2026-12-31T23:59:59.999999", [], id="last-instant-of-the-last-day"),
        pytest.param("2027-01-01T00:00:00", ["AV103"], id="the-day-after"),
        pytest.param("2027-01-01T00:30:00+01:00", [], id="the-day-after-elsewhere"),
        pytest.param("2026-12-31T23:30:00-01:00", ["AV103"], id="the-last-day-elsewhere"),
    ],
)
def test_a_waiver_counts_on_its_last_day(at: str, found: list[str]) -> None:
    """A waiver counts to the end of its last day, UTC."""
    assert codes(short(waiver(), at=at)) == found


def test_a_waiver_that_ended_is_remembered() -> None:
    """Beside the finding that is back a note says since when, and what the reason was."""
    assert waived(short(waiver(), at="2027-01-01"))[1] == [
        "AV103 is waived no more: the waiver ended on 2026-12-31 (the keys leaked)"
    ]


def test_a_waiver_of_nothing_is_a_finding() -> None:
    """What holds without a waiver needs none; what does not even promise anything, neither."""
    needless = short(waiver(), months=12)
    unpromised = short(waiver("AV107"))

    assert [(finding.code, finding.summary, finding.place) for finding in waived(needless)[0]] == [
        ("AV103", "the waiver of AV103 for v1 waives nothing", "waivers[0]")
    ]
    assert codes(unpromised) == ["AV103", "AV107"]
    assert codes(short(waiver(), months=12, at="2027-01-01")) == []


def test_a_waiver_of_what_is_to_come_is_needed() -> None:
    """A default that will be dead before the waiver ends may be waived today."""
    shop = policy(answers={"missing": defaults("v1")}, versions=versions(v1=replace(V1, boundary_declared=True), v2=V2))
    early = replace(shop, waivers=(waiver("AV104", until=dt.date(2027, 6, 1)),))
    late = replace(shop, waivers=(waiver("AV104", until=LAST),))

    assert waived(scene(early, "v1", None)) == ([], [])
    assert codes(scene(late, "v1", None)) == ["AV104"]


def test_a_waiver_is_for_one_version_and_one_check() -> None:
    """Another version, and another check, hear nothing of it."""
    assert codes(short(waiver("AV105"))) == ["AV103", "AV105"]
    assert codes(short(waiver(version="v2"))) == ["AV103"]
    assert waived(short(waiver(), subject="v2")) == ([], [])
