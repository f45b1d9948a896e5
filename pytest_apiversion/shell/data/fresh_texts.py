"""Texts that nobody used: no other request, no other worker, no other run.

The same day, seed and data make the same requests, so the texts follow from day and seed, until one is refused as taken: then an earlier run
of the same day and seed left something behind, and chance decides from there on.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import secrets
import threading
from collections import Counter


class FreshTexts:
    """Gives a text that nobody used with each call, the same ones in the same run over the same data; safe to call from several threads.

    Args:
        seed: The run's.
        as_of: The instant the policy is read at.
    """

    def __init__(self, seed: int, as_of: dt.datetime) -> None:
        self._renewed = False
        self._run: list[object] = [seed, as_of.isoformat(), os.environ.get("PYTEST_XDIST_WORKER", "")]
        self._count: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()

    def __call__(self, version: str, operation: str) -> str:
        """The next text of an operation of a version: fourteen lower-case letters and digits."""
        with self._lock:
            self._count[version, operation] += 1
            told = json.dumps([*self._run, version, operation, self._count[version, operation]])
        return f"av{hashlib.sha256(told.encode()).hexdigest()[:12]}"

    def renew(self) -> None:
        """Let chance decide from now on, for a text was taken."""
        with self._lock:
            if not self._renewed:
                self._renewed, self._run = True, [secrets.token_hex(16)]
