"""A line now and then while one item takes long, so that nobody thinks the run is stuck."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator

import pytest

INTERVAL = 10.0
"""Seconds between two lines."""


@contextlib.contextmanager
def beating(
    config: pytest.Config, label: str, count: Callable[[], int], *, interval: float | None = None
) -> Iterator[None]:
    """Say how far an item is while the context lasts: `v2 GET /debates: 320 exchanges`.

    Says nothing under `-q`, nor where there is no terminal reporter, as in the workers of pytest-xdist.

    Args:
        config: For the terminal reporter.
        label: The item.
        count: How many exchanges there were since the run began.
        interval: Seconds between two lines; `INTERVAL` where absent.
    """
    reporter: pytest.TerminalReporter | None = config.pluginmanager.getplugin("terminalreporter")
    if reporter is None or config.get_verbosity() < 0:
        yield
        return
    done, before = threading.Event(), count()

    def beat() -> None:
        while not done.wait(INTERVAL if interval is None else interval):
            reporter.write_line(f"{label}: {count() - before} exchanges")

    thread = threading.Thread(target=beat, name="apiversion-heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
