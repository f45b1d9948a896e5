"""Draws in forked processes while this one asks the service; results do not depend on which process drew them.

A fork knows all that the run knows (contracts, formats a suite added), and sends back plain values. Where there is none to be had
safely, or one dies, everything is drawn here, as it would have been without.
"""

from __future__ import annotations

import contextlib
import gc
import mmap
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Hashable, Iterable
from typing import IO, TYPE_CHECKING

from pytest_apiversion.shell.generation.drawn import Readiness
from pytest_apiversion.shell.processes.parent_watch import end_with

if TYPE_CHECKING:
    from pytest_apiversion.shell.generation.drawn import Drawn

MOST = 4
"""Processes that draw, at most."""

WORTH = 8
"""Drawings below which no process is started for them."""

_FREE, _HERE = 0, 1
"""Nobody began a drawing; this process did. Processes have the numbers after these."""


class DrawingProcesses:
    """Drawings made in other processes, in the order in which they will be wanted, from the moment this is made.

    Args:
        drawings: What makes each, by what it will be asked for.
        processes: How many processes draw.
        told: Called after each drawing that is made, or that turned out to be made by nobody.
    """

    def __init__(
        self, drawings: Iterable[tuple[Hashable, Callable[[], Drawn]]], *, processes: int, told: Callable[[], None]
    ) -> None:
        wanted = dict(drawings)
        self._told = told
        self._makers = list(wanted.values())
        self._place = {key: place for place, key in enumerate(wanted)}
        self._claims = mmap.mmap(-1, max(len(wanted), 1))
        self._made: list[Drawn | None] = [None] * len(wanted)
        self._is_over = bytearray(len(wanted))
        self._lock = threading.Condition()
        self._processes: list[int] = []
        numbers = range(_HERE + 1, _HERE + 1 + processes)
        pipes = {number: pipe for number in numbers if (pipe := self._forked(number)) is not None}
        for number, pipe in pipes.items():  # no thread before the last fork
            threading.Thread(target=self._listen, args=(number, pipe), name="apiversion-drawn", daemon=True).start()

    def take(self, key: Hashable) -> Drawn | None:
        """What another process drew, or is about to; None where it is to be drawn here, and then no other process will."""
        place = self._place.get(key)
        if place is None:
            return None
        with self._lock:
            if self._claims[place] == _FREE:
                self._claims[place] = _HERE
            if self._claims[place] == _HERE:
                return None
            while not self._is_over[place]:
                self._lock.wait()
            return self._made[place]

    def knows(self, key: Hashable) -> bool:
        """Whether a drawing is among those to be made."""
        return key in self._place

    def readiness(self, key: Hashable) -> Readiness:
        """How far a drawing is."""
        place = self._place.get(key)
        if place is None or self._claims[place] in {_FREE, _HERE}:
            return Readiness.UNDRAWN
        return Readiness.READY if self._is_over[place] else Readiness.BEING_DRAWN

    def close(self) -> None:
        """End the processes."""
        for process in self._processes:
            with contextlib.suppress(OSError):  # somebody else may have waited for it
                os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)
        self._processes.clear()

    def _forked(self, number: int) -> int | None:
        """Start a process that draws, and give what its drawings are read from; None where there can be none."""
        reading, writing = os.pipe()
        parent = os.getpid()
        try:
            process = os.fork()
        except OSError:  # the machine has no room for it
            os.close(reading)
            os.close(writing)
            return None
        if process == 0:
            try:
                _alone(writing)
                end_with(parent)
                with open(writing, "wb") as pipe:  # noqa: PTH123  a descriptor is no path
                    self._draw(number, pipe)
            finally:
                os._exit(0)  # nothing of the run is tidied up twice
        self._processes.append(process)
        os.close(writing)
        return reading

    def _draw(self, number: int, pipe: IO[bytes]) -> None:
        for place, make in enumerate(self._makers):
            if self._claims[place] == _FREE:
                self._claims[place] = number
                pickle.dump((place, make()), pipe, pickle.HIGHEST_PROTOCOL)
                pipe.flush()

    def _listen(self, number: int, reading: int) -> None:
        with contextlib.suppress(Exception), open(reading, "rb") as pipe:
            while True:
                place, drawn = pickle.load(pipe)  # noqa: S301  our own child wrote it
                with self._lock:
                    self._made[place], self._is_over[place] = drawn, True
                    self._lock.notify_all()
                self._told()
        with self._lock:  # it ended, having drawn all or not
            for place, over in enumerate(self._is_over):
                if self._claims[place] == number and not over:
                    self._claims[place], self._is_over[place] = _HERE, True
            self._lock.notify_all()
        self._told()


def processes() -> int:
    """How many processes may draw beside this one: none where a fork could not be had safely, or would have no processor.

    A fork copies one thread only; what another one held at that moment, a lock say, nobody would ever let go of.
    """
    if sys.platform != "linux":
        return 0
    try:
        threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208  not all threads are known to `threading`
    except OSError:
        return 0
    return 0 if threads > 1 else min(len(os.sched_getaffinity(0)) - 1, MOST)


def _alone(writing: int) -> None:
    """Let go of all that belongs to the run: its descriptors, its output, its signals."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # a collection would write to, and so copy, every page of the run
    os.closerange(3, writing)
    os.closerange(writing + 1, os.sysconf("SC_OPEN_MAX"))
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nothing, descriptor)
    os.close(nothing)
