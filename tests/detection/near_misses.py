"""Bugs that are next to an honest way of `forms`: each is found, though its neighbour is silent."""

from __future__ import annotations

from collections.abc import Mapping

from tests.detection.forms import header, pointing, says
from tests.detection.plants import Plant, answering

NEAR_MISSES: Mapping[tuple[str, str], Plant] = {
    ("moonborn", "sunset-ends-before-its-last-day"): answering(
        header("Sunset", "Sat, 15 May 2027 23:59:59 GMT"),
        folder=says('boundary = "start-of-day"', 'boundary = "end-of-day"'),
    ),
    ("moonborn", "sunset-points-to-a-path-nobody-has"): answering(pointing("/v2/archive{}".format)),
}
"""By policy and name of the bug."""
