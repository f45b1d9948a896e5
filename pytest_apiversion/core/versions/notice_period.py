"""Notice periods: how long before its end a version must say that it will end, and the calendar that is counted in.

Months are calendar months: six months after August 31st is the last day of February.
"""

from __future__ import annotations

import calendar
import datetime as dt
import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.versions.lifecycle import Lifecycle, Moment


class Start(enum.Enum):
    """What a notice is counted from."""

    RELEASED = "released"
    ANNOUNCED = "announced"
    DEPRECATED = "deprecated"
    SUCCESSOR_RELEASED = "successor-released"


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """The least time between a start and a sunset; what is given holds together.

    Attributes:
        months: Calendar months.
        days: Days.
        minor_releases: Minor releases of the product, from the one that deprecates to the one that removes.
        start: What it is counted from.
        place: Dotted place in the policy file.
        more: Further times that hold together with it, each with a start of its own.
    """

    months: int = 0
    days: int = 0
    minor_releases: int = 0
    start: Start = Start.DEPRECATED
    place: str = "notice"
    more: tuple[Notice, ...] = ()

    @property
    def clauses(self) -> tuple[Notice, ...]:
        """Every time that is promised, each by itself."""
        return tuple(each for each in (self, *self.more) if each.months or each.days or each.minor_releases)

    @property
    def text(self) -> str:
        """The time in words: `6 months`, `1 month and 2 minor releases`."""
        counts = ((self.months, "month"), (self.days, "day"), (self.minor_releases, "minor release"))
        return " and ".join(counted(count, noun) for count, noun in counts if count)

    def earliest(self, start: Moment) -> Moment:
        """The first moment at which a notice that began at `start` has lasted for its months and its days."""
        after = months_after(start, self.months)
        days = start + dt.timedelta(days=min(self.days, (dt.date.max - _day(start)).days))
        return max(after, days)


def counted(count: int, noun: str) -> str:
    """A number with its noun: `1 day`, `2 days`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def months_after(moment: Moment, months: int) -> Moment:
    """The same day so many calendar months later, or the last of that month where it has no such day.

    What lies beyond the calendar is its last day.
    """
    years, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    if years > dt.MAXYEAR:
        return moment.replace(year=dt.MAXYEAR, month=12, day=31)
    last = calendar.monthrange(years, month + 1)[1]
    return moment.replace(year=years, month=month + 1, day=min(moment.day, last))


def minors_between(first: str, last: str) -> int | None:
    """Minor releases from one release to a later one, both `MAJOR.MINOR` with more behind; None where they are of two majors.

    How many minor releases the older major had is not in the numbers.
    """
    (major, minor), (other_major, other_minor) = _release(first), _release(last)
    return other_minor - minor if major == other_major else None


def _release(text: str) -> tuple[int, int]:
    major, minor = text.split(".")[:2]
    return int(major), int(minor)


def _day(moment: Moment) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def dated(life: Lifecycle, reminders: Iterable[int]) -> list[tuple[str, dt.datetime]]:
    """The named instants of a life, and the reminders before its sunset.

    Args:
        life: The life.
        reminders: Days before a sunset at which it is spoken of again.
    """
    rows = life.milestones()
    ends = [when for what, when in rows if what == "sunset"]
    before = [
        (f"reminder: {counted(days, 'day')} to its sunset", when - dt.timedelta(days=days))
        for when in ends
        for days in reminders
        if days
    ]
    return [*rows, *before]
