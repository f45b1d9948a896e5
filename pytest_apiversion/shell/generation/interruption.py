"""Lets one thread at a time draw or import, and ends drawing when the user interrupts.

Before 3.11.8 and 3.12.2 Python cannot parse source in two threads at the same time (gh-106905). Hypothesis parses source; so does
pytest when it imports a plugin, which this package and schemathesis are, and when it shows where an interrupted run was.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

from pytest_apiversion.core.errors import ToolError

ONE_AT_A_TIME = threading.RLock()
"""Hypothesis sets the random numbers of the whole process while it draws, so only one thread may let it.

What is imported only when it is needed, and maybe beside a drawing, is imported under this lock as well.
"""

_LONGEST = 2.0
"""Seconds the end of a drawing is waited for at most."""

_over = threading.Event()


@contextlib.contextmanager
def interrupt() -> Iterator[None]:
    """Let nothing more be drawn, and wait until nothing is; within, nothing else is imported either."""
    _over.set()
    alone = ONE_AT_A_TIME.acquire(timeout=_LONGEST)
    try:
        yield
    finally:
        if alone:
            ONE_AT_A_TIME.release()


def resume() -> None:
    """Let a later run in this process draw."""
    _over.clear()


def is_over() -> bool:
    """Whether the run was interrupted."""
    return _over.is_set()


def go_on() -> None:
    """Do nothing while the run goes on.

    Raises:
        ToolError: It was interrupted.
    """
    if is_over():
        raise ToolError("the run was interrupted")
