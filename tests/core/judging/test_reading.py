"""The reading of an answer: what it is, whose it is, and whether it is the one that was due."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind, Response
from pytest_apiversion.core.judging.answer_kinds import Displacement, Kind
from pytest_apiversion.core.judging.reading import read
from tests.checks.builders import (
    ECHO_HEADER,
    GONE,
    PATH,
    Row,
    error,
    exchange,
    instant,
    policy,
    rejects,
    response,
    row,
    scene,
)

UNREAD = NoAnswer(kind=NoAnswerKind.TIMEOUT, detail="10 s")
SAYS_V1 = response(404, error(), headers=(("X-Served", "1"),))
SHOP = scene()
AFTER = scene(policy(sunset=GONE), "v1", as_of=instant("2027-06-01"))

ROWS = {
    "a success": row("answer", response(200)),
    "an error": row("answer, error", response(404)),
    "a wrong method": row("answer, error", response(405), scene(), Aim.UNROUTED),
    "a path nobody declared": row("error", response(404), scene(key=None), Aim.UNROUTED),
    "a version nobody declared": row("", response(404), scene(), Aim.UNKNOWN),
    "an operation without versions": row("", response(404), scene(key="GET /health")),
    "a crash": row("", response(500)),
    "another version's": row("", SAYS_V1, scene(policy(PATH, echo=ECHO_HEADER))),
    "none": row("", UNREAD),
}


@pytest.mark.parametrize("name", ROWS)
def test_whose_answer_it_is(name: str) -> None:
    """An answer is its version's own where it is of a path with versions, and of errors where no path was; never another's."""
    of: Row = ROWS[name]
    reading = read(of.exchanges[0], of.scene)
    found = {"answer": reading.own_answer, "error": reading.own_error}

    assert ", ".join(name for name, answer in found.items() if answer is not None) == of.expected
    assert {answer for answer in found.values() if answer is not None} <= {of.exchanges[0].response}


KINDS = {
    "nothing": row(Kind.NOTHING.name, UNREAD),
    "a failure": row(Kind.FAILURE.name, response(500)),
    "a polite failure": row(Kind.UNABLE.name, response(503)),
    "a declared rejection": row(Kind.VERSION_REFUSED.name, response(404, error()), scene(), Aim.UNKNOWN),
    "a rejection with another code": row(Kind.NOT_FOUND.name, response(404, error("NO")), scene(), Aim.UNKNOWN),
    "a rejection that is a success": row(
        Kind.VERSION_REFUSED.name,
        response(200, error("BAD")),
        scene(policy(answers={"malformed": rejects(200, code="BAD")})),
        Aim.MALFORMED,
    ),
    "the answer after a sunset": row(Kind.SUNSET.name, response(410, error("GONE")), AFTER, Aim.SUNSET),
    "a success after a sunset": row(Kind.SUCCESS.name, response(200), AFTER, Aim.SUNSET),
    "an error in disguise": row(Kind.DISGUISED_ERROR.name, response(200, error())),
    "a success": row(Kind.SUCCESS.name, response(200, {"id": "t"})),
    "a redirect": row(Kind.REDIRECT.name, response(302)),
    "no credential": row(Kind.CREDENTIAL_REFUSED.name, response(401)),
    "the wrong credential": row(Kind.CREDENTIAL_REFUSED.name, response(403), scene(), Aim.LESSER),
    "no route": row(Kind.NOT_FOUND.name, response(405), scene(), Aim.UNROUTED),
    "invalid data": row(Kind.REQUEST_REFUSED.name, response(422), scene(), Aim.REFUSED),
}


@pytest.mark.parametrize("name", KINDS)
def test_what_an_answer_is(name: str) -> None:
    """Every answer is of one kind, by what was asked, what the policy declares for that, and what the contract says."""
    of: Row = KINDS[name]

    assert read(of.exchanges[0], of.scene).kind.name == of.expected


def test_every_kind_is_told() -> None:
    """No kind is without an example."""
    assert {of.expected for of in KINDS.values()} == {kind.name for kind in Kind}


DISPLACED = {
    "early sunset": (Displacement.EARLY_SUNSET, response(410), scene(policy(sunset=GONE))),
    "error in disguise": (Displacement.DISGUISED_ERROR, response(200, error()), SHOP),
    "failure": (Displacement.FAILURE, response(500), SHOP),
    "version demanded": (
        Displacement.VERSION_DEMANDED,
        response(400, error("NONE")),
        scene(policy(answers={"missing": rejects(400, code="NONE")}), key="GET /health"),
    ),
    "another version": (Displacement.OTHER_VERSION, SAYS_V1, scene(policy(PATH, echo=ECHO_HEADER))),
}


@pytest.mark.parametrize("name", DISPLACED)
def test_an_answer_that_was_not_due_has_one_reason(name: str) -> None:
    """The reason is the check that reports it; nothing else is due of such an answer."""
    reason, answer, where = DISPLACED[name]
    reading = read(exchange(where, answer), where)

    assert reading.displacements == {reason}
    assert reading.displaced
    assert reading.own_answer is None


def test_a_weaker_carrier_that_gets_nothing_is_a_reason() -> None:
    """The strongest carrier gets a success, the other none: nothing else is due of that answer."""
    asked = replace(exchange(SHOP, response(404)), via="header", peers={"v2": response(200)})

    assert read(asked, SHOP).displacements == {Displacement.CARRIER_UNSERVED}


def test_an_answer_that_was_due_has_no_reason() -> None:
    """Errors of its own are due too."""
    for answer in (response(200, {"id": "t"}), response(404), response(422), response(503)):
        assert read(exchange(SHOP, answer), SHOP).displacements == frozenset()


@pytest.mark.parametrize(
    ("answer", "served"),
    [
        (response(200, {"b": 1}, headers=(("X-Served", "1"),)), "v1"),
        (response(200, {"b": 1}), "v2"),
        (response(200, {"c": 1}), None),
    ],
    ids=["by-its-echo", "by-its-likeness", "not-at-all"],
)
def test_which_version_gave_it(answer: Response, served: str | None) -> None:
    """Its echo tells, where the echoes of known versions are honest; otherwise its likeness does."""
    where = scene(policy(PATH, echo=ECHO_HEADER))
    peers = {"v1": response(200, {"a": 1}), "v2": response(200, {"b": 1})}

    assert read(replace(exchange(where, answer), peers=peers), where).served_by == served


def test_an_exchange_is_read_once_in_a_scene() -> None:
    """The reading stays with its exchange; a changed copy, and another scene, are read anew."""
    asked, other = exchange(SHOP, response(200)), scene()
    first = read(asked, SHOP)

    assert read(asked, SHOP) is first
    assert read(asked, other) is not first
    assert read(replace(asked, answer=response(500)), SHOP).kind is Kind.FAILURE
    assert replace(asked) == asked
