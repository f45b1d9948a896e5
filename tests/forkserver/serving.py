"""Starts a fork server, and writes the program that stands for Python."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
_READY = "ready"
_PROGRAM = """#!{python} -IS
import runpy, sys
sys.argv[:1] = [{interpreter!r}, {python!r}, {socket!r}]
runpy.run_path({interpreter!r}, run_name="__main__")
"""
_LONGEST = 120
"""Characters of a path that fit behind `#!` and into the name of a socket everywhere."""


@contextlib.contextmanager
def fork_server(folder: Path) -> Iterator[str]:
    """The path of a program that does what `sys.executable` does, sooner; `sys.executable` itself where there is no fork server.

    Args:
        folder: An empty folder for the socket and the program.
    """
    socket, program = folder / "socket", folder / "python"
    if (
        not sys.platform.startswith("linux")
        or " " in sys.executable
        or len(str(socket)) > _LONGEST < len(sys.executable)
    ):
        yield sys.executable
        return
    interpreter = Path(__file__).with_name("interpreter.py")
    program.write_text(
        _PROGRAM.format(python=sys.executable, socket=str(socket), interpreter=str(interpreter)), "utf-8"
    )
    program.chmod(0o700)
    command = [sys.executable, "-m", "tests.forkserver.server", str(socket), str(program)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            while (line := server.stdout.readline().rstrip("\n")) != _READY:
                assert line or server.poll() is None, "the fork server did not start"
            yield str(program)
        finally:
            server.stdin.close()  # its end is the end of the server
            server.wait(10)
