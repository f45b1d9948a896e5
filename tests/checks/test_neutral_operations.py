"""AV213: what has no version works without one and with any, and a browser may ask first."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.checks.neutral_operations import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.exchange import Exchange
from pytest_apiversion.core.checking.scene import Scene
from tests.checks.builders import (
    ACCEPT,
    ANSWERS,
    COOKIE,
    HEADER,
    JAR,
    MATRIX,
    PATH,
    QUERY,
    Row,
    agrees,
    alias,
    asked,
    error,
    exchange,
    instant,
    living,
    policy,
    rejects,
    response,
    row,
    said,
    scene,
)
from tests.checks.moments import MOMENTS, is_promised

MISSING = {**ANSWERS, "missing": rejects(400, code="NO_VERSION")}
ORIGIN = "https://app.shop.example"
HEALTH = frozenset({"GET /health", "GET /things/{id}", "POST /hooks"})


def neutral(*carriers: Any, key: str | None = None, subject: str = "v2", **changes: Any) -> Scene:
    """A scene of a policy with a neutral path, which rejects requests that name no version."""
    settings = {"answers": MISSING, "neutral": HEALTH, "aliases": {"plain": alias()}} | changes
    return scene(policy(*(carriers or (HEADER,)), **settings), subject, key)


def asking(*carriers: Any, key: str | None = "GET /things", **changes: Any) -> Scene:
    """The same for browsers."""
    return neutral(*carriers, key=key, preflight=ORIGIN, **changes)


def allowing(headers: str, status: int = 204) -> Any:
    """An answer to a preflight."""
    return response(status, headers=(("Access-Control-Allow-Headers", headers),))


DOCS = neutral(
    neutral=frozenset({"GET /docs", "GET /openapi.json"}),
    without_version=frozenset({"GET /docs", "GET /openapi.json?version={version}"}),
)
WHERE, AT, BROWSER = neutral(), neutral(key="GET /health"), asking()

SILENT = {
    "preflight-where-the-path-names-the-version": row(
        "held", response(204), asking(PATH), Aim.PREFLIGHT, method="OPTIONS", via="path"
    ),
    "without": row("held", response(200), WHERE, Aim.NEUTRAL, via=""),
    "with": row("held", response(200), WHERE, Aim.NEUTRAL, probe="9", via="header"),
    "sent-elsewhere": row("held", response(302), WHERE, Aim.NEUTRAL, via=""),
    "needs-a-credential": row("unspoken", response(401), WHERE, Aim.NEUTRAL, via=""),
    "in-the-contract": row("held", response(200), AT),
    "refused-for-another-reason": row("unspoken", response(404, error("NOT_FOUND")), AT),
    "versioned": row("unspoken", response(400, error("NO_VERSION")), neutral(key="GET /things")),
    "allowed": row("held", allowing("Authorization, x-api-version"), BROWSER, Aim.PREFLIGHT, method="OPTIONS"),
    "all-is-allowed": row("held", allowing("*", 200), BROWSER, Aim.PREFLIGHT, method="OPTIONS"),
    "accept-needs-no-leave": row("held", response(204), asking(ACCEPT), Aim.PREFLIGHT, method="OPTIONS"),
    "a-cookie-needs-no-leave": row("held", response(204), asking(JAR), Aim.PREFLIGHT, method="OPTIONS"),
    "a-kind-of-its-own-in-the-url": row(
        "unpromised", response(404), asking(MATRIX, neutral=frozenset()), Aim.PREFLIGHT, method="OPTIONS"
    ),
    "only-without": row("held", response(200), DOCS, Aim.NEUTRAL, via="", path="/docs"),
    "not-with": row("held", response(404), DOCS, Aim.NEUTRAL, probe="2", via="header", path="/docs"),
    "document-only-without": row("held", response(200), DOCS, Aim.NEUTRAL, via="", path="/openapi.json"),
    "only-the-path": row("unpromised", response(404), neutral(PATH), Aim.NEUTRAL, via=""),
    "nothing-neutral": row("unpromised", response(404), neutral(neutral=frozenset()), Aim.NEUTRAL, via=""),
    "a-url-needs-no-leave": row(
        "unpromised", response(404), asking(QUERY, neutral=frozenset()), Aim.PREFLIGHT, method="OPTIONS"
    ),
    "alias": row("unpromised", response(404), neutral(subject="plain"), Aim.NEUTRAL, via=""),
    "planned": row("unpromised", response(404), neutral(subject="v3"), Aim.NEUTRAL, via=""),
}

SPEAK = {
    "without": row(("has no version, and without a version gets 400",), response(400), WHERE, Aim.NEUTRAL, via=""),
    "with": row(("gets 404 with '9' in the header",), response(404), WHERE, Aim.NEUTRAL, probe="9", via="header"),
    "with-a-long-one": row(
        ("999'… (300 characters) in the header",), response(404), WHERE, Aim.NEUTRAL, probe="9" * 300, via="header"
    ),
    "not-without": row(("/docs gets 404 without a version",), response(404), DOCS, Aim.NEUTRAL, via="", path="/docs"),
    "with-one-all-the-same": row(
        ("/openapi.json answers only who names no version, and gets 200 with '9' in the header",),
        response(200),
        DOCS,
        Aim.NEUTRAL,
        probe="9",
        via="header",
        path="/openapi.json",
    ),
    "fails": row(("without a version gets 503",), response(503), WHERE, Aim.NEUTRAL, via=""),
    "in-the-contract": row(("what has no version is refused without one",), response(400, error("NO_VERSION")), AT),
    "preflight-refused": row(("a preflight gets 400",), response(400), BROWSER, Aim.PREFLIGHT, method="OPTIONS"),
    "preflight-refused-where-the-path-names-the-version": row(
        ("a preflight gets 405",), response(405, error()), asking(PATH), Aim.PREFLIGHT, method="OPTIONS", via="path"
    ),
    "preflight-sent-elsewhere": row(("a preflight gets 302",), response(302), BROWSER, Aim.PREFLIGHT, method="OPTIONS"),
    "preflight-without-leave": row(
        ("a preflight does not allow X-API-Version",),
        allowing("Authorization"),
        BROWSER,
        Aim.PREFLIGHT,
        method="OPTIONS",
    ),
    "preflight-without-leave-for-a-kind-of-its-own": row(
        ("a preflight does not allow version",),
        allowing("X-API-Version"),
        asking(PATH, HEADER, COOKIE),
        Aim.PREFLIGHT,
        method="OPTIONS",
    ),
    "preflight-refused-for-want-of-a-cookie": row(
        ("a preflight gets 400",), response(400), asking(JAR), Aim.PREFLIGHT, method="OPTIONS"
    ),
    "preflight-without-an-answer": row(
        ("a preflight does not allow X-API-Version",), response(204), BROWSER, Aim.PREFLIGHT, method="OPTIONS"
    ),
}


def test_what_fails_without_a_version_is_told_once() -> None:
    """That it fails with one too says nothing more."""

    def got(status: int, **changes: Any) -> Exchange:
        return exchange(WHERE, response(status), Aim.NEUTRAL, **changes)

    plain, other = got(400, via=""), got(400, probe="9", via="header")

    assert said(CHECK, Row(expected="", scene=WHERE, exchanges=(other, plain))) == "yielded"
    assert said(CHECK, Row(expected="", scene=WHERE, exchanges=(other, got(200, via="")))) != "yielded"
    assert said(CHECK, Row(expected="", scene=WHERE, exchanges=(plain, plain))) != "yielded"


ASKS: dict[str, tuple[Scene, list[Any]]] = {
    # name: the scene, and what is asked for: the path or the method, and the text in the header
    "neutral": (WHERE, [("/health", None), ("/health", "2"), ("/health", "9973")]),
    "without": (
        DOCS,
        [(path, text) for path in ("/docs", "/openapi.json?version=v2") for text in (None, "2", "9973")],
    ),
    "browser": (BROWSER, [("OPTIONS", None)]),
    "browser-at-what-has-no-version": (asking(key="GET /health"), []),
    "operation": (AT, []),
    "only-the-path": (neutral(PATH), []),
    "each-path": (asking(PATH), [("OPTIONS", None)]),
    "each-path-once": (asking(PATH, key="POST /things"), []),
    "planned": (neutral(subject="v3"), []),
}


@pytest.mark.parametrize("name", ASKS)
def test_what_is_asked(name: str) -> None:
    """Three requests for each neutral path of a version, and one preflight for an operation, where they are promised."""
    where, expected = ASKS[name]

    assert [(ask.path or ask.method, ask.probe) for ask in asked(CHECK, where)] == expected


QUESTIONS: dict[str, tuple[Scene, str | None]] = {
    # name: the scene, and the headers that leave is asked for
    "header": (asking(key="POST /things"), "x-api-version"),
    "accept-needs-none-beside": (asking(ACCEPT, HEADER, key="POST /things"), "x-api-version"),
    "accept-alone": (asking(PATH, ACCEPT, key="POST /things"), "accept"),
    "two-headers": (asking(HEADER, COOKIE, key="POST /things"), "version,x-api-version"),
    "a-cookie-is-the-browsers-own": (asking(JAR, key="POST /things"), None),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_a_browser_asks(name: str) -> None:
    """A preflight names its origin, the method and the headers it may set, and has no credential and no version."""
    where, names = QUESTIONS[name]
    (ask,) = asked(CHECK, where)

    assert ask.headers[:2] == (("Origin", ORIGIN), ("Access-Control-Request-Method", "POST"))
    assert ask.headers[2:] == ((("Access-Control-Request-Headers", names),) if names else ())
    assert ask.anonymous
    assert ask.selection == ()


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stages in which a version answers."""
    life, as_of, stage = MOMENTS[name]

    assert is_promised(CHECK, scene(living(life, neutral=HEALTH), "v1", as_of=instant(as_of))) is stage.answers


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
