"""What a benchmark tells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One measured pair.

    Attributes:
        name: What was measured.
        ours: What this project reaches or costs.
        peer: The same of the peer.
        ratio: How many times as good as the peer: more exchanges a second, or less time.
        bar: The least ratio that is meant to hold.
    """

    name: str
    ours: float
    peer: float
    ratio: float
    bar: float
