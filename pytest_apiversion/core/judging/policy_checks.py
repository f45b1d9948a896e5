"""What checks of the policy file share: the place of a version in it, and which version speaks for the whole file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.scene import Scene


def home(scene: Scene) -> str:
    """The dotted place of the scene's version or alias."""
    return f"{'aliases' if scene.is_alias else 'versions'}.{scene.subject}"


def speaks_for_all(scene: Scene) -> bool:
    """Whether what is said of the whole file is said at this subject: the newest version."""
    return scene.subject == list(scene.policy.versions)[-1]
