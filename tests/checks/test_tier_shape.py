"""AV317: what only one tier's credential sees is in its answers, and in nobody else's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.tier_shape import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.contracts.contract import Operation
from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind
from pytest_apiversion.core.policy.credentials import Credential, Tier
from pytest_apiversion.core.versions.lifecycle import Stage
from tests.checks.builders import (
    THING,
    Row,
    agrees,
    answers,
    asked,
    credential,
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

FREE = credential("free", scheme="Key")
PRO = credential("pro", scheme="Key")
ASKS: tuple[dict[str, tuple[str, ...]], ...] = ({"Key": ()},)
OPERATIONS: list[Operation] = [
    operation("GET /things", answers(THING), security=ASKS),
    operation("GET /things/{id}", answers(THING), security=ASKS),
    operation("POST /things", answers(THING, status="201"), security=ASKS),
    operation("GET /other", answers(THING), security=ASKS),
    operation("GET /open", answers(THING), security=()),
]
TIER = Tier(
    credential="pro",
    members=("insights",),
    operations=frozenset({"GET /things", "GET /things/{id}", "POST /things", "GET /open"}),
    place="tiers[0]",
)
PLACED = replace(TIER, members=("/meta/insights",))


def where(key: str = "GET /things/{id}", tier: Tier = TIER, *credentials: Credential) -> Scene:
    """An operation of `v2`, which shows one member more to a tier."""
    rules = policy(credentials=credentials or (FREE, PRO), tiers=(tier,))
    return scene(rules, key=key, operations=OPERATIONS)


def free(expected: str | tuple[str, ...], value: Any, of: Scene | None = None, status: int = 200) -> Row:
    """A row in which the usual credential was shown a body."""
    return row(expected, response(status, value), of or where())


def pro(expected: str | tuple[str, ...], value: Any, of: Scene | None = None, status: int = 200) -> Row:
    """A row in which the tier's credential was shown a body."""
    return row(expected, response(status, value), of or where(), Aim.TIER, probe="pro")


def turned_away(expected: str | tuple[str, ...], status: int, of: Scene, usual: int = 200) -> Row:
    """A row in which the tier's credential is refused what the usual one gets."""
    return row(expected, response(status, error()), of, Aim.TIER, probe="pro", peers={"v2": response(usual, UNSEEN)})


LIST = where("GET /things")
SEEN = {"id": "t", "insights": {"mood": "steady"}}
UNSEEN = {"id": "t", "tags": []}

SILENT = {
    "not-shown-to-others": free("held", UNSEEN),
    "shown-to-the-tier": pro("held", SEEN),
    "null-is-shown": pro("held", {"id": "t", "insights": None}),
    "in-each-of-a-list": pro("held", {"items": [SEEN, SEEN]}, LIST),
    "an-empty-list": pro("unspoken", [], LIST),
    "an-empty-page": pro("unspoken", {"items": [], "total": 0}, LIST),
    "where-it-leads": pro("held", {"meta": {"insights": 1}}, where(tier=PLACED)),
    "elsewhere-than-it-leads": free("held", {"insights": 1}, where(tier=PLACED)),
    "another-operation": free("unspoken", SEEN, where("GET /other")),
    "needs-no-credential": free("unspoken", SEEN, where("GET /open")),
    "an-error": pro("unspoken", error(), status=404),
    "forbidden-one-thing": turned_away("unspoken", 403, where()),
    "refused-as-all-are": turned_away("unspoken", 401, LIST, 401),
    "too-many": turned_away("unspoken", 429, LIST),
    "no-body": free("unspoken", None, status=204),
    "no-answer": row("unspoken", NoAnswer(kind=NoAnswerKind.CLOSED, detail=""), where(), Aim.TIER, probe="pro"),
    "another-aim": row("unspoken", response(200, SEEN), where(), Aim.UNKNOWN, probe="v9"),
    "nobody-has-the-tier": free("unpromised", SEEN, where("GET /things", TIER, FREE)),
    "tier-of-another-version": free(
        "unpromised", SEEN, where("GET /things", TIER, FREE, replace(PRO, versions=frozenset({"v1"})))
    ),
    "everybody-has-the-tier": free("unpromised", SEEN, where("GET /things", TIER, PRO, FREE)),
    "no-tiers": free("unpromised", SEEN, scene(policy(credentials=(FREE, PRO)), operations=OPERATIONS)),
}

SPEAK = {
    "the-tier-is-unknown": turned_away(("the credential pro is refused",), 401, where()),
    "the-tier-is-forbidden-a-list": turned_away(("the credential pro is refused",), 403, LIST),
    "leaks": free(("insights is shown without the credential pro",), SEEN),
    "leaks-in-a-list": free(("insights is shown without",), {"items": [UNSEEN, SEEN]}, LIST),
    "leaks-when-made": free(("insights is shown without",), SEEN, where("POST /things"), 201),
    "leaks-as-null": free(("insights is shown without",), {"id": "t", "insights": None}),
    "leaks-where-it-leads": free(("/meta/insights is shown",), {"meta": {"insights": 1}}, where(tier=PLACED)),
    "kept-from-the-tier": pro(("insights is not shown to the credential pro",), UNSEEN),
    "kept-in-a-list": pro(("insights is not shown to",), {"items": [UNSEEN]}, LIST),
    "not-where-it-leads": pro(("/meta/insights is not shown",), {"insights": 1}, where(tier=PLACED)),
}


def test_what_reads_is_asked_for_once_more_with_the_tiers_own() -> None:
    """One request for each operation that shows more and only reads."""
    assert [(ask.aim, ask.credential) for ask in asked(CHECK, where())] == [(Aim.TIER, "pro")]
    assert [asked(CHECK, where(key)) for key in ("POST /things", "GET /other", "GET /open")] == [[], [], []]


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds as long as the version answers."""
    life, as_of, stage = MOMENTS[name]
    rules = living(life, credentials=(FREE, PRO), tiers=(TIER,))
    of = scene(rules, "v1", operations=OPERATIONS, as_of=instant(as_of))

    assert is_promised(CHECK, of) is (stage in {Stage.PREVIEW, Stage.LIVE, Stage.DEPRECATED})


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
