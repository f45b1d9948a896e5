"""The type of a dialect: one way to write a lifecycle date, or the mere fact of deprecation, in a response header."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pytest_apiversion.core.versions.lifecycle import Moment

Granularity = Literal["second", "day"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One way in which a value is not what its dialect demands.

    Attributes:
        rule: Which rule it breaks: `syntax`, `type`, `range`, `calendar`, `weekday`, `zone`, `case` or `obsolete`.
        message: What is wrong, in one line.
    """

    rule: str
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What a value says.

    Attributes:
        value: The instant in UTC (of a day: its start); None when it says none, or cannot be read.
        problems: Every rule it breaks; a value with problems may still be readable.
    """

    value: dt.datetime | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Dialect:
    """One way to write a moment. The law: `read(write(x))` has no problem and says `x`, down to the granularity.

    Attributes:
        name: Its name in the policy file.
        source: Where it is defined.
        write: The header value for a moment; raises `ValueError` for a datetime without a zone.
        read: What a header value says. Never raises.
        dated: Whether its values say a moment.
        granularity: The smallest difference it can say.
        single: Whether the header must come once.
    """

    name: str
    source: str
    write: Callable[[Moment], str]
    read: Callable[[str], Reading]
    dated: bool = True
    granularity: Granularity = "second"
    single: bool = True


def in_utc(moment: Moment) -> dt.datetime:
    """A moment in UTC, whole seconds; a day is its start. Raises `ValueError` for a datetime without a zone."""
    if not isinstance(moment, dt.datetime):
        return dt.datetime(moment.year, moment.month, moment.day, tzinfo=dt.UTC)
    if moment.utcoffset() is None:
        message = f"{moment.isoformat()} has no time zone"
        raise ValueError(message)
    return moment.astimezone(dt.UTC).replace(microsecond=0)


def calendar(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> dt.datetime | None:
    """The instant of these parts in UTC; None when the calendar or the clock has no such.

    23:59:60 is a leap second (RFC 9110 §5.6.7, RFC 3339 §5.6) and read as the second after it.
    """
    leap = (hour, minute, second) == (23, 59, 60)
    try:
        moment = dt.datetime(year, month, day, hour, minute, second - leap, tzinfo=dt.UTC)
        return moment + dt.timedelta(seconds=leap)
    except (ValueError, OverflowError):
        return None


def same_moment(declared: Moment, reading: Reading, dialect: Dialect, *, day_only: bool = False) -> bool:
    """Whether a reading says the declared moment, as finely as its dialect can; a reading without a value objects to none.

    Args:
        declared: A date counts as its first second, UTC.
        reading: What the header said.
        dialect: Its granularity decides what is compared.
        day_only: Whether any time on the declared day will do.
    """
    if reading.value is None:
        return True
    due, said = in_utc(declared), reading.value.replace(microsecond=0)
    if day_only or dialect.granularity == "day":
        return due.date() == said.date()
    return due == said
