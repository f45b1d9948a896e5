"""All bugs that are planted around the reference servers."""

from __future__ import annotations

from collections.abc import Mapping

from tests.detection import (
    ahead,
    answers,
    ended,
    header_plants,
    near_misses,
    part_plants,
    plants,
    rewriting,
    selecting,
    unclaimed,
)
from tests.detection.plants import Plant

PLANTS: Mapping[tuple[str, str], Plant] = {
    **plants.PLANTS,
    **ahead.AHEAD,
    **answers.ANSWERS,
    **ended.ENDED,
    **rewriting.REWRITING,
    **selecting.SELECTING,
    **near_misses.NEAR_MISSES,
    **part_plants.PARTS,
    **header_plants.HEADERS,
    **unclaimed.UNCLAIMED,
}
"""By policy and name of the bug."""
