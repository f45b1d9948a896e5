"""What changes as a sunset comes near: the level a header names, and texts that begin some days before.

Days are counted back from the instant the service stops, in spans of 24 hours: with 30 days, what ends on 2026-06-01T00:00:00Z
changes on 2026-05-02T00:00:00Z, or a day later where the boundary itself still belongs to what was before.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

SLACK = dt.timedelta(minutes=1)
"""How far two clocks may be apart: this close to a change, what holds before it and what holds after are both right."""
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One level of a countdown.

    Attributes:
        level: Its name, as a header writes it.
        days: Days left before the sunset from which on it holds; None for the first, which holds from the beginning.
    """

    level: str
    days: int | None = None


def begins(sunset: dt.datetime, days: int, *, inclusive: bool = True) -> dt.datetime:
    """The instant from which on only so many days are left.

    Args:
        sunset: The instant the service stops.
        days: Days left.
        inclusive: Whether the change comes when exactly so many days are left; else when it is a whole day fewer.
    """
    try:
        return sunset - days * _DAY + (0 if inclusive else 1) * _DAY
    except OverflowError:  # so many days before, there was no calendar
        return dt.datetime.min.replace(tzinfo=dt.UTC)


def level(at: dt.datetime, sunset: dt.datetime, steps: tuple[Step, ...], *, inclusive: bool = True) -> str:
    """The level that holds at an instant.

    Args:
        at: The instant.
        sunset: The instant the service stops.
        steps: The levels, most days first; the first holds from the beginning.
        inclusive: See `begins`.
    """
    passed = [step for step in steps if step.days is None or at >= begins(sunset, step.days, inclusive=inclusive)]
    return passed[-1].level


def levels_about(
    at: dt.datetime, sunset: dt.datetime, steps: tuple[Step, ...], *, inclusive: bool = True
) -> frozenset[str]:
    """The levels that may be told at an instant: two in the minute before a change and the one after it."""
    return frozenset(level(each, sunset, steps, inclusive=inclusive) for each in (at - SLACK, at, at + SLACK))
