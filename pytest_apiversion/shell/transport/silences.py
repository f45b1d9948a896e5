"""Which requests stayed without an answer in time: when to stop asking an operation, and when the whole service."""

from __future__ import annotations

import threading
from collections import defaultdict
from itertools import count

IN_A_ROW = 3
"""Requests without an answer in time, one after the other as they were sent, before no more are tried; and operations, before none is."""


class Silences:
    """The silences of one service, counted in the order in which requests were sent, whatever the order of the answers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._mine: dict[str, count[int]] = defaultdict(count)
        self._silent: dict[str, set[int]] = defaultdict(set)
        self._stopped: dict[str, None] = {}
        self._since: set[str] = set()
        self._answered = False

    def begin(self, operation: str) -> tuple[str, int]:
        """Take down that a request leaves; gives what its end is told by."""
        with self._lock:
            return operation, next(self._mine[operation])

    def end(self, begun: tuple[str, int], *, silent: bool) -> None:
        """Take down whether a request stayed without an answer in time."""
        operation, number = begun
        with self._lock:
            if not silent:
                self._answered = True
                self._since.clear()
                return
            found = self._silent[operation]
            found.add(number)
            runs = (range(first, first + IN_A_ROW) for first in range(number - IN_A_ROW + 1, number + 1))
            if any(all(each in found for each in run) for run in runs):
                self._stopped[operation] = None
                self._since.add(operation)

    def stopped(self, operation: str) -> bool:
        """Whether an operation is not asked any more."""
        return operation in self._stopped

    @property
    def everywhere(self) -> bool:
        """Whether nothing is asked any more: operations in a row were silent, or the only one, of a service that never answered."""
        return len(self._since) >= (IN_A_ROW if self._answered else 1)
