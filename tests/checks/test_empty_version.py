"""AV202: a carrier that is present but empty gets what the policy declares."""

from __future__ import annotations

import pytest

from pytest_apiversion.checks.empty_version import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.policy.carriers import Carrier
from pytest_apiversion.selection import carriers
from tests.checks.builders import (
    ACCEPT,
    ACCEPTS,
    ANSWERS,
    COOKIE,
    HEADER,
    PATH,
    QUERY,
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
)

EMPTY = {
    **ANSWERS,
    "empty": rejects(400, code="BAD_VERSION", place="versioning.empty"),
    "missing": rejects(400, code="NONE"),
}
RULES = policy(HEADER, QUERY, answers=EMPTY)
WHERE = scene(RULES)
VENDOR = Carrier(form=carriers()["accept"], template="application/vnd.shop.{version}+json")

SILENT = {
    "declared-answer": row("held", response(400, error("BAD_VERSION")), WHERE, Aim.EMPTY, via="header", probe=""),
    "missing-is-another-aim": row("unspoken", response(200), WHERE, Aim.MISSING),
    "accepted": row(
        "unpromised",
        response(200),
        scene(policy(HEADER, answers={**EMPTY, "empty": ACCEPTS})),
        Aim.EMPTY,
        via="header",
        probe="",
    ),
    "path-cannot-be-empty": row(
        "unpromised", response(200), scene(policy(PATH, answers=EMPTY)), Aim.EMPTY, via="path", probe=""
    ),
    "media-type-name-cannot": row(
        "unpromised", response(200), scene(policy(VENDOR, answers=EMPTY)), Aim.EMPTY, via="accept", probe=""
    ),
    "what-an-absent-one-gets-too": Row(
        expected="yielded",
        scene=WHERE,
        exchanges=(
            exchange(WHERE, response(200), Aim.EMPTY, via="header", probe=""),
            exchange(WHERE, response(200), Aim.MISSING, via=""),
        ),
    ),
}

SPEAK = {
    "served": row(("an empty version is accepted",), response(200), WHERE, Aim.EMPTY, via="header", probe=""),
    "served-in-the-query": row(
        ("an empty version is accepted",), response(200), WHERE, Aim.EMPTY, via="query", probe=""
    ),
    "another-status": row(
        ("an empty version gets 404",), response(404, error("BAD_VERSION")), WHERE, Aim.EMPTY, via="header", probe=""
    ),
    "another-code": row(
        ("an empty version gets the error code NONE",),
        response(400, error("NONE")),
        WHERE,
        Aim.EMPTY,
        via="header",
        probe="",
    ),
    "served-though-absent-is-refused": Row(
        expected=("an empty version is accepted",),
        scene=WHERE,
        exchanges=(
            exchange(WHERE, response(200), Aim.EMPTY, via="header", probe=""),
            exchange(WHERE, response(400, error("NONE")), Aim.MISSING, via=""),
        ),
    ),
}


def test_each_carrier_that_can_be_empty_is_asked() -> None:
    """Header, query and media-type parameter are sent empty; path and media-type name cannot be."""
    where = scene(policy(PATH, HEADER, QUERY, ACCEPT, answers=EMPTY))

    assert [(ask.via, ask.selection, ask.method) for ask in asked(CHECK, where) if ask.aim is Aim.EMPTY] == [
        (kind, ((kind, ""),), method) for kind in ("header", "query", "accept") for method in (None, "HEAD")
    ]


def test_a_carrier_that_somebody_adds_is_sent_empty() -> None:
    """Whether a carrier can be empty is said by its own value, and by no list of names."""
    asks = asked(CHECK, scene(policy(PATH, COOKIE, answers=EMPTY)))

    assert {ask.selection for ask in asks} == {(("cookie", ""),)}


def test_what_is_quoted_is_asked_about_beside_the_empty_text() -> None:
    """Only where the empty text goes in quotes is a malformed one sent in quotes too: a server may read neither."""
    asks = asked(CHECK, scene(policy(HEADER, QUERY, ACCEPT, answers=EMPTY)))

    assert [ask.selection for ask in asks if ask.aim is Aim.MALFORMED] == [(("accept", "2;"),)]


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
