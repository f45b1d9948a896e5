"""Methods in which the selection of a version is tried: every reading, and one write of a version for each method."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_apiversion.core.checking.check import Ask
    from pytest_apiversion.core.checking.scene import Scene

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
"""Methods that write; of each, one operation of a version is asked."""


def reads(scene: Scene) -> bool:
    """Whether the scene's operation is a reading."""
    return scene.operation is not None and scene.operation.method == "GET"


def reads_first(scene: Scene) -> bool:
    """Whether the scene's operation is the one reading of its version that whole families of texts are tried on.

    It is the contract's first without a path parameter, else its first: the same in every process that shares the run.
    """
    operation = scene.operation
    if operation is None or not reads(scene):
        return False
    first = scene.once(f"first reading of {scene.version}", lambda: _first_reading(scene))
    return bool(first == operation.key)


def _first_reading(scene: Scene) -> str | None:
    readings = [each for each in scene.contracts[scene.version].asked if each.method == "GET"]
    versioned = [each for each in readings if not each.neutral]
    return next((each.key for each in sorted(versioned, key=lambda each: "{" in each.path)), None)


def as_head(scene: Scene, ask: Ask) -> Iterator[Ask]:
    """The same as `HEAD`, on the one reading of a version that whole families are tried on: a gate may be written for some methods only."""
    if reads_first(scene):
        yield replace(ask, method="HEAD")


def writes(scene: Scene) -> bool:
    """Whether the scene's operation is a write that may be sent; it is about something of this run's own, or adds it.

    A service may choose the version of those elsewhere than that of readings, and that of a `DELETE` elsewhere than that of a `POST`; one
    of a version is asked for each method.
    """
    return scene.unsafe and scene.operation is not None and scene.operation.method in WRITES


def uses_up(scene: Scene) -> bool:
    """Whether each request of the scene's operation takes a thing that has to be made for it: it is asked no more than needed."""
    return scene.operation is not None and scene.operation.method == "DELETE"
