"""AV301: live answers conform to the contract frozen for their version: status, content type, headers, schema."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.checks.response_conformance import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.contracts.contract import BodySpec, HeaderSpec, ResponseSpec, SchemaProblem
from pytest_apiversion.core.json.bounded_patterns import BoundedPattern
from pytest_apiversion.core.policy.requests import Rules
from pytest_apiversion.core.policy.responses import Deprecation, ErrorRules, RequiredHeader, Sunset
from tests.checks.builders import (
    ACCEPT,
    ANNOUNCES,
    ECHO_BODY,
    ECHO_HEADER,
    SUCCESSOR,
    THING,
    Row,
    agrees,
    alias,
    answers,
    asked,
    error,
    exchange,
    holds,
    instant,
    living,
    operation,
    policy,
    response,
    row,
    said,
    scene,
)
from tests.checks.moments import MOMENTS, is_promised

LIMIT = HeaderSpec(name="X-Limit", required=True, validate=holds({"pattern": "^[0-9]+$"}))
ETAG = HeaderSpec(name="ETag", required=False)
PAGE = {"type": "object", "required": ["things"], "properties": {"things": {"type": "array", "items": THING}}}
ERROR = {"type": "object", "required": ["error"], "properties": {"error": {"required": ["message"]}}}


def about(*responses: ResponseSpec, **rules: object) -> Scene:
    """A scene about an operation with these declared answers."""
    return scene(policy(**rules), operations=[operation("GET /things", *responses)])


WHERE = scene()
HEADED = about(answers(THING, headers=(LIMIT, ETAG)))
LISTED = about(answers(PAGE))
PAIRS = about(answers({"type": "array", "items": {"type": "object", "required": ["a", "b"]}}))
RANGED = about(answers(THING, status="2xx"), answers(ERROR, status="default"))
EMPTY = about(ResponseSpec(status="204"))
TEXT = about(answers({"type": "string"}, media_type="text/plain"))
ANY = about(answers(THING, media_type="application/*"))
TEAPOT = about(answers(THING), rules=Rules(undeclared=("418",)))
ECHOED = about(answers({"properties": {"meta": {"properties": {"version": {"const": "v2"}}}}}), echo=ECHO_BODY)
PROMISED = about(
    answers(THING, headers=(LIMIT,)),
    headers=(RequiredHeader(name="X-Limit", pattern=BoundedPattern("[0-9]+"), place="headers[0]"),),
)
OLD = scene(
    policy(deprecation=Deprecation(headers=ANNOUNCES.headers, links=(SUCCESSOR,))),
    "v1",
    operations=[
        operation(
            "GET /things",
            answers(
                THING, headers=[HeaderSpec(name=name, required=True) for name in ("Deprecation", "Sunset", "Link")]
            ),
        )
    ],
)

CHOOSY = about(answers(THING), ResponseSpec(status="406"))
POLITE = scene(
    policy(error_rules=ErrorRules(not_acceptable=frozenset({406}))),
    operations=[operation("GET /things", answers(THING))],
)
NEVER = about(answers(THING), ResponseSpec(status="406"), error_rules=ErrorRules(not_acceptable=frozenset()))
NOTHING_ELSE = {
    "declared": (CHOOSY, 1),
    "promised": (POLITE, 1),
    "not-wanted": (NEVER, 0),
    "of-nobody": (WHERE, 0),
    "of-every-kind": (about(answers(THING, media_type="*/*"), ResponseSpec(status="406")), 0),
    "of-a-write": (
        scene(key="POST /things", operations=[operation("POST /things", answers(THING), ResponseSpec(status="406"))]),
        0,
    ),
    "where-accept-names-the-version": (
        scene(
            policy(ACCEPT),
            operations=[operation("GET /things", answers(THING), ResponseSpec(status="406"))],
        ),
        0,
    ),
}


@pytest.mark.parametrize("name", NOTHING_ELSE)
def test_a_client_that_takes_nothing_else(name: str) -> None:
    """A reading is asked so where somebody says what it gets, and its version stands elsewhere."""
    where, count = NOTHING_ELSE[name]

    assert [ask.aim for ask in asked(CHECK, where)] == [Aim.UNACCEPTABLE] * count


ELSEWHERE = response(200, {"id": "t"}, headers=(("Location", "http://backend:8080/things/t"),))
BASE = "https://api.example.org"


def beside_a_success(of: Row) -> Row:
    """A row whose operation gives what it is asked for otherwise."""
    return replace(of, exchanges=(*of.exchanges, exchange(of.scene, response(200, {"id": "t"}))))


SILENT = {
    "refuses-everybody": row("yielded", response(415, error()), CHOOSY, Aim.UNACCEPTABLE),
    "not-acceptable": row("held", response(406), CHOOSY, Aim.UNACCEPTABLE),
    "not-acceptable-and-not-there": row("unspoken", response(404), CHOOSY, Aim.UNACCEPTABLE),
    "not-acceptable-for-others": row("unspoken", response(403), CHOOSY, Aim.UNACCEPTABLE),
    "location-of-this-host": row(
        "held",
        response(200, {"id": "t"}, headers=(("Location", f"{BASE}/v2/things/t"),)),
        about(answers(THING), base_url=BASE),
    ),
    "location-that-may-leave": row("held", ELSEWHERE, about(answers(THING), base_url=BASE, elsewhere=("Location",))),
    "next-page-where-its-link-has-it": row(
        "held", response(200, {"any": "shape"}), WHERE, Aim.NEXT_PAGE, operation="GET /things"
    ),
    "next-page-is-for-others": row("unspoken", response(403), WHERE, Aim.NEXT_PAGE, operation="GET /things"),
    "a-thing-that-is-gone": row("unspoken", response(410, error()), WHERE, Aim.UNKNOWN_DATA),
    "a-member-twice-and-nobody-minds": row(
        "held",
        response(200, body=b'{"id": "t", "id": "u"}'),
        scene(policy(rules=Rules(unambiguous=False))),
    ),
    "as-declared": row("held", response(200, {"id": "t"}), WHERE),
    "with-a-charset": row("held", response(200, {"id": "t"}, media_type="application/json; charset=utf-8"), WHERE),
    "additions": row("held", response(200, {"id": "t", "more": [1]}, headers=(("X-More", "1"),)), WHERE),
    "range-of-statuses": row("held", response(202, {"id": "t"}), RANGED),
    "default-documents-errors": row(
        "held", response(418, {"error": {"code": "X", "message": "no"}}), RANGED, Aim.REFUSED
    ),
    "range-of-media-types": row("held", response(200, {"id": "t"}, media_type="application/vnd.shop+json"), ANY),
    "status-most-contracts-leave-out": row("unspoken", response(429, error()), WHERE),
    "status-the-policy-leaves-out": row("unspoken", response(418), TEAPOT),
    "no-content": row("held", response(204), EMPTY),
    "text": row("held", response(200, body=b"ok", media_type="text/plain"), TEXT),
    "head-has-no-body": row("unspoken", response(200), WHERE, method="HEAD"),
    "header": row("held", response(200, {"id": "t"}, headers=(("x-limit", "60"),)), HEADED),
    "optional-header-absent": row("held", response(200, {"id": "t"}, headers=(("X-Limit", "60"),)), HEADED),
    "error-outside-the-envelope-is-av401s": row("held", response(404, {"detail": "no"}), RANGED, Aim.UNKNOWN_DATA),
    "crash-is-av402s": row("unspoken", response(500), WHERE),
    "early-sunset-is-av604s": row("unspoken", response(410), scene(policy(sunset=Sunset()), "v1")),
    "wrong-echo-is-av210s": row("unspoken", response(200, {"meta": {"version": "v1"}}), ECHOED),
    "promised-header-is-av701s": row("held", response(200, {"id": "t"}), PROMISED),
    "promised-headers-form-is-av701s": row(
        "held", response(200, {"id": "t"}, headers=(("X-Limit", "many"),)), PROMISED
    ),
    "announcements-are-av501s-and-av505s": row("held", response(200, {"id": "t"}), OLD),
    "echo-header-is-av210s": row(
        "held",
        response(200, {"id": "t"}),
        about(answers(THING, headers=[HeaderSpec(name="X-Served", required=True)]), echo=ECHO_HEADER),
    ),
    "through-a-weaker-carrier": row("held", response(200, {"id": "t"}), WHERE, via="header"),
    "accept-names-its-version": row(
        "held", response(200, {"id": "t"}, media_type="application/vnd.shop.v2+json"), WHERE, via="accept"
    ),
    "wrong-method": row("unspoken", response(405), WHERE, Aim.UNROUTED, method="PATCH"),
    "nothing-declared": row("held", response(200, 7), scene(operations=[operation("GET /x", answers())], key="GET /x")),
    "planned": row("unpromised", response(200, 7), scene(subject="v3")),
    "alias": row("held", response(200, {"id": "t"}), scene(policy(aliases={"plain": alias()}), "plain")),
}

SPEAK = {
    "answers-what-nobody-takes": row(
        ("a reading that takes nothing but application/vnd.nobody-has-this gets 200",),
        response(200, {"id": "t"}),
        CHOOSY,
        Aim.UNACCEPTABLE,
    ),
    "refuses-what-is-brought": beside_a_success(row(("gets 415",), response(415, error()), CHOOSY, Aim.UNACCEPTABLE)),
    "answers-it-though-it-is-promised": row(("gets 200",), response(200, {"id": "t"}), POLITE, Aim.UNACCEPTABLE),
    "location-names-an-inner-host": row(
        ("the header Location leads to backend, which clients do not know",),
        ELSEWHERE,
        about(answers(THING), base_url=BASE),
    ),
    "next-page-is-not-where-its-link-has-it": row(
        ("the link to the next page leads to a 404",), response(404), WHERE, Aim.NEXT_PAGE, operation="GET /things"
    ),
    "next-page-is-the-page-before-it": row(
        ("the next page is the page before it once more",),
        response(200, [{"id": "t"}]),
        WHERE,
        Aim.REPEATED_PAGE,
        operation="GET /things",
        probe="",
    ),
    "next-page-begins-one-too-low": row(
        ("the next page shows again what the page before it shows",),
        response(200, [{"id": "t"}]),
        WHERE,
        Aim.REPEATED_PAGE,
        operation="GET /things",
        probe="t",
    ),
    "next-page-leaves-something-out": row(
        ("the next page leaves out what comes after the page before it",),
        response(200, [{"id": "t"}]),
        WHERE,
        Aim.LOST_BETWEEN,
        operation="GET /things",
        probe="s",
    ),
    "next-page-forgets-its-filter": row(
        ("the next page shows what the filter of the page before it leaves out",),
        response(200, [{"id": "t"}]),
        WHERE,
        Aim.UNFILTERED,
        operation="GET /things",
        probe="colour=red",
    ),
    "gone-where-404-is-not-free": row(
        ("status 410 is not in the contract",), response(410, error()), TEAPOT, Aim.UNKNOWN_DATA
    ),
    "a-member-twice": row(('the member "id" comes twice',), response(200, body=b'{"id": "t", "id": "u"}'), WHERE),
    "another-version's-echo-that-this-one-does-not-promise": row(
        ("does not conform at its root (required: id)",),
        response(200, {}, headers=(("X-Served", "2"),)),
        scene(policy(echo=replace(ECHO_HEADER, versions=frozenset({"v2"}))), "v1"),
    ),
    "through-a-weaker-carrier": row(
        ("does not conform at its root (required: id)",), response(200, {}), WHERE, via="header"
    ),
    "through-accept": row(
        ("does not conform at its root (required: id)",),
        response(200, {}, media_type="application/vnd.shop.v2+json"),
        WHERE,
        via="accept",
    ),
    "another-media-type-through-a-header": row(
        ("the content type application/vnd.shop.v2+json is not",),
        response(200, {"id": "t"}, media_type="application/vnd.shop.v2+json"),
        WHERE,
        via="header",
    ),
    "status": row(("status 202 is not in the contract",), response(202, {"id": "t"}), WHERE),
    "status-on-bad-data": row(("status 418 is not in the contract",), response(418, error()), WHERE, Aim.REFUSED),
    "success-is-not-documented-by-default": row(
        ("status 201 is not in the contract",),
        response(201, {"id": "t"}),
        about(answers(THING), answers(ERROR, status="default")),
    ),
    "undeclared-of-the-policy-replaces": row(
        ("status 404 is not in the contract",), response(404, error()), TEAPOT, Aim.UNKNOWN_DATA
    ),
    "content-type": row(
        ("the content type text/html is not in the contract",),
        response(200, body=b"<p>", media_type="text/html"),
        WHERE,
    ),
    "content-type-through-an-alias": row(
        ("the content type application/json is not in the contract",),
        response(200, {"id": "t"}),
        scene(
            policy(aliases={"plain": alias()}),
            "plain",
            operations=[operation("GET /things", answers({"type": "string"}, media_type="text/csv"))],
        ),
    ),
    "no-content-type": row(
        ("the content type is absent and is not",), response(200, {"id": "t"}, media_type=""), WHERE
    ),
    "not-json": row(
        ("the body is not the JSON it says it is",), response(200, body=b"{", media_type="application/json"), WHERE
    ),
    "empty": row(("the content type is absent and is not",), response(200), WHERE),
    "required-member": row(
        ("the body does not conform at its root (required: id)",), response(200, {"note": "x"}), WHERE
    ),
    "members-of-a-list's-elements-together": row(
        ("does not conform at /* (required: a, b)",) * 3, response(200, [{}, {"a": 1}]), PAIRS
    ),
    "type-of-a-member": row(("the body does not conform at /id (type)",), response(200, {"id": 1}), WHERE),
    "null-for-a-member": row(
        ("the body does not conform at /note (type)",), response(200, {"id": "t", "note": None}), WHERE
    ),
    "each-element": row(
        ("at /things/*/id (type)", "at /things/*/id (type)"),
        response(200, {"things": [{"id": 1}, {"id": "t"}, {"id": 2}]}),
        LISTED,
    ),
    "header-missing": row(("the header X-Limit is missing",), response(200, {"id": "t"}), HEADED),
    "header-form": row(
        ("the header X-Limit does not conform",), response(200, {"id": "t"}, headers=(("X-Limit", "many"),)), HEADED
    ),
    "header-and-body": row(("the header X-Limit is missing", "at /id (type)"), response(200, {"id": 1}), HEADED),
    "body-where-none-is": row(("a 204 with a body",), response(204, {"id": "t"}), EMPTY),
    "error-in-its-envelope": row(
        ("the body does not conform at /error (required: message)",), response(404, error()), RANGED, Aim.UNKNOWN_DATA
    ),
    "announcing-version-bad-body": row(("at its root (required: id)",), response(200, {}), OLD),
    "echo-absent": row(
        ("does not conform",),
        response(200, {"meta": {}}),
        about(answers({"properties": {"meta": {"required": ["version"]}}}), echo=ECHO_BODY),
    ),
    "alias": row(("at /id (type)",), response(200, {"id": 1}), scene(policy(aliases={"plain": alias()}), "plain")),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stages it is about, to the instant, at both boundaries, on leap days too."""
    life, as_of, stage = MOMENTS[name]
    where = scene(living(life), "v1", as_of=instant(as_of))

    assert where.stage is stage
    assert is_promised(CHECK, where) is (stage.answers)


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ('"id" is missing', 'conformance: "id" is missing'),
        ("expected string, got number 7", "expected string, got number 7"),
    ],
)
def test_what_is_expected_is_no_fault(message: str, expected: str) -> None:
    """What the page shows after "expected" does not read as if the fault was expected."""
    problem = SchemaProblem(where="", message=message, keyword="x")
    body = BodySpec(media_type="application/json", validate=lambda _: (problem,))
    where = about(ResponseSpec(status="200", bodies={body.media_type: body}))

    found = CHECK.judge(exchange(where, response(200, {})), where) if CHECK.judge is not None else None

    assert [each.expected for each in found or ()] == [expected]
