"""AV113: a date that is tied to another one lies as far behind it as the policy says."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.tied_dates import CHECK
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.versions.lifecycle import After, Lifecycle, Moment, Tie
from pytest_apiversion.core.versions.tied_dates import tied_date, time_of
from tests.checks.builders import V2, alias, inspected, instant, policy, scene, versions

HALF = Tie(of="deprecated", after=After.SUCCESSOR_RELEASED, months=6, place="notice.ties.deprecated")
YEAR = Tie(of="sunset", after=After.DEPRECATED, months=12, place="notice.ties.sunset")
NOW = Tie(of="deprecated", after=After.SUCCESSOR_RELEASED, place="versions.v1.deprecated")


def day(text: str | None) -> Moment | None:
    """A day, or an instant where it has a time."""
    if text is None:
        return None
    return instant(text) if "T" in text else dt.date.fromisoformat(text)


def lived(deprecated: str | None, sunset: str | None, *ties: Tie, successor: Lifecycle = V2, **more: Any) -> Scene:
    """A scene of `v1` with these dates; its successor was released on 2026-01-01."""
    life = Lifecycle(deprecated=day(deprecated), sunset=day(sunset), successor="v2", ties=ties, **more)
    return scene(policy(versions=versions(v1=life, v2=successor)), "v1", None)


SILENT = {
    "as-tied": (lived("2026-07-01", "2027-07-01", HALF, YEAR), "held"),
    "the-same-day": (lived("2026-01-01", None, NOW), "held"),
    "an-instant-of-the-day": (lived("2026-07-01", "2027-07-01T23:59:59", YEAR), "held"),
    "instants": (lived("2026-07-01T10:00:00", "2027-07-01T10:00:00", YEAR), "held"),
    "the-last-day-of-a-month": (
        lived("2026-08-31", "2027-02-28", replace(YEAR, months=6)),
        "held",
    ),
    "months-and-days": (lived("2026-08-31", "2027-03-02", replace(YEAR, months=6, days=2)), "held"),
    "beyond-the-calendar": (lived("9999-01-01", "9999-12-31", replace(YEAR, months=9999, days=9999)), "held"),
    "not-tied": (lived("2026-07-01", "2026-07-02"), "unpromised"),
    "not-declared": (lived("2026-07-01", None, YEAR), "unpromised"),
    "nothing-to-count-from": (lived(None, "2027-07-01", YEAR), "unpromised"),
    "successor-was-there-always": (lived("2026-07-01", None, HALF, successor=Lifecycle()), "unpromised"),
    "after-its-release": (
        lived(None, "2025-01-01", replace(YEAR, after=After.RELEASED), released=dt.date(2024, 1, 1)),
        "held",
    ),
    "after-its-announcement": (
        lived(None, "2025-01-01", replace(YEAR, after=After.ANNOUNCED), announced=dt.date(2024, 1, 1)),
        "held",
    ),
}
SPEAK = {
    "a-day-early": (
        lived("2026-06-30", None, HALF),
        ("v1 is deprecated on another day than its tie says",),
    ),
    "a-day-late": (lived("2026-07-01", "2027-07-02", YEAR), ("v1 is sunset on another day than its tie says",)),
    "an-hour-late": (
        lived("2026-07-01T10:00:00", "2027-07-01T11:00:00", YEAR),
        ("v1 is sunset on another day than its tie says",),
    ),
    "another-day-in-utc": (
        lived("2026-07-01", "2027-07-01T23:00:00-02:00", YEAR),
        ("v1 is sunset on another day than its tie says",),
    ),
    "both": (
        lived("2026-06-30", "2027-07-01", HALF, YEAR),
        ("v1 is deprecated on another day", "v1 is sunset on another day"),
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """A date that follows, and one from which nothing follows, makes no finding."""
    where, expected = SILENT[name]

    assert inspected(CHECK, where) == expected


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """Every date that does not follow is told with the one that would."""
    where, expected = SPEAK[name]
    found = inspected(CHECK, where)

    assert isinstance(found, tuple)
    assert len(found) == len(expected)
    assert all(text.startswith(words) for text, words in zip(found, expected, strict=True))


def test_both_dates_and_the_tie_are_named() -> None:
    """Who reads the finding can mend it without a calendar."""
    where, _ = SPEAK["a-day-late"]
    assert CHECK.inspect is not None
    (broken,) = CHECK.inspect(where) or ()

    assert broken.expected == "12 months after deprecated (2026-07-01): 2027-07-01, as notice.ties.sunset says"
    assert broken.received == "sunset = 2027-07-02"
    assert broken.place == "versions.v1.sunset"


def test_an_alias_follows_the_version_it_stands_for() -> None:
    """Its successor is that version, and its dates count from its release."""
    life = Lifecycle(deprecated=dt.date(2026, 7, 2), successor="v2", ties=(HALF,))
    where = scene(policy(aliases={"plain": alias(life)}), "plain", None)

    assert inspected(CHECK, where) == ("plain is deprecated on another day than its tie says",)


def test_the_time_between_is_told_in_words() -> None:
    """Months, days, both, or none."""
    assert time_of(replace(HALF, days=1)) == "6 months and 1 day"
    assert time_of(NOW) == "0 days"
    assert tied_date(NOW, dt.date(2026, 1, 1)) == dt.date(2026, 1, 1)
