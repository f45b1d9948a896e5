"""AV110: a sunset never comes earlier than it was locked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest

from pytest_apiversion.checks.sunset_moved import CHECK
from pytest_apiversion.core.checking.check import Scene
from pytest_apiversion.core.versions.lifecycle import Boundary, Lifecycle
from tests.checks.builders import V1, alias, inspected, instant, living, policy, scene


def ended(
    locked: Mapping[str, str],
    sunset: dt.date | None = V1.sunset,
    subject: str = "v1",
    at: str = "2026-11-20",
    **changes: object,
) -> Scene:
    """A scene of a version beside a lock that says when versions end."""
    life = replace(V1, sunset=sunset, **changes)  # type: ignore[arg-type]
    found = {name: instant(text) for name, text in locked.items()}
    return scene(living(life), subject, None, sunsets=found, as_of=instant(at))


LOCKED = {"v1": "2027-01-01T00:00:00"}

SILENT = {
    "as-locked": (ended(LOCKED), "held"),
    "later": (ended(LOCKED, dt.date(2027, 1, 2)), "held"),
    "never": (ended(LOCKED, None), "held"),
    "a-day-more-at-its-end": (ended(LOCKED, boundary=Boundary.END_OF_DAY), "held"),
    "the-same-instant-elsewhere": (ended(LOCKED, instant("2027-01-01T02:00:00+02:00")), "held"),
    "not-locked": (ended({}), "unpromised"),
    "lock-knows-others": (ended({"v0": "2020-01-01"}, subject="v2"), "unpromised"),
    "gone-after-its-day": (ended({"v0": "2026-11-20"}, subject="v3"), "unpromised"),
    "alias-as-locked": (
        scene(
            policy(aliases={"plain": alias(Lifecycle(sunset=dt.date(2027, 1, 1)))}),
            "plain",
            None,
            sunsets={"plain": instant("2027-01-01")},
        ),
        "held",
    ),
}

SPEAK = {
    "a-day-earlier": (ended(LOCKED, dt.date(2026, 12, 31)), ("the sunset of v1 was moved to an earlier day",)),
    "a-second-earlier": (
        ended(LOCKED, instant("2026-12-31T23:59:59")),
        ("the sunset of v1 was moved to an earlier day",),
    ),
    "another-boundary": (
        ended({"v1": "2027-01-02T00:00:00"}),
        ("the sunset of v1 was moved to an earlier day",),
    ),
    "past-already": (ended(LOCKED, dt.date(2026, 6, 1)), ("the sunset of v1 was moved to an earlier day",)),
    "gone-from-the-file": (
        ended({"v0": "2026-11-21"}, subject="v3"),
        ("v0 is gone from the policy before its sunset",),
    ),
    "alias": (
        scene(
            policy(aliases={"plain": alias(Lifecycle(sunset=dt.date(2026, 12, 1)))}),
            "plain",
            None,
            sunsets={"plain": instant("2027-01-01")},
        ),
        ("the sunset of plain was moved to an earlier day",),
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """A sunset on its day, later or never makes no finding."""
    where, expected = SILENT[name]

    assert inspected(CHECK, where) == expected


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """A sunset that comes earlier than it was locked is told."""
    where, expected = SPEAK[name]

    assert inspected(CHECK, where) == expected
