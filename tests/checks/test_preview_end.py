"""AV107: a preview is called one, and ends when the policy says previews do."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pytest_apiversion.checks.preview_end import CHECK
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.policy.maintenance import Previews
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from pytest_apiversion.core.versions.notice_period import Notice
from tests.checks.builders import alias, inspected, instant, policy, scene, versions

NAME = "1.3.forge-preview.1"
LIFE = Lifecycle(released=dt.date(2026, 9, 1), preview=True)
PROMOTION = Previews(expires="on-promotion")
NEXT = Previews(expires="on-next-stable")
NINETY = Previews(max_age=Notice(days=90))


def previewed(previews: Previews, life: Lifecycle = LIFE, at: str = "2026-11-20", **stable: str) -> Scene:
    """A scene of the preview, with stable versions after it: `v1_3="2026-10-01"` is 1.3.forge, released on that day."""
    later = {
        f"{name[1:].replace('_', '.')}.forge": Lifecycle(released=dt.date.fromisoformat(day))
        for name, day in stable.items()
    }
    shop = policy(
        scheme="minor.patch.codename",
        codenames=("forge",),
        versions=versions(**{"1.1.forge": Lifecycle(), NAME: life, **later}),
        previews=previews,
    )
    return scene(shop, NAME, None, as_of=instant(at))


def ending(day: str) -> Lifecycle:
    """The preview with a sunset."""
    return replace(LIFE, sunset=dt.date.fromisoformat(day))


NUMBERED = policy(versions=versions(v1=Lifecycle(), v2=LIFE, v3=Lifecycle(released=dt.date(2026, 10, 1))))

SILENT = {
    "not-promoted-yet": (previewed(PROMOTION), "held"),
    "ends-with-the-promotion": (previewed(PROMOTION, ending("2026-10-01"), v1_3="2026-10-01"), "held"),
    "ends-before": (previewed(PROMOTION, ending("2026-09-30"), v1_3="2026-10-01"), "held"),
    "another-line-went-on": (previewed(PROMOTION, v2_0="2026-10-01"), "held"),
    "nothing-promised": (previewed(Previews(), v1_3="2026-10-01"), "held"),
    "waits-for-the-one-after": (previewed(NEXT, v1_3="2026-10-01"), "held"),
    "ends-with-the-one-after": (
        previewed(NEXT, ending("2026-11-01"), v1_3="2026-10-01", v1_4="2026-11-01"),
        "held",
    ),
    "young": (previewed(NINETY, at="2026-11-30"), "held"),
    "old-and-ended-in-time": (previewed(NINETY, ending("2026-11-30"), at="2027-11-30"), "held"),
    "a-stable-one": (scene(NUMBERED, "v1", None), "unpromised"),
    "a-preview-without-a-promise": (scene(NUMBERED, "v2", None), "unpromised"),
    "alias": (scene(policy(aliases={"plain": alias()}), "plain", None), "unpromised"),
}

SPEAK = {
    "outlives-its-promotion": (
        previewed(PROMOTION, v1_3="2026-10-01"),
        (f"{NAME} outlives the release of 1.3.forge",),
    ),
    "outlives-it-by-a-day": (
        previewed(PROMOTION, ending("2026-10-02"), v1_3="2026-10-01"),
        (f"{NAME} outlives the release of 1.3.forge",),
    ),
    "will-outlive-it": (
        previewed(PROMOTION, v1_3="2027-10-01"),
        (f"{NAME} outlives the release of 1.3.forge",),
    ),
    "outlives-the-one-after": (
        previewed(NEXT, v1_3="2026-10-01", v1_4="2026-11-01"),
        (f"{NAME} outlives the release of 1.4.forge",),
    ),
    "outlives-the-next-though-never-promoted": (
        previewed(NEXT, v2_0="2026-10-01"),
        (f"{NAME} outlives the release of 2.0.forge",),
    ),
    "too-old": (previewed(NINETY, at="2026-11-30T00:00:01"), (f"{NAME} is a preview for longer than previews last",)),
    "to-last-too-long": (
        previewed(NINETY, ending("2026-12-01")),
        (f"{NAME} is a preview for longer than previews last",),
    ),
    "not-called-one": (
        previewed(PROMOTION, replace(LIFE, preview=False)),
        (f"{NAME} is a preview by its name and not by its row",),
    ),
    "numbered": (
        scene(policy(versions=NUMBERED.versions, previews=NEXT), "v2", None),
        ("v2 outlives the release of v3",),
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """A preview that ends in time, or whose end is not promised, makes no finding."""
    where, expected = SILENT[name]

    assert inspected(CHECK, where) == expected


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """A preview that goes on, or is not called one, is told."""
    where, expected = SPEAK[name]

    assert inspected(CHECK, where) == expected
