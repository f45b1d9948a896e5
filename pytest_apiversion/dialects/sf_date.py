"""`@1735689600`: a Structured Field Date, as RFC 9745 has it in `Deprecation`."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from pytest_apiversion.core.policy.dialect import Dialect, Problem, Reading, in_utc

if TYPE_CHECKING:
    from pytest_apiversion.core.versions.lifecycle import Moment

_DATE = re.compile(r" *@(-?[0-9]{1,15})(?=[; ]|$)")
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def write(moment: Moment) -> str:
    """Seconds since the epoch, without parameters."""
    return f"@{(in_utc(moment) - _EPOCH) // dt.timedelta(seconds=1)}"


def read(text: str) -> Reading:
    """Parameters are read and ignored; a list, a decimal, a token and a quoted string are no Date.

    The library says whether the text is a Structured Field Item; the instant is worked out here, because its older
    releases give it in local time.
    """
    # Only runs that meet this dialect need the library, and importing it is felt at start-up.
    from http_sf import parse  # noqa: PLC0415

    try:
        item = parse(text.encode(), tltype="item")
    except (ValueError, LookupError, OverflowError, RecursionError) as error:
        return _unreadable(text, str(error))
    match = _DATE.match(text)
    if match is None:
        kind = _kind(item[0] if isinstance(item, tuple) else item)
        return _problem("type", f"{text[:60]!r} is a Structured Field {kind}, not a Date such as @1735689600")
    value = _instant(match[1])
    return _out_of_range(text) if value is None else Reading(value=value)


def _unreadable(text: str, reason: str) -> Reading:
    """Says what is wrong in the reader's words where the case is a known one."""
    if (match := _DATE.match(text)) and _instant(match[1]) is None:
        return _out_of_range(text)
    if re.fullmatch(r" *@-?[0-9]+\.[0-9]* *", text):
        return _problem("syntax", f"{text[:60]!r} has a fraction; a Date is whole seconds")
    if re.fullmatch(r" *@-?[0-9]{16,} *", text):
        return _problem("syntax", f"a Date has at most 15 digits; got {len(text.strip(' @-'))}")
    return _problem("syntax", f"{text[:60]!r} is no Structured Field Date: {' '.join(reason.split()).rstrip('.')}")


def _instant(seconds: str) -> dt.datetime | None:
    try:
        return _EPOCH + dt.timedelta(seconds=int(seconds))
    except OverflowError:
        return None


def _out_of_range(text: str) -> Reading:
    return _problem("range", f"{text[:60]!r} is a date beyond the year 9999, or before the year 1")


def _kind(value: object) -> str:
    return {"bool": "Boolean", "int": "Integer", "float": "Decimal", "str": "String", "bytes": "Byte Sequence"}.get(
        type(value).__name__, type(value).__name__
    )


def _problem(rule: str, message: str) -> Reading:
    return Reading(problems=(Problem(rule=rule, message=message),))


DIALECT = Dialect(name="sf-date", source="RFC 9745 §2.1, RFC 9651 §3.3.7", write=write, read=read)
