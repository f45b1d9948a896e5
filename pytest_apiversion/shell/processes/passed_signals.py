"""Runs another program for a command: what ends the command ends that program first, which tidies up and says how far it came."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType

_ENDING = tuple(signal.Signals[name] for name in ("SIGINT", "SIGTERM", "SIGHUP") if name in signal.Signals.__members__)

_LOOK = 1.0
"""Seconds after which a signal that was not seen is looked for."""


def run_child(command: Sequence[str], *, captured: bool = False) -> subprocess.CompletedProcess[str]:
    """Run a program and wait for its end. A signal that would end this process goes to the program, and ends this process after it.

    Args:
        command: The program and its arguments.
        captured: Whether its output is kept; otherwise it writes where this process does.

    Raises:
        KeyboardInterrupt: SIGINT came.
    """
    came: list[int] = []
    early: list[int] = []
    pipe = subprocess.PIPE if captured else None
    # Signals that come before there is a program wait until it can be told.
    process: subprocess.Popen[str] | None = None

    def pass_on(number: int, _: FrameType | None) -> None:
        came.append(number)
        if process is None:
            early.append(number)
        elif not _told_by_terminal(number):
            process.send_signal(number)

    here = threading.current_thread() is threading.main_thread()  # only there a program may say what a signal does
    ending = [each for each in _ENDING if here and signal.getsignal(each) not in {signal.SIG_IGN, None}]
    before = {each: signal.signal(each, pass_on) for each in ending}
    try:
        with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, errors="replace") as process:  # noqa: S603  this interpreter
            for number in early:
                process.send_signal(number)
            out, errors = _outcome(process)
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    for number in came:
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        os.kill(os.getpid(), number)
    return subprocess.CompletedProcess(command, process.returncode, out, errors)


def _outcome(process: subprocess.Popen[str]) -> tuple[str, str]:
    """What it wrote, once it has ended. A signal that comes just as the wait begins does not end it, so that none is long."""
    while True:
        with suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=_LOOK)


def _told_by_terminal(number: int) -> bool:
    """Whether a terminal sent a signal to all programs in front, the one that was started among them."""
    if number != signal.SIGINT:
        return False
    try:
        return os.tcgetpgrp(sys.__stdin__.fileno()) == os.getpgrp() if sys.__stdin__ else False
    except (OSError, ValueError, AttributeError):  # no terminal, or a system without groups of processes
        return sys.platform == "win32"
