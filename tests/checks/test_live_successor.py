"""AV105: a deprecated version leaves something to move to."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pytest_apiversion.checks.live_successor import CHECK
from pytest_apiversion.core.checking.check import Scene
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from tests.checks.builders import V1, V2, alias, inspected, instant, policy, scene, versions

AT = "2026-11-20"


def moving(v1: Lifecycle = V1, v2: Lifecycle = V2, at: str = AT, **changes: object) -> Scene:
    """A scene of `v1`, whose clients are to move to `v2`."""
    return scene(policy(versions=versions(v1=v1, v2=v2), **changes), "v1", None, as_of=instant(at))


ALONE = replace(V1, successor=None)

SILENT = {
    "live": (moving(), "held"),
    "not-deprecated": (moving(Lifecycle(), V2), "unpromised"),
    "sunset-is-history": (moving(v2=replace(V2, sunset=dt.date(2026, 1, 1)), at="2027-01-01"), "unpromised"),
    "released-on-the-day": (moving(v2=Lifecycle(released=dt.date(2026, 1, 1)), at="2025-06-01"), "held"),
    "none-named-and-one-live": (moving(ALONE), "held"),
    "ends-a-day-later": (moving(v2=replace(V2, sunset=dt.date(2027, 1, 2))), "held"),
    "preview-for-a-preview": (
        moving(replace(V1, preview=True), replace(V2, preview=True)),
        "held",
    ),
    "alias": (scene(policy(aliases={"plain": alias(V1)}), "plain", None), "held"),
}

SPEAK = {
    "not-released": (
        moving(v2=Lifecycle(released=dt.date(2027, 1, 1))),
        ("the successor of v1, v2, is planned",),
    ),
    "not-released-on-the-day": (
        moving(v2=Lifecycle(released=dt.date(2026, 1, 2)), at="2025-06-01"),
        ("the successor of v1, v2, is planned",),
    ),
    "gone": (moving(v2=replace(V2, sunset=dt.date(2026, 6, 1))), ("the successor of v1, v2, is sunset",)),
    "deprecated-too": (
        moving(v2=replace(V2, deprecated=dt.date(2026, 6, 1))),
        ("the successor of v1, v2, is deprecated",),
    ),
    "ends-on-the-same-day": (
        moving(v2=replace(V2, sunset=dt.date(2027, 1, 1))),
        ("the successor of v1, v2, ends no later than it",),
    ),
    "less-stable": (moving(v2=replace(V2, preview=True)), ("the successor of v1, v2, is less stable than it",)),
    "alpha-for-a-beta": (
        scene(
            policy(
                scheme="kubernetes",
                versions=versions(v2alpha1=V2, v1beta1=replace(V1, successor="v2alpha1"), v1=V2),
            ),
            "v1beta1",
            None,
        ),
        ("the successor of v1beta1, v2alpha1, is less stable than it",),
    ),
    "the-only-one": (
        scene(policy(versions=versions(v1=ALONE)), "v1", None),
        ("v1 is deprecated, and no other version is live",),
    ),
    "none-named-and-all-deprecated": (
        moving(ALONE, replace(V2, deprecated=dt.date(2026, 6, 1))),
        ("v1 is deprecated, and no other version is live",),
    ),
    "alias-of-a-sunset-one": (
        scene(
            policy(aliases={"plain": alias(replace(V1, sunset=None, successor="v1"), version="v1")}),
            "plain",
            None,
            as_of=instant("2027-01-01"),
        ),
        ("the successor of plain, v1, is sunset",),
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """A successor that answers, lasts and is as stable makes no finding."""
    where, expected = SILENT[name]

    assert inspected(CHECK, where) == expected


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """A successor that is no place to stay is told."""
    where, expected = SPEAK[name]

    assert inspected(CHECK, where) == expected


def test_to_move_twice_is_bad_advice_and_no_dead_end() -> None:
    """A successor that is deprecated itself still answers: that weighs as a warning, a dead one as an error."""
    assert CHECK.inspect is not None
    weights = [
        [broken.severity for broken in CHECK.inspect(SPEAK[name][0]) or ()] for name in ("deprecated-too", "gone")
    ]

    assert weights == [[Severity.WARNING], [None]]
