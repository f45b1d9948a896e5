"""`python server.py SOCKET PROGRAM [PROCESS]`: imports what a run imports, says so, and forks for each that asks, until the process ends, or its input.

Between a fork and who asked for it stands a keeper, a fork too: it passes signals on, and ends the fork where who asked is gone.
Linux only (`os.pidfd_open`). No threads live in the server, so that a fork holds no lock of another.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import random
import runpy
import select
import signal
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SEED = 7
"""What the plugin's tests draw with, where they have no reason for another seed: `tests.plugin.small_api.SEED`."""
_PATH = sys.path[not sys.flags.safe_path :]
"""Where Python looks for modules, but for this folder."""


class _Small:
    """Serves a small API and writes its suite once pytest's plugins are imported: from the wheel, where one is installed, and not from beside the tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.open = contextlib.ExitStack()

    def pytest_sessionstart(self) -> None:
        sys.path.insert(0, str(ROOT))
        from tests.installed import read_what_is_installed, remember_what_is_installed  # noqa: PLC0415
        from tests.plugin.small_api import SECRET, small_api, write_suite  # noqa: PLC0415

        remember_what_is_installed()
        read_what_is_installed()
        _, url = self.open.enter_context(small_api())
        os.environ |= {"SMALL_URL": url, "SMALL_TOKEN": SECRET}
        write_suite(self.folder)

    def pytest_sessionfinish(self) -> None:
        self.open.close()


def warm() -> None:
    """Run pytest once over a small policy, so that all that a run imports is imported, and by pytest's own import hook; and most that it draws is drawn."""
    with tempfile.TemporaryDirectory() as folder:
        few = (f"--hypothesis-seed={SEED}", "--apiversion-database=none", "--apiversion-today=2026-06-01")
        words = ["-q", "-p", "no:cacheprovider", f"--rootdir={folder}", *few, folder]
        if status := pytest.main(words, [_Small(Path(folder))]):
            sys.exit(status)


def serve(path: str, until: int) -> dict[str, Any] | None:
    """Wait for who asks; returns what is to be done, in the fork that is to do it, and None in the server at its end.

    Args:
        path: Of the socket.
        until: What can be read at the end: standard input, or a process.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for keepers
    gc.collect()
    gc.freeze()  # or each fork copies what it only looks at
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen(64)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            ready, _, _ = select.select([door.fileno(), until], [], [])
            if until in ready:
                return None
            line, _ = door.accept()
            if os.fork():
                line.close()
                continue
            door.close()
            return _keep(line)


def _keep(line: socket.socket) -> dict[str, Any]:
    """Fork what is to run and return in it; the keeper waits for its end and tells it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _, files, _, _ = socket.recv_fds(line, 1, 3)
    if not files:  # somebody wanted to know whether there is a server
        os._exit(0)
    with line.makefile("rb") as said:
        what: dict[str, Any] = json.loads(said.readline())
    child = os.fork()
    if not child:
        for number, file in enumerate(files):
            os.dup2(file, number)
            os.close(file)
        line.close()
        return what
    end = os.pidfd_open(child)
    while end not in select.select([line.fileno(), end], [], [])[0]:
        passed = line.recv(1)
        signal.pidfd_send_signal(end, passed[0] if passed else signal.SIGKILL)
        if not passed:
            break
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(OSError):  # who asked may be gone
        line.sendall(os.waitstatus_to_exitcode(status).to_bytes(4, "big", signed=True))
    os._exit(0)


def become(what: dict[str, Any], program: str) -> None:
    """Do what Python does with `-m MODULE` or `-c CODE` and arguments."""
    from hypothesis.configuration import set_hypothesis_home_dir  # noqa: PLC0415  pytest imports it, or says that it could not rewrite it

    environment: dict[str, str] = what["environment"]
    os.chdir(what["folder"])
    os.environ.clear()
    os.environ.update(environment)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever began the server in the background made it deaf
    random.seed()
    set_hypothesis_home_dir(Path.cwd() / ".hypothesis")
    sys.executable = program
    first, *rest = what["arguments"]
    value, rest = (first[2:], rest) if first[2:] else (rest[0], rest[1:])
    known = [each for each in environment.get("PYTHONPATH", "").split(os.pathsep) if each]
    here = [] if sys.flags.safe_path else ["" if first.startswith("-c") else what["folder"]]
    sys.path[:] = [*here, *known, *_PATH]
    if first.startswith("-c"):
        sys.argv = ["-c", *rest]
        exec(value, {"__name__": "__main__", "__builtins__": __builtins__})  # noqa: S102
    else:
        sys.argv = ["-m", *rest]
        runpy.run_module(value, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    warm()
    asked = serve(sys.argv[1], os.pidfd_open(int(sys.argv[3])) if sys.argv[3:] else sys.stdin.fileno())
    if asked is not None:
        become(asked, sys.argv[2])
