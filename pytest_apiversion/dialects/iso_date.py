"""`2026-06-01`: a calendar date, without a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_apiversion.core.policy.dialect import Dialect, Problem, Reading, calendar, in_utc

if TYPE_CHECKING:
    from pytest_apiversion.core.versions.lifecycle import Moment

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def write(moment: Moment) -> str:
    """The day, in UTC."""
    return in_utc(moment).date().isoformat()


def read(text: str) -> Reading:
    """The start of the day, UTC."""
    match = _DATE.fullmatch(text)
    if match is None:
        message = f"{text[:60]!r} is no date of the form YYYY-MM-DD"
        return Reading(problems=(Problem(rule="syntax", message=message),))
    value = calendar(int(match[1]), int(match[2]), int(match[3]))
    if value is None:
        return Reading(problems=(Problem(rule="calendar", message=f"{text!r} is no day of the calendar"),))
    return Reading(value=value)


DIALECT = Dialect(
    name="iso-date", source="ISO 8601, RFC 3339 §5.6 full-date", write=write, read=read, granularity="day"
)
