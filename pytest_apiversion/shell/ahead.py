"""Begins items before their turn comes, so that the service is kept busy while others wait, draw or are judged.

What an item finds does not depend on this: items that may touch the same data run one after the other, in pytest's order.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

WINDOW = 120
"""Items looked at beyond the one whose turn it is."""


@dataclass(frozen=True, eq=False)
class Turn:
    """An item that can be begun.

    Attributes:
        place: Items of one place run one after the other; what it is called does not matter.
        run: Holds it.
    """

    place: object
    run: Callable[[], Any]


@dataclass(eq=False)
class _Begun:
    turn: Turn
    future: Future[Any] = field(default_factory=Future)
    started: bool = False


class Ahead:
    """Runs turns in a few threads, those of one place in their order.

    Args:
        lanes: How many run at the same time.
    """

    def __init__(self, lanes: int) -> None:
        self._lanes = lanes
        self._pool = ThreadPoolExecutor(lanes, thread_name_prefix="apiversion-item")
        self._lock = threading.Lock()
        self._open: dict[object, _Begun] = {}
        self._done: dict[object, _Begun] = {}

    def outcome(self, key: object, turns: Sequence[tuple[object, Turn]]) -> Any:
        """What a turn gives, or whatever it raises; the turns after it are begun as far as they may be.

        Args:
            key: Whose turn it is.
            turns: That turn and those after it, by key.
        """
        with self._lock:
            for other, turn in turns:
                if other not in self._open and other not in self._done:
                    self._open[other] = _Begun(turn)
            mine = self._open.get(key) or self._done[key]
        self._begin()
        try:
            return mine.future.result()
        finally:
            with self._lock:
                self._done.pop(key, None)

    def close(self) -> None:
        """Begin nothing more, and wait for what was begun."""
        with self._lock:
            self._open = {key: each for key, each in self._open.items() if each.started}
        self._pool.shutdown(cancel_futures=True)

    def _begin(self) -> None:
        """Begin every turn whose place is free, as long as there are lanes."""
        with self._lock:
            taken: set[object] = set()
            free = self._lanes - sum(each.started for each in self._open.values())
            for key, each in self._open.items():
                if not each.started and each.turn.place not in taken and free > 0:
                    each.started = True
                    free -= 1
                    self._pool.submit(self._run, key, each)
                taken.add(each.turn.place)

    def _run(self, key: object, begun: _Begun) -> None:
        try:
            given, error = begun.turn.run(), None
        except BaseException as caught:  # noqa: BLE001  it is raised again where the turn is waited for
            given, error = None, caught
        with self._lock:
            self._done[key] = self._open.pop(key, begun)
        if error is None:
            begun.future.set_result(given)
        else:
            begun.future.set_exception(error)
        self._begin()
