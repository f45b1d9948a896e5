"""AV502: a version that is not deprecated does not say it is."""

from __future__ import annotations

import pytest

from pytest_apiversion.checks.deprecation_absent import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.policy.responses import Deprecation, DeprecationHeader
from pytest_apiversion.core.versions.lifecycle import Lifecycle, Stage
from tests.checks.builders import (
    ANNOUNCES,
    DEPRECATION,
    agrees,
    alias,
    error,
    instant,
    living,
    operation,
    policy,
    response,
    row,
    said,
    scene,
)
from tests.checks.moments import MOMENTS, is_promised

RULES = policy(deprecation=ANNOUNCES)
WHERE = scene(RULES)
EARLY = scene(policy(deprecation=Deprecation(headers=ANNOUNCES.headers, on_live=True)))
ALIAS = scene(policy(deprecation=ANNOUNCES, aliases={"plain": alias()}), "plain")
BESIDE = scene(policy(deprecation=ANNOUNCES, aliases={"plain": alias()}))
ENDING = scene(policy(deprecation=ANNOUNCES, aliases={"plain": alias(Lifecycle(deprecated=instant("2026-01-01")))}))

SOON = DeprecationHeader(name="Warning", pattern=".*{version} ends.*", within=30, place="deprecation.headers[0]")
NEAR_THE_END = scene(policy(deprecation=Deprecation(headers=(SOON,))))

SILENT = {
    "another-text": row("held", response(headers=(("Warning", '110 - "Response is Stale"'),)), NEAR_THE_END),
    "says-nothing": row("held", response(200, {"id": "t"}), WHERE),
    "says-nothing-on-errors": row("held", response(404, error()), WHERE, Aim.UNKNOWN_DATA),
    "another-header": row("held", response(200, headers=(("X-Deprecation-Info", "none"),)), WHERE),
    "link-only": row("held", response(200, headers=(("Link", '</v3>; rel="successor-version"'),)), WHERE),
    "announced-early-by-custom": row("unpromised", response(200, headers=DEPRECATION), EARLY),
    "deprecated": row("unpromised", response(200, headers=DEPRECATION), scene(RULES, "v1")),
    "nothing-to-announce-with": row("unpromised", response(200, headers=DEPRECATION), scene()),
    "neutral": row("unspoken", response(200, headers=DEPRECATION), scene(RULES, key="GET /health")),
    "where-no-alias-is-beside-one-that-ends": row(
        "unspoken", response(404, error(), headers=DEPRECATION), ENDING, Aim.ABSENT, via="plain"
    ),
    "its-contract-deprecates-the-operation": row(
        "unspoken",
        response(200, headers=DEPRECATION),
        scene(RULES, operations=[operation("GET /things", deprecated=True)]),
    ),
    "version-errors": row("unspoken", response(404, error(), headers=DEPRECATION), WHERE, Aim.UNKNOWN),
}

SPEAK = {
    "warns-of-an-end": row(
        ("Warning on a version that is not deprecated",),
        response(headers=(("Warning", '299 - "v2 ends soon"'),)),
        NEAR_THE_END,
    ),
    "both-headers": row(
        ("Deprecation on a version that is not deprecated", "Sunset on a version that is not"),
        response(200, headers=DEPRECATION),
        WHERE,
    ),
    "false": row(
        ("Deprecation on a version that is not deprecated",), response(200, headers=(("Deprecation", "false"),)), WHERE
    ),
    "empty": row(("Deprecation on a version",), response(200, headers=(("Deprecation", ""),)), WHERE),
    "only-on-errors": row(("Deprecation on",), response(422, error(), headers=DEPRECATION[:1]), WHERE, Aim.REFUSED),
    "sunset-in-the-far-future": row(
        ("Sunset on",), response(200, headers=(("Sunset", "Tue, 01 Jan 2999 00:00:00 GMT"),)), WHERE
    ),
    "where-no-alias-is": row(
        ("Deprecation on",), response(404, error(), headers=DEPRECATION[:1]), BESIDE, Aim.ABSENT, via="plain"
    ),
    "alias": row(("Deprecation on",), response(200, headers=DEPRECATION[:1]), ALIAS, via="plain"),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stages it is about, to the instant, at both boundaries, on leap days too."""
    life, as_of, stage = MOMENTS[name]
    where = scene(living(life, deprecation=ANNOUNCES), "v1", as_of=instant(as_of))

    assert where.stage is stage
    assert is_promised(CHECK, where) is (stage in {Stage.LIVE, Stage.PREVIEW})


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
