"""AV209: carriers that disagree, or one carrier given twice, are rejected where the policy says so."""

from __future__ import annotations

import pytest

from pytest_apiversion.checks.ambiguous_version import CHECK
from pytest_apiversion.core.checking.aim import Aim
from tests.checks.builders import (
    ANSWERS,
    COOKIE,
    HEADER,
    PATH,
    QUERY,
    V2,
    V3,
    Row,
    agrees,
    asked,
    error,
    exchange,
    policy,
    rejects,
    response,
    row,
    said,
    scene,
    versions,
)

AMBIGUOUS = {**ANSWERS, "conflicting": rejects(400, code="AMBIGUOUS"), "duplicated": rejects(400)}
RULES = policy(PATH, HEADER, QUERY, answers=AMBIGUOUS)
WHERE = scene(RULES)
TWICE = {"via": "header", "probe": "2 and 1"}

SILENT = {
    "conflict-rejected": row("held", response(400, error("AMBIGUOUS")), WHERE, Aim.CONFLICT),
    "twice-rejected": row("held", response(400, error()), WHERE, Aim.DUPLICATED, **TWICE),
    "another-aim": row("unspoken", response(200), WHERE, Aim.UNKNOWN),
    "not-declared": row("unpromised", response(200), scene(), Aim.CONFLICT),
    "the-other-is-not-released": row(
        "unpromised",
        response(200),
        scene(policy(PATH, HEADER, answers=AMBIGUOUS, versions=versions(v2=V2, v3=V3))),
        Aim.CONFLICT,
    ),
    "one-version": row(
        "unpromised",
        response(200),
        scene(policy(PATH, HEADER, answers=AMBIGUOUS, versions=versions(v2=V2))),
        Aim.CONFLICT,
    ),
    "one-of-the-two-decides-and-is-none": Row(
        expected="yielded",
        scene=WHERE,
        exchanges=(
            exchange(WHERE, response(400, error("NO_SUCH_VERSION")), Aim.CONFLICT, probe="v1 and 9"),
            exchange(WHERE, response(404, error("NOTHING")), Aim.CONFLICT, probe="v1 and 2"),
        ),
    ),
    "twice-is-malformed-to-this-server": Row(
        expected="yielded",
        scene=WHERE,
        exchanges=(
            exchange(WHERE, response(200), Aim.DUPLICATED, **TWICE),
            exchange(WHERE, response(200), Aim.MALFORMED, via="header", probe="1, 2"),
        ),
    ),
}

SPEAK = {
    "each-gets-another-code": Row(
        expected=("gets the error code NO_SUCH_VERSION",),
        scene=WHERE,
        exchanges=(
            exchange(WHERE, response(400, error("NO_SUCH_VERSION")), Aim.CONFLICT, probe="v1 and 9"),
            exchange(WHERE, response(400, error("AMBIGUOUS")), Aim.CONFLICT, probe="v1 and 2"),
        ),
    ),
    "conflict-served": row(("a conflict of carriers is accepted",), response(200, {"id": "t"}), WHERE, Aim.CONFLICT),
    "conflict-without-its-code": row(
        ("a conflict of carriers gets the error code OTHER",), response(400, error("OTHER")), WHERE, Aim.CONFLICT
    ),
    "twice-served": row(
        ("a carrier given twice is accepted",), response(200, {"id": "t"}), WHERE, Aim.DUPLICATED, **TWICE
    ),
    "twice-another-status": row(("a carrier given twice gets 500",), response(500), WHERE, Aim.DUPLICATED, **TWICE),
}


def test_header_and_query_are_given_twice_and_carriers_disagree() -> None:
    """Every pair of carriers disagrees once; what can be given twice is, with two versions that exist."""
    asks = asked(CHECK, WHERE)

    assert [ask.selection for ask in asks if ask.aim is Aim.DUPLICATED] == [
        (("header", "2"), ("header", "1")),
        (("query", "v2"), ("query", "v1")),
    ]
    assert [tuple(kind for kind, _ in ask.selection) for ask in asks if ask.aim is Aim.CONFLICT] == [
        ("path", "header"),
        ("path", "query"),
        ("header", "query"),
    ]


def test_a_carrier_that_somebody_adds_is_given_twice() -> None:
    """Whether a carrier can be given twice is said by its own value, and by no list of names."""
    asks = asked(CHECK, scene(policy(PATH, COOKIE, answers=AMBIGUOUS)))

    assert [ask.selection for ask in asks if ask.aim is Aim.DUPLICATED] == [(("cookie", "v2"), ("cookie", "v1"))]


def test_only_what_is_declared_is_asked() -> None:
    """A policy that rejects duplicates and says nothing of conflicts is asked about duplicates only."""
    rules = policy(PATH, HEADER, answers={**ANSWERS, "duplicated": rejects(400)})

    aims = [ask.aim for ask in asked(CHECK, scene(rules))]

    assert Aim.DUPLICATED in aims
    assert Aim.CONFLICT not in aims


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
