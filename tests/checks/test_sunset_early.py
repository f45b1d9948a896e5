"""AV604: a version keeps answering until its sunset."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pytest_apiversion.checks.sunset_early import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.contracts.contract import ResponseSpec
from pytest_apiversion.core.policy.responses import Sunset
from pytest_apiversion.core.versions.lifecycle import Boundary, Lifecycle
from tests.checks.builders import (
    GONE,
    V1,
    agrees,
    alias,
    answers,
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

RULES = policy(sunset=GONE)
WHERE = scene(RULES, "v1")
LAST = scene(RULES, "v1", as_of=instant("2026-12-31T23:59:59.999999"))
LAST_DAY = scene(
    living(replace(V1, boundary=Boundary.END_OF_DAY), sunset=GONE), "v1", as_of=instant("2027-01-01T23:59:59")
)
AS_404 = scene(policy(sunset=Sunset(statuses=frozenset({404}))), "v1")
ANY_4XX = scene(policy(sunset=Sunset(statuses=frozenset(range(400, 500)), codes=frozenset({"GONE"}))), "v1")
AS_422 = scene(policy(sunset=Sunset(statuses=frozenset({422}), codes=frozenset({"GONE"}))), "v1")
TRASH = scene(RULES, "v1", operations=[operation("GET /things", answers(), ResponseSpec(status="410"))])
END = response(410, error("GONE"))

SILENT = {
    "served": row("held", response(200, {"id": "t"}), WHERE),
    "refused": row("unspoken", response(422, error()), WHERE),
    "crash-is-av402s": row("unspoken", response(500), WHERE),
    "sunset-like-404-means-other-things-too": row("unspoken", response(404, error()), AS_404),
    **{
        f"a-class-has-{status}-which-refuses-the-request": row("unspoken", response(status, error()), ANY_4XX)
        for status in (400, 403, 404, 406, 409, 412, 415, 418, 422, 429, 451)
    },
    "a-status-that-speaks-of-the-body": row("unspoken", response(422, error()), AS_422),
    "a-deleted-thing": row("unspoken", response(410, error("NOT_FOUND")), WHERE, Aim.UNKNOWN_DATA),
    "a-thing-that-was-drawn-and-a-body-that-is-wrong": row(
        "unspoken", response(410, error("NOT_FOUND")), WHERE, Aim.REFUSED, of_nothing=True
    ),
    "through-a-weaker-carrier-alone": row(
        "unspoken", END, WHERE, via="header", peers={"v1": response(200, {"id": "t"}), "v2": response(200)}
    ),
    "no-operation": row("unspoken", END, scene(RULES, "v1", key=None)),
    "nothing-is-said-of-an-end": row("unpromised", END, scene(policy(sunset=Sunset(statuses=frozenset())))),
    "sunset": row("unpromised", END, scene(RULES, "v1", as_of=instant("2027-01-01"))),
}

SPEAK = {
    "gone-early": row(("v1 answers 410 before its sunset",), END, WHERE),
    "gone-without-code": row(("v1 answers 410 before its sunset",), response(410), WHERE),
    "gone-on-the-last-instant": row(("v1 answers 410 before its sunset",), END, LAST),
    "gone-on-the-last-day": row(("v1 answers 410 before its sunset",), END, LAST_DAY),
    "gone-though-the-contract-knows-410": row(("v1 answers 410 before its sunset",), END, TRASH),
    "gone-for-what-does-not-exist": row(("v1 answers 410",), END, WHERE, Aim.UNKNOWN_DATA),
    "gone-for-what-is-refused": row(("v1 answers 410",), END, WHERE, Aim.REFUSED),
    "gone-for-a-body-that-is-wrong-about-a-thing-that-is-there": row(
        ("v1 answers 410",), response(410), WHERE, Aim.REFUSED
    ),
    "gone-as-one-of-a-class": row(("v1 answers 410 before its sunset",), response(410), ANY_4XX),
    "a-class-with-the-code-of-the-end": row(
        ("v1 answers 409 before its sunset",), response(409, error("GONE")), ANY_4XX
    ),
    "a-refusals-status-with-the-code-of-the-end": row(("v1 answers 422",), response(422, error("GONE")), AS_422),
    "gone-through-a-weaker-carrier-too": row(("v1 answers 410",), END, WHERE, via="header"),
    "no-sunset-declared": row(("v2 answers 410 before its sunset",), END, scene(RULES)),
    "gone-for-head": row(("v1 answers 410 before its sunset",), response(410), WHERE, method="HEAD"),
    "only-one-operation": row(("v1 answers 410",), END, scene(RULES, "v1", key="GET /things/{id}")),
    "alias": row(
        ("plain answers 410 before its sunset",),
        END,
        scene(
            policy(sunset=GONE, aliases={"plain": alias(Lifecycle(sunset=dt.date(2027, 1, 1), successor="v2"))}),
            "plain",
        ),
        via="plain",
    ),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stages it is about, to the instant, at both boundaries, on leap days too."""
    life, as_of, stage = MOMENTS[name]
    where = scene(living(life, sunset=GONE), "v1", as_of=instant(as_of))

    assert where.stage is stage
    assert is_promised(CHECK, where) is stage.answers


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
