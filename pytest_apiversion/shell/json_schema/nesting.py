"""How deep a value nests."""

from __future__ import annotations

from typing import Any

MAX_NESTING = 12
"""Levels of a value that compiled validators are given: where two ways lead from level to level they take 2ⁿ, and hold the interpreter."""


_HOLDERS = frozenset({dict, list})
"""What JSON is read into: asking for the very types takes a third of the time."""


def shallow(value: Any) -> bool:
    """Whether a value nests no deeper than compiled code should follow."""
    level = [value] if type(value) in _HOLDERS else []
    for _ in range(MAX_NESTING):
        if not level:
            return True
        level = [
            child
            for node in level
            for child in (node.values() if type(node) is dict else node)
            if type(child) in _HOLDERS
        ]
    return False
