"""Keeps Python's collector of reference cycles away from what lives as long as the run: large contracts are many objects, and no garbage."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 300_000
"""Blocks of memory from which on looking through them again and again costs more than anything that could be found."""


@contextmanager
def lasting() -> Iterator[None]:
    """While it lasts, no cycles are looked for; where much was made, what is there at its end is left out of every later search."""
    enabled, before = gc.isenabled(), sys.getallocatedblocks()
    gc.disable()
    try:
        yield
        if sys.getallocatedblocks() - before >= _MANY:
            gc.freeze()
    finally:
        if enabled:
            gc.enable()
