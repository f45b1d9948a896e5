"""AV302: requests that are valid under the frozen contract are still accepted, and frozen operations still routed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.request_accepted import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.contracts.contract import Parameter, ResponseSpec
from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind, Request
from pytest_apiversion.core.policy.requests import OperationRule, Rules, Values
from pytest_apiversion.core.policy.responses import Sunset
from tests.checks.builders import (
    THING,
    Row,
    agrees,
    answers,
    concluded,
    error,
    exchange,
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

WHERE = scene()
POST = scene(key="POST /things")

ANY = Parameter(name="after", place="query", required=False, schema={"type": "string", "minLength": 1})


def asking(*query: tuple[str, str], parameter: Parameter = ANY, **changes: Any) -> Row:
    """A row in which a list is asked with a query, and refuses it."""
    listing = operation("GET /things", parameters=(parameter,))
    where = scene(policy(**changes), operations=[listing])
    request = Request(method="GET", path="/things", query=query)
    return row("unspoken", response(422, error()), where, request=request)


def patching(status: int, expected: str | tuple[str, ...] = "unspoken") -> Row:
    """A row in which a JSON patch is refused (RFC 6902): what it names may not be there."""
    request = Request(method="PATCH", path="/things/1", headers=(("Content-Type", "application/json-patch+json"),))
    where = scene(key="PATCH /things/{id}", operations=[operation("PATCH /things/{id}")])
    return row(expected, response(status, error()), where, request=request, method="PATCH")


CURSORS: dict[str, Any] = {
    "null-first": {"type": ["null", "string"]},
    "null-beside": {"anyOf": [{"type": "string"}, {"type": "null"}]},
    "of-any-kind": {},
}
SILENT = {
    **{
        f"cursor-{name}": asking(("after", "x"), parameter=replace(ANY, schema=schema))
        for name, schema in CURSORS.items()
    },
    "cursor-that-no-page-gave": asking(("limit", "2"), ("after", "x")),
    "accepted": row("held", response(200, {"id": "t"}), WHERE),
    "redirected-as-nobody-declared-is-av301s": row("unspoken", response(303), WHERE),
    "conflict-may-have-a-reason": row("unspoken", response(409, error()), POST),
    "forbidden-may-have-a-reason": row("unspoken", response(403, error()), WHERE),
    "not-found-may-have-a-reason": row("unspoken", response(404, error()), WHERE),
    "too-many": row("unspoken", response(429, error()), WHERE),
    "refused-rightly": row("unspoken", response(422, error()), WHERE, Aim.REFUSED),
    "about-data-that-may-not-be": row("unspoken", response(400, error()), WHERE, Aim.UNKNOWN_DATA),
    "refused-by-a-rule-of-the-service": row(
        "unspoken", response(422, error()), scene(policy(rules=Rules(refusals=("422",))), key="POST /things")
    ),
    "refused-by-a-rule-of-the-operation": row(
        "unspoken",
        response(422, error()),
        scene(policy(operations={"POST /things": OperationRule(refusals=("4xx",))}), key="POST /things"),
    ),
    "crash-is-av402s": row("unspoken", response(500), WHERE),
    "early-sunset-is-av604s": row("unspoken", response(410), scene(policy(sunset=Sunset()), "v1")),
    "weaker-carrier-is-av200s": row("unspoken", response(400), WHERE, via="header"),
    "no-answer-is-av700s": row("unspoken", NoAnswer(kind=NoAnswerKind.CLOSED, detail=""), WHERE),
    "another-method": row("unspoken", response(405), WHERE, Aim.UNROUTED, method="PATCH"),
    "grant-that-was-never-given": row("unspoken", response(400, {"error": "invalid_grant"}), POST),
    "of-what-is-stored": patching(400),
    "planned": row("unpromised", response(400), scene(subject="v3")),
}

NO_CURSORS: dict[str, dict[str, Any]] = {
    "a-number": {"type": "integer"},
    "a-number-or-null": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
    "a-number-or-null-by-its-type": {"type": ["integer", "null"]},
    "a-choice-of-texts": {"allOf": [{"type": "string"}], "enum": ["x"]},
    "a-moment-or-null": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
    "a-moment": {"type": "string", "format": "date-time"},
    "a-choice": {"type": "string", "enum": ["x"]},
}
REFUSED = ("a request the frozen contract accepts gets 422",)
SPEAK = {
    "list-without-the-cursor": replace(asking(("limit", "2")), expected=REFUSED),
    "cursor-that-the-operation-names": replace(
        asking(("after", "x"), operations={"GET /things": OperationRule(values=Values(query={"after": "x"}))}),
        expected=REFUSED,
    ),
    "cursor-that-the-policy-names": replace(asking(("after", "x"), values={"after": ("x",)}), expected=REFUSED),
    **{
        f"no-cursor-but-{name}": replace(
            asking(("after", "x"), parameter=replace(ANY, schema=schema)), expected=REFUSED
        )
        for name, schema in NO_CURSORS.items()
    },
    "no-cursor-by-its-name": replace(asking(("name", "x"), parameter=replace(ANY, name="name")), expected=REFUSED),
    "media-type-of-patches-gone": patching(415, ("gets 415",)),
    "invalid-now": row(("a request the frozen contract accepts gets 422",), response(422, error()), POST),
    "bad-request-now": row(("gets 400",), response(400, error()), POST),
    "method-gone": row(("gets 405",), response(405, error()), WHERE),
    "media-type-gone": row(("gets 415",), response(415, error()), POST),
    "not-acceptable": row(("gets 406",), response(406, error()), WHERE),
    "length-required": row(("gets 411",), response(411, error()), POST),
    "another-status-than-declared": row(
        ("gets 400",), response(400, error()), scene(policy(rules=Rules(refusals=("422",))), key="POST /things")
    ),
    "grant-request-not-understood": row(("gets 400",), response(400, {"error": "invalid_request"}), POST),
    "client-is-said-where-no-grant-is": row(("gets 400",), response(400, {"error": "invalid_client"}), POST),
    "deprecated-version": row(("gets 400",), response(400, error()), scene(subject="v1")),
}


def several(expected: str | tuple[str, ...], *statuses: int, where: Scene = WHERE) -> Row:
    """A row of what an operation's accepted requests got together."""
    return Row(
        expected=expected, scene=where, exchanges=tuple(exchange(where, response(status)) for status in statuses)
    )


NAMED = scene(
    key="POST /things",
    operations=[
        operation("POST /things", parameters=(ANY,), body_schema={"properties": {"name": {}, "size": {}, "code": {}}})
    ],
)
REASONS: dict[str, tuple[Any, str]] = {
    "a-code": (error("too_long"), "gets 422 (refused as too_long)"),
    "a-sentence-for-a-code": (error("It is too long."), "gets 422"),
    "a-pointer": ({"errors": [{"pointer": "#/name", "detail": "?"}]}, "gets 422 (refused as for name)"),
    "a-field": (error("bad", field="size"), "gets 422 (refused as bad for size)"),
    "a-way-to-it": ({"detail": [{"loc": ["body", "size"], "type": "x"}]}, "gets 422 (refused as for size)"),
    "a-parameter": (error("bad", param="after"), "gets 422 (refused as bad for after)"),
    "a-map-of-texts": ({"size": ["A whole number is due."]}, "gets 422 (refused as for size)"),
    "what-nobody-declared": (error("bad", field="weight"), "gets 422 (refused as bad)"),
    "the-first-of-several": ({"errors": [{"path": "$.size"}, {"path": "$.name"}]}, "gets 422 (refused as for size)"),
    "an-envelopes-own-member": ({"code": ["x"]}, "gets 422"),
}


@pytest.mark.parametrize("name", REASONS)
def test_what_is_blamed_is_told(name: str) -> None:
    """The code, and the member or parameter of the contract that the error names; nothing that was drawn."""
    value, told = REASONS[name]

    assert said(CHECK, row("", response(422, value), NAMED)) == (f"a request the frozen contract accepts {told}",)


BELOW = scene(
    operations=[
        operation("GET /things/{id}/lid", answers(THING), ResponseSpec(status="404")),
        operation("GET /things/{id}", answers(THING), ResponseSpec(status="404")),
    ],
    key="GET /things/{id}/lid",
)
ITSELF = replace(BELOW, operation=BELOW.contracts["v2"].operations["GET /things/{id}"])


def missing(expected: str | tuple[str, ...], mine: Any, nobodys: Any, where: Scene = BELOW) -> Row:
    """A row of what is said of what is below a thing that is there, and below one that nobody has."""
    there = exchange(where, response(404, mine), path="/things/1/lid")
    nobody = exchange(where, response(404, nobodys), Aim.UNKNOWN_DATA, path="/things/av12/lid", of_nothing=True)
    return Row(expected=expected, scene=where, exchanges=(there, nobody))


PAGED = asking(("after", "x"))
PLAIN = asking(("limit", "2"), rules=Rules(refusals=("422",)))
KNOWN = scene(policy(rules=Rules(refusals=("403", "422"))))
TOGETHER = {
    "nothing-below-it": missing("unspoken", error("NO_LID"), error("NO_THING")),
    "nothing-below-it-in-words": missing(
        "unspoken", {"detail": "It has no lid"}, {"detail": "No thing /things/av12/lid"}
    ),
    "no-such-operation": missing(("succeeds: 404",), error("NO_ROUTE"), error("NO_ROUTE")),
    "no-such-operation-in-words": missing(
        ("succeeds: 404",), {"detail": "GET /things/1/lid?"}, {"detail": "GET /things/av12/lid?"}
    ),
    "a-thing-that-was-there": missing(("succeeds: 404",), error("NO_LID"), error("NO_THING"), ITSELF),
    "one-success": several("unspoken", 404, 404, 200),
    "nothing-sent": several("unspoken"),
    "invalid-is-said-already": several("unspoken", 422, 404),
    "failures-are-av402s": several("unspoken", 500, 500),
    "none-succeeds": several(("no request the frozen contract accepts succeeds: 404",), 404, 404),
    "none-succeeds-in-many-ways": several(("succeeds: 403, 404, 409",), 404, 403, 409, 404),
    "writes-that-conflict": several("unspoken", 409, 409, where=POST),
    "a-conflict-among-others": several(("succeeds: 403, 409",), 403, 409, where=POST),
    "readings-that-conflict": several(("succeeds: 409",), 409, 409),
    "unauthorised-throughout": several(("succeeds: 401",), 401),
    "nothing-but-refusals-the-policy-knows": several("held", 403, 422, where=KNOWN),
    "a-refusal-the-policy-knows-beside-others": several(("succeeds: 404",), 403, 404, where=KNOWN),
    "a-refusal-the-policy-knows-beside-a-success": several("unspoken", 403, 200, where=KNOWN),
    "a-grant-that-was-never-given": Row(
        expected="held", scene=WHERE, exchanges=(exchange(WHERE, response(400, {"error": "invalid_grant"})),) * 2
    ),
    "nothing-but-cursors-that-no-page-gave": replace(PAGED, exchanges=PAGED.exchanges * 2),
    "nothing-but-what-is-stored": replace(patching(400), exchanges=patching(400).exchanges * 2),
    "a-cursor-beside-a-refusal-the-policy-knows": replace(
        PLAIN, exchanges=(*PLAIN.exchanges, *PAGED.exchanges), expected="held"
    ),
    "gone-where-no-sunset-is-410": several(
        ("succeeds: 410",), 410, where=scene(policy(sunset=Sunset(statuses=frozenset({404}))))
    ),
}


@pytest.mark.parametrize("name", TOGETHER)
def test_an_operation_that_never_succeeds_is_said_once(name: str) -> None:
    """Refusals that may have a reason count when nothing else is ever given."""
    assert agrees(concluded(CHECK, TOGETHER[name]), TOGETHER[name].expected), concluded(CHECK, TOGETHER[name])


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


@pytest.mark.parametrize(("status", "said"), [(412, True), (428, True), (404, False)])
def test_the_header_is_named_where_a_condition_fails(status: int, said: bool) -> None:  # noqa: FBT001  a column of the table
    """Where nothing but 412 or 428 comes back, the advice names the header and the place to give it; elsewhere it does not."""
    broken = CHECK.conclude([exchange(POST, response(status))], POST) if CHECK.conclude else None

    assert ('values = { headers = { If-Match = "…" } }' in next(iter(broken or ())).expected) is said


@pytest.mark.parametrize(("described", "body", "said"), [(True, b"", True), (True, b"{}", False), (False, b"", False)])
def test_a_request_without_a_body_is_explained(described: bool, body: bytes, said: bool) -> None:  # noqa: FBT001  columns of the table
    """That a body may be left out is what few authors of contracts mean: where it was, the finding says so (OpenAPI 3.1.1 §4.8.13)."""
    where = scene(
        key="POST /things", operations=[operation("POST /things", raw={"requestBody": {}} if described else {})]
    )
    sent = exchange(where, response(422, error()), request=Request(method="POST", path="/things", body=body))
    (broken,) = (CHECK.judge(sent, where) if CHECK.judge else None) or ()

    assert ("required: true" in broken.expected) is said
