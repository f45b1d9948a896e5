"""AV210: the version that was asked for is the version that answers."""

from __future__ import annotations

import pytest

from pytest_apiversion.checks.served_version import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.http.messages import Response
from pytest_apiversion.core.policy.selection import Echo, RefusedEcho
from tests.checks.builders import (
    ACCEPT,
    ECHO_BODY,
    ECHO_HEADER,
    HEADER,
    PATH,
    THING,
    agrees,
    alias,
    answers,
    operation,
    policy,
    rejects,
    response,
    row,
    said,
    scene,
)

RULES = policy(echo=ECHO_BODY)
BODY = scene(RULES)
FIELD = scene(policy(echo=ECHO_HEADER))
SUCCESSES = scene(policy(echo=Echo(header="X-Served", spelling="{number}")))
SOME = scene(policy(HEADER, echo=Echo(pointer="/meta/version", versions=frozenset({"v1"}))))
STRICT = scene(RULES, operations=[operation("GET /things", answers({**THING, "required": ["meta"]}))])
REFUSED = {"unknown": rejects(404), "malformed": rejects(404), "missing": rejects(404)}
REPEATS, HIDES = (
    scene(policy(HEADER, answers=REFUSED, echo=Echo(header="X-Served", spelling="{number}", refused=each)))
    for each in (RefusedEcho.REPEATED, RefusedEcho.ABSENT)
)
NINE = {"via": "header", "probe": "9"}
NAMED = {"type": "object", "properties": {"meta": {"properties": {"version": {"enum": ["v2"]}}}}}
EVERYWHERE = scene(policy(echo=Echo(pointer="/meta/version", statuses=("*",))))
SHAPES = scene(policy(PATH, HEADER))
QUIET = Echo(header="X-Served", spelling="{number}", aliases=False)
QUIET_ALIAS = scene(policy(echo=QUIET, aliases={"plain": alias()}), "plain")
OLD, NEW = response(200, {"id": "t", "topic": "x"}), response(200, {"data": {"id": "t"}})
WEAK = {"via": "header", "peers": {"v2": NEW, "v1": OLD}}


def says(version: object, status: int = 200) -> Response:
    """A body that says which version served it."""
    return response(status, {"id": "t", "meta": {"version": version}})


SILENT = {
    "echo": row("held", says("v2"), BODY),
    "its-own-echo-where-others-lie": row(
        "held", says("v2"), BODY, via="header", peers={"v1": says("v2"), "v2": response(200, {"data": 1})}
    ),
    "envelope-is-av401s": row("unspoken", response(404, {"id": "t"}), EVERYWHERE, Aim.UNKNOWN_DATA),
    "echo-on-a-created-thing": row("held", says("v2", 201), scene(RULES, key="POST /things")),
    "echo-in-a-header": row("held", response(200, {}, headers=(("x-served", "2"),)), FIELD),
    "echo-in-a-header-of-an-error": row(
        "held", response(404, {}, headers=(("X-Served", "2"),)), FIELD, Aim.UNKNOWN_DATA
    ),
    "echo-on-a-304": row("held", response(304, headers=(("X-Served", "2"),)), FIELD, Aim.UNCHANGED),
    "a-304-says-what-its-200-would": row("held", response(304, headers=(("X-Served", "2"),)), SUCCESSES, Aim.UNCHANGED),
    "a-304-is-no-2xx": row("unspoken", response(304), SUCCESSES, Aim.UNCHANGED),
    "errors-have-no-echo": row("unspoken", response(404, {}), BODY),
    "empty-body": row("unspoken", response(204), BODY),
    "head-has-no-body": row("unspoken", response(200, body=b""), BODY, method="HEAD"),
    "neutral-operation": row("unspoken", response(200, {}), scene(RULES, key="GET /health")),
    "not-this-version": row("unpromised", response(200, {}), SOME),
    "probe": row("unspoken", says("v1"), BODY, Aim.CONFLICT),
    "early-sunset-is-av604s": row("unspoken", response(410, {}), FIELD),
    "crash-is-av402s": row("unspoken", response(500, {}), FIELD),
    "broken-body-is-av301s": row("unspoken", response(200, {"id": "t"}), STRICT),
    "weaker-carrier-same-shape": row("held", response(200, {"data": {"id": "u"}}), SHAPES, **WEAK),
    "weaker-carrier-cannot-tell": row("unspoken", NEW, SHAPES, **{**WEAK, "peers": {"v2": NEW, "v1": NEW}}),
    "a-refusal-repeats": row("held", response(404, headers=(("X-Served", "9"),)), REPEATS, Aim.UNKNOWN, **NINE),
    "a-refusal-of-nothing-has-nothing-to-repeat": row("unspoken", response(404), REPEATS, Aim.MISSING, via=""),
    "a-refusal-says-nothing": row("held", response(404), HIDES, Aim.UNKNOWN, **NINE),
    "a-refusal-that-is-none-is-av203s": row("unspoken", response(200), REPEATS, Aim.UNKNOWN, **NINE),
    "a-refusal-nobody-speaks-of": row(
        "unspoken", response(404), scene(policy(HEADER, answers=REFUSED, echo=ECHO_HEADER)), Aim.UNKNOWN, **NINE
    ),
    "one-carrier-no-echo": row("unpromised", OLD, scene(policy(HEADER))),
    "alias": row("held", says("v2"), scene(policy(echo=ECHO_BODY, aliases={"plain": alias()}), "plain"), via="plain"),
    "alias-that-need-not-say": row("held", response(200, {"id": "t"}), QUIET_ALIAS, via="plain"),
    "alias-without-an-echo": row(
        "unpromised", says("v1"), scene(policy(aliases={"plain": alias()}), "plain"), via="plain"
    ),
}

SPEAK = {
    "no-echo-on-a-304": row(("X-Served says nothing",), response(304), FIELD, Aim.UNCHANGED),
    "another-echo-on-a-304": row(
        ("X-Served says 1",), response(304, headers=(("X-Served", "1"),)), SUCCESSES, Aim.UNCHANGED
    ),
    "no-echo-in-another-version's-body": row(
        ("asked for v2, /meta/version says nothing",),
        response(200, {"id": "t"}),
        STRICT,
        via="header",
        peers={"v2": says("v2"), "v1": response(200, {"id": "u"})},
    ),
    "a-refusal-names-a-version-that-serves": row(
        ("a version is refused, and X-Served says 3",),
        response(404, headers=(("X-Served", "3"),)),
        REPEATS,
        Aim.UNKNOWN,
        **NINE,
    ),
    "a-refusal-forgets": row(
        ("a version is refused, and X-Served says nothing",), response(404), REPEATS, Aim.UNKNOWN, **NINE
    ),
    "a-refusal-speaks": row(
        ("a version is refused, and X-Served says 9",),
        response(404, headers=(("X-Served", "9"),)),
        HIDES,
        Aim.UNKNOWN,
        **NINE,
    ),
    "another-version": row(("asked for v2, /meta/version says v1",), says("v1"), BODY),
    "undeclared-version": row(("asked for v2, /meta/version says v9",), says("v9"), BODY),
    "another-spelling": row(("asked for v2, /meta/version says 2",), says("2"), BODY),
    "number-for-text": row(("asked for v2, /meta/version says nothing",), says(2), BODY),
    "no-echo": row(("asked for v2, /meta/version says nothing",), response(200, {"id": "t"}), BODY),
    "alias-that-need-not-say-names-another": row(
        ("asked for plain, X-Served says 1",),
        response(200, {"id": "t"}, headers=(("X-Served", "1"),)),
        QUIET_ALIAS,
        via="plain",
    ),
    "alias-of-another-version": row(
        ("asked for plain, /meta/version says v1",),
        says("v1"),
        scene(policy(echo=ECHO_BODY, aliases={"plain": alias()}), "plain"),
        via="plain",
    ),
    "null-where-only-the-value-is-wrong": row(
        ("asked for v2, /meta/version says nothing",),
        says(None),
        scene(RULES, operations=[operation("GET /things", answers(NAMED))]),
    ),
    "no-echo-in-a-media-type-of-the-version": row(
        ("asked for v2, /meta/version says nothing",),
        response(200, {"id": "t"}, media_type="application/vnd.shop.v2+json"),
        scene(policy(ACCEPT, echo=ECHO_BODY)),
        via="accept",
    ),
    "head-that-looks-like-another": row(
        ("asked for v2 in the header, v1 answers",),
        response(200, headers=(("X-Old", "1"),)),
        BODY,
        method="HEAD",
        via="header",
        peers={"v1": response(200, headers=(("X-Old", "1"),)), "v2": response(200)},
    ),
    "header-missing": row(("asked for v2, X-Served says nothing",), response(200, {"id": "t"}), FIELD),
    "header-wrong": row(("asked for v2, X-Served says 1",), response(200, {}, headers=(("X-Served", "1"),)), FIELD),
    "header-wrong-on-head": row(
        ("asked for v2, X-Served says 1",), response(200, headers=(("X-Served", "1"),)), FIELD, method="HEAD"
    ),
    "header-twice": row(
        ("asked for v2, X-Served says 2, 2",), response(200, {}, headers=(("X-Served", "2"), ("X-Served", "2"))), FIELD
    ),
    "waterfall": row(("asked for v2, /meta/version says v3",), says("v3"), BODY),
    "weaker-carrier-other-shape": row(("asked for v2 in the header, v1 answers",), OLD, SHAPES, **WEAK),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
