"""What answers say of the time, and which of two came first: the clocks of the service, read from its answers."""

from __future__ import annotations

import datetime as dt
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Response


def http_date(text: str | None) -> dt.datetime | None:
    """The instant of an HTTP-date (RFC 9110 §5.6.7), read as leniently as clients do; None where it is none."""
    try:
        found = parsedate_to_datetime(text or "")
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found


def answered_at(response: Response) -> dt.datetime | None:
    """When the service says it answered, to the second: its `Date` (RFC 9110 §6.6.1); None where it does not say."""
    return http_date(response.header("date"))


def precedes(one: Response, other: Response) -> bool:
    """Whether an answer had come before another was asked for; of two that were in flight together neither precedes."""
    return one.received < other.received - other.elapsed
