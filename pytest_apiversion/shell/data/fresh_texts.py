"""Texts that nobody used: no other request, no other worker, no run of another instant or seed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import threading
from collections import Counter


class FreshTexts:
    """Gives a text that nobody used with each call, the same ones in the same run; safe to call from several threads.

    Args:
        seed: The run's.
        as_of: The instant the policy is read at.
    """

    def __init__(self, seed: int, as_of: dt.datetime) -> None:
        self._run = [seed, as_of.isoformat(), os.environ.get("PYTEST_XDIST_WORKER", "")]
        self._count: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()

    def __call__(self, version: str, operation: str) -> str:
        """The next text of an operation of a version: fourteen lower-case letters and digits."""
        with self._lock:
            self._count[version, operation] += 1
            told = json.dumps([*self._run, version, operation, self._count[version, operation]])
        return f"av{hashlib.sha256(told.encode()).hexdigest()[:12]}"
