"""Lifecycles: the dates of a version, and the stage it is in at an instant. No clock is read here."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from functools import lru_cache


class Stage(enum.Enum):
    """Where a version is in its life at one instant."""

    PLANNED = "planned"
    PREVIEW = "preview"
    LIVE = "live"
    DEPRECATED = "deprecated"
    SUNSET = "sunset"

    @property
    def answers(self) -> bool:
        """Whether a version in this stage serves requests."""
        return self in _ANSWERING


_ANSWERING = frozenset({Stage.PREVIEW, Stage.LIVE, Stage.DEPRECATED})


class Boundary(enum.Enum):
    """Whether the day of a date-only sunset is the first day without, or the last day with, service."""

    START_OF_DAY = "start-of-day"
    END_OF_DAY = "end-of-day"


Moment = dt.date | dt.datetime
"""A declared date (a whole day, UTC) or an instant (an aware datetime)."""


def moment(value: object) -> Moment | None:
    """A date or an instant from its text; None where it is no text, or the text is neither."""
    if not isinstance(value, str):
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        pass
    try:
        found = dt.datetime.fromisoformat(value.upper())
    except ValueError:
        return None
    return found if found.tzinfo else None


@lru_cache(maxsize=1024)
def instant(moment: Moment, *, boundary: Boundary = Boundary.START_OF_DAY) -> dt.datetime:
    """The instant a moment begins (or, at the end-of-day boundary, the instant after its day), in UTC.

    What lies beyond the calendar is its last instant: 9999-12-31 is how some write "never".
    """
    try:
        if isinstance(moment, dt.datetime):
            return moment.astimezone(dt.UTC)
        start = dt.datetime(moment.year, moment.month, moment.day, tzinfo=dt.UTC)
        return start if boundary is Boundary.START_OF_DAY else start + dt.timedelta(days=1)
    except OverflowError:
        return dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Brownout:
    """A window before the end in which the answers after it are given, so that whoever still asks takes notice.

    Attributes:
        begins: Its first instant, in UTC.
        ends: The first instant after it, when what was interrupted serves again.
    """

    begins: dt.datetime
    ends: dt.datetime

    def __str__(self) -> str:
        return f"the brownout from {day(self.begins)} until {day(self.ends)}"


class After(enum.Enum):
    """What a tied date is counted from."""

    RELEASED = "released"
    ANNOUNCED = "announced"
    DEPRECATED = "deprecated"
    SUCCESSOR_RELEASED = "successor-released"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tie:
    """One date of a life, tied to another.

    Attributes:
        of: The date that is tied: `deprecated` or `sunset`.
        after: What it is counted from.
        months: Calendar months between them.
        days: Days more.
        place: Dotted place in the policy file.
    """

    of: str
    after: After
    months: int = 0
    days: int = 0
    place: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lifecycle:
    """The dates of one version or alias.

    Attributes:
        released: First day of service; None means always.
        deprecated: When it became deprecated, or will.
        sunset: When it stops answering.
        successor: The version to move to.
        preview: Whether it is a preview.
        boundary: What a date-only sunset means.
        boundary_declared: Whether the policy file says so, or it follows where the file is silent.
        announced: When it was announced that it will end.
        deprecated_in: The release of the product that deprecates it, `2.1.0`.
        sunset_in: The release that removes it.
        status: The stage the documentation gives it today, or None where the file does not repeat that.
        undated: Whether it is deprecated, and nobody says since when.
        heir: The operation of `successor` that takes over, where a part names one.
        place: Dotted place of a part's row in the policy file; empty for versions and aliases.
        brownouts: Windows in which it answers as after its end, in their order.
        ties: What is said of how far its dates lie behind others.
    """

    released: Moment | None = None
    deprecated: Moment | None = None
    sunset: Moment | None = None
    successor: str | None = None
    preview: bool = False
    boundary: Boundary = Boundary.START_OF_DAY
    boundary_declared: bool = False
    announced: Moment | None = None
    deprecated_in: str | None = None
    sunset_in: str | None = None
    status: Stage | None = None
    undated: bool = False
    heir: str | None = None
    place: str = ""
    brownouts: tuple[Brownout, ...] = ()
    ties: tuple[Tie, ...] = ()

    @property
    def ends(self) -> dt.datetime | None:
        """The first instant without service, in UTC; None where no sunset is declared."""
        return None if self.sunset is None else instant(self.sunset, boundary=self.boundary)

    def stage(self, as_of: dt.datetime) -> Stage:
        """The stage at an instant: a date has come when the instant is at or after it."""
        if self.ends is not None and as_of >= self.ends:
            return Stage.SUNSET
        if self.released is not None and as_of < instant(self.released):
            return Stage.PLANNED
        if self.brownout(as_of) is not None:
            return Stage.SUNSET
        if self.undated or (self.deprecated is not None and as_of >= instant(self.deprecated)):
            return Stage.DEPRECATED
        return Stage.PREVIEW if self.preview else Stage.LIVE

    def brownout(self, as_of: dt.datetime) -> Brownout | None:
        """The brownout at an instant; None where there is none, and after the end."""
        if self.ends is not None and as_of >= self.ends:
            return None
        return next((each for each in self.brownouts if each.begins <= as_of < each.ends), None)

    def ending(self, as_of: dt.datetime) -> str:
        """Why it answers as after its end at an instant, in words."""
        window = self.brownout(as_of)
        return f"was sunset on {self.sunset}" if window is None else f"is interrupted: {window}"

    def milestones(self) -> tuple[tuple[str, dt.datetime], ...]:
        """The named instants of this life, earliest first."""
        named = (("released", self.released), ("deprecated", self.deprecated))
        rows = [(name, instant(moment)) for name, moment in named if moment is not None]
        if self.ends is not None:
            rows.append(("sunset", self.ends))
        for each in self.brownouts:
            rows += [("brownout begins", each.begins), ("brownout ends", each.ends)]
        return tuple(sorted(rows, key=lambda row: row[1]))


def day(moment: Moment) -> str:
    """A moment as the policy file would write it, in UTC: a date, or an instant where it is not midnight."""
    if not isinstance(moment, dt.datetime):
        return moment.isoformat()
    utc = moment.astimezone(dt.UTC)
    whole = (utc.hour, utc.minute, utc.second, utc.microsecond) == (0, 0, 0, 0)
    return utc.date().isoformat() if whole else utc.isoformat().replace("+00:00", "Z")
