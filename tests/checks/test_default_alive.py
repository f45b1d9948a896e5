"""AV104: what a request without a version gets is a version that lives."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.default_alive import CHECK
from pytest_apiversion.core.checking.check import Scene
from pytest_apiversion.core.policy.requests import OperationRule
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from tests.checks.builders import (
    HEADER,
    PATH,
    V1,
    V2,
    alias,
    defaults,
    inspected,
    instant,
    living,
    policy,
    scene,
    versions,
)

PREVIEW = Lifecycle(released=dt.date(2026, 1, 1), preview=True)


def named(version: str, life: Lifecycle = V1, at: str = "2026-11-20", **changes: object) -> Scene:
    """A scene of a version that requests without one are answered by."""
    shop = living(life, answers={"missing": defaults(version)}, **changes)
    return scene(shop, version, None, as_of=instant(at))


def led(at: str = "2026-11-20", **changes: Any) -> Scene:
    """A scene of unversioned paths that lead to `v1`."""
    found = alias(version="v1", **changes)
    return scene(policy(aliases={"plain": found}), "plain", None, as_of=instant(at))


SILENT = {
    "live": (named("v2"), "held"),
    "deprecated": (named("v1"), "held"),
    "last-instant": (named("v1", at="2026-12-31T23:59:59.999999"), "held"),
    "before-the-first-release": (named("v1", at="2023-12-31"), "unpromised"),
    "alias-before-the-first-release": (led("2023-12-31"), "unpromised"),
    "nobodys-default": (scene(living(V1), "v1", None, as_of=instant("2030-01-01")), "unpromised"),
    "another-is-the-default": (
        scene(living(V1, answers={"missing": defaults("v2")}), "v1", None, as_of=instant("2030-01-01")),
        "unpromised",
    ),
    "alias-of-a-live-one": (led(), "held"),
    "alias-that-ended-before": (led("2027-01-01", life=Lifecycle(sunset=dt.date(2026, 12, 1))), "unpromised"),
    "alias-that-ends-with-it": (led("2027-01-01", life=Lifecycle(sunset=dt.date(2027, 1, 1))), "unpromised"),
}

SPEAK = {
    "sunset": (named("v1", at="2027-01-01"), ("the default is v1, which is sunset",)),
    "planned": (named("v3"), ("the default is v3, which is planned",)),
    "preview": (named("v1", PREVIEW), ("the default is v1, which is a preview",)),
    "deprecated-preview": (
        named("v1", replace(PREVIEW, deprecated=dt.date(2026, 2, 1))),
        ("the default is v1, which is a preview",),
    ),
    "of-one-carrier": (
        scene(
            policy(PATH, replace(HEADER, answers={"missing": defaults("v3")})),
            "v3",
            None,
        ),
        ("the default is v3, which is planned",),
    ),
    "of-one-operation": (
        scene(policy(operations={"GET /things": OperationRule(answers={"missing": defaults("v3")})}), "v3", None),
        ("the default is v3, which is planned",),
    ),
    "beta-by-its-name": (
        scene(
            policy(scheme="kubernetes", versions=versions(v1beta1=V2, v1=V1), answers={"missing": defaults("v1beta1")}),
            "v1beta1",
            None,
        ),
        ("the default is v1beta1, which is a preview",),
    ),
    "alias-outlives-its-version": (led("2027-01-01"), ("plain leads to v1, which is sunset",)),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """A default that answers makes no finding, nor does what is nobody's default."""
    where, expected = SILENT[name]

    assert inspected(CHECK, where) == expected


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """A default that is gone, to come, or a preview is told."""
    where, expected = SPEAK[name]

    assert inspected(CHECK, where) == expected
