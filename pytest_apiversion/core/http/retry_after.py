"""`Retry-After` (RFC 9110 §10.2.3): how long an answer asks to wait."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_apiversion.core.http.dates import answered_at, http_date

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import Response

_SECONDS = re.compile(r"[0-9]{1,18}", re.ASCII)


def asked_pause(response: Response, *, now: float) -> float | None:
    """Seconds an answer asks to wait, as a number or until a date; None where it does not, or not readably.

    Args:
        response: The answer.
        now: Seconds since the epoch; the answer's own `Date` goes before it, since that is the clock the date was made by.
    """
    text = (response.header("retry-after") or "").strip()
    if _SECONDS.fullmatch(text):
        return float(text)
    until, since = http_date(text), answered_at(response)
    return None if until is None else max(0.0, until.timestamp() - (now if since is None else since.timestamp()))
