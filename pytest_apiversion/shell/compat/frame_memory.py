"""Calls whose frames lie in one piece of memory.

CPython keeps the frames of Python functions in pieces of 16 KB and gives an empty one back to the system at once. What calls
and returns again and again just where a piece ends, as deep recursion does somewhere, asks the system for memory each time: drawing with
Hypothesis did so seven thousand times a run. A frame too large for such a piece gets one of its own, with room for those above it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")
_ENTRIES = 33_000
"""Of eight bytes: just over a quarter of a megabyte, so that the piece is half of one. What is not touched is no memory."""


def in_one_piece(call: Callable[[], _T]) -> _T:
    """Call a function so that it and what it calls find room in one piece."""
    return call()


if sys.implementation.name == "cpython":
    in_one_piece.__code__ = in_one_piece.__code__.replace(co_stacksize=_ENTRIES)
