"""Runs items ahead of their turn on threads, so that the service is kept busy; items that share data keep their order.

What an item finds does not depend on this: items that may touch the same data run one after the other, in pytest's order.
"""

from __future__ import annotations

import threading
from bisect import insort
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count, islice
from typing import TYPE_CHECKING, Any, TypeVar

from pytest_apiversion.shell.execution.early_imports import import_early
from pytest_apiversion.shell.generation.drawing_processes import processes
from pytest_apiversion.shell.generation.drawn import Readiness

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.shell.execution.runner import Runner
    from pytest_apiversion.shell.generation.drawing_processes import DrawingProcesses

T = TypeVar("T")

_LOOKED_AT = 64
"""Places looked at for a turn that is ready, so that beginning one does not take longer the more there are."""


def _ready() -> Readiness:
    return Readiness.READY


def _nothing() -> None:
    """Draw nothing."""


@dataclass(frozen=True, eq=False)
class Turn:
    """An item that can be begun.

    Attributes:
        place: Items of one place run one after the other; what it is called does not matter.
        run: Holds it.
        readiness: Whether it could ask the service at once.
        draw: Draws what it sends, for it to find, and asks nothing.
    """

    place: object
    run: Callable[[], Any]
    readiness: Callable[[], Readiness] = _ready
    draw: Callable[[], object] = _nothing


@dataclass(eq=False)
class _Begun:
    turn: Turn
    position: int
    future: Future[Any] = field(default_factory=Future)
    drawn: bool = False

    @property
    def readiness(self) -> Readiness:
        """Whether it could ask at once; what nobody could draw will say so itself."""
        return Readiness.READY if self.drawn else self.turn.readiness()


class Pipeline:
    """Runs turns in a few threads, those of one place in their order; what is ready goes first.

    A turn that has to draw first keeps the processor to itself, so there is one of those at a time, and only while no other is ready.

    Args:
        lanes: How many run at the same time.
    """

    def __init__(self, lanes: int) -> None:
        self._free = lanes
        self._pool = ThreadPoolExecutor(lanes, thread_name_prefix="apiversion-item")
        self._drawer: ThreadPoolExecutor | None = None
        self._elsewhere: DrawingProcesses | None = None
        self._lock = threading.Lock()
        self._number = count(1)
        self._known: dict[object, _Begun] = {}
        self._waiting: dict[object, deque[_Begun]] = defaultdict(deque)
        self._busy: set[object] = set()
        self._heads: list[tuple[int, _Begun]] = []
        self._unseen: deque[_Begun] = deque()
        self._drawing: _Begun | None = None
        self._closed = False

    def draw_in(self, elsewhere: DrawingProcesses | None) -> None:
        """Have drawings made by other processes, which end with this; without them `draw_beside`."""
        self._elsewhere = elsewhere
        if elsewhere is None:
            self.draw_beside()

    def draw_beside(self) -> None:
        """From now on, draw in a thread of its own for turns that are undrawn, as long as there are any, and begin them when that is done."""
        self._drawer = ThreadPoolExecutor(1, thread_name_prefix="apiversion-drawing")

    def is_full(self) -> bool:
        """Whether every lane runs a turn."""
        return self._free == 0

    def knows(self, key: object) -> bool:
        """Whether a turn is to come, or over and not yet asked for."""
        with self._lock:
            return key in self._known

    def outcome(self, key: object, turns: Iterable[tuple[object, Turn]]) -> Any:
        """What a turn gives, or whatever it raises; others are begun meanwhile, as far as they may be.

        Args:
            key: Whose turn it is.
            turns: Those that are to come, by key; those that are known already are passed over. Where `key` is not known, its is among
                them, and it is the next of its place.
        """
        with self._lock:
            for other, turn in turns:
                if other not in self._known:
                    number = next(self._number)
                    self._add(other, _Begun(turn, -number if other == key else number))
            mine = self._known[key]
        self.look()
        try:
            return mine.future.result()
        finally:
            with self._lock:
                del self._known[key]

    def look(self) -> None:
        """Begin every turn that can be, as long as there are lanes, and draw for the next."""
        with self._lock:
            while self._free and not self._closed and (begun := self._next()) is not None:
                place = begun.turn.place
                self._heads.remove((begun.position, begun))
                self._waiting[place].popleft()
                self._busy.add(place)
                self._free -= 1
                self._pool.submit(self._run, begun)
            if self._drawer and self._drawing is None and not self._closed:
                self._drawing = self._next_undrawn()
                if self._drawing is not None:
                    self._drawer.submit(self._draw, self._drawing)

    def close(self) -> None:
        """Begin nothing more, and wait for what was begun."""
        with self._lock:
            self._closed = True
        for pool in (self._drawer, self._pool):
            if pool is not None:
                pool.shutdown(cancel_futures=True)
        if self._elsewhere is not None:
            self._elsewhere.close()

    def _add(self, key: object, begun: _Begun) -> None:
        place = begun.turn.place
        waiting = self._waiting[place]
        if begun.position > 0:
            waiting.append(begun)
        else:
            if waiting and place not in self._busy:
                self._heads.remove((waiting[0].position, waiting[0]))
            waiting.appendleft(begun)
        self._known[key] = begun
        if self._drawer:
            self._unseen.append(begun)
        if waiting[0] is begun and place not in self._busy:
            self._head(begun)

    def _head(self, begun: _Begun) -> None:
        insort(self._heads, (begun.position, begun))

    def _next(self) -> _Begun | None:
        undrawn = None
        for _, begun in self._heads[:_LOOKED_AT]:
            readiness = begun.readiness
            if readiness is Readiness.READY:
                return begun
            if readiness is Readiness.UNDRAWN and undrawn is None:
                undrawn = begun
        if self._drawer is None and self._drawing is None:
            self._drawing = undrawn
            return undrawn
        return None

    def _next_undrawn(self) -> _Begun | None:
        """What to draw for: what would begin next, then all that is known, in its order."""
        for _, begun in self._heads[:_LOOKED_AT]:
            if begun.readiness is Readiness.UNDRAWN:
                return begun
        while self._unseen:
            begun = self._unseen.popleft()
            if begun.readiness is Readiness.UNDRAWN:
                return begun
        return None

    def _draw(self, begun: _Begun) -> None:
        with suppress(BaseException):  # the turn meets it again, and says so
            begun.turn.draw()
        with self._lock:
            begun.drawn = True
            self._drawing = None
        self.look()

    def _run(self, begun: _Begun) -> None:
        try:
            given, error = begun.turn.run(), None
        except BaseException as caught:  # noqa: BLE001  it is raised again where the turn is waited for
            given, error = None, caught
        place = begun.turn.place
        with self._lock:
            self._free += 1
            self._busy.discard(place)
            if self._drawing is begun:
                self._drawing = None
            if waiting := self._waiting[place]:
                self._head(waiting[0])
            else:
                del self._waiting[place]
        if error is None:
            begun.future.set_result(given)
        else:
            begun.future.set_exception(error)
        self.look()


def begun_ahead(runner: Runner, operations: Callable[[int], Iterable[tuple[str, Operation]]]) -> Pipeline | None:
    """What begins the items of a runner before their turn; None where the service is not to be asked several things at once.

    Args:
        runner: Runs the items.
        operations: Given how many items run at the same time: the operations that will be drawn for, each with its version, in the order
            in which items could begin.
    """
    lanes = runner.policy.limits.concurrency
    if lanes == 1 or runner.application:
        return None
    import_early()
    runner.prepare()
    found = Pipeline(lanes)
    runner.transport.is_busy = found.is_full
    found.draw_in(
        runner.trials.requests.drawing.draw_elsewhere(operations(lanes), processes=processes(), told=found.look)
    )
    return found


def in_rounds(items: Iterable[T], place: Callable[[T], object], lanes: int) -> Iterator[T]:
    """Items in the order in which lanes could begin them: the first of each place, then the second of each, for some places at a time.

    Args:
        items: The items.
        place: Of one item: where it follows the others.
        lanes: Places at a time.
    """
    rows: dict[object, list[T]] = {}
    for item in items:
        rows.setdefault(place(item), []).append(item)
    waiting = iter(rows.values())
    while several := list(islice(waiting, lanes)):
        for index in range(max(map(len, several))):
            yield from (row[index] for row in several if index < len(row))
