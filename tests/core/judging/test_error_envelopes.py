"""Envelopes: which one an answer must wear, whether it does, and the code in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.exchange import Exchange
from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind, Response
from pytest_apiversion.core.judging.error_envelopes import envelopes_for, error_code, problems, wears
from pytest_apiversion.core.judging.promises import answer_for
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.core.policy.responses import Envelope, ErrorClass, Sunset
from pytest_apiversion.core.policy.subjects import Version
from tests.checks.builders import (
    ANSWERS,
    ENVELOPE,
    HEADER,
    PATH,
    V1,
    V2,
    alias,
    error,
    exchange,
    instant,
    policy,
    rejects,
    response,
    scene,
)
from tests.counting import calls_of

PLAIN = Envelope(name="plain", code="/code", status="/status")
MAYBE = Envelope(
    name="maybe",
    schema={"required": ["error"], "properties": {"error": {"properties": {"code": {"type": ["string", "null"]}}}}},
    code="/error/code",
)
"""An envelope whose schema names the code and does not require it."""
NOTHING = Envelope(name="nothing", empty=True)
ALL = {"error": ENVELOPE, "plain": PLAIN, "nothing": NOTHING}
OWN = {
    "v1": Version(name="v1", contract=None, lifecycle=V1, envelope="plain"),
    "v2": Version(name="v2", contract=None, lifecycle=V2),
}


def asked(
    rules: Policy, status: int = 404, aim: Aim = Aim.UNKNOWN_DATA, subject: str = "v2", **changes: object
) -> Exchange:
    """An exchange that got an error."""
    return exchange(scene(rules, subject), response(status, error()), aim, **changes)


MIXED = policy(envelopes=ALL, versions=OWN)
ROUTED = policy(
    envelopes=ALL,
    versions=OWN,
    error_classes=(
        ErrorClass(statuses=("405",), envelope="nothing"),
        ErrorClass(statuses=("4xx",), envelope="plain", versions=frozenset({"v2"})),
    ),
)
ANSWERED = policy(
    PATH,
    replace(HEADER, answers={"unknown": rejects(404, envelope="nothing")}),
    envelopes=ALL,
    answers={**ANSWERS, "malformed": rejects(400, envelope="plain")},
)
ENDED = policy(
    envelopes=ALL, sunset=Sunset(envelope="plain"), aliases={"old": alias(name="old", gone=Sunset(envelope="nothing"))}
)
LOOSE = policy(envelopes=ALL, envelope=None)
ALIASED = policy(envelopes=ALL, versions=OWN, aliases={"old": alias(name="old", version="v1")})
ABSENT = policy(
    envelopes=ALL,
    versions=OWN,
    aliases={"old": alias(name="old", version="v1", absent_answer=rejects(404, envelope="nothing"))},
)

WORN = {
    "apis": (asked(policy(envelopes=ALL)), ["error"]),
    "versions-own": (asked(MIXED, subject="v1"), ["plain"]),
    "not-the-other-versions": (asked(MIXED), ["error"]),
    "class-first": (asked(ROUTED, 405, subject="v1"), ["nothing"]),
    "first-class-that-fits": (asked(ROUTED, 405), ["nothing"]),
    "class-of-a-version": (asked(ROUTED, 404), ["plain"]),
    "class-of-another-version": (asked(ROUTED, 422, subject="v1"), ["plain"]),
    "no-class": (asked(ROUTED, 500), ["error"]),
    "carriers-rejection": (asked(ANSWERED, aim=Aim.UNKNOWN, via="header"), ["nothing"]),
    "other-carriers-rejection": (asked(ANSWERED, aim=Aim.UNKNOWN, via="path"), ["error"]),
    "apis-rejection": (asked(ANSWERED, 400, aim=Aim.MALFORMED, via="header"), ["plain"]),
    "fall-through-is-any-rejection-of-its-carrier": (
        asked(ANSWERED, aim=Aim.FALL_THROUGH, via="header"),
        ["nothing", "plain"],
    ),
    "unknown-where-nobody-looks-is-its-carriers": (asked(ANSWERED, aim=Aim.STRAY, via="header"), ["nothing"]),
    "a-good-version-beside-what-nobody-declared": (
        asked(ANSWERED, aim=Aim.STRAY, via="header", expected_version="v2"),
        ["error", "plain", "nothing"],
    ),
    "what-names-no-version-is-of-none": (asked(MIXED, aim=Aim.UNKNOWN, via="path", subject="v1"), ["error", "plain"]),
    "what-names-no-version-and-a-class-of-all": (
        asked(ROUTED, 405, aim=Aim.MISSING, via="path", subject="v1"),
        ["nothing"],
    ),
    "what-names-no-version-and-a-class-of-one": (asked(ROUTED, aim=Aim.UNKNOWN, via="path"), ["error", "plain"]),
    "path-without-an-alias": (asked(ABSENT, aim=Aim.ABSENT, via="old", subject="v1"), ["nothing"]),
    "path-without-an-alias-and-nothing-said": (
        asked(ALIASED, aim=Aim.ABSENT, via="old", subject="v1"),
        ["error", "plain"],
    ),
    "any-version-may-have-answered": (
        asked(MIXED, aim=Aim.CONFLICT, expected_version="v1"),
        ["error", "plain", "nothing"],
    ),
    "rejection-where-none-is-the-apis": (asked(LOOSE, aim=Aim.UNKNOWN, via="path"), ["error", "plain", "nothing"]),
    "nothing-promised": (asked(LOOSE), []),
    "sunset": (exchange(scene(ENDED, "v1", as_of=instant("2027-01-01")), response(410), Aim.SUNSET), ["plain"]),
    "sunset-of-an-alias": (exchange(scene(ENDED, "old"), response(404), Aim.SUNSET), ["nothing"]),
    "alias-is-its-version": (
        exchange(
            scene(policy(envelopes=ALL, versions=OWN, aliases={"old": alias(version="v1")}), "old"), response(404)
        ),
        ["plain"],
    ),
    "no-answer": (exchange(scene(), NoAnswer(kind=NoAnswerKind.CLOSED, detail="")), []),
}


def policy_of(name: str) -> Policy:
    """The policy a row of `WORN` is about."""
    for prefixes, rules in (
        (("class", "first-class", "no-class"), ROUTED),
        (("carriers", "other-carriers", "apis-rejection", "fall", "unknown-where", "a-good"), ANSWERED),
        (("what-names-no-version-and",), ROUTED),
        (("path-without-an-alias-and",), ALIASED),
        (("path-without",), ABSENT),
        (("sunset",), ENDED),
        (("rejection-where", "nothing"), LOOSE),
        (("alias",), policy(envelopes=ALL, versions=OWN, aliases={"old": alias(version="v1")})),
    ):
        if name.startswith(prefixes):
            return rules
    return MIXED


@pytest.mark.parametrize("name", WORN)
def test_which_envelope_is_due(name: str) -> None:
    """A rejection's own, else the class of the status, else the version's, else the API's; several where it cannot be told."""
    sent, names = WORN[name]

    assert [envelope.name for envelope in envelopes_for(policy_of(name), sent)] == names


JSON = ("application/json",)
FITS = {
    "schema-and-code": (ENVELOPE, response(404, error())),
    "number-as-code": (ENVELOPE, response(404, error(code=7))),  # type: ignore[arg-type]
    "empty": (NOTHING, response(405)),
    "any-media-type": (PLAIN, response(404, {"code": "x", "status": 404}, media_type="text/json")),
    "media-type-only": (
        Envelope(name="m", media_types=("text/html",)),
        response(404, body=b"<p>", media_type="text/html; charset=utf-8"),
    ),
    "nothing-said": (Envelope(name="any"), response(404, body=b"whatever", media_type="x/y")),
    "code-at-the-root": (Envelope(name="root", code=""), response(404, "NOT_FOUND")),
    "code-that-may-be-absent": (MAYBE, response(401, {"error": {"message": "who?"}})),
    "code-that-may-be-null": (MAYBE, response(401, {"error": {"code": None}})),
    "schema-false-of-nothing": (Envelope(name="never", media_types=JSON, schema=True), response(404, 1)),
}

FAULTS = {
    "not-empty": (NOTHING, response(405, error()), ["the body is not empty"]),
    "media-type": (
        ENVELOPE,
        response(404, error(), media_type="text/html"),
        ["the content type is text/html, not application/json"],
    ),
    "no-media-type": (ENVELOPE, response(404, error(), media_type=""), ["the content type is absent"]),
    "empty-body": (PLAIN, response(404), ["the body is empty"]),
    "no-json": (PLAIN, response(404, body=b"no"), ["the body is not JSON: 'no'"]),
    "schema": (
        ENVELOPE,
        response(404, {"error": []}),
        ["at /error: expected object, got array []", "no error code at /error/code"],
    ),
    "every-fault": (ENVELOPE, response(404, {}), ['at the root: "error" is missing', "no error code"]),
    "no-code": (PLAIN, response(404, {"status": 404}), ["no error code at /code"]),
    "code-that-may-be-absent-is-a-list": (
        MAYBE,
        response(404, {"error": {"code": []}}),
        ["at /error/code", "no error code at /error/code"],
    ),
    "no-code-though-others-are-named": (
        Envelope(name="other", schema={"properties": {"error": {"properties": {"type": {}}}}}, code="/code"),
        response(404, {"error": {}}),
        ["no error code at /code"],
    ),
    "code-is-a-list": (PLAIN, response(404, {"code": ["x"], "status": 404}), ["no error code at /code"]),
    "code-is-true": (PLAIN, response(404, {"code": True, "status": 404}), ["no error code at /code"]),
    "no-status": (PLAIN, response(404, {"code": "x"}), ["/status says nothing, the status line 404"]),
    "another-status": (PLAIN, response(404, {"code": "x", "status": 400}), ["/status says 400, the status line 404"]),
    "status-as-text": (PLAIN, response(404, {"code": "x", "status": "404"}), ["/status says 404, the status line 404"]),
}


@pytest.mark.parametrize("name", FITS)
def test_an_answer_that_wears_its_envelope(name: str) -> None:
    """What the envelope demands is there; what it does not mention may be anything."""
    envelope, answer = FITS[name]

    assert list(problems(envelope, answer)) == []


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_is_said(name: str) -> None:
    """Each way in which an answer does not wear its envelope is said."""
    envelope, answer, faults = FAULTS[name]

    found = list(problems(envelope, answer))

    assert len(found) == len(faults), found
    assert all(each.startswith(words) for each, words in zip(found, faults, strict=True)), found


def test_a_long_body_is_said_short() -> None:
    """A hostile body does not fill the report."""
    answer = response(404, {"error": "x" * 100_000})

    assert all(len(problem) < 200 for problem in problems(ENVELOPE, answer))


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (response(404, error("A")), "A"),
        (response(404, {"error": {"code": 7}}), "7"),
        (response(404, {"error": {}}), None),
        (response(404, {"error": {"code": None}}), None),
        (response(404, {"error": {"code": True}}), None),
        (response(404, body=b"A"), None),
        (response(404), None),
    ],
    ids=["text", "number", "absent", "null", "true", "no-json", "empty"],
)
def test_the_error_code(answer: Response, code: str | None) -> None:
    """The code is read where the envelope says: a text or a number, never anything else."""
    assert error_code(policy(), exchange(scene(), answer, Aim.UNKNOWN_DATA)) == code


def test_a_code_is_found_where_no_envelope_is_promised() -> None:
    """Where nothing says which envelope is worn, the code is looked for where any envelope has it."""
    assert error_code(LOOSE, asked(LOOSE)) == "NO_SUCH_VERSION"


def test_head_wears_anything() -> None:
    """An answer to HEAD has no body to wear an envelope with."""
    assert wears(policy(), exchange(scene(), response(404), method="HEAD"))
    assert not wears(policy(), exchange(scene(), response(404)))


@pytest.mark.parametrize(
    ("aim", "place"),
    [
        (Aim.UNKNOWN, "unknown"),
        (Aim.UNDECLARED, "unknown"),
        (Aim.MALFORMED, "malformed"),
        (Aim.MISSING, None),
        (Aim.ACCEPTED, None),
        (Aim.SUNSET, None),
    ],
    ids=lambda value: value.name.lower() if isinstance(value, Aim) else str(value),
)
def test_which_answer_a_probe_is_held_to(aim: Aim, place: str | None) -> None:
    """Each kind of probe stands for a kind of wrong; ordinary requests for none."""
    rules = policy(answers={wrong: rejects(400, place=wrong) for wrong in ("unknown", "malformed")})

    answer = answer_for(rules, asked(rules, aim=aim))

    assert (answer.place if answer else None) == place


def test_an_answer_is_held_to_its_envelope_once() -> None:
    """Many checks want to know whether an error wears its envelope: it is told once for a policy, and anew for another."""
    told = asked(MIXED, subject="v1")

    first, again = (calls_of(lambda: wears(MIXED, told)) for _ in range(2))

    assert not wears(MIXED, told)
    assert again < first / 4
    assert wears(policy(envelopes=ALL, versions={**OWN, "v1": OWN["v2"]}), told)


def test_an_error_that_nests_deeper_than_the_stack_is_told() -> None:
    """An envelope whose schema refers to itself, as nested causes do, and an error of hundreds of causes: one sentence, no failure of the tool."""
    cause = {"type": "object", "properties": {"cause": {"$ref": "#"}}}
    nested = Envelope(name="nested", media_types=("application/json",), schema=cause)
    body = b'{"cause":' * 600 + b"{}" + b"}" * 600

    said = list(problems(nested, Response(status=400, headers=(("Content-Type", "application/json"),), body=body)))

    assert said == ["at the root: nested too deeply to be held to its schema"]
