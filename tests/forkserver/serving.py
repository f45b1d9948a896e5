"""Starts a fork server, and writes the program that stands for Python."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_READY = "ready"
_PROGRAM = """#!{python} -IS
import runpy, sys
sys.argv[:1] = [{interpreter!r}, {python!r}, {socket!r}, {at_the_start!r}]
runpy.run_path({interpreter!r}, run_name="__main__")
"""
_AT_THE_START = ("HASHSEED", "DEVMODE", "WARNINGS", "OPTIMIZE", "UTF8", "SAFEPATH", "NOUSERSITE", "HOME")
"""Variables, less `PYTHON`, that Python reads when it starts: a fork has them as the server had them."""
_LONGEST = 120
"""Characters of a path that fit behind `#!` and into the name of a socket on every Linux."""


_SOON = 120.0
"""Seconds within which a fork server has imported everything, on a busy machine."""


@contextlib.contextmanager
def fork_server(folder: Path) -> Iterator[str]:
    """The path of a program that does what `sys.executable` does, sooner; `sys.executable` itself where there is no fork server.

    Args:
        folder: An empty folder for the socket and the program.
    """
    if not _can_be(folder):
        yield sys.executable
        return
    program = _program(folder)
    command = _command(folder)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            while (line := server.stdout.readline().rstrip("\n")) != _READY:
                assert line or server.poll() is None, "the fork server did not start"
            yield str(program)
        finally:
            server.stdin.close()  # its end is the end of the server
            server.wait(10)


def shared_fork_server(folder: Path, until: int) -> str:
    """The same for several processes: the first that asks starts it, and it ends with another one.

    Args:
        folder: A folder for the socket and the program, the same in all processes; made by the first.
        until: The process with which it ends.
    """
    if not _can_be(folder):
        return sys.executable
    try:
        folder.mkdir()
    except FileExistsError:
        pass
    else:
        _program(folder)
        ends = os.pipe()  # what it says stays in it; a device would let its forks seek in what they write
        files = [(os.POSIX_SPAWN_DUP2, end, number) for number, end in enumerate(ends)]
        os.posix_spawn(sys.executable, [*_command(folder), str(until)], os.environ, file_actions=files)
        for end in ends:
            os.close(end)
    late = time.monotonic() + _SOON
    while time.monotonic() < late:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.connect(str(folder / "socket"))
            return str(folder / "python")
        time.sleep(0.05)
    raise RuntimeError("the fork server did not start")


def _can_be(folder: Path) -> bool:
    too_long = max(len(str(folder / "socket")), len(sys.executable)) > _LONGEST
    return sys.platform.startswith("linux") and " " not in sys.executable and not too_long


def _program(folder: Path) -> str:
    """Write the program that stands for Python."""
    program, interpreter = folder / "python", Path(__file__).with_name("interpreter.py")
    read = {f"PYTHON{name}": os.environ.get(f"PYTHON{name}") for name in _AT_THE_START}
    words = {"python": sys.executable, "socket": str(folder / "socket"), "interpreter": str(interpreter)}
    program.write_text(_PROGRAM.format(**words, at_the_start=json.dumps(read)), "utf-8")
    program.chmod(0o700)
    return str(program)


def _command(folder: Path) -> list[str]:
    server = Path(__file__).with_name("server.py")
    return [sys.executable, str(server), str(folder / "socket"), str(folder / "python")]
