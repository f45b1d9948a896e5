"""AV111: a release of an SDK is pinned to the version its number names, and is not left with one that is gone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pytest_apiversion.checks.sdk_pins import CHECK
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.policy.maintenance import Sdk
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from pytest_apiversion.core.versions.notice_period import Notice, Start
from tests.checks.builders import V1, V2, inspected, policy, scene, versions

END = V1.sunset
YEAR = Notice(months=12)


def pinned(
    release: str,
    api: str | None,
    version: str = "v2",
    *,
    notice: Notice | None = None,
    subject: str = "",
    deprecated: dt.date | None = None,
    sunset: dt.date | None = None,
) -> Scene:
    """A scene of a version that one release of an SDK speaks."""
    sdk = Sdk(
        name="py", release=release, api=api, version=version, deprecated=deprecated, sunset=sunset, place="sdks[0]"
    )
    found = {name: replace(each, notice=notice) for name, each in versions(v1=V1, v2=V2).items()}
    return scene(policy(versions=found, sdks=(sdk,)), subject or version, None)


SILENT = {
    "minor": (pinned("2.4.1", "2.4.*"), "held"),
    "major": (pinned("2.0.x", "2.x"), "held"),
    "whole-major": (pinned("2.x", "2"), "held"),
    "no-pin": (pinned("7.1.0", None), "held"),
    "patch-is-the-sdks-own": (pinned("2.4.9", "2.4.1"), "held"),
    "another-version": (pinned("2.4.1", "2.3", subject="v1"), "unpromised"),
    "ends-with-its-version": (pinned("1.4.x", "1.4", "v1", sunset=END), "held"),
    "ends-before": (pinned("1.4.x", "1.4", "v1", sunset=dt.date(2026, 12, 1)), "held"),
    "a-year-of-notice": (
        pinned("1.4.x", "1.4", "v1", notice=YEAR, deprecated=dt.date(2026, 1, 1), sunset=END),
        "held",
    ),
    "notice-counts-from-something-else": (
        pinned(
            "1.4.x",
            "1.4",
            "v1",
            notice=replace(YEAR, start=Start.SUCCESSOR_RELEASED),
            deprecated=dt.date(2026, 6, 1),
            sunset=END,
        ),
        "held",
    ),
    "no-number-in-the-version": (
        scene(
            policy(
                scheme="opaque",
                versions=versions(stable=Lifecycle()),
                sdks=(Sdk(name="py", release="9.1.0", api="9.1", version="stable"),),
            ),
            "stable",
            None,
        ),
        "held",
    ),
}

SPEAK = {
    "another-minor": (
        pinned("2.5.0", "2.3"),
        ("py 2.5.0 is pinned to another API than its number says",),
    ),
    "another-major": (
        pinned("2.4.0", "1.4"),
        (
            "py 2.4.0 is pinned to another API than its number says",
            "py 2.4.0 speaks v2 and is pinned to another major",
        ),
    ),
    "version-of-another-major": (pinned("1.4.0", "1.4"), ("py 1.4.0 speaks v2 and is pinned to another major",)),
    "no-end": (pinned("1.4.x", "1.4", "v1"), ("py 1.4.x is supported longer than v1, which it speaks",)),
    "a-day-longer": (
        pinned("1.4.x", "1.4", "v1", sunset=dt.date(2027, 1, 2)),
        ("py 1.4.x is supported longer than v1, which it speaks",),
    ),
    "short-notice": (
        pinned("1.4.x", "1.4", "v1", notice=YEAR, deprecated=dt.date(2026, 1, 2), sunset=END),
        ("py 1.4.x ends before its notice does",),
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """An SDK that speaks what its number says, while it is there, makes no finding."""
    where, expected = SILENT[name]

    assert inspected(CHECK, where) == expected


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """A wrong pin, and an SDK that is left alone, are told."""
    where, expected = SPEAK[name]

    assert inspected(CHECK, where) == expected
