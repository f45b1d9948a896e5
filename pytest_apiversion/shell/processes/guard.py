"""Runs a program, and ends it and what it started when whoever asked for it is gone: a script, which imports nothing that takes time.

It is started by `guarded`, over a socket of which it holds one end: the other closes with the process that asked, however that ends.
"""

from __future__ import annotations

import _thread
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

ENDED, MISSING = "ended", "missing"
"""What is told: the status a program ended with, or why there was none to run (an `errno`)."""

_PATIENCE = 0.5
"""Seconds that programs may take to tidy up."""


def main(socket: int, command: list[str]) -> None:
    """Run the program and tell how it ended."""
    os.set_inheritable(socket, False)  # noqa: FBT003  POSIX' own
    signal.signal(signal.SIGINT, _nothing)  # Ctrl-C is the program's, which is told as well
    try:
        program = os.posix_spawnp(command[0], command, os.environ, setsigdef=[signal.SIGPIPE])
    except OSError as error:
        os.write(socket, f"{MISSING} {error.errno}".encode())
        return
    ending = _thread.allocate_lock()
    _thread.start_new_thread(_watch, (socket, program, ending))
    status = os.waitstatus_to_exitcode(os.waitpid(program, 0)[1])
    with ending, suppress(OSError):
        os.write(socket, f"{ENDED} {status}".encode())


def _nothing(*_: object) -> None:
    """Nothing."""


def _watch(socket: int, program: int, ending: _thread.LockType) -> None:
    """Wait for the end of whoever asked, and end everything."""
    os.read(socket, 1)
    ending.acquire()  # never released: this thread ends the process
    found = [*_started_by(program), program]
    for number in (signal.SIGTERM, signal.SIGKILL):
        for each in found:
            with suppress(OSError):
                os.kill(each, number)
        end = time.monotonic() + _PATIENCE
        while any(map(_lives, found)) and time.monotonic() < end:
            time.sleep(0.01)
    os._exit(1)


def _started_by(process: int) -> Iterator[int]:
    """What a process started and what those did, where Linux tells; what made itself a daemon is none of it."""
    with suppress(OSError):
        for task in os.listdir(f"/proc/{process}/task"):  # noqa: PTH208  pathlib takes time
            with open(f"/proc/{process}/task/{task}/children", encoding="ascii") as file:  # noqa: PTH123  see above
                for child in map(int, file.read().split()):
                    yield from _started_by(child)
                    yield child


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
