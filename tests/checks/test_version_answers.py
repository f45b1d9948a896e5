"""AV200: every live version answers through every carrier, on every operation."""

from __future__ import annotations

import pytest

from pytest_apiversion.checks.version_answers import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind
from tests.checks.builders import PATH, agrees, alias, asked, error, instant, policy, response, row, said, scene

WHERE = scene()
GOOD, BAD = response(200, {"id": "t"}), response(404, error())
WEAK = {"via": "header", "peers": {"v2": GOOD}}
ALIASED = scene(policy(aliases={"plain": alias()}), "plain")

SILENT = {
    "answers": row("held", GOOD, WHERE),
    "answers-through-the-weaker": row("held", GOOD, WHERE, **WEAK),
    "redirects": row("held", response(303), WHERE, **WEAK),
    "refusal-of-the-strongest-is-av302s": row("unspoken", BAD, WHERE),
    "refused-both-ways": row("unspoken", BAD, WHERE, **{**WEAK, "peers": {"v2": BAD}}),
    "nothing-to-compare-with": row("unspoken", BAD, WHERE, **{**WEAK, "peers": {}}),
    "no-answer-is-av700s": row("unspoken", NoAnswer(kind=NoAnswerKind.CLOSED, detail=""), WHERE, **WEAK),
    "too-many-is-no-answer": row("unspoken", response(429), WHERE, **WEAK),
    "busy-is-no-answer": row("unspoken", response(503), WHERE, **WEAK),
    "refused-request": row("unspoken", response(422), WHERE, Aim.REFUSED, **WEAK),
    "of-no-operation": row("unspoken", BAD, scene(key=None), via="header"),
    "crash-is-av402s": row("unspoken", response(500), WHERE, **WEAK),
    "alias-answers": row("held", GOOD, ALIASED, via="plain"),
    "planned": row("unpromised", BAD, scene(subject="v3"), **WEAK),
    "sunset": row("unpromised", response(410), scene(subject="v1", as_of=instant("2027-01-01")), **WEAK),
}

SPEAK = {
    "not-implemented-in-the-header": row(("does not answer through the header",), response(501), WHERE, **WEAK),
    "not-in-the-header": row(("v2 does not answer through the header",), BAD, WHERE, **WEAK),
    "not-in-accept": row(("v2 does not answer through the accept",), response(406), WHERE, **{**WEAK, "via": "accept"}),
    "deprecated-not-in-the-header": row(
        ("v1 does not answer through the header",), BAD, scene(subject="v1"), via="header", peers={"v1": GOOD}
    ),
    "not-for-this-operation": row(
        ("v2 does not answer",),
        response(404, error()),
        scene(key="POST /things"),
        via="header",
        peers={"v2": response(201)},
    ),
}


def test_the_weaker_carriers_are_asked_and_compared() -> None:
    """Each weaker carrier is asked in its own spelling; a GET is compared with another version that has the operation."""
    asks = asked(CHECK, WHERE)

    assert [ask.selection for ask in asks] == [(("header", "2"),), (("accept", "2"),)]
    assert {ask.compare for ask in asks} == {("v2", "v1")}
    assert {ask.compare for ask in asked(CHECK, scene(key="POST /things"))} == {("v2",)}


def test_one_carrier_needs_no_more_asking() -> None:
    """With one carrier the ordinary requests show it; neutral operations and aliases have no carrier at all."""
    assert not asked(CHECK, scene(policy(PATH)))
    assert not asked(CHECK, scene(key="GET /health"))
    assert not asked(CHECK, ALIASED)


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
