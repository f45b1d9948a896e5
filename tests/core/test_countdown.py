"""What changes as a sunset comes near, to the instant: 31, 30, 29, 1 and 0 days left, month ends, leap days, both boundaries."""

from __future__ import annotations

import datetime as dt

import pytest

from pytest_apiversion.core.versions.deprecation_levels import Step, begins, level, levels_about
from pytest_apiversion.core.versions.lifecycle import Boundary, Lifecycle
from tests.checks.builders import instant

STEPS = (Step(level="warning"), Step(level="critical", days=30), Step(level="last", days=1))
START, END = Boundary.START_OF_DAY, Boundary.END_OF_DAY

LEVELS = {
    # name: the sunset, its boundary, the instant, the level where a boundary is inclusive, and where it is not
    "years-before": ("2026-06-01", START, "2020-01-01", "warning", "warning"),
    "31-days": ("2026-06-01", START, "2026-05-01", "warning", "warning"),
    "31-days-last-instant": ("2026-06-01", START, "2026-05-01T23:59:59.999999", "warning", "warning"),
    "30-days": ("2026-06-01", START, "2026-05-02", "critical", "warning"),
    "30-days-last-instant": ("2026-06-01", START, "2026-05-02T23:59:59.999999", "critical", "warning"),
    "29-days": ("2026-06-01", START, "2026-05-03", "critical", "critical"),
    "elsewhere-30-days": ("2026-06-01", START, "2026-05-02T01:00:00+02:00", "warning", "warning"),
    "elsewhere-already": ("2026-06-01", START, "2026-05-01T22:00:00-04:00", "critical", "warning"),
    "2-days": ("2026-06-01", START, "2026-05-30T23:59:59", "critical", "critical"),
    "1-day": ("2026-06-01", START, "2026-05-31", "last", "critical"),
    "1-day-last-instant": ("2026-06-01", START, "2026-05-31T23:59:59.999999", "last", "critical"),
    "0-days": ("2026-06-01", START, "2026-06-01", "last", "last"),
    "end-of-day-31-days": ("2026-06-01", END, "2026-05-02T23:59:59.999999", "warning", "warning"),
    "end-of-day-30-days": ("2026-06-01", END, "2026-05-03", "critical", "warning"),
    "end-of-day-29-days": ("2026-06-01", END, "2026-05-04", "critical", "critical"),
    "end-of-day-1-day": ("2026-06-01", END, "2026-06-01", "last", "critical"),
    "instant-30-days-before-noon": ("2026-06-01T12:00:00", START, "2026-05-02T11:59:59", "warning", "warning"),
    "instant-30-days": ("2026-06-01T12:00:00", START, "2026-05-02T12:00:00", "critical", "warning"),
    "instant-29-days": ("2026-06-01T12:00:00", START, "2026-05-03T12:00:00", "critical", "critical"),
    "instant-heeds-no-boundary": ("2026-06-01T12:00:00", END, "2026-05-02T12:00:00", "critical", "warning"),
    "month-end": ("2026-03-31", START, "2026-03-01", "critical", "warning"),
    "month-end-before": ("2026-03-31", START, "2026-02-28T23:59:59", "warning", "warning"),
    "after-a-leap-day": ("2028-03-30", START, "2028-02-29", "critical", "warning"),
    "after-a-leap-day-before": ("2028-03-30", START, "2028-02-28T23:59:59", "warning", "warning"),
    "on-a-leap-day": ("2028-02-29", START, "2028-01-30", "critical", "warning"),
    "on-a-leap-day-before": ("2028-02-29", START, "2028-01-29T23:59:59", "warning", "warning"),
    "new-year": ("2027-01-15", START, "2026-12-16", "critical", "warning"),
}


def ends(sunset: str, boundary: Boundary) -> dt.datetime:
    """The first instant without service."""
    moment = instant(sunset) if "T" in sunset else dt.date.fromisoformat(sunset)
    found = Lifecycle(sunset=moment, boundary=boundary).ends
    assert found is not None
    return found


@pytest.mark.parametrize("name", LEVELS)
def test_the_days_left_give_the_level(name: str) -> None:
    """The level holds from the instant on at which its days are left, or a whole day later where that is said."""
    sunset, boundary, at, inclusive, exclusive = LEVELS[name]

    assert level(instant(at), ends(sunset, boundary), STEPS) == inclusive
    assert level(instant(at), ends(sunset, boundary), STEPS, inclusive=False) == exclusive


@pytest.mark.parametrize(
    ("at", "told"),
    [
        pytest.param("2026-05-01T23:58:59", {"warning"}, id="before"),
        pytest.param("2026-05-01T23:59:00", {"warning", "critical"}, id="a-minute-before"),
        pytest.param("2026-05-02T00:00:00", {"warning", "critical"}, id="then"),
        pytest.param("2026-05-02T00:00:59", {"warning", "critical"}, id="less-than-a-minute-after"),
        pytest.param("2026-05-02T00:01:00", {"critical"}, id="after"),
    ],
)
def test_clocks_may_differ_by_a_minute(at: str, told: set[str]) -> None:
    """In the minute around a change both levels are right, and no other."""
    assert levels_about(instant(at), ends("2026-06-01", START), STEPS) == told


def test_more_days_than_there_ever_were() -> None:
    """A span that begins before the calendar begins with it."""
    assert begins(instant("2026-06-01"), 10**7) == dt.datetime.min.replace(tzinfo=dt.UTC)
