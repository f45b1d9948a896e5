"""Requests per second, and the pauses the service asks for (`Retry-After`)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from pytest_apiversion.core.http.messages import NoAnswer, Response
from pytest_apiversion.core.http.retry_after import asked_pause

_PAUSING = frozenset({429, 503})


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
    return asked_pause(answer, now=now)
