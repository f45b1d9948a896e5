"""The watchdog on bare sockets."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from pytest_apiversion.shell.transport.deadline import Watchdog


@pytest.fixture
def watchdog() -> Iterator[Watchdog]:
    """A watchdog that is closed afterwards."""
    found = Watchdog()
    yield found
    found.close()


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two ends of a connection."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(5)
        yield ours, theirs


def test_a_read_ends_at_the_deadline_although_bytes_keep_coming(
    watchdog: Watchdog, pair: tuple[socket.socket, socket.socket]
) -> None:
    """A byte now and then does not put the end off, and a socket closed meanwhile is no obstacle."""
    ours, theirs = pair
    deadline = watchdog.deadline(0.2)
    deadline.guard(ours)
    begun = time.monotonic()
    theirs.sendall(b"x")
    with contextlib.suppress(BrokenPipeError):  # the end may come between a recv and a sendall
        while ours.recv(1):
            theirs.sendall(b"x")
            time.sleep(0.02)

    assert 0.2 <= time.monotonic() - begun < 1
    assert deadline.expired
    deadline.release()


def test_a_socket_that_was_let_go_is_not_touched(watchdog: Watchdog, pair: tuple[socket.socket, socket.socket]) -> None:
    """After `release` a socket serves on, whatever the time."""
    ours, theirs = pair
    deadline = watchdog.deadline(0.1)
    deadline.guard(ours)
    deadline.release()
    time.sleep(0.2)
    theirs.sendall(b"x")

    assert ours.recv(1) == b"x"
    assert not deadline.expired


def test_deadlines_of_different_lengths_are_held_in_their_order(watchdog: Watchdog) -> None:
    """A short deadline that begins during a long one ends first."""
    ends = []
    pairs = [socket.socketpair() for _ in range(3)]
    deadlines = [watchdog.deadline(seconds) for seconds in (0.3, 0.1, 0.2)]

    def wait(number: int) -> None:
        pairs[number][0].recv(1)
        ends.append(number)

    threads = [threading.Thread(target=wait, args=[number]) for number in range(3)]
    for thread, (ours, _), deadline in zip(threads, pairs, deadlines, strict=True):
        deadline.guard(ours)
        thread.start()
    for thread in threads:
        thread.join(5)
    for (ours, theirs), deadline in zip(pairs, deadlines, strict=True):
        deadline.release()
        ours.close()
        theirs.close()

    assert ends == [1, 2, 0]


def test_a_closed_watchdog_cuts_at_once(watchdog: Watchdog, pair: tuple[socket.socket, socket.socket]) -> None:
    """A request that begins while a run is being ended does not wait."""
    ours, _ = pair
    watchdog.close()
    deadline = watchdog.deadline(60)
    deadline.guard(ours)

    assert deadline.expired
    assert ours.recv(1) == b""
    deadline.release()
