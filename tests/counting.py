"""Counts work instead of time: what machines and their load cannot change."""

from __future__ import annotations

import sys
from collections.abc import Callable


def calls_of(function: Callable[[], object], *, built_in: bool = False) -> int:
    """How many calls of Python functions it takes, those of functions that are built in counted where that is wanted."""
    events = {"call", "c_call"} if built_in else {"call"}
    count = 0

    def counting(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in events

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        function()
    finally:
        sys.setprofile(before)
    return count
