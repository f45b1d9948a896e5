"""AV701: the response headers a policy promises are there, on the statuses it promises them on, in the form it says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.required_headers import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.http.messages import Response
from pytest_apiversion.core.json.bounded_patterns import BoundedPattern
from pytest_apiversion.core.policy.responses import RequiredHeader, Sunset
from pytest_apiversion.core.versions.lifecycle import Stage
from tests.checks.builders import (
    Row,
    agrees,
    alias,
    asked,
    concluded,
    error,
    exchange,
    instant,
    living,
    policy,
    response,
    row,
    said,
    scene,
)
from tests.checks.moments import MOMENTS, is_promised


def promising(subject: str = "v2", key: str | None = "GET /things", **settings: Any) -> Scene:
    """A scene whose policy promises one header."""
    header = RequiredHeader(name="X-Limit", place="headers[0]", **settings)
    return scene(policy(headers=(header,), sunset=Sunset(), aliases={"plain": alias()}), subject, key)


def ended(served_by: str | None = None, **settings: Any) -> Scene:
    """A scene after the end of `v1`, whose policy promises one header."""
    header = RequiredHeader(name="X-Limit", place="headers[0]", **settings)
    rules = policy(headers=(header,), sunset=Sunset(served_by=served_by))
    return scene(rules, "v1", as_of=instant("2027-02-01"))


HEADERS = (RequiredHeader(name="X-Limit", place="headers[0]"),)
WHERE = promising()
DIGITS = promising(pattern=BoundedPattern("[0-9]+"))
CODE = promising(equals="/error/code")
SIXTY = (("x-limit", "60"),)

OFFERED = promising(methods=frozenset({"OPTIONS"}), statuses=("204",))
UNIQUE = promising(unique=True)


def several(expected: str | tuple[str, ...], *answers: Response | tuple[int, str], where: Scene = UNIQUE) -> Row:
    """A row of several answers; a status with a text is one with that text in the header."""
    made = [
        answer if isinstance(answer, Response) else response(answer[0], headers=(("X-Limit", answer[1]),))
        for answer in answers
    ]
    return Row(expected=expected, scene=where, exchanges=tuple(exchange(where, answer) for answer in made))


TOGETHER = {
    "unlike": several("held", (200, "a"), (200, "b")),
    "one-alone": several("unspoken", (200, "a")),
    "none-has-it": several("unspoken", response(200), response(200)),
    "repeated-on-a-304": several("held", (200, "a"), (304, "a"), (200, "b")),
    "nobody-says-so": several("unspoken", (200, "a"), (200, "a"), where=WHERE),
    "not-on-these": several("unspoken", (200, "a"), (200, "a"), where=promising(unique=True, statuses=("4xx",))),
    "the-same": several(("X-Limit is the same on several answers",), (200, "a"), (200, "b"), (404, "a")),
}

SILENT = {
    "there": row("held", response(200, headers=SIXTY), WHERE),
    "there-on-errors": row("held", response(404, error(), headers=SIXTY), WHERE, Aim.UNKNOWN_DATA),
    "empty-is-there": row("held", response(200, headers=(("X-Limit", ""),)), WHERE),
    "form": row("held", response(200, headers=SIXTY), DIGITS),
    "says-what-the-body-says": row(
        "held", response(404, error("GONE"), headers=(("X-Limit", "GONE"),)), CODE, Aim.UNKNOWN_DATA
    ),
    "repeats-a-number": row("held", response(404, {"error": {"code": 60}}, headers=SIXTY), CODE, Aim.UNKNOWN_DATA),
    "body-says-nothing": row("held", response(404, {"error": "no"}, headers=SIXTY), CODE, Aim.UNKNOWN_DATA),
    "not-on-this-status": row("unspoken", response(404, error()), promising(statuses=("2xx",)), Aim.UNKNOWN_DATA),
    "there-on-a-304": row("held", response(304, headers=SIXTY), WHERE, Aim.UNCHANGED),
    "excepted-on-a-304": row("unspoken", response(304), promising(unless=("304",)), Aim.UNCHANGED),
    "a-304-has-no-body-to-describe": row(
        "held",
        response(304),
        scene(policy(headers=(RequiredHeader(name="Content-Type", place="headers[0]"),))),
        Aim.UNCHANGED,
    ),
    "excepted-status": row("unspoken", response(401, error()), promising(unless=("401",)), Aim.REFUSED),
    "neutral": row("unspoken", response(200), promising(key="GET /health")),
    "version-errors": row("unspoken", response(404, error()), WHERE, Aim.UNKNOWN),
    "no-route": row("unspoken", response(404, error()), promising(key=None), Aim.UNROUTED),
    "other-versions": row("unpromised", response(200), promising(versions=frozenset({"v1"}))),
    "crash-is-av402s": row("unspoken", response(500), WHERE),
    "early-sunset-is-av604s": row("unspoken", response(410), promising("v1")),
    "nothing-promised": row("unpromised", response(200), scene()),
    "after-the-end": row("held", response(410, error(), headers=SIXTY), ended(everywhere=True), Aim.SUNSET),
    "after-the-end-on-another-status": row("unspoken", response(200), ended(everywhere=True), Aim.SUNSET),
    "after-the-end-a-class-is-of-the-living": row("unpromised", response(410), ended(statuses=("4xx",)), Aim.SUNSET),
    "a-refused-version-has-it": row(
        "held", response(404, error(), headers=SIXTY), promising(everywhere=True), Aim.UNKNOWN
    ),
    "a-refused-version-has-no-version's": row(
        "unspoken", response(404, error()), promising(everywhere=True, versions=frozenset({"v2"})), Aim.UNKNOWN
    ),
    "after-the-end-nobody-says": row("unpromised", response(410), ended(statuses=("2xx",)), Aim.SUNSET),
    "after-the-end-another-serves": row("unpromised", response(410), ended("v2", everywhere=True), Aim.SUNSET),
    "of-refusals-only": row("unspoken", response(200), promising(refusals=True)),
    "a-refusal-has-it": row("held", response(404, error(), headers=SIXTY), promising(refusals=True), Aim.UNKNOWN),
    "a-refusal-lacks-it": row("held", response(404, error()), promising(refusals=True, absent=True), Aim.UNKNOWN),
    "answers-may-have-what-refusals-lack": row(
        "unspoken", response(200, headers=SIXTY), promising(refusals=True, absent=True)
    ),
    "after-the-end-is-no-refusal": row("unpromised", response(410), ended(refusals=True, everywhere=True), Aim.SUNSET),
    "not-there": row("held", response(200), promising(absent=True)),
    "other-methods": row("unspoken", response(200), promising(methods=frozenset({"POST"}))),
    "not-there-on-another-status": row(
        "unspoken", response(200, headers=SIXTY), promising(absent=True, statuses=("4xx",))
    ),
    "planned": row("unpromised", response(200), promising("v3")),
    "named-elsewhere": row("unspoken", response(200), promising(carriers=frozenset({"header"}))),
    "named-there": row("held", response(200, headers=SIXTY), promising(carriers=frozenset({"header"})), via="header"),
    "a-refusal-named-elsewhere": row(
        "unspoken", response(404, error()), promising(refusals=True, carriers=frozenset({"header"})), Aim.UNKNOWN
    ),
    "of-an-alias-only": row("unpromised", response(200), promising(aliases=frozenset({"plain"}))),
    "of-another-alias": row("unpromised", response(200), promising("plain", aliases=frozenset({"old"}))),
    "a-refusal-is-of-no-alias": row(
        "unspoken",
        response(404, error()),
        promising("plain", everywhere=True, aliases=frozenset({"plain"})),
        Aim.UNKNOWN,
    ),
    "offered": row("held", response(204, headers=SIXTY), OFFERED, Aim.OFFERED, method="OPTIONS"),
    "offered-to-rows-of-methods-only": row("unspoken", response(204), WHERE, Aim.OFFERED, method="OPTIONS"),
    "offered-and-refused": row("unspoken", response(405, error()), OFFERED, Aim.OFFERED, method="OPTIONS"),
}

SPEAK = {
    "missing-on-a-304": row(("X-Limit is missing on a 304",), response(304), WHERE, Aim.UNCHANGED),
    "a-304-that-is-named-describes-its-body": row(
        ("Content-Type is missing on a 304",),
        response(304),
        scene(policy(headers=(RequiredHeader(name="Content-Type", statuses=("200", "304"), place="headers[0]"),))),
        Aim.UNCHANGED,
    ),
    "a-refused-version": row(
        ("X-Limit is missing on a 404",), response(404, error()), promising(everywhere=True), Aim.UNKNOWN
    ),
    "says-other-than-the-body": row(
        ("X-Limit is not what the body says",),
        response(404, error("GONE"), headers=SIXTY),
        CODE,
        Aim.UNKNOWN_DATA,
    ),
    "a-refusal-without": row(
        ("X-Limit is missing on a 404",), response(404, error()), promising(refusals=True), Aim.UNKNOWN
    ),
    "a-refusal-with-what-it-lacks": row(
        ("X-Limit is on a 404",),
        response(404, error(), headers=SIXTY),
        promising(refusals=True, absent=True),
        Aim.UNKNOWN,
    ),
    "there-after-all": row(("X-Limit is on a 200",), response(200, headers=SIXTY), promising(absent=True)),
    "missing-on-its-method": row(("X-Limit is missing",), response(200), promising(methods=frozenset({"GET"}))),
    "missing": row(("X-Limit is missing on a 200",), response(200, {"id": "t"}), WHERE),
    "missing-on-errors": row(("X-Limit is missing on a 404",), response(404, error()), WHERE, Aim.UNKNOWN_DATA),
    "missing-on-wrong-methods": row(
        ("X-Limit is missing on a 405",), response(405, error()), WHERE, Aim.UNROUTED, method="PATCH"
    ),
    "missing-on-head": row(("X-Limit is missing on a 200",), response(200), WHERE, method="HEAD"),
    "missing-on-its-status": row(
        ("X-Limit is missing on a 429",), response(429, error()), promising(statuses=("429",))
    ),
    "form": row(("X-Limit has not the promised form",), response(200, headers=(("X-Limit", "60/min"),)), DIGITS),
    "form-is-for-the-whole": row(
        ("X-Limit has not the promised form",), response(200, headers=(("X-Limit", "60 "),)), DIGITS
    ),
    "twice": row(
        ("X-Limit has not the promised form",), response(200, headers=(("X-Limit", "60"), ("X-Limit", "60"))), DIGITS
    ),
    "this-version": row(("X-Limit is missing",), response(200), promising(versions=frozenset({"v2"}))),
    "after-the-end": row(
        ("X-Limit is missing on a 410",), response(410, error()), ended(statuses=("410",)), Aim.SUNSET
    ),
    "after-the-end-in-its-form": row(
        ("X-Limit has not the promised form",),
        response(410, headers=(("X-Limit", "none"),)),
        ended(pattern=BoundedPattern("[0-9]+"), statuses=("410",)),
        Aim.SUNSET_FIRST,
    ),
    "alias": row(("X-Limit is missing",), response(200), promising("plain", versions=frozenset({"v2"}))),
    "its-alias": row(("X-Limit is missing",), response(200), promising("plain", aliases=frozenset({"plain"}))),
    "alias-beside-a-version": row(
        ("X-Limit is missing",),
        response(200),
        promising("plain", aliases=frozenset({"plain"}), versions=frozenset({"v1"})),
    ),
    "named-there": row(("X-Limit is missing",), response(200), promising(carriers=frozenset({"header"})), via="header"),
    "a-refusal-named-there": row(
        ("X-Limit is missing",),
        response(404, error()),
        promising(refusals=True, carriers=frozenset({"header"})),
        Aim.UNKNOWN,
        via="header",
    ),
    "offered": row(("X-Limit is missing on a 204",), response(204), OFFERED, Aim.OFFERED, method="OPTIONS"),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stages it is about, to the instant, at both boundaries, on leap days too."""
    life, as_of, stage = MOMENTS[name]
    where = scene(living(life, headers=HEADERS), "v1", as_of=instant(as_of))

    assert where.stage is stage
    assert is_promised(CHECK, where) is (stage.answers)
    on_all = tuple(replace(header, everywhere=True) for header in HEADERS)
    where = scene(living(life, headers=on_all), "v1", as_of=instant(as_of))
    assert is_promised(CHECK, where) is (stage is not Stage.PLANNED)


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])


@pytest.mark.parametrize("name", TOGETHER)
def test_values_are_told_apart(name: str) -> None:
    """No two answers of an operation share a value that is promised to be unique."""
    assert agrees(concluded(CHECK, TOGETHER[name]), TOGETHER[name].expected), concluded(CHECK, TOGETHER[name])


def across(*operations: tuple[str, tuple[str, ...]]) -> list[Any]:
    """What is said of operations with these values, one after the other."""
    start = promising(unique=True)
    memory: dict[str, Any] = {}
    told: list[Any] = []
    for key, values in operations:
        where = replace(start, operation=start.operation_named("v2", key))
        found = [exchange(where, response(200, headers=(("X-Limit", text),))) for text in values]
        assert CHECK.across is not None
        hold = CHECK.across(found, where)
        told.append(None if hold is None else (None if (broken := hold(memory)) is None else list(broken)))
    return told


READ, MADE = ("GET /things", ("a", "b")), ("POST /things", ("c", "a"))


def test_values_are_told_apart_across_operations() -> None:
    """What one operation answered, no other one of the version answers; asked again, an operation is not held against itself."""
    assert across(READ, READ) == [None, None]
    assert across(READ, ("POST /things", ("c",))) == [None, []]
    ((broken,),) = across(READ, MADE)[1:]
    assert (broken.summary, broken.exchange.operation) == (
        "X-Limit is the same on several answers of different operations",
        "",
    )
    assert "a on answers of GET /things and of POST /things" in broken.received


def test_a_value_of_two_operations_is_of_neither() -> None:
    """Whichever is asked first, the finding says the same of the same place."""
    findings = [across(*both)[1][0] for both in ((READ, MADE), (MADE, READ))]

    assert len({(each.exchange.operation, each.place, each.received) for each in findings}) == 1


def test_what_an_operation_repeats_itself_is_told_once() -> None:
    """A value that is the same on all answers is the operation's own fault, and no second one beside the others."""
    assert across(READ, ("POST /things", ("a", "a"))) == [None, []]


@pytest.mark.parametrize(
    ("methods", "key", "planned"),
    [
        pytest.param({"OPTIONS"}, "GET /things", ["OPTIONS"], id="of-the-first-method"),
        pytest.param({"OPTIONS"}, "POST /things", [], id="once-for-each-path"),
        pytest.param({"HEAD", "OPTIONS"}, "GET /things", ["OPTIONS", "HEAD"], id="both"),
        pytest.param({"HEAD"}, "DELETE /things/{id}", ["HEAD"], id="beside-a-get"),
        pytest.param({"GET", "POST"}, "GET /things", [], id="declared"),
        pytest.param({"OPTIONS"}, "GET /health", [], id="of-no-version"),
    ],
)
def test_methods_without_a_contract_are_asked(methods: set[str], key: str, planned: list[str]) -> None:
    """A header that is promised on `OPTIONS` is looked for though no contract has it."""
    assert [ask.method for ask in asked(CHECK, promising(key=key, methods=frozenset(methods)))] == planned


def test_of_a_version_that_is_over_nothing_is_offered() -> None:
    """What it answers to each method then is AV601's."""
    assert asked(CHECK, ended(methods=frozenset({"OPTIONS"}))) == []
