"""Starts a fork server, and writes the program that stands for Python."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
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


@contextlib.contextmanager
def fork_server(folder: Path) -> Iterator[str]:
    """The path of a program that does what `sys.executable` does, sooner; `sys.executable` itself where there is no fork server.

    Args:
        folder: An empty folder for the socket and the program.
    """
    socket, program = folder / "socket", folder / "python"
    too_long = max(len(str(socket)), len(sys.executable)) > _LONGEST
    if not sys.platform.startswith("linux") or " " in sys.executable or too_long:
        yield sys.executable
        return
    interpreter = Path(__file__).with_name("interpreter.py")
    read = {f"PYTHON{name}": os.environ.get(f"PYTHON{name}") for name in _AT_THE_START}
    words = {"python": sys.executable, "socket": str(socket), "interpreter": str(interpreter)}
    program.write_text(_PROGRAM.format(**words, at_the_start=json.dumps(read)), "utf-8")
    program.chmod(0o700)
    command = [sys.executable, str(Path(__file__).with_name("server.py")), str(socket), str(program)]
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
