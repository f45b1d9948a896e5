"""How deep a value nests."""

from __future__ import annotations

from typing import Any

MAX_NESTING = 12
"""Levels of a value that compiled validators are given: where two ways lead from level to level they take 2ⁿ, and hold the interpreter."""


def shallow(value: Any) -> bool:
    """Whether a value nests no deeper than compiled code should follow."""
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(MAX_NESTING):
        if not level:
            return True
        level = [
            child
            for node in level
            for child in (node.values() if isinstance(node, dict) else node)
            if isinstance(child, (dict, list))
        ]
    return False
