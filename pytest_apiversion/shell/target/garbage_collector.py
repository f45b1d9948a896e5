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
    """Whether this package left something out of the searches, how often all was searched by then, and whether the last search of the process was called off."""

    is_ours: bool = False
    searches: int = 0
    at_exit: bool = False


_ours = _Frozen()


def let_go() -> None:
    """Look through everything again from now on, if this package had anything left out.

    Only what Python does when the process ends looks through nothing: the memory goes back to the system as it is.
    """
    if _ours.is_ours:
        _ours.is_ours = False
        gc.unfreeze()
        if not _ours.at_exit:
            _ours.at_exit = True
            atexit.register(gc.freeze)


def leave_out_more() -> None:
    """Leave out what was made since, where all of that was just searched: most of it is what was found, and lasts as long."""
    if _ours.is_ours and _searches() != _ours.searches:
        _leave_out()


def _leave_out() -> None:
    gc.freeze()
    _ours.is_ours, _ours.searches = True, _searches()


def _searches() -> int:
    """How often everything was searched that was not left out."""
    return int(gc.get_stats()[-1]["collections"])


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

    Where somebody else left something out before, nothing is added, for Python keeps one such heap: what is let go is let go for all.
    """
    before = sys.getallocatedblocks()
    with uncollected():
        yield
        if sys.getallocatedblocks() - before >= _MANY and (_ours.is_ours or gc.get_freeze_count() == 0):
            _leave_out()
