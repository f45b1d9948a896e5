"""The calendar a notice is counted in, and the reminders before a sunset."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_apiversion.core.versions.lifecycle import Boundary, Lifecycle
from pytest_apiversion.core.versions.notice_period import Notice, minors_between, months_after
from tests.checks.builders import V2, policy, versions

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2400, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        pytest.param("2026-08-31", 6, "2027-02-28", id="month-end"),
        pytest.param("2027-08-31", 6, "2028-02-29", id="month-end-in-a-leap-year"),
        pytest.param("2024-02-29", 12, "2025-02-28", id="leap-day-plus-a-year"),
        pytest.param("2024-02-29", 48, "2028-02-29", id="leap-day-plus-four"),
        pytest.param("2026-01-31", 1, "2026-02-28", id="one-month"),
        pytest.param("2026-12-15", 1, "2027-01-15", id="over-the-year"),
        pytest.param("2026-03-31", 1, "2026-04-30", id="thirty-one-to-thirty"),
        pytest.param("2026-04-30", 1, "2026-05-30", id="thirty-stays-thirty"),
        pytest.param("2026-05-05", 0, "2026-05-05", id="none"),
        pytest.param("9999-06-01", 12, "9999-12-31", id="beyond-the-calendar"),
    ],
)
def test_calendar_months(start: str, months: int, expected: str) -> None:
    """The same day of the month, or the last of it where there is none."""
    assert months_after(dt.date.fromisoformat(start), months) == dt.date.fromisoformat(expected)


def test_an_instant_keeps_its_time() -> None:
    """Months after an instant are at the same time of day."""
    start = dt.datetime(2026, 8, 31, 12, 30, tzinfo=dt.UTC)

    assert months_after(start, 6) == dt.datetime(2027, 2, 28, 12, 30, tzinfo=dt.UTC)


@given(DAYS, st.integers(0, 240))
def test_months_are_months(start: dt.date, months: int) -> None:
    """So many months later the month is that many further, and the day no later in it."""
    after = months_after(start, months)

    assert (after.year - start.year) * 12 + after.month - start.month == months
    assert after.day <= start.day
    assert after.day == start.day or (after + dt.timedelta(days=1)).day == 1


@given(DAYS, DAYS, st.integers(0, 24), st.integers(0, 400))
def test_who_starts_later_ends_no_earlier(one: dt.date, other: dt.date, months: int, days: int) -> None:
    """A notice that begins later does not end earlier, and lasts for its days and its months."""
    notice = Notice(months=months, days=days)
    first, last = sorted((one, other))

    assert notice.earliest(first) <= notice.earliest(last)
    assert notice.earliest(one) == max(months_after(one, months), one + dt.timedelta(days=days))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param("2.1.0", "2.3.0", 2, id="two"),
        pytest.param("2.1", "2.1.9", 0, id="a-patch-is-none"),
        pytest.param("2.9.0", "2.10.0", 1, id="numbers-not-letters"),
        pytest.param("2.9.0", "3.0.0", None, id="another-major"),
        pytest.param("2.3.0", "2.1.0", -2, id="backwards"),
    ],
)
def test_minor_releases(first: str, last: str, expected: int | None) -> None:
    """Minor releases are counted inside a major, and not across."""
    assert minors_between(first, last) == expected


@pytest.mark.parametrize(
    ("notice", "text"),
    [
        pytest.param(Notice(months=1), "1 month", id="one"),
        pytest.param(Notice(months=6, minor_releases=2), "6 months and 2 minor releases", id="both"),
        pytest.param(Notice(days=30), "30 days", id="days"),
    ],
)
def test_a_notice_in_words(notice: Notice, text: str) -> None:
    """A notice reads as a person would say it."""
    assert notice.text == text


@pytest.mark.parametrize(
    ("boundary", "reminders"),
    [
        pytest.param(Boundary.START_OF_DAY, ["2028-01-31", "2028-02-29"], id="start-of-day"),
        pytest.param(Boundary.END_OF_DAY, ["2028-02-01", "2028-03-01"], id="end-of-day"),
    ],
)
def test_reminders_are_milestones(boundary: Boundary, reminders: list[str]) -> None:
    """So many days before the first instant without service the sunset is spoken of again; on the day itself it is the sunset."""
    life = Lifecycle(deprecated=dt.date(2027, 1, 1), sunset=dt.date(2028, 3, 1), boundary=boundary)
    shop = policy(versions=versions(v1=life, v2=V2), reminders=(30, 1, 0))

    found = [(what, when.date().isoformat()) for what, when in shop.milestones("v1")]

    assert found == [
        ("deprecated", "2027-01-01"),
        ("reminder: 30 days to its sunset", reminders[0]),
        ("reminder: 1 day to its sunset", reminders[1]),
        ("sunset", "2028-03-01" if boundary is Boundary.START_OF_DAY else "2028-03-02"),
    ]
    assert [what for what, _ in shop.milestones("v2")] == ["released"]
