"""A process that draws ends with the one that started it, however that one ends."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes draw on Linux only")

PARENT = """
import signal, sys, time
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # who is started by nohup is deaf to it
from pytest_apiversion.shell.generation.drawing_processes import DrawingProcesses

def busy():
    while True:
        sum(range(10_000_000))

found = DrawingProcesses([(0, busy)], processes=1, told=lambda: None)
print(found._processes[0], flush=True)
time.sleep(60)
"""


def _lives(process: int) -> bool:
    with contextlib.suppress(OSError, IndexError):
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] not in "ZX"
    return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGHUP], ids=str)
def test_nothing_is_left(number: signal.Signals) -> None:
    """Two seconds after the end of the process that asked, none draws for it."""
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert _lives(child)

        os.kill(parent.pid, number)
        parent.wait(10)

    end = time.monotonic() + 2
    while _lives(child) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _lives(child)
