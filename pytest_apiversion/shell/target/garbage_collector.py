"""Keeps Python's collector of reference cycles away from what lives as long as the run: large contracts are many objects, and no garbage."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_MANY = 20_000
"""Blocks of memory from which on looking through them, and all modules, again and again costs more than anything that could be found."""


@dataclass(slots=True)
class _Frozen:
    """Objects that this package left out of the searches, and whether the last search of the process was called off."""

    count: int = 0
    at_exit: bool = False


_ours = _Frozen()


def let_go() -> None:
    """Look through everything again from now on, unless somebody else has left out more since.

    Only what Python does when the process ends looks through nothing: the memory goes back to the system as it is.
    """
    if _ours.count and 0 < gc.get_freeze_count() <= _ours.count:  # counting walks through all that is left out
        gc.unfreeze()
        if not _ours.at_exit:
            _ours.at_exit = True
            atexit.register(gc.freeze)
    _ours.count = 0


@contextmanager
def uncollected() -> Iterator[None]:
    """While it lasts, no cycles are looked for; afterwards they are as before."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def to_the_end(command: Callable[[], int]) -> int:
    """Run a command after which the process ends: no cycles are looked for, neither meanwhile nor when it ends."""
    gc.disable()
    code = command()
    gc.freeze()
    return code


@contextmanager
def lasting() -> Iterator[None]:
    """While it lasts, no cycles are looked for; where much was made, what is there at its end is left out of later searches until `let_go`.

    Where somebody else left something out already nothing is added, for Python keeps one such heap: what is let go is let go for all.
    """
    before = sys.getallocatedblocks()
    with uncollected():
        yield
        if sys.getallocatedblocks() - before >= _MANY and gc.get_freeze_count() <= _ours.count:
            gc.freeze()
            _ours.count = gc.get_freeze_count()
