"""AV103: between the start of its notice and its sunset a version has the time the policy promises."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pytest_apiversion.checks.notice_window import CHECK
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.versions.lifecycle import Boundary, Lifecycle, instant
from pytest_apiversion.core.versions.notice_period import Notice, Start
from tests.checks.builders import NOW, V1, V2, V3, alias, inspected, policy, scene, versions

YEAR = Notice(months=12)
HALF = Notice(months=6)
THIRTY = Notice(days=30)
TWO = Notice(minor_releases=2)
END = Boundary.END_OF_DAY


def ends(notice: Notice | None, life: Lifecycle = V1, *, successor: Lifecycle = V2) -> Scene:
    """A scene of `v1` with a notice, and with other dates of it and of its successor."""
    found = versions(v1=life, v2=successor, v3=V3)
    return scene(policy(versions={**found, "v1": replace(found["v1"], notice=notice)}), "v1", None)


def life(deprecated: str | None, sunset: str | None, **more: object) -> Lifecycle:
    """The dates of a version: days, or instants where they have a time."""
    return replace(Lifecycle(successor="v2"), deprecated=_moment(deprecated), sunset=_moment(sunset), **more)  # type: ignore[arg-type]


def _moment(text: str | None) -> dt.date | dt.datetime | None:
    if text is None:
        return None
    return dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)


SILENT = {
    "a-year": (ends(YEAR), "held"),
    "no-notice": (ends(None, life("2026-01-01", "2026-01-02")), "unpromised"),
    "no-sunset": (ends(YEAR, life("2026-01-01", None)), "unpromised"),
    "long-sunset-all-the-same": (ends(YEAR, life("2020-01-01", "2021-01-01")), "held"),
    "months-are-the-calendars": (ends(HALF, life("2026-08-31", "2027-02-28")), "held"),
    "months-in-a-leap-year": (ends(HALF, life("2027-08-31", "2028-02-29")), "held"),
    "leap-day-plus-a-year": (ends(YEAR, life("2024-02-29", "2025-02-28")), "held"),
    "thirty-first-plus-a-month": (ends(Notice(months=1), life("2026-01-31", "2026-02-28")), "held"),
    "thirty-days": (ends(THIRTY, life("2026-05-02", "2026-06-01")), "held"),
    "days-over-a-leap-day": (ends(THIRTY, life("2024-02-01", "2024-03-02")), "held"),
    "the-same-instant-a-year-later": (ends(YEAR, life("2026-01-15", "2027-01-15T00:00:00+00:00")), "held"),
    "an-instant-elsewhere": (ends(YEAR, life("2026-01-15", "2027-01-15T02:00:00+02:00")), "held"),
    "end-of-day-gives-a-day": (ends(YEAR, life("2026-01-15", "2027-01-14", boundary=END)), "held"),
    "announced": (
        ends(replace(HALF, start=Start.ANNOUNCED), life("2026-05-01", "2026-07-01", announced=dt.date(2026, 1, 1))),
        "held",
    ),
    "from-its-own-release": (
        ends(replace(YEAR, start=Start.RELEASED), life(None, "2027-01-01", released=dt.date(2026, 1, 1))),
        "held",
    ),
    "it-was-there-always": (ends(replace(YEAR, start=Start.RELEASED), life(None, "2027-01-01")), "held"),
    "from-the-successor": (
        ends(replace(YEAR, start=Start.SUCCESSOR_RELEASED), life("2026-07-01", "2027-01-01")),
        "held",
    ),
    "successor-was-there-always": (
        ends(replace(YEAR, start=Start.SUCCESSOR_RELEASED), life(None, "2027-01-01"), successor=Lifecycle()),
        "held",
    ),
    "two-minor-releases": (
        ends(TWO, life("2025-01-01", "2026-01-01", deprecated_in="2.1.0", sunset_in="2.3.0")),
        "held",
    ),
    "another-major-cannot-be-counted": (
        ends(TWO, life("2025-01-01", "2026-01-01", deprecated_in="2.9.0", sunset_in="3.0.0")),
        "held",
    ),
    "two-times-hold-together": (
        ends(replace(HALF, more=(replace(YEAR, start=Start.SUCCESSOR_RELEASED),)), life("2026-07-01", "2027-01-01")),
        "held",
    ),
    "a-further-time-alone": (
        ends(Notice(more=(YEAR,)), life("2026-01-01", "2027-01-01")),
        "held",
    ),
    "beyond-the-calendar": (ends(Notice(months=9999, days=9999), life("9990-01-01", "9999-12-31")), "held"),
}

SPEAK = {
    "a-day-short": (ends(YEAR, life("2026-01-02", "2027-01-01")), ("v1 ends 1 day before its notice does",)),
    "an-hour-short": (
        ends(YEAR, life("2026-01-15T01:00:00+00:00", "2027-01-15")),
        ("v1 ends 1 day before its notice does",),
    ),
    "months-are-not-thirty-days": (
        ends(HALF, life("2026-08-31", "2027-02-27")),
        ("v1 ends 1 day before its notice does",),
    ),
    "leap-day-sunset-short": (ends(HALF, life("2027-08-31", "2028-02-28")), ("v1 ends 1 day before its notice does",)),
    "twenty-nine-days": (ends(THIRTY, life("2026-05-03", "2026-06-01")), ("v1 ends 1 day before its notice does",)),
    "no-days": (ends(THIRTY, life("2026-06-01", "2026-06-01")), ("v1 ends 30 days before its notice does",)),
    "both-and-one-is-short": (
        ends(Notice(months=1, days=40), life("2026-05-01", "2026-06-02")),
        ("v1 ends 8 days before its notice does",),
    ),
    "never-deprecated": (
        ends(YEAR, life(None, "2027-01-01")),
        ("v1 has a sunset, and nothing to count its notice from",),
    ),
    "never-announced": (
        ends(replace(YEAR, start=Start.ANNOUNCED)),
        ("v1 has a sunset, and nothing to count its notice from",),
    ),
    "released-late": (
        ends(replace(YEAR, start=Start.RELEASED), life(None, "2027-01-01", released=dt.date(2026, 1, 2))),
        ("v1 ends 1 day before its notice does",),
    ),
    "successor-released-late": (
        ends(replace(YEAR, start=Start.SUCCESSOR_RELEASED), successor=Lifecycle(released=dt.date(2026, 1, 2))),
        ("v1 ends 1 day before its notice does",),
    ),
    "one-minor-release": (
        ends(TWO, life("2025-01-01", "2026-01-01", deprecated_in="2.1", sunset_in="2.2.9")),
        ("v1 is removed 1 minor release after it was deprecated",),
    ),
    "the-further-time-is-short": (
        ends(replace(HALF, more=(replace(YEAR, start=Start.SUCCESSOR_RELEASED),)), life("2026-06-01", "2026-12-31")),
        ("v1 ends 1 day before its notice does",),
    ),
    "both-times-are-short": (
        ends(replace(HALF, more=(replace(YEAR, start=Start.SUCCESSOR_RELEASED),)), life("2026-06-01", "2026-11-30")),
        ("v1 ends 1 day before its notice does", "v1 ends 32 days before its notice does"),
    ),
    "the-further-time-is-of-releases": (
        ends(replace(HALF, more=(TWO,)), life("2025-01-01", "2026-01-01", deprecated_in="2.1", sunset_in="2.2")),
        ("v1 is removed 1 minor release after it was deprecated",),
    ),
    "releases-not-said": (
        ends(TWO, life("2025-01-01", "2026-01-01", deprecated_in="2.1")),
        ("v1 has a sunset, and its minor releases cannot be counted",),
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """Whoever gets the promised time, by the calendar, makes no finding."""
    where, expected = SILENT[name]

    assert inspected(CHECK, where) == expected


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """Every day that is missing is counted."""
    where, expected = SPEAK[name]

    assert inspected(CHECK, where) == expected


@pytest.mark.parametrize(
    ("sunset", "boundary", "held"),
    [
        pytest.param("2027-01-14", Boundary.START_OF_DAY, False, id="day-before"),
        pytest.param("2027-01-15", Boundary.START_OF_DAY, True, id="the-day"),
        pytest.param("2027-01-16", Boundary.START_OF_DAY, True, id="day-after"),
        pytest.param("2027-01-13", END, False, id="end-of-day-two-before"),
        pytest.param("2027-01-14", END, True, id="end-of-day-before"),
        pytest.param("2027-01-14T23:59:59+00:00", Boundary.START_OF_DAY, False, id="last-second-before"),
        pytest.param("2027-01-15T00:00:00+00:00", Boundary.START_OF_DAY, True, id="first-instant"),
        pytest.param("2027-01-14T23:59:59+00:00", END, False, id="an-instant-heeds-no-boundary"),
        pytest.param("2027-01-15T00:00:00+01:00", Boundary.START_OF_DAY, False, id="an-hour-early-elsewhere"),
    ],
)
def test_the_last_day_of_a_year(sunset: str, boundary: Boundary, held: bool) -> None:  # noqa: FBT001  a column of the table
    """A year from 2026-01-15 is over at the first instant of 2027-01-15, UTC, whatever a sunset is written as."""
    where = ends(YEAR, life("2026-01-15", sunset, boundary=boundary))

    assert (inspected(CHECK, where) == "held") is held


def test_an_alias_has_a_notice_of_its_own() -> None:
    """Unversioned paths get the same time as versions."""
    short = alias(life("2026-01-01", "2026-06-30"), notice=HALF)
    shop = policy(aliases={"plain": short})

    assert inspected(CHECK, scene(shop, "plain", None)) == ("plain ends 1 day before its notice does",)
    assert shop.stage("plain", NOW).value == "sunset"
    assert instant(HALF.earliest(dt.date(2026, 1, 1))) == instant(dt.date(2026, 7, 1))
