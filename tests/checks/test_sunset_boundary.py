"""AV112: a sunset that is only a day says whether the day is the first without service or the last with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.checks.sunset_boundary import CHECK
from pytest_apiversion.core.checking.check import Scene
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from tests.checks.builders import V1, alias, inspected, instant, living, policy, scene


def ending(life: Lifecycle = V1, at: str = "2026-11-20") -> Scene:
    """A scene of a version with these dates."""
    return scene(living(life), "v1", None, as_of=instant(at))


SAID = replace(V1, boundary_declared=True)
NOON = replace(V1, sunset=instant("2027-01-01T12:00:00"))

SILENT = {
    "said": (ending(SAID), "held"),
    "an-instant": (ending(NOON), "unpromised"),
    "no-sunset": (ending(Lifecycle()), "unpromised"),
    "over": (ending(at="2027-01-01"), "unpromised"),
    "alias-says-it": (scene(policy(aliases={"plain": alias(SAID)}), "plain", None), "held"),
}

SPEAK = {
    "not-said": (ending(), ("whether v1 answers on the day of its sunset is not said",)),
    "years-ahead": (ending(at="2020-01-01"), ("whether v1 answers on the day of its sunset is not said",)),
    "last-instant": (
        ending(at="2026-12-31T23:59:59.999999"),
        ("whether v1 answers on the day of its sunset is not said",),
    ),
    "alias": (
        scene(policy(aliases={"plain": alias(V1)}), "plain", None),
        ("whether plain answers on the day of its sunset is not said",),
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """A day whose meaning is said, and an instant, make no finding."""
    where, expected = SILENT[name]

    assert inspected(CHECK, where) == expected


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """A day that can be read both ways is told until it is over."""
    where, expected = SPEAK[name]

    assert inspected(CHECK, where) == expected
