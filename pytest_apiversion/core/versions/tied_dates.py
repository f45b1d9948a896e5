"""Tied dates: a date of a life that lies a promised time after another one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pytest_apiversion.core.versions.notice_period import counted, months_after

if TYPE_CHECKING:
    from pytest_apiversion.core.versions.lifecycle import Moment, Tie


def time_of(tie: Tie) -> str:
    """The time between the two dates in words: `6 months`, `0 days`."""
    counts = ((tie.months, "month"), (tie.days, "day"))
    return " and ".join(counted(count, noun) for count, noun in counts if count) or counted(0, "day")


def tied_date(tie: Tie, start: Moment) -> Moment:
    """The date that follows from another; what lies beyond the calendar is its last day."""
    later = months_after(start, tie.months)
    left = dt.date.max - (later.date() if isinstance(later, dt.datetime) else later)
    return later + dt.timedelta(days=min(tie.days, left.days))


def agree(declared: Moment, due: Moment) -> bool:
    """Whether a declared date is the one that is due: the same instant, or the same day (UTC) where either is a day."""
    if isinstance(declared, dt.datetime) and isinstance(due, dt.datetime):
        return declared == due
    return _utc_day(declared) == _utc_day(due)


def _utc_day(moment: Moment) -> dt.date:
    return moment.astimezone(dt.UTC).date() if isinstance(moment, dt.datetime) else moment
