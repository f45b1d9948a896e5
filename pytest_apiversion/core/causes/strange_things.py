"""Things that are another version's: they lack what this one requires, and have more that is not as its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pytest_apiversion.core.causes.facets import operations_of, versions_of

if TYPE_CHECKING:
    from pytest_apiversion.core.causes.cause import Cause

BODIES = "AV301"
"""Bodies that are not as the contract says."""
AT = re.compile(r"(?<= at )(/\S+)")
"""Where in a body something is wrong, as a summary tells it."""
LACKS = " (required: "
"""What stands before the members that are not there."""


def follows_together(tops: Sequence[Cause], other: Cause) -> bool:
    """Whether a cause is about other members of things that lack, in all of the same answers, several of those that are required."""
    strange = [each for each in tops if each.code == other.code == BODIES and _lacks_several(each)]
    answers = {answer for each in strange for answer in each.answers}
    things = {place.rpartition(" at ")[2].rstrip("/") for each in strange for place in lacking(each) if place}
    inside = [place for each in other.findings for place in AT.findall(each.summary)]
    within = all(any(place.startswith(f"{each}/") for each in things) for place in inside)
    return bool(strange and inside and within and other.answers) and other.answers <= answers


def _lacks_several(cause: Cause) -> bool:
    return None not in lacking(cause) and all("," in each.summary.partition(LACKS)[2] for each in cause.findings)


def is_mirrored(top: Cause, other: Cause) -> bool:
    """Whether two versions lack, in the same operations, what only they require: their bodies took each other's place."""
    mine, others = versions_of(top), versions_of(other)
    places, there = lacking(top), lacking(other)
    alike = None not in places and places == there and operations_of(other) == operations_of(top)
    return alike and mine.isdisjoint(others)


def lacking(cause: Cause) -> set[str | None]:
    """Where members that are required are not there; with None where something else is wrong."""
    return {each.summary.partition(LACKS)[0] if LACKS in each.summary else None for each in cause.findings}
