"""Looks up names that other packages may have."""

from __future__ import annotations

import importlib
from typing import Any


def find(module: str, name: str) -> Any:
    """What a module of another package has under a name; None where there is no such module, or nothing of that name in it."""
    try:
        return getattr(importlib.import_module(module), name, None)
    except ImportError:
        return None
