"""All bugs that are planted around the reference servers."""

from __future__ import annotations

from collections.abc import Mapping

from tests.detection import answers, part_plants, plants, rewriting, selecting
from tests.detection.plants import Plant

PLANTS: Mapping[tuple[str, str], Plant] = {
    **plants.PLANTS,
    **answers.ANSWERS,
    **rewriting.REWRITING,
    **selecting.SELECTING,
    **part_plants.PARTS,
}
"""By policy and name of the bug."""
