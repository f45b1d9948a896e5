"""AV101: versions were released in the order their names give them."""

from __future__ import annotations

import datetime as dt

import pytest

from pytest_apiversion.checks.version_order import CHECK
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.policy.subjects import Version
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from tests.checks.builders import alias, inspected, policy, scene


def released(scheme: str, subject: str, *rows: tuple[str, str | None], codenames: tuple[str, ...] = ()) -> Scene:
    """A scene of a version among others, oldest first, each with the day it was released."""
    versions = {
        name: Version(
            name=name,
            contract=f"{name}.yaml",
            lifecycle=Lifecycle(released=dt.date.fromisoformat(day) if day else None),
            order=order,
        )
        for order, (name, day) in enumerate(rows)
    }
    return scene(policy(scheme=scheme, versions=versions, codenames=codenames), subject, None)


FORGE = ("crucible", "forge")

SILENT = {
    "in-order": (released("vN", "v2", ("v1", "2024-01-01"), ("v2", "2025-01-01")), "held"),
    "same-day": (released("vN", "v2", ("v1", "2024-01-01"), ("v2", "2024-01-01")), "held"),
    "first": (released("vN", "v1", ("v1", "2024-01-01"), ("v2", "2025-01-01")), "unpromised"),
    "earlier-without-a-date": (released("vN", "v2", ("v1", None), ("v2", "2025-01-01")), "unpromised"),
    "without-a-date": (released("vN", "v2", ("v1", "2024-01-01"), ("v2", None)), "unpromised"),
    "numbers-not-letters": (
        released("major.minor", "1.10", ("1.9", "2024-01-01"), ("1.10", "2024-02-01")),
        "held",
    ),
    "patch-of-an-old-minor": (
        released("semver", "2.0.0", ("1.4.0", "2024-01-01"), ("1.4.1", "2026-01-01"), ("2.0.0", "2025-01-01")),
        "unpromised",
    ),
    "minor-of-an-old-major": (
        released("major.minor", "2.0", ("1.5", "2026-01-01"), ("2.0", "2025-01-01")),
        "unpromised",
    ),
    "beta-of-the-next": (
        released("kubernetes", "v1", ("v2beta1", "2026-01-01"), ("v1", "2025-01-01")),
        "unpromised",
    ),
    "codename-before": (
        released(
            "minor.patch.codename",
            "1.0.forge",
            ("1.0.crucible", "2026-01-01"),
            ("1.0.forge", "2025-01-01"),
            codenames=FORGE,
        ),
        "unpromised",
    ),
    "no-order": (released("opaque", "b", ("a", "2026-01-01"), ("b", "2025-01-01")), "unpromised"),
    "alias": (scene(policy(aliases={"plain": alias()}), "plain", None), "unpromised"),
}

SPEAK = {
    "swapped": (
        released("vN", "v2", ("v1", "2025-01-01"), ("v2", "2024-01-01")),
        ("v2 was released before v1, which it follows",),
    ),
    "a-day-early": (
        released("integer", "2", ("1", "2024-03-01"), ("2", "2024-02-29")),
        ("2 was released before 1, which it follows",),
    ),
    "preview-ten-before-two": (
        released(
            "minor.patch.codename",
            "1.3.forge-preview.10",
            ("1.3.forge-preview.2", "2026-02-01"),
            ("1.3.forge-preview.10", "2026-01-01"),
            codenames=FORGE,
        ),
        ("1.3.forge-preview.10 was released before 1.3.forge-preview.2, which it follows",),
    ),
    "stable-before-its-preview": (
        released(
            "minor.patch.codename",
            "1.3.forge",
            ("1.3.forge-preview.1", "2026-02-01"),
            ("1.3.forge", "2026-01-01"),
            codenames=FORGE,
        ),
        ("1.3.forge was released before 1.3.forge-preview.1, which it follows",),
    ),
    "several-said-once": (
        released("vN", "v3", ("v1", "2025-01-01"), ("v2", "2025-02-01"), ("v3", "2024-01-01")),
        ("v3 was released before v2, which it follows",),
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """Releases in order, of other lines, or without a date make no finding."""
    where, expected = SILENT[name]

    assert inspected(CHECK, where) == expected


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """A version that is older than its name is told with the one it follows."""
    where, expected = SPEAK[name]

    assert inspected(CHECK, where) == expected
