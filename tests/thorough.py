"""How much is drawn: the suite draws a part of it, `tox -e thorough` all of it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

_T = TypeVar("_T")
_PART = 4
"""What the suite divides by: it is to take five minutes. What is seeded draws the same in every run, and what is not draws other examples in the next."""


def drawn(examples: int) -> int:
    """How many of so many examples to draw: all of them where the environment has `APIVERSION_THOROUGH`, otherwise a quarter, rounded up."""
    return examples if os.environ.get("APIVERSION_THOROUGH") else -(-examples // _PART)


def some(all_of_them: _T, few: _T) -> _T:
    """What is asked of a part that takes minutes: all of it where the environment has `APIVERSION_THOROUGH`, otherwise a few."""
    return all_of_them if os.environ.get("APIVERSION_THOROUGH") else few


def sample(cases: Iterable[_T], part: int = _PART) -> list[_T]:
    """Each fourth case, or each of another part, from the first on; all of them where the environment has `APIVERSION_THOROUGH`.

    For sweeps: tables of many cases of one kind, most of which `python -m tests.detection` asks in another way.
    """
    return list(cases)[:: 1 if os.environ.get("APIVERSION_THOROUGH") else part]
