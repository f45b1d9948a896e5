"""Ends a process soon after the one that started it, however that one ended: nobody else would end it."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time

_EACH = 0.5
"""Seconds between two looks."""
_PR_SET_PDEATHSIG = 1
"""Linux, prctl(2)."""


def end_with(parent: int) -> None:
    """Have this process end within a second of another, which started it.

    On Linux the kernel sees to it even while something holds the interpreter; elsewhere, and where another process stands between, a thread looks.

    Args:
        parent: Its process id, as told before this process began.
    """
    if sys.platform == "linux":
        with contextlib.suppress(Exception):  # a Python without ctypes, or a kernel that does not let us
            import ctypes  # noqa: PLC0415  most processes have no parent of ours

            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_watch, args=(parent,), name="apiversion-parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_EACH)
    os._exit(1)
