"""Deep calls ask the system for memory once."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from pytest_apiversion.shell.compat.frame_memory import in_one_piece

resource = pytest.importorskip("resource", reason="only Unix counts what a process asks for")
_AGAIN = 2_000
_DEEPEST = 250


def _nothing() -> None:
    """Costs a frame."""


def _again(depth: int) -> int:
    """Pages asked for while a function is called again and again at some depth."""
    if depth:
        return _again(depth - 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(_AGAIN):
        _nothing()
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)


def _most(start: Callable[[Callable[[], int]], int]) -> int:
    """Pages asked for at the worst depth of all."""
    return max(start(lambda depth=depth: _again(depth)) for depth in range(_DEEPEST))  # type: ignore[misc]


def test_no_depth_costs_memory_again_and_again() -> None:
    """Where the border of two pieces of memory lies somewhere on the way down, in one piece there is none."""
    if _most(lambda call: call()) < _AGAIN:
        pytest.skip(f"Python {sys.version_info.major}.{sys.version_info.minor} keeps its pieces here")

    assert _most(in_one_piece) < _AGAIN / 10


def test_what_is_returned_and_raised_comes_through() -> None:
    """It is a call and no more."""
    assert in_one_piece(lambda: 3) == 3
    with pytest.raises(ZeroDivisionError):
        in_one_piece(lambda: 1 // 0)
