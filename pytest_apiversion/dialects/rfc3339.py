"""`2027-01-15T00:00:00Z`: a timestamp in UTC, said with an upper-case `Z`."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from pytest_apiversion.core.policy.dialect import Dialect, Problem, Reading, calendar, in_utc

if TYPE_CHECKING:
    from pytest_apiversion.core.versions.lifecycle import Moment

_TIMESTAMP = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?([Zz]|[+-][0-9]{2}:[0-9]{2})?"
)
_HOURS, _MINUTES = 23, 59


def write(moment: Moment) -> str:
    """The instant in UTC, whole seconds."""
    return in_utc(moment).isoformat().removesuffix("+00:00") + "Z"


def read(text: str) -> Reading:
    """The instant. Another offset than `Z` is a problem and leaves it readable; no offset at all leaves it unreadable."""
    match = _TIMESTAMP.fullmatch(text)
    if match is None:
        return _problem("syntax", f"{text[:60]!r} is no timestamp such as '2027-01-15T00:00:00Z'")
    zone = match[8]
    if zone is None:
        return _problem("zone", f"{text!r} names no zone; UTC is written 'Z'")
    value = calendar(*(int(part) for part in match.groups()[:6]))
    offset = _offset(zone)
    if value is None or offset is None:
        return _problem("calendar", f"{text!r} is no moment of the calendar")
    try:
        value = value.replace(microsecond=int((match[7] or "0")[:6].ljust(6, "0"))) - offset
    except OverflowError:
        return _problem("range", f"{text!r} is outside the years 1 to 9999 in UTC")
    problems = []
    if zone not in {"Z", "z"}:
        problems.append(Problem(rule="zone", message=f"{text!r} has the offset {zone!r}; UTC is written 'Z'"))
    if text != text.upper():
        problems.append(Problem(rule="case", message=f"{text!r} has a lower-case letter; 'T' and 'Z' are upper case"))
    return Reading(value=value, problems=tuple(problems))


def _offset(zone: str) -> dt.timedelta | None:
    if zone in {"Z", "z"}:
        return dt.timedelta()
    hours, minutes = int(zone[1:3]), int(zone[4:6])
    if hours > _HOURS or minutes > _MINUTES:
        return None
    return dt.timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)


def _problem(rule: str, message: str) -> Reading:
    return Reading(problems=(Problem(rule=rule, message=message),))


DIALECT = Dialect(name="rfc3339", source="RFC 3339 §5.6", write=write, read=read)
