"""Methods in which the selection of a version is tried: every reading, and one write of a version."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.scene import Scene


def reads(scene: Scene) -> bool:
    """Whether the scene's operation is a reading."""
    return scene.operation is not None and scene.operation.method == "GET"


def writes(scene: Scene) -> bool:
    """Whether the scene's operation is a write that may be sent, and that adds something of this run's own.

    A service may choose the version of those elsewhere than that of readings; one of a version is asked.
    """
    return scene.unsafe and scene.operation is not None and scene.operation.method == "POST"
