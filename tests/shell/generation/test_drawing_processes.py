"""Drawing in other processes: what they draw is taken, and what becomes of it where they do not."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from pytest_apiversion.shell.generation.drawing import prepare
from pytest_apiversion.shell.generation.drawing_processes import DrawingProcesses
from pytest_apiversion.shell.generation.drawn import Drawn, Readiness
from pytest_apiversion.shell.generation.pools import pool
from pytest_apiversion.shell.generation.pools.pieces import Pieces
from tests.counting import calls_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes draw on Linux only")

HERE = os.getpid()


@contextmanager
def elsewhere(*makers: Callable[[], Drawn]) -> Iterator[tuple[DrawingProcesses, threading.Semaphore]]:
    """One process that draws with these, by their numbers, and what is released each time it tells something."""
    told = threading.Semaphore(0)
    found = DrawingProcesses(enumerate(makers), processes=1, told=told.release)
    try:
        yield found, told
    finally:
        found.close()


def in_process() -> Drawn:
    """The process that drew, as if it were a problem."""
    return (), str(os.getpid())


def slowly() -> Drawn:
    """The same, after a while."""
    time.sleep(0.5)
    return in_process()


def dying() -> Drawn:
    """Nothing, since the process ends."""
    os._exit(9)


def test_what_another_process_drew_is_taken() -> None:
    """A drawing that was made elsewhere is handed over as it was made."""
    with elsewhere(in_process) as (found, told):
        assert told.acquire(timeout=10)
        assert found.readiness(0) is Readiness.READY
        drawn = found.take(0)

    assert drawn is not None
    assert drawn[0] == ()
    assert int(drawn[1]) not in {0, HERE}


def test_what_nobody_began_is_drawn_here_and_only_here() -> None:
    """Who needs a drawing does not wait for those before it, and no other process begins it any more."""
    with elsewhere(slowly, in_process) as (found, told):
        while found.readiness(0) is Readiness.UNDRAWN:
            time.sleep(0.01)
        assert found.readiness(0) is Readiness.BEING_DRAWN
        assert found.readiness(1) is Readiness.UNDRAWN
        assert found.take(1) is None
        assert found.take(0) is not None
        assert told.acquire(timeout=10)
        assert told.acquire(timeout=10)  # the end of the process, which had one drawing to make
        assert not told.acquire(timeout=0.1)


def test_what_a_process_takes_to_its_grave_is_drawn_here() -> None:
    """A process that dies amid a drawing leaves it, and what it had not begun, to this one."""
    with elsewhere(dying, in_process) as (found, told):
        assert told.acquire(timeout=10)
        assert found.take(0) is None
        assert found.take(1) is None
        assert found.readiness(0) is Readiness.UNDRAWN


def test_what_was_not_to_be_drawn_elsewhere_is_drawn_here() -> None:
    """Other processes know what was wanted when they began."""
    with elsewhere(in_process) as (found, _):
        assert found.take("unheard of") is None


def test_a_process_that_draws_ends_with_the_run() -> None:
    """However long a drawing takes, nobody waits for it at the end."""

    def for_ever() -> Drawn:
        time.sleep(600)
        return in_process()

    begun = time.monotonic()
    with elsewhere(for_ever) as (found, _):
        while found.readiness(0) is Readiness.UNDRAWN:
            time.sleep(0.01)
        waiting = threading.Thread(target=found.take, args=[0])
        waiting.start()
    waiting.join(10)

    assert not waiting.is_alive()
    assert time.monotonic() - begun < 10


def test_a_process_that_draws_holds_nothing_of_the_run() -> None:
    """A server that ends when its input is closed ends then, although a copy of the run goes on."""
    reading, writing = os.pipe()
    with elsewhere(slowly) as (found, _), os.fdopen(reading, "rb") as pipe:
        while found.readiness(0) is Readiness.UNDRAWN:
            time.sleep(0.01)
        os.close(writing)
        begun = time.monotonic()
        pipe.read()

        assert time.monotonic() - begun < 0.3
        assert found.take(0) is not None


SAFE = """
import os, threading, time
from pytest_apiversion.shell.generation.drawing_processes import processes
os.sched_getaffinity = lambda _: set(range({processors}))
{thread}
print(processes())
"""


@pytest.mark.parametrize(
    ("processors", "thread", "expected"),
    [
        pytest.param(1, "", "0", id="no-processor-for-it"),
        pytest.param(2, "", "1", id="two-processors"),
        pytest.param(64, "", "4", id="never-many"),
        pytest.param(8, "threading.Thread(target=time.sleep, args=[9], daemon=True).start()", "0", id="a-thread"),
        pytest.param(8, "import _thread; _thread.start_new_thread(time.sleep, (9,))", "0", id="a-thread-in-secret"),
    ],
)
def test_a_fork_is_made_where_it_is_safe_and_of_use(processors: int, thread: str, expected: str) -> None:
    """A copy of a process with several threads may wait for a lock for ever; without a processor it gains nothing."""
    code = SAFE.format(processors=processors, thread=thread)
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == expected


def test_what_wrong_values_are_chosen_among_is_drawn_before_the_first_fork() -> None:
    """Values of every type are drawn once for all processes: after that, a schema's first wrong value draws nothing."""

    def work() -> int:
        schema = {"type": "integer", "minimum": 1}
        return calls_of(lambda: Pieces({}, 7, negative=True).refused(schema).first())

    pool.forget()
    alone = work()
    pool.forget()
    prepare(7)

    assert work() < alone / 4
