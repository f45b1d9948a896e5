"""AV207: a request that names no version is answered by the declared default, provably by that version."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.checks.default_version import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind
from pytest_apiversion.core.policy.requests import OperationRule
from pytest_apiversion.core.policy.responses import Sunset
from tests.checks.builders import (
    ANSWERS,
    ECHO_BODY,
    HEADER,
    PATH,
    V2,
    V3,
    agrees,
    answers,
    asked,
    defaults,
    error,
    instant,
    operation,
    policy,
    rejects,
    response,
    row,
    said,
    scene,
    versions,
)

NO_ANSWER = NoAnswer(kind=NoAnswerKind.TIMEOUT, detail="30 s")
DEFAULT = {**ANSWERS, "missing": defaults("v1")}
RULES = policy(answers=DEFAULT)
WHERE = scene(RULES)
OLD, NEW = response(200, {"id": "t", "topic": "x"}), response(200, {"data": {"id": "t"}, "meta": {"page": 1}})
SAYS_V2 = response(200, {"meta": {"version": "v2"}})
ASKED = {"expected_version": "v1", "peers": {"v1": OLD, "v2": NEW}, "via": ""}
ALONE = {"expected_version": "v2", "peers": {"v2": NEW}, "via": ""}
ONE = scene(policy(versions=versions(v2=V2), answers={"missing": defaults("v2")}))
LEFT = scene(
    policy(answers={**ANSWERS, "missing": defaults("oldest")}, sunset=Sunset(statuses=frozenset(), served_by="oldest")),
    as_of=instant("2027-01-01"),
)

SILENT = {
    "default-answers": row("held", OLD, WHERE, Aim.MISSING, **ASKED),
    "other-data-same-shape": row("held", response(200, {"id": "u", "topic": "y"}), WHERE, Aim.MISSING, **ASKED),
    "cannot-be-told-apart": row("unspoken", OLD, WHERE, Aim.MISSING, **{**ASKED, "peers": {"v1": OLD, "v2": OLD}}),
    "missing-is-rejected": row(
        "unpromised", NEW, scene(policy(answers={**ANSWERS, "missing": rejects(400)})), Aim.MISSING, **ASKED
    ),
    "not-declared": row("unpromised", NEW, scene(), Aim.MISSING, **ASKED),
    "the-other-is-not-released": row(
        "held",
        NEW,
        scene(policy(versions=versions(v2=V2, v3=V3), answers={"missing": defaults("v2")})),
        Aim.MISSING,
        **ALONE,
    ),
    "one-version": row("held", NEW, ONE, Aim.MISSING, **ALONE),
    "one-version-that-sends-elsewhere": row("unspoken", response(307), ONE, Aim.MISSING, **ALONE),
    "the-default-fails-too": row(
        "unspoken",
        response(404, error()),
        WHERE,
        Aim.MISSING,
        **{**ASKED, "peers": dict.fromkeys(("v1", "v2"), response(404, error()))},
    ),
    "sent-to-the-default": row("unspoken", response(307), WHERE, Aim.MISSING, **ASKED),
    "default-is-sunset": row(
        "unpromised",
        response(410, error("GONE")),
        scene(RULES, "v1", as_of=instant("2027-01-01")),
        Aim.MISSING,
        **ASKED,
    ),
    "no-answer": row("unspoken", NO_ANSWER, WHERE, Aim.MISSING, **ASKED),
    "only-one-is-left-to-serve": row("held", NEW, LEFT, Aim.MISSING, **ALONE),
    "another-aim": row("unspoken", NEW, WHERE, Aim.ACCEPTED, **ASKED),
}

REFUSED = ("a request without a version is refused",)
SPEAK = {
    "json-alone": row(
        ("a request without a version (Accept: application/json) is answered by v2",),
        NEW,
        WHERE,
        Aim.MISSING,
        **ASKED,
        probe="Accept: application/json",
    ),
    **{
        f"refused-{status}": row(REFUSED, response(status, error()), WHERE, Aim.MISSING, **ASKED)
        for status in (400, 404, 406, 410)
    },
    "crashes": row(("a request without a version gets 500",), response(500, error()), WHERE, Aim.MISSING, **ASKED),
    "refused-beside-a-sunset-one": row(
        REFUSED,
        response(400, error()),
        WHERE,
        Aim.MISSING,
        **{**ASKED, "peers": {"v1": OLD, "v2": response(410, error("GONE"))}},
    ),
    "the-sunset-one-answers": row(
        ("a request without a version is answered by v2",),
        response(410, error("GONE")),
        WHERE,
        Aim.MISSING,
        **{**ASKED, "peers": {"v1": OLD, "v2": response(410, error("GONE"))}},
    ),
    "refused-where-versions-look-alike": row(
        REFUSED, response(404, error()), WHERE, Aim.MISSING, **{**ASKED, "peers": {"v1": OLD, "v2": OLD}}
    ),
    "refused-by-the-only-version": row(REFUSED, response(404, error()), ONE, Aim.MISSING, **ALONE),
    "refused-by-the-only-one-left": row(REFUSED, response(406, error()), LEFT, Aim.MISSING, **ALONE),
    "newest-answers": row(("a request without a version is answered by v2",), NEW, WHERE, Aim.MISSING, **ASKED),
    "echo-names-another": row(
        ("answered by v2",),
        SAYS_V2,
        scene(policy(answers=DEFAULT, echo=ECHO_BODY)),
        Aim.MISSING,
        **{**ASKED, "peers": {"v1": response(200, {"meta": {"version": "v1"}}), "v2": SAYS_V2}},
    ),
    "nearer-to-the-other": row(("answered by v2",), response(200, {"data": {"id": "t"}}), WHERE, Aim.MISSING, **ASKED),
}


def test_the_default_is_compared_with_another_version() -> None:
    """A request without a version is sent beside plain requests to the default and to one that answers differently."""
    ask = asked(CHECK, WHERE)[0]
    mine = asked(CHECK, scene(RULES, "v1"))[0]

    assert (ask.selection, ask.expected_version, ask.compare) == ((), "v1", ("v1", "v2"))
    assert mine.compare == ("v1", "v2")


def test_a_default_without_another_version_is_asked_too() -> None:
    """Where there is nothing to tell it from, a refusal is still one; a sunset version that another serves tells nothing."""
    assert {ask.compare for ask in asked(CHECK, ONE)} == {("v2",)}
    assert {ask.compare for ask in asked(CHECK, LEFT)} == {("v2",)}


def test_no_version_has_several_forms_in_accept() -> None:
    """Where `Accept` may name a version, a request without it, and one for JSON alone, are asked once; elsewhere they say no more."""
    rest = [(ask.without, ask.headers, ask.once) for ask in asked(CHECK, WHERE)[1:]]

    assert rest == [(("Accept",), (), True), ((), (("Accept", "application/json"),), True)]
    assert len(asked(CHECK, scene(policy(PATH, HEADER, answers=DEFAULT)))) == 1


def test_what_is_no_json_is_not_asked_for_as_json() -> None:
    """An operation that gives another media type may refuse JSON."""
    text = answers({"type": "string"}, media_type="text/csv")
    rules = scene(policy(answers=DEFAULT), operations=[operation("GET /things", text)])

    assert [ask.headers for ask in asked(CHECK, rules)] == [(), ()]


def test_a_default_that_names_nothing_is_not_asked() -> None:
    """Where only previews serve, `oldest` is none of them."""
    lives = versions(v1=replace(V2, preview=True), v2=replace(V2, preview=True))

    assert not asked(CHECK, scene(policy(answers={**ANSWERS, "missing": defaults("oldest")}, versions=lives)))


def test_an_operation_may_have_no_default() -> None:
    """Where an operation rejects what the API defaults, nothing is asked there."""
    rules = policy(answers=DEFAULT, operations={"GET /things": OperationRule(answers={"missing": rejects(400)})})

    assert not asked(CHECK, scene(rules))
    assert asked(CHECK, scene(rules, key="GET /things/{id}"))


def test_one_write_is_asked_where_it_may_be_sent() -> None:
    """Each reading is asked, and one write of a version for each method."""
    assert {ask.once for ask in asked(CHECK, scene(RULES, key="POST /things"))} == {True}
    assert {ask.once for ask in asked(CHECK, scene(RULES, key="DELETE /things/{id}"))} == {True}
    assert not asked(CHECK, scene(RULES, key="POST /things", unsafe=False))
    assert not asked(CHECK, WHERE)[0].once


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
