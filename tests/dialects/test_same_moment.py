"""Whether a header says the declared moment."""

from __future__ import annotations

import datetime as dt

import pytest

from pytest_apiversion.core.policy.dialect import Reading, same_moment
from pytest_apiversion.dialects import dialects

DAY = dt.date(2026, 7, 1)
NOON = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)
IN_BERLIN = dt.datetime(2026, 7, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=2)))

ROWS = [
    ("imf-fixdate", DAY, "Wed, 01 Jul 2026 00:00:00 GMT", True, True),
    ("imf-fixdate", DAY, "Wed, 01 Jul 2026 00:00:01 GMT", False, True),
    ("imf-fixdate", DAY, "Wed, 01 Jul 2026 23:59:59 GMT", False, True),
    ("imf-fixdate", DAY, "Thu, 02 Jul 2026 00:00:00 GMT", False, False),
    ("imf-fixdate", DAY, "Tue, 30 Jun 2026 23:59:59 GMT", False, False),
    ("imf-fixdate", DAY, "Thu, 01 Jul 2026 00:00:00 GMT", True, True),
    ("imf-fixdate", NOON, "Wed, 01 Jul 2026 12:00:00 GMT", True, True),
    ("imf-fixdate", NOON, "Wed, 01 Jul 2026 00:00:00 GMT", False, True),
    ("imf-fixdate", IN_BERLIN, "Tue, 30 Jun 2026 23:00:00 GMT", True, True),
    ("iso-date", DAY, "2026-07-01", True, True),
    ("iso-date", NOON, "2026-07-01", True, True),
    ("iso-date", IN_BERLIN, "2026-07-01", False, False),
    ("iso-date", IN_BERLIN, "2026-06-30", True, True),
    ("iso-date", DAY, "2026-07-02", False, False),
    ("rfc3339", DAY, "2026-07-01T02:00:00+02:00", True, True),
    ("rfc3339", DAY, "2026-07-01T00:00:00+02:00", False, False),
    ("rfc3339", DAY, "2026-07-01T00:00:00.999Z", True, True),
    ("sf-date", dt.date(2025, 1, 1), "@1735689600", True, True),
    ("sf-date", dt.date(2025, 1, 1), "@1735689601", False, True),
    ("sf-date", dt.datetime(2025, 1, 1, 0, 0, 0, 500_000, tzinfo=dt.UTC), "@1735689600", True, True),
    ("draft", DAY, "true", True, True),
    ("draft", DAY, "Thu, 02 Jul 2026 00:00:00 GMT", False, False),
]


@pytest.mark.parametrize(
    ("name", "declared", "text", "exactly", "on_the_day"), ROWS, ids=[f"{row[1]}={row[2]}" for row in ROWS]
)
def test_a_header_says_the_declared_moment(
    name: str, declared: dt.date | dt.datetime, text: str, *, exactly: bool, on_the_day: bool
) -> None:
    """Instants are compared to the second, days in UTC; a declared date is its first second unless any time will do."""
    dialect = dialects()[name]
    reading = dialect.read(text)

    assert same_moment(declared, reading, dialect) is exactly
    assert same_moment(declared, reading, dialect, day_only=True) is on_the_day


def test_a_reading_without_a_moment_contradicts_nothing() -> None:
    """What cannot be read is a finding of its own, not a second one about the date."""
    assert same_moment(DAY, Reading(), dialects()["imf-fixdate"])
