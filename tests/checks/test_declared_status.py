"""AV102: the status the documentation gives a version is the one its dates give it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.checks.declared_status import CHECK
from pytest_apiversion.core.checking.check import Scene
from pytest_apiversion.core.versions.lifecycle import Lifecycle, Stage
from tests.checks.builders import NOW, V1, inspected, instant, living, scene
from tests.checks.moments import MOMENTS


def called(status: Stage | None, life: Lifecycle = V1, at: str = "") -> Scene:
    """A scene of a version that the documentation calls something."""
    return scene(living(replace(life, status=status)), "v1", None, as_of=instant(at) if at else NOW)


SILENT = {
    "agrees": (called(Stage.DEPRECATED), "held"),
    "not-said": (called(None), "unpromised"),
    "not-said-of-a-sunset-one": (called(None, at="2030-01-01"), "unpromised"),
    "last-instant": (called(Stage.DEPRECATED, at="2026-12-31T23:59:59.999999"), "held"),
    "first-instant": (called(Stage.SUNSET, at="2027-01-01"), "held"),
}

SPEAK = {
    "stale": (called(Stage.LIVE), ("v1 is called live and is deprecated",)),
    "gone": (called(Stage.DEPRECATED, at="2027-01-01"), ("v1 is called deprecated and is sunset",)),
    "too-early": (called(Stage.SUNSET, at="2026-12-31T23:59:59.999999"), ("v1 is called sunset and is deprecated",)),
    "not-released": (called(Stage.LIVE, at="2023-12-31"), ("v1 is called live and is planned",)),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What is called what it is makes no finding, and neither does what is not called anything."""
    where, expected = SILENT[name]

    assert inspected(CHECK, where) == expected


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """A status that time has passed by is told with the one that is due."""
    where, expected = SPEAK[name]

    assert inspected(CHECK, where) == expected


@pytest.mark.parametrize("name", MOMENTS)
def test_on_the_day(name: str) -> None:
    """At every instant around every date exactly the stage that is due is held."""
    life, at, stage = MOMENTS[name]

    assert [status for status in Stage if inspected(CHECK, called(status, life, at)) == "held"] == [stage]
