"""AV407: a method that a path does not have gets the status the policy says."""

from __future__ import annotations

import pytest

from pytest_apiversion.checks.wrong_method import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.policy.responses import ErrorRules
from tests.checks.builders import (
    GONE,
    Row,
    agrees,
    asked,
    error,
    exchange,
    instant,
    operation,
    policy,
    response,
    row,
    said,
    scene,
)

RULES = policy(error_rules=ErrorRules(wrong_method=frozenset({405})))
WHERE = scene(RULES)
AFTER = scene(RULES, "v1", as_of=instant("2030-01-01"))
PATCH = {"method": "PATCH"}

SILENT = {
    "as-promised": row("held", response(405, error("METHOD")), WHERE, Aim.UNROUTED, **PATCH),
    "lists-what-is-there": row(
        "held",
        response(405, error("METHOD"), headers=(("Allow", "GET, HEAD, POST, OPTIONS"),)),
        WHERE,
        Aim.UNROUTED,
        **PATCH,
    ),
    "lists-it-in-two-lines": row(
        "held", response(405, headers=(("Allow", "POST"), ("allow", "GET"))), WHERE, Aim.UNROUTED, **PATCH
    ),
    "lists-more-than-the-contract": row(
        "held", response(405, headers=(("Allow", "GET,POST,DELETE"),)), WHERE, Aim.UNROUTED, **PATCH
    ),
    "one-of-several": row(
        "held",
        response(501),
        scene(policy(error_rules=ErrorRules(wrong_method=frozenset({405, 501})))),
        Aim.UNROUTED,
        **PATCH,
    ),
    "who-asks-comes-first": row("unspoken", response(403), WHERE, Aim.UNROUTED, **PATCH),
    "too-often": row("unspoken", response(429), WHERE, Aim.UNROUTED, **PATCH),
    "served-is-anothers": row("unspoken", response(200, {"id": "t"}), WHERE, Aim.UNROUTED, **PATCH),
    "crash-is-av402s": row("unspoken", response(500), WHERE, Aim.UNROUTED, **PATCH),
    "early-sunset-is-av604s": row(
        "unspoken",
        response(410),
        scene(policy(sunset=GONE, error_rules=RULES.error_rules), "v1"),
        Aim.UNROUTED,
        **PATCH,
    ),
    "a-path-that-is-not-there-is-av302s": Row(
        expected="yielded",
        scene=WHERE,
        exchanges=(
            exchange(WHERE, response(404), Aim.UNROUTED, **PATCH),
            exchange(WHERE, response(404)),
        ),
    ),
    "no-path-at-all": row("unspoken", response(404), scene(RULES, key=None), Aim.UNROUTED),
    "another-aim": row("unspoken", response(404), WHERE, Aim.UNKNOWN_DATA),
    "not-promised": row("unpromised", response(404), scene(), Aim.UNROUTED, **PATCH),
    "after-its-sunset": row("unpromised", response(404), AFTER, Aim.UNROUTED, **PATCH),
}

SPEAK = {
    "the-path-is-there": Row(
        expected=("which the contract does not have on the path, gets 404",),
        scene=WHERE,
        exchanges=(
            exchange(WHERE, response(404), Aim.UNROUTED, **PATCH),
            exchange(WHERE, response(200, {"id": "t"})),
        ),
    ),
    "list-is-short": row(
        ("Allow of the 405 to PATCH does not list POST",),
        response(405, headers=(("Allow", "GET"),)),
        WHERE,
        Aim.UNROUTED,
        **PATCH,
    ),
    "list-is-empty": row(
        ("Allow of the 405 to PATCH does not list GET and POST",),
        response(405, headers=(("Allow", ""),)),
        WHERE,
        Aim.UNROUTED,
        **PATCH,
    ),
    "lists-what-it-refuses": row(
        ("Allow of the 405 to PATCH lists PATCH",),
        response(405, headers=(("Allow", "GET, PATCH, POST"),)),
        WHERE,
        Aim.UNROUTED,
        **PATCH,
    ),
    "hidden": row(
        ("PATCH, which the contract does not have on the path, gets 404",), response(404), WHERE, Aim.UNROUTED, **PATCH
    ),
    "bad-request": row(("gets 400",), response(400, error()), WHERE, Aim.UNROUTED, **PATCH),
    "not-implemented": row(("gets 501",), response(501), WHERE, Aim.UNROUTED, **PATCH),
}


@pytest.mark.parametrize(
    ("key", "methods"),
    [
        pytest.param("GET /things", ["PATCH"], id="first-of-its-path"),
        pytest.param("POST /things", [], id="another-of-the-path"),
        pytest.param("GET /health", [], id="neutral"),
        pytest.param("DELETE /things/{id}", ["PATCH"], id="a-template"),
    ],
)
def test_each_path_is_asked_once(key: str, methods: list[str]) -> None:
    """Of the operations of a path one asks, in the first method nobody has."""
    assert [ask.method for ask in asked(CHECK, scene(RULES, key=key))] == methods


def test_another_template_may_have_the_method() -> None:
    """A method that a template of the same form has is not wrong there."""
    shop = [operation("GET /things/{id}"), operation("PATCH /things/{name}"), operation("GET /things/new")]

    assert [ask.method for ask in asked(CHECK, scene(RULES, key="GET /things/{id}", operations=shop))] == ["PUT"]
    assert [ask.method for ask in asked(CHECK, scene(RULES, key="GET /things/new", operations=shop))] == ["PUT"]


def test_other_machines_are_asked_safely() -> None:
    """Where only safe methods may be sent, a path with a GET is not asked at all."""
    assert asked(CHECK, scene(RULES, unsafe=False)) == []
    assert [
        ask.method
        for ask in asked(CHECK, scene(RULES, key="POST /jobs", operations=[operation("POST /jobs")], unsafe=False))
    ] == ["GET"]


def test_every_method_is_taken() -> None:
    """A path that has them all is not asked."""
    shop = [operation(f"{method} /things") for method in ("DELETE", "GET", "PATCH", "POST", "PUT")]

    assert asked(CHECK, scene(RULES, key="DELETE /things", operations=shop)) == []


def test_nothing_is_asked_unpromised() -> None:
    """Without the promise, and after the sunset, nothing is asked."""
    assert asked(CHECK, scene()) == []
    assert asked(CHECK, AFTER) == []


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """Another refusal than the promised one is said once."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
