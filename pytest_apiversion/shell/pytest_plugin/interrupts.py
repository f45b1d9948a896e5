"""Ctrl-C while a run ends: the page is written all the same, and what may take its time is cut short."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import pytest

from pytest_apiversion.shell.generation.interruption import interrupt
from pytest_apiversion.shell.processes.early_interrupts import is_all

_TRIES = 20
"""How often pytest is asked to show where an interrupted run was."""

_PAUSE = 0.05
"""Seconds between two of them."""


class Ending:
    """The end of a run, in which Ctrl-C raises nothing but where it may.

    Args:
        config: Of the run.

    Attributes:
        interrupted: Whether it was pressed since.
    """

    def __init__(self, config: pytest.Config) -> None:
        self.interrupted = False
        self._may = False
        self._before: Any = None
        if threading.current_thread() is threading.main_thread():
            self._before = signal.SIG_IGN if is_all(config.invocation_params.args) else signal.getsignal(signal.SIGINT)
            signal.signal(signal.SIGINT, self._pressed)
            config.add_cleanup(self.over)

    def _pressed(self, *_: object) -> None:
        self.interrupted = True
        if self._may:
            self._may = False
            raise KeyboardInterrupt

    @contextlib.contextmanager
    def cut_short(self) -> Iterator[None]:
        """What is done within is left as it is when Ctrl-C is pressed."""
        self._may = True
        try:
            with contextlib.suppress(KeyboardInterrupt):
                yield
        finally:
            self._may = False

    def over(self) -> None:
        """Let Ctrl-C mean again what it meant; nothing where the process has nothing more to do than to end with what was found."""
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
            self._before = None


_ENDING: pytest.StashKey[Ending] = pytest.StashKey()


def ending(config: pytest.Config) -> Ending:
    """The end of a run, which begins when this is first asked for."""
    if _ENDING not in config.stash:
        config.stash[_ENDING] = Ending(config)
    return config.stash[_ENDING]


@contextlib.contextmanager
def told(config: pytest.Config, excinfo: pytest.ExceptionInfo[BaseException], *, ours: bool) -> Iterator[None]:
    """Have pytest show where the run was; where policy files are in it, draw nothing more."""
    if ours:
        ending(config)
    with interrupt() if ours else contextlib.nullcontext(), _shown_anyhow(config, excinfo):
        yield


@contextlib.contextmanager
def _shown_anyhow(config: pytest.Config, excinfo: pytest.ExceptionInfo[BaseException]) -> Iterator[None]:
    """Have pytest show where the run was, though it cannot at first.

    A thread of somebody else may parse source just then, and pytest cannot (gh-106905: CPython before 3.11.8 and 3.12.2); it is asked again.
    Ctrl-C may come between two lines, where Python has no number for pytest to show; it is shown the first line of the function.
    """
    try:
        yield
    except (SystemError, TypeError):
        excinfo.value.__traceback__ = _numbered(excinfo.tb)
        shown = pytest.ExceptionInfo.from_exception(excinfo.value)
        reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
        for tried in range(_TRIES):
            try:
                reporter.pytest_keyboard_interrupt(shown)
            except SystemError:
                if tried == _TRIES - 1:
                    raise
                time.sleep(_PAUSE)
            else:
                break


def _numbered(trace: TracebackType | None) -> TracebackType | None:
    """A traceback in which every place has a line."""
    if trace is None:
        return None
    found: int | None = trace.tb_lineno  # None between two lines, whatever its type says
    line = found if found is not None else trace.tb_frame.f_code.co_firstlineno
    return TracebackType(_numbered(trace.tb_next), trace.tb_frame, trace.tb_lasti, line)
