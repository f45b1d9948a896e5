"""AV601: after its sunset a version answers as declared, on every operation, with every method, through every carrier."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.checks.sunset_answer import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind
from pytest_apiversion.core.policy.responses import Sunset
from pytest_apiversion.core.versions.lifecycle import Boundary, Stage
from tests.checks.builders import (
    ANSWERS,
    HEADER,
    PATH,
    V1,
    agrees,
    alias,
    asked,
    defaults,
    error,
    instant,
    living,
    policy,
    response,
    row,
    said,
    scene,
)
from tests.checks.moments import MOMENTS, is_promised

AFTER = instant("2027-01-01")
WHERE = scene(subject="v1", as_of=AFTER)
LIKE_A_STRANGER = policy(sunset=Sunset(statuses=frozenset({404, 405, 410})))
NOT_FOUND = scene(LIKE_A_STRANGER, "v1", as_of=AFTER)
NO_THING = scene(LIKE_A_STRANGER, "v1", key="GET /things/{id}", as_of=AFTER)
OVER = replace(V1, sunset=instant("2026-06-01"))
ALIAS = scene(
    policy(aliases={"plain": alias(OVER, gone=Sunset(statuses=frozenset({404}), place="aliases.plain.gone"))}), "plain"
)

ANY = scene(policy(sunset=Sunset(statuses=frozenset(range(400, 500)), codes=frozenset({"GONE"}))), "v1", as_of=AFTER)

SILENT = {
    "a-whole-class-with-its-code": row("held", response(403, error("GONE")), ANY, Aim.SUNSET),
    "a-whole-class-with-another-code-is-av602s": row("unspoken", response(403, error("FORBIDDEN")), ANY, Aim.SUNSET),
    "a-whole-class-for-head": row("held", response(403), ANY, Aim.SUNSET, method="HEAD"),
    "gone-with-another-code-is-gone": row("held", response(410, error("OVER")), ANY, Aim.SUNSET),
    "gone": row("held", response(410, error("GONE")), WHERE, Aim.SUNSET),
    "gone-with-an-empty-body": row("held", response(410), WHERE, Aim.SUNSET),
    "gone-for-head": row("held", response(410), WHERE, Aim.SUNSET, method="HEAD"),
    "declared-otherwise": row("held", response(404, error()), NOT_FOUND, Aim.SUNSET),
    "alias-has-its-own": row("held", response(404, error()), ALIAS, Aim.SUNSET, via="plain"),
    "nothing-is-not-found-anyway": row("unspoken", response(404, error()), NO_THING, Aim.SUNSET, of_nothing=True),
    "a-thing-that-is-there-is-not-found": row("held", response(404, error()), NO_THING, Aim.SUNSET),
    "a-method-is-not-allowed-anyway": row("unspoken", response(405), NOT_FOUND, Aim.SUNSET, method="PATCH"),
    "its-own-method-is-not-allowed": row("held", response(405), NOT_FOUND, Aim.SUNSET),
    "a-thing-is-gone": row("held", response(410), NO_THING, Aim.SUNSET),
    "another-aim": row("unspoken", response(200), WHERE, Aim.SIDE_EFFECT),
    "no-answer-is-av700s": row("unspoken", NoAnswer(kind=NoAnswerKind.CLOSED, detail=""), WHERE, Aim.SUNSET),
    "not-yet": row("unpromised", response(200), scene(subject="v1"), Aim.SUNSET),
}

SPEAK = {
    "still-served": row(("GET gets 200 after the sunset (path)",), response(200, {"id": "t"}), WHERE, Aim.SUNSET),
    "redirected-to-the-successor": row(("GET gets 301 after the sunset",), response(301), WHERE, Aim.SUNSET),
    "temporary-redirect": row(("GET gets 307 after the sunset",), response(307), WHERE, Aim.SUNSET),
    "as-if-unknown": row(("GET gets 404 after the sunset",), response(404, error()), WHERE, Aim.SUNSET),
    "only-get-is-gone": row(("POST gets 405 after the sunset",), response(405), WHERE, Aim.SUNSET, method="POST"),
    "options-is-served": row(("OPTIONS gets 204",), response(204), WHERE, Aim.SUNSET, method="OPTIONS"),
    "head-is-served": row(("HEAD gets 200 after the sunset",), response(200), WHERE, Aim.SUNSET, method="HEAD"),
    "credentials-first": row(("GET gets 401 after the sunset",), response(401), WHERE, Aim.SUNSET),
    "body-first": row(
        ("POST gets 422 after the sunset",),
        response(422),
        scene(subject="v1", key="POST /things", as_of=AFTER),
        Aim.SUNSET,
    ),
    "not-through-the-header": row(("after the sunset (header)",), response(200), WHERE, Aim.SUNSET, via="header"),
    "default-still-served": row(("after the sunset (default)",), response(200), WHERE, Aim.SUNSET, via="default"),
    "server-error": row(("GET gets 500 after the sunset",), response(500), WHERE, Aim.SUNSET),
    "alias-redirects": row(("GET gets 308 after the sunset (plain)",), response(308), ALIAS, Aim.SUNSET, via="plain"),
    "alias-with-the-versions-answer": row(
        ("GET gets 410 after the sunset",), response(410), ALIAS, Aim.SUNSET, via="plain"
    ),
}


def test_every_carrier_and_method_is_asked() -> None:
    """Each operation is asked through every carrier, and each path once with every other method through each of them."""
    asks = asked(CHECK, WHERE)

    assert [ask.selection for ask in asks[:3]] == [(("path", "v1"),), (("header", "1"),), (("accept", "1"),)]
    assert [(ask.method, ask.via) for ask in asks[3:]] == [
        (method, via)
        for method in ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")
        for via in ("path", "header", "accept")
    ]
    assert len(asked(CHECK, scene(subject="v1", key="POST /things", as_of=AFTER))) == 3


def test_only_safe_methods_where_others_may_not_be_sent() -> None:
    """Against a shared server the other methods are left out."""
    assert {ask.method for ask in asked(CHECK, scene(subject="v1", as_of=AFTER, unsafe=False))} == {
        None,
        "HEAD",
        "OPTIONS",
    }


def test_a_default_that_was_sunset_is_asked_too() -> None:
    """A request without a version is answered by the default: after its sunset, by its end."""
    rules = policy(answers={**ANSWERS, "missing": defaults("v1")})

    asks = asked(CHECK, scene(rules, "v1", as_of=AFTER))

    assert ("default", ()) in [(ask.via, ask.selection) for ask in asks]
    assert not [ask for ask in asked(CHECK, scene(policy(PATH, HEADER), "v1", as_of=AFTER)) if ask.via == "default"]


def test_an_alias_is_asked_at_its_own_place() -> None:
    """An alias names no version; neutral operations outlive every version."""
    asks = asked(CHECK, ALIAS)

    assert {(ask.via, ask.selection) for ask in asks} == {("plain", ())}
    assert not asked(CHECK, scene(subject="v1", key="GET /health", as_of=AFTER))


@pytest.mark.parametrize(
    ("boundary", "as_of", "promised"),
    [
        pytest.param(Boundary.START_OF_DAY, "2026-12-31T23:59:59", False, id="start-eve"),
        pytest.param(Boundary.START_OF_DAY, "2027-01-01T00:00:00", True, id="start-day"),
        pytest.param(Boundary.END_OF_DAY, "2027-01-01T23:59:59", False, id="end-day"),
        pytest.param(Boundary.END_OF_DAY, "2027-01-02T00:00:00", True, id="end-morrow"),
    ],
)
def test_the_boundary_says_what_the_day_of_a_sunset_is(boundary: Boundary, as_of: str, promised: bool) -> None:  # noqa: FBT001  a table's column
    """Nothing is asked on the day itself where it is the last with service; all is where it is the first without."""
    where = scene(living(replace(V1, boundary=boundary)), "v1", as_of=instant(as_of))

    assert bool(asked(CHECK, where)) is promised


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stages it is about, to the instant, at both boundaries, on leap days too."""
    life, as_of, stage = MOMENTS[name]
    where = scene(living(life), "v1", as_of=instant(as_of))

    assert where.stage is stage
    assert is_promised(CHECK, where) is (stage is Stage.SUNSET)


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
