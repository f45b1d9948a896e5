"""`Wed, 01 Jul 2026 00:00:00 GMT`: the one form of HTTP-date a sender may write; `Sunset` of RFC 8594 uses it.

Strict where the usual parsers are not: they pass a wrong weekday, one-digit days, other zones and other cases.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_apiversion.core.policy.dialect import Dialect, Problem, Reading, calendar, in_utc

if TYPE_CHECKING:
    from pytest_apiversion.core.versions.lifecycle import Moment

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STRICT = re.compile(
    rf"(?P<weekday>{'|'.join(_DAYS)}), (?P<day>[0-9]{{2}}) (?P<month>{'|'.join(_MONTHS)}) (?P<year>[0-9]{{4}})"
    r" (?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2}) GMT"
)
_ZONE = re.compile(r"(.*[0-9]{2}:[0-9]{2}:[0-9]{2}) *(\S*)", re.DOTALL)
_LONGEST = 100
"""Characters of a text in which a zone is looked for: longer ones are no date, and looking takes their square."""
_OBSOLETE = re.compile(
    r"[A-Z][a-z]+day, [0-9]{2}-[A-Z][a-z]{2}-[0-9]{2} [0-9:]{8} GMT|[A-Z][a-z]{2} [A-Z][a-z]{2} [0-9 ][0-9] [0-9:]{8} [0-9]{4}"
)


def write(moment: Moment) -> str:
    """The instant in GMT, whole seconds; not by `strftime`, whose names follow the locale."""
    due = in_utc(moment)
    day = f"{_DAYS[due.weekday()]}, {due.day:02} {_MONTHS[due.month - 1]} {due.year:04}"
    return f"{day} {due.hour:02}:{due.minute:02}:{due.second:02} GMT"


def read(text: str) -> Reading:
    """The instant; a weekday that does not belong to the date is a problem of its own and leaves it readable."""
    match = _STRICT.fullmatch(text)
    if match is None:
        return Reading(problems=(_wrong(text),))
    month = _MONTHS.index(match["month"]) + 1
    clock = (int(match[name]) for name in ("hour", "minute", "second"))
    value = calendar(int(match["year"]), month, int(match["day"]), *clock)
    day = calendar(int(match["year"]), month, int(match["day"]))
    if value is None or day is None:
        return Reading(problems=(Problem(rule="calendar", message=f"{text!r} is no moment of the calendar"),))
    if _DAYS[day.weekday()] == match["weekday"]:
        return Reading(value=value)
    true = f"{match['day']} {match['month']} {match['year']} is a {_DAYS[day.weekday()]}, not a {match['weekday']}"
    return Reading(value=value, problems=(Problem(rule="weekday", message=true),))


def _wrong(text: str) -> Problem:
    """The likeliest reason why a text is no IMF-fixdate."""
    shown = repr(text[:60])
    if _OBSOLETE.fullmatch(text):
        return Problem(rule="obsolete", message=f"{shown} is an obsolete form of HTTP-date that senders must not write")
    if (
        len(text) <= _LONGEST
        and (zone := _ZONE.fullmatch(text))
        and zone[2] != "GMT"
        and _STRICT.fullmatch(f"{zone[1]} GMT")
    ):
        return Problem(rule="zone", message=f"{shown} ends in {zone[2]!r}; an HTTP-date ends in 'GMT'")
    return Problem(rule="syntax", message=f"{shown} is no IMF-fixdate such as 'Wed, 01 Jul 2026 00:00:00 GMT'")


DIALECT = Dialect(name="imf-fixdate", source="RFC 9110 §5.6.7, RFC 8594 §3", write=write, read=read)
