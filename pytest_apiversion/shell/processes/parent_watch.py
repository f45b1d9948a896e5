"""Ends a process soon after the one that started it, however that one ended: nobody else would end it."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

_EACH = 0.5
"""Seconds between two looks."""
_PR_SET_PDEATHSIG = 1
"""Linux, prctl(2)."""


def end_with(process: int) -> None:
    """Have this process end within a second of another, which started it, or started what did.

    On Linux the kernel sees to it even while something holds the interpreter; elsewhere, and where another process stands between, a thread looks.

    Args:
        process: Its process id, as told before this process began.
    """
    if sys.platform == "linux":
        with contextlib.suppress(Exception):  # a Python without ctypes, or a kernel that does not let us
            import ctypes  # noqa: PLC0415  most processes have no parent of ours

            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    watch(process)


def watch(process: int) -> None:
    """The same by a thread alone, which costs next to nothing. POSIX only: elsewhere to ask whether a process is there may end it."""
    if os.name == "posix":
        there = _is_parent if _is_parent(process) else _exists
        _end_without(process, there)
        threading.Thread(target=_watch, args=(process, there), name="apiversion-parent", daemon=True).start()


def _watch(process: int, there: Callable[[int], bool]) -> None:
    while True:
        _end_without(process, there)
        time.sleep(_EACH)


def _end_without(process: int, there: Callable[[int], bool]) -> None:
    if not there(process):
        os._exit(1)


def _is_parent(process: int) -> bool:
    return os.getppid() == process


def _exists(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
