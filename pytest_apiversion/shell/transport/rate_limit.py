"""How gently the service is asked: requests per second, and the pauses it asks for itself."""

from __future__ import annotations

import datetime as dt
import email.utils
import re
import threading
import time
from collections.abc import Callable

from pytest_apiversion.core.checking.exchange import NoAnswer, Response

_PAUSING = frozenset({429, 503})
_DELTA = re.compile(r"[0-9]{1,18}")


class Pace:
    """Requests per second, evenly spread and without bursts, for any number of threads."""

    def __init__(self, rate: float | None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._gap = 0.0 if rate is None else 1 / rate
        self._clock = clock
        self._lock = threading.Lock()
        self._next = float("-inf")

    def delay(self) -> float:
        """Seconds to wait before the next request; taking it reserves the turn."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._next)
            self._next = turn + self._gap
            return turn - now


def retry_after(answer: Response | NoAnswer, *, now: float) -> float | None:
    """Seconds a 429 or 503 asks to wait (RFC 9110 §10.2.3), or None when it does not, or not readably.

    Args:
        answer: What came back.
        now: Seconds since the epoch; the answer's own `Date` goes before it, since that is the clock the date was made by.
    """
    if not isinstance(answer, Response) or answer.status not in _PAUSING:
        return None
    text = (answer.header("retry-after") or "").strip()
    if _DELTA.fullmatch(text):
        return float(text)
    until = _instant(text)
    if until is None:
        return None
    since = _instant(answer.header("date") or "")
    return max(0.0, until - (now if since is None else since))


def _instant(text: str) -> float | None:
    """An HTTP date in any of its three spellings as seconds since the epoch."""
    try:
        found = email.utils.parsedate_to_datetime(text)
        return (found if found.tzinfo else found.replace(tzinfo=dt.UTC)).timestamp()
    except (ValueError, OverflowError, TypeError):
        return None
