"""The laws every dialect obeys by itself, and what each must pass and must object to."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import pytest_apiversion.dialects
from pytest_apiversion.core.policy.dialect import Dialect, Reading, in_utc
from pytest_apiversion.dialects import dialects

UTC = dt.UTC
DATED = [dialect for dialect in dialects().values() if dialect.dated]


def at(*parts: int) -> dt.datetime:
    """An instant in UTC."""
    year, month, day, *clock = parts
    return dt.datetime(year, month, day, tzinfo=UTC) + dt.timedelta(
        **dict(zip(("hours", "minutes", "seconds"), clock, strict=False))
    )


def rules(reading: Reading) -> list[str]:
    """The rules a reading broke."""
    return [problem.rule for problem in reading.problems]


def test_every_file_of_the_folder_is_a_dialect() -> None:
    """The folder is the list; names are the files' names with hyphens."""
    files = Path(pytest_apiversion.dialects.__file__).parent.glob("[!_]*.py")

    assert sorted(dialects()) == sorted(file.stem.replace("_", "-") for file in files)
    assert len(dialects()) >= len(DATED) > 0
    assert dialects() is dialects()


def test_every_dialect_has_its_rows() -> None:
    """A dialect without a text that it writes, one that it takes and one that it refuses would be tried by no table."""
    for table in (WRITTEN, SILENT, SPEAKING):
        assert {row[0] for row in table} == dialects().keys()


ZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes)))
FIRST, LAST = (moment.replace(tzinfo=None) for moment in (at(1, 1, 3), at(9999, 12, 29)))
MOMENTS = st.dates() | st.datetimes(min_value=FIRST, max_value=LAST, timezones=ZONES)


@pytest.mark.parametrize("dialect", DATED, ids=lambda dialect: dialect.name)
@given(moment=MOMENTS)
@example(moment=dt.date(1, 1, 1))
@example(moment=dt.date(9999, 12, 31))
@example(moment=dt.datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC))
@settings(deadline=None)
def test_what_is_written_is_read(dialect: Dialect, moment: dt.date | dt.datetime) -> None:
    """A written moment is read without a problem, as the same moment down to the dialect's granularity."""
    reading = dialect.read(dialect.write(moment))
    due = in_utc(moment)

    assert reading.problems == ()
    assert reading.value == (due.replace(hour=0, minute=0, second=0) if dialect.granularity == "day" else due)


@pytest.mark.parametrize("dialect", dialects().values(), ids=dialects())
@given(text=st.text() | st.text(alphabet="@-0123456789.;=TZ:+ Wed,JulGMTrue\"'("))
@example(text="\ud800")
@example(text="@" + "9" * 5000)
@example(text="(" * 5000)
@example(text="9999-12-31T23:59:60Z")
@settings(deadline=None)
def test_any_text_is_read_or_objected_to(dialect: Dialect, text: str) -> None:
    """Reading never raises; a dialect whose values say a moment gives one, or says why not. Messages are one line."""
    reading = dialect.read(text)

    assert reading.value is not None or reading.problems or text == "true"
    assert reading.value is None or reading.value.utcoffset() == dt.timedelta()
    assert all(problem.message and problem.message.splitlines() == [problem.message] for problem in reading.problems)


@pytest.mark.parametrize("dialect", DATED, ids=lambda dialect: dialect.name)
def test_a_moment_without_a_zone_is_refused(dialect: Dialect) -> None:
    """A naive datetime says nothing; no dialect guesses a zone for it."""
    with pytest.raises(ValueError, match="no time zone"):
        dialect.write(dt.datetime(2026, 7, 1))  # noqa: DTZ001  the mistake under test


WRITTEN = [
    ("sf-date", at(2025, 1, 1), "@1735689600"),
    ("sf-date", dt.date(2025, 1, 1), "@1735689600"),
    ("sf-date", at(1969, 12, 31, 23, 59, 59), "@-1"),
    ("imf-fixdate", at(2026, 7, 1), "Wed, 01 Jul 2026 00:00:00 GMT"),
    (
        "imf-fixdate",
        dt.datetime(2026, 7, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=2))),
        "Tue, 30 Jun 2026 23:00:00 GMT",
    ),
    ("draft", at(2026, 7, 1), "Wed, 01 Jul 2026 00:00:00 GMT"),
    ("iso-date", dt.date(2026, 6, 1), "2026-06-01"),
    ("iso-date", at(2026, 6, 1, 23, 59, 59), "2026-06-01"),
    ("rfc3339", at(2027, 1, 15), "2027-01-15T00:00:00Z"),
    ("rfc3339", dt.date(33, 1, 15), "0033-01-15T00:00:00Z"),
    ("rfc1123", at(2026, 7, 1), "Wed, 01 Jul 2026 00:00:00 GMT"),
    ("literal-true", at(2027, 1, 15), "true"),
]


@pytest.mark.parametrize(("name", "moment", "text"), WRITTEN, ids=[f"{row[0]}:{row[2]}" for row in WRITTEN])
def test_a_moment_is_written_as_the_dialect_demands(name: str, moment: dt.date | dt.datetime, text: str) -> None:
    """The exact text on the wire."""
    assert dialects()[name].write(moment) == text


SILENT = [
    ("sf-date", "@1735689600", at(2025, 1, 1)),
    ("sf-date", "@0", at(1970, 1, 1)),
    ("sf-date", "@-1", at(1969, 12, 31, 23, 59, 59)),
    ("sf-date", "@1735689600;foo", at(2025, 1, 1)),
    ("sf-date", '@1735689600;a=1;b="x, y"', at(2025, 1, 1)),
    ("sf-date", "@0001735689600", at(2025, 1, 1)),
    ("sf-date", "@253402300799", at(9999, 12, 31, 23, 59, 59)),
    ("imf-fixdate", "Wed, 01 Jul 2026 00:00:00 GMT", at(2026, 7, 1)),
    ("imf-fixdate", "Sun, 06 Nov 1994 08:49:37 GMT", at(1994, 11, 6, 8, 49, 37)),
    ("imf-fixdate", "Thu, 29 Feb 2024 12:00:00 GMT", at(2024, 2, 29, 12)),
    ("imf-fixdate", "Sat, 31 Dec 2016 23:59:60 GMT", at(2017, 1, 1)),
    ("draft", "Wed, 01 Jul 2026 00:00:00 GMT", at(2026, 7, 1)),
    ("draft", "true", None),
    ("iso-date", "2026-06-01", at(2026, 6, 1)),
    ("iso-date", "2024-02-29", at(2024, 2, 29)),
    ("rfc3339", "2027-01-15T00:00:00Z", at(2027, 1, 15)),
    ("rfc3339", "2027-01-15T00:00:00.000Z", at(2027, 1, 15)),
    ("rfc3339", "2016-12-31T23:59:60Z", at(2017, 1, 1)),
    ("rfc1123", "Wed, 1 Jul 2026 00:00:00 GMT", at(2026, 7, 1)),
    ("rfc1123", "Wed, 01 Jul 2026 00:00:00 GMT", at(2026, 7, 1)),
    ("rfc1123", "Wed, 15 Jul 2026 00:00:00 GMT", at(2026, 7, 15)),
    ("literal-true", "true", None),
]


@pytest.mark.parametrize(("name", "text", "value"), SILENT, ids=[f"{row[0]}:{row[1]}" for row in SILENT])
def test_a_right_value_passes(name: str, text: str, value: dt.datetime | None) -> None:
    """What the dialect's source allows is read without a problem."""
    assert dialects()[name].read(text) == Reading(value=value)


SPEAKING = [
    ("sf-date", "true", ["type"]),
    ("sf-date", "?1", ["type"]),
    ("sf-date", "1735689600", ["type"]),
    ("sf-date", "1735689600.5", ["type"]),
    ("sf-date", '"@1735689600"', ["type"]),
    ("sf-date", "@1.5", ["syntax"]),
    ("sf-date", "@1735689600.0", ["syntax"]),
    ("sf-date", "@1234567890123456", ["syntax"]),
    ("sf-date", "@", ["syntax"]),
    ("sf-date", "@+1", ["syntax"]),
    ("sf-date", "@1e9", ["syntax"]),
    ("sf-date", "@\u0661", ["syntax"]),
    ("sf-date", "@1735689600, @1735689600", ["syntax"]),
    ("sf-date", "@1735689600;", ["syntax"]),
    ("sf-date", "@1735689600 GMT", ["syntax"]),
    ("sf-date", "", ["syntax"]),
    ("sf-date", "Wed, 01 Jul 2026 00:00:00 GMT", ["syntax"]),
    ("sf-date", "2025-01-01", ["syntax"]),
    ("sf-date", "@253402300800", ["range"]),
    ("sf-date", "@-62135596801", ["range"]),
    ("sf-date", "@999999999999999", ["range"]),
    ("sf-date", "@999999999999999;a", ["range"]),
    ("imf-fixdate", "Wed, 1 Jul 2026 00:00:00 GMT", ["syntax"]),
    ("imf-fixdate", "wed, 01 jul 2026 00:00:00 GMT", ["syntax"]),
    ("imf-fixdate", "Wednesday, 01 Jul 2026 00:00:00 GMT", ["syntax"]),
    ("imf-fixdate", "Thursday, 30 June 2024", ["syntax"]),
    ("imf-fixdate", "01 Jul 2026 00:00:00 GMT", ["syntax"]),
    ("imf-fixdate", "Wed,01 Jul 2026 00:00:00 GMT", ["syntax"]),
    ("imf-fixdate", "Wed, 01 Jul 2026 0:00:00 GMT", ["syntax"]),
    ("imf-fixdate", "Wed, \u0660\u0661 Jul 2026 00:00:00 GMT", ["syntax"]),
    ("imf-fixdate", "Wed, 01 Jul 2026 00:00:00 GMT\n", ["syntax"]),
    ("imf-fixdate", "Wed, 01 Jul 2026", ["syntax"]),
    ("imf-fixdate", "2026-07-01", ["syntax"]),
    ("imf-fixdate", "true", ["syntax"]),
    ("imf-fixdate", "", ["syntax"]),
    ("imf-fixdate", "Wed, 01 Jul 2026 00:00:00 UTC", ["zone"]),
    ("imf-fixdate", "Wed, 01 Jul 2026 00:00:00 gmt", ["zone"]),
    ("imf-fixdate", "Wed, 01 Jul 2026 00:00:00 +0000", ["zone"]),
    ("imf-fixdate", "Wed, 01 Jul 2026 02:00:00 +0200", ["zone"]),
    ("imf-fixdate", "Wed, 01 Jul 2026 00:00:00", ["zone"]),
    ("imf-fixdate", "Sunday, 06-Nov-94 08:49:37 GMT", ["obsolete"]),
    ("imf-fixdate", "Sun Nov  6 08:49:37 1994", ["obsolete"]),
    ("imf-fixdate", "Thu, 31 Jun 2026 00:00:00 GMT", ["calendar"]),
    ("imf-fixdate", "Thu, 29 Feb 2023 00:00:00 GMT", ["calendar"]),
    ("imf-fixdate", "Wed, 01 Jul 2026 24:00:00 GMT", ["calendar"]),
    ("imf-fixdate", "Wed, 01 Jul 2026 12:00:60 GMT", ["calendar"]),
    ("draft", "True", ["syntax"]),
    ("draft", "?1", ["syntax"]),
    ("draft", "@1735689600", ["syntax"]),
    ("draft", "false", ["syntax"]),
    ("draft", "", ["syntax"]),
    ("draft", "Wed, 01 Jul 2026 00:00:00 UTC", ["zone"]),
    ("iso-date", "2026-02-30", ["calendar"]),
    ("iso-date", "2026-13-01", ["calendar"]),
    ("iso-date", "0000-01-01", ["calendar"]),
    ("iso-date", "2026-6-1", ["syntax"]),
    ("iso-date", "20260601", ["syntax"]),
    ("iso-date", "2026-06-01T00:00:00Z", ["syntax"]),
    ("iso-date", "2026-06-01\n", ["syntax"]),
    ("iso-date", "\uff12\uff10\uff12\uff16-06-01", ["syntax"]),
    ("iso-date", "2026-W23-1", ["syntax"]),
    ("rfc3339", "2027-01-15", ["syntax"]),
    ("rfc3339", "2027-01-15 00:00:00Z", ["syntax"]),
    ("rfc3339", "2027-01-15T00:00Z", ["syntax"]),
    ("rfc3339", "2027-01-15T00:00:00+0200", ["syntax"]),
    ("rfc3339", "2027-01-15T00:00:00.Z", ["syntax"]),
    ("rfc3339", "Fri, 15 Jan 2027 00:00:00 GMT", ["syntax"]),
    ("rfc3339", "2027-01-15T00:00:00", ["zone"]),
    ("rfc3339", "2027-02-29T00:00:00Z", ["calendar"]),
    ("rfc3339", "2027-01-15T24:00:00Z", ["calendar"]),
    ("rfc3339", "2027-01-15T00:00:00+24:00", ["calendar"]),
    ("rfc3339", "0001-01-01T00:00:00+01:00", ["range"]),
    ("rfc1123", "Wed,  1 Jul 2026 00:00:00 GMT", ["syntax"]),
    ("rfc1123", "Wed, 0 Jul 2026 00:00:00 GMT", ["syntax"]),
    ("rfc1123", "Wed, 1 July 2026 00:00:00 GMT", ["syntax"]),
    ("rfc1123", "1 Jul 2026 00:00:00 GMT", ["syntax"]),
    ("rfc1123", "Wed, 1 Jul 2026 00:00:00 UTC", ["zone"]),
    ("literal-true", "True", ["syntax"]),
    ("literal-true", "TRUE", ["syntax"]),
    ("literal-true", "?1", ["syntax"]),
    ("literal-true", "1", ["syntax"]),
    ("literal-true", "yes", ["syntax"]),
    ("literal-true", '"true"', ["syntax"]),
    ("literal-true", "true ", ["syntax"]),
    ("literal-true", "true, true", ["syntax"]),
    ("literal-true", "", ["syntax"]),
]


@pytest.mark.parametrize(("name", "text", "broken"), SPEAKING, ids=[f"{row[0]}:{row[1]!a}" for row in SPEAKING])
def test_a_wrong_value_is_objected_to_and_not_read(name: str, text: str, broken: list[str]) -> None:
    """What the dialect's source does not allow is named by its rule, and gives no moment."""
    reading = dialects()[name].read(text)

    assert (rules(reading), reading.value) == (broken, None)


READABLE = [
    ("imf-fixdate", "Thu, 01 Jul 2026 00:00:00 GMT", ["weekday"], at(2026, 7, 1)),
    ("imf-fixdate", "Sat, 31 Dec 2018 23:59:59 GMT", ["weekday"], at(2018, 12, 31, 23, 59, 59)),
    ("imf-fixdate", "Thu, 01 Apr 2022 00:00:00 GMT", ["weekday"], at(2022, 4, 1)),
    ("draft", "Thu, 01 Jul 2026 00:00:00 GMT", ["weekday"], at(2026, 7, 1)),
    ("rfc3339", "2027-01-15T02:00:00+02:00", ["zone"], at(2027, 1, 15)),
    ("rfc3339", "2027-01-14T19:00:00-05:00", ["zone"], at(2027, 1, 15)),
    ("rfc3339", "2027-01-15T00:00:00+00:00", ["zone"], at(2027, 1, 15)),
    ("rfc3339", "2027-01-15T00:00:00-00:00", ["zone"], at(2027, 1, 15)),
    ("rfc3339", "2027-01-15T00:00:00z", ["case"], at(2027, 1, 15)),
    ("rfc3339", "2027-01-15t00:00:00+00:00", ["zone", "case"], at(2027, 1, 15)),
]


@pytest.mark.parametrize(("name", "text", "broken", "value"), READABLE, ids=[f"{row[0]}:{row[1]}" for row in READABLE])
def test_some_wrong_values_still_say_a_moment(name: str, text: str, broken: list[str], value: dt.datetime) -> None:
    """A wrong weekday and another offset are problems of their own; the moment can still be held to the declared one."""
    reading = dialects()[name].read(text)

    assert (rules(reading), reading.value) == (broken, value)


def test_every_weekday_but_the_right_one_is_wrong() -> None:
    """The weekday is worked out from the date, not believed."""
    days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    wrong = [day for day in days if dialects()["imf-fixdate"].read(f"{day}, 01 Jul 2026 00:00:00 GMT").problems]

    assert wrong == [day for day in days if day != "Wed"]


@given(st.dates(min_value=dt.date(1000, 1, 1)))
@settings(deadline=None)
def test_dialects_agree_on_the_day(day: dt.date) -> None:
    """The same day, said in any dialect, is the same moment."""
    values = [dialect.read(dialect.write(day)).value for dialect in DATED]

    assert all(one == other for one, other in itertools.pairwise(values))
