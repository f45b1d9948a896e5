"""What a drawing gives, and what decides it."""

from __future__ import annotations

from enum import Enum, auto

from pytest_apiversion.core.checking.drawn_case import DrawnCase

Key = tuple[str, int, int, int]
"""Shape, seed, and how many positive and negative cases: all that decides what is drawn."""


Drawn = tuple[tuple[DrawnCase, ...], str]
"""The cases of one shape, and why some are wanting (empty when none is)."""


class Readiness(Enum):
    """Whether a turn could begin to ask the service at once."""

    READY = auto()
    UNDRAWN = auto()
    """What it sends is to be drawn first, by itself."""
    BEING_DRAWN = auto()
    """Another process is drawing what it sends; `Pipeline.look` is called when it has."""
