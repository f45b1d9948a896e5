"""Ctrl-C before a run has begun, while pytest still imports plugins and conftest files: exit code 2 and where it was, no traceback.

And one Ctrl-C in the place of several that are pressed one after the other, from where a policy file is come upon.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

_CODE = 2
"""pytest's exit code of an interrupted run."""

_AGAIN = 1.0
"""Seconds in which Ctrl-C that is pressed again is the same."""

_pressed_at: list[str] = []
_heard_at: list[float] = []
_pytest_ends = threading.Event()


def is_pytest() -> bool:
    """Whether the process was started as `pytest` or `python -m pytest`, and not by a program that calls pytest."""
    program = sys.modules["__main__"]
    name = (
        getattr(getattr(program, "__spec__", None), "name", None) or Path(getattr(program, "__file__", None) or "").name
    )
    return name.partition(".")[0] in {"pytest", "py"}


def is_all(arguments: Sequence[object]) -> bool:
    """Whether a run of pytest with some arguments is all that the process is for, and no run inside another."""
    return is_pytest() and list(arguments) == sys.argv[1:]


def end_quietly() -> None:
    """From now on until `run_begins`, Ctrl-C ends the process; nothing where the process or its Ctrl-C is somebody else's."""
    if (
        is_pytest()
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    ):
        signal.signal(signal.SIGINT, _pressed)
        atexit.register(_forget)


def _forget() -> None:
    """Have Python end with the exit code that pytest gave.

    What interrupts text that is executed, as the making of a dataclass is, has `python -m` end by the signal (exit code 130 of a shell),
    whoever caught it, until text is executed again.
    """
    exec("")  # noqa: S102  see above


def session_begins() -> None:
    """Leave it to pytest to end the process, which it can from now on.

    Raises:
        SystemExit: Ctrl-C was pressed, and what was imported just then went on all the same.
    """
    if _pressed_at:
        raise SystemExit(_CODE)
    _pytest_ends.set()


def run_begins() -> None:
    """Let Ctrl-C mean again what it meant; pytest tells of it from now on.

    Raises:
        KeyboardInterrupt: It was pressed, and what was configured just then went on all the same.
    """
    if _pressed_at:
        raise KeyboardInterrupt
    if signal.getsignal(signal.SIGINT) is _pressed:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def hear_once(arguments: Sequence[object]) -> None:
    """From now on Ctrl-C that is pressed twice is heard once, so that it does not interrupt those who tell of it; nothing where it is somebody else's.

    Args:
        arguments: Of the run of pytest that asks for it.
    """
    if (
        is_all(arguments)
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    ):
        signal.signal(signal.SIGINT, _once)


def _once(*_: object) -> None:
    if not _heard_at or time.monotonic() - _heard_at[-1] > _AGAIN:
        _heard_at.append(time.monotonic())
        raise KeyboardInterrupt


@contextmanager
def pressed_in_vain() -> Iterator[None]:
    """While Ctrl-C is told, it does nothing when it is pressed again."""
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or before is None:
        yield
        return
    signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _pressed(_: int, frame: FrameType | None) -> None:
    """End the process, which nothing interrupts any more: Python, as it ends, gives back what a handler took, but not what is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _pressed_at.append(_place(frame))
    with suppress(OSError):
        os.write(
            2, f"interrupted before the run began{_pressed_at[0]}; nothing was run\n".encode(errors="backslashreplace")
        )
    raise KeyboardInterrupt if _pytest_ends.is_set() else SystemExit(_CODE)


def _place(frame: FrameType | None) -> str:
    """Where the process was: the innermost line that is in a file."""
    while frame is not None and frame.f_code.co_filename.startswith("<"):
        frame = frame.f_back
    return f", at {frame.f_code.co_filename}:{frame.f_lineno or frame.f_code.co_firstlineno}" if frame else ""
