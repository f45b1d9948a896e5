"""AV314: every success of a version has the shape its version promises."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.success_shape import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.http.messages import Request
from pytest_apiversion.core.judging.served_version import REPLAYED
from pytest_apiversion.core.policy.responses import Success
from tests.checks.builders import (
    GONE,
    HEADER,
    V1,
    V2,
    Row,
    agrees,
    answers,
    concluded,
    error,
    exchange,
    instant,
    operation,
    policy,
    response,
    row,
    said,
    scene,
    versions,
)

WRAPPED = Success(
    name="wrapped",
    schema={"type": "object", "required": ["data", "meta"]},
    unique=("/meta/request", "/meta/trace"),
)
BARE = Success(
    name="bare", schema={"not": {"type": "object", "anyOf": [{"required": ["data"]}, {"required": ["meta"]}]}}
)
SHAPED = {
    name: replace(version, success={"v1": "bare", "v2": "wrapped"}[name])
    for name, version in versions(v1=V1, v2=V2).items()
}
RULES = policy(versions=SHAPED, successes={"wrapped": WRAPPED, "bare": BARE}, sunset=GONE)
LAX = [operation("GET /things", answers({"type": ["object", "array"]})), operation("GET /health", neutral=True)]
STRICT = [operation("GET /things", answers({"type": "object", "required": ["data"]}))]
WHERE = scene(RULES, operations=LAX)
OLD = scene(RULES, "v1", operations=LAX)


def wrapped(**meta: Any) -> dict[str, Any]:
    """A body in the wrapper of `v2`."""
    return {"data": {"id": "t"}, "meta": meta}


SILENT = {
    "wrapped": row("held", response(200, wrapped()), WHERE),
    "wrapped-in-another-json": row("held", response(200, wrapped(), media_type="application/hal+json"), WHERE),
    "bare": row("held", response(200, {"id": "t"}), OLD),
    "a-bare-list": row("held", response(200, [{"data": 1}]), OLD),
    "an-unexpected-success": row("held", response(200, wrapped()), WHERE, Aim.REFUSED),
    "error": row("unspoken", response(404, error()), WHERE, Aim.UNKNOWN_DATA),
    "no-content": row("unspoken", response(204), WHERE),
    "not-json": row("unspoken", response(200, body=b"id,name", media_type="text/csv"), WHERE),
    "broken-json": row("unspoken", response(200, body=b"{", media_type="application/json"), WHERE),
    "head": row("unspoken", response(200), WHERE, method="HEAD"),
    "redirect": row("unspoken", response(302, {"id": "t"}), WHERE),
    "its-contract-says-so-too": row("unspoken", response(200, {"id": "t"}), scene(RULES, operations=STRICT)),
    "an-error-in-disguise-is-av406s": row("unspoken", response(200, error()), WHERE),
    "neutral": row("unspoken", response(200, {"up": True}), scene(RULES, key="GET /health", operations=LAX)),
    "a-shape-of-nothing": row(
        "unspoken",
        response(200, {"id": "t"}),
        scene(
            policy(versions=SHAPED, successes={"wrapped": replace(WRAPPED, schema=None), "bare": BARE}), operations=LAX
        ),
    ),
    "no-shape": row("unpromised", response(200, {"id": "t"}), scene()),
    "after-its-sunset": row(
        "unpromised", response(200, wrapped()), scene(RULES, "v1", as_of=instant("2030-01-01")), Aim.SUNSET
    ),
}

SPEAK = {
    "bare-though-wrapped": row(("has not the shape 'wrapped'",), response(200, {"id": "t"}), WHERE),
    "half-wrapped": row(("has not the shape 'wrapped'",), response(200, {"data": {}}), WHERE),
    "a-list-though-wrapped": row(("has not the shape 'wrapped'",), response(200, []), WHERE),
    "wrapped-though-bare": row(("has not the shape 'bare'",), response(200, {"data": {"id": "t"}}), OLD),
    "told-of-though-bare": row(("has not the shape 'bare'",), response(200, {"id": "t", "meta": {}}), OLD),
    "beside-a-contract-that-holds": row(
        ("has not the shape 'wrapped'",), response(200, {"data": {}}), scene(RULES, operations=STRICT)
    ),
}


def several(expected: str | tuple[str, ...], *bodies: Any, where: Scene = WHERE, status: int = 200) -> Row:
    """A row of several answers."""
    return Row(
        expected=expected, scene=where, exchanges=tuple(exchange(where, response(status, each)) for each in bodies)
    )


TOGETHER = {
    "all-different": several("held", wrapped(request="a"), wrapped(request="b"), wrapped(request="c")),
    "text-and-number": several("held", wrapped(request="1"), wrapped(request=1)),
    "true-and-one": several("held", wrapped(request=True), wrapped(request=1)),
    "one-answer": several("unspoken", wrapped(request="a")),
    "nothing-there": several("unspoken", wrapped(), wrapped()),
    "errors": several("unspoken", error(), error(), status=404),
    "nothing-unique": several("unspoken", {"id": "t"}, {"id": "t"}, where=OLD),
    "constant": several(("/meta/request is the same",), wrapped(request="a"), wrapped(request="a")),
    "once-again": several(
        ("/meta/request is the same",), wrapped(request="a"), wrapped(request="b"), wrapped(request="a")
    ),
    "two-of-them": several(
        ("/meta/request is the same", "/meta/trace is the same"),
        wrapped(request="a", trace=None),
        wrapped(request="a", trace=None),
    ),
}


def asked(*answers: tuple[str, str], last: str = "/things") -> Row:
    """A row of answers, each with the version that its request names in a header, and the number of the request."""
    where = scene(replace(RULES, carriers={"header": HEADER}), operations=LAX)
    requests = [Request(method="GET", path="/things", headers=(("X-API-Version", text),)) for text, _ in answers]
    requests[-1] = replace(requests[-1], path=last)
    made = [
        replace(exchange(where, response(200, wrapped(request=number))), request=request)
        for (_, number), request in zip(answers, requests, strict=True)
    ]
    return Row(expected=(), scene=where, exchanges=tuple(made))


@pytest.mark.parametrize(
    ("of", "cached"),
    [
        pytest.param(asked(("2", "a"), ("2", "b"), ("1", "a")), True, id="another-version"),
        pytest.param(asked(("2", "a"), ("2", "b"), ("2", "a")), False, id="the-same-version"),
        pytest.param(asked(("2", "a"), ("1", "a")), False, id="the-same-for-all"),
        pytest.param(asked(("2", "a"), ("2", "b"), ("1", "a"), last="/others"), False, id="at-another-address"),
    ],
)
def test_an_answer_that_is_given_again_is_told_so(of: Row, *, cached: bool) -> None:
    """A whole answer that comes again where the version is named in another way is told as that, of each request that got it."""
    told = concluded(CHECK, of)

    assert [REPLAYED in each for each in told] == [cached] * (2 if cached else 1), told


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """A success in another shape is said once."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])


@pytest.mark.parametrize("name", TOGETHER)
def test_answers_are_told_apart(name: str) -> None:
    """Values that no two answers share are compared over all answers of an operation."""
    assert agrees(concluded(CHECK, TOGETHER[name]), TOGETHER[name].expected), concluded(CHECK, TOGETHER[name])


def test_the_repeated_value_is_shown() -> None:
    """The finding tells the value, how often it came, and an exchange that has it."""
    found = TOGETHER["once-again"]
    assert CHECK.conclude is not None
    broken = list(CHECK.conclude(found.exchanges, found.scene) or ())

    assert broken[0].received.startswith('"a" in 2 of 3 answers; last: 200')
    assert broken[0].exchange is found.exchanges[2]
