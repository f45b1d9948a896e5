"""AV401: every error wears the declared envelope, the router's, the version's and the sunset's included."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.error_envelope import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.contracts.contract import ResponseSpec
from pytest_apiversion.core.http.messages import Response
from pytest_apiversion.core.policy.responses import Envelope, ErrorClass
from pytest_apiversion.core.policy.subjects import Version
from pytest_apiversion.core.versions.lifecycle import Stage
from tests.checks.builders import (
    ANSWERS,
    ENVELOPE,
    GONE,
    HEADER,
    THING,
    V1,
    V2,
    agrees,
    alias,
    answers,
    asked,
    defaults,
    error,
    exchange,
    instant,
    living,
    operation,
    policy,
    rejects,
    response,
    row,
    said,
    scene,
)
from tests.checks.moments import MOMENTS, is_promised

WHERE = scene()
NOWHERE = scene(key=None)
PLAIN = Envelope(
    name="plain",
    media_types=("application/json",),
    schema={"type": "object", "required": ["error", "status"], "properties": {"error": {"type": "string"}}},
    status="/status",
)
NOTHING = Envelope(name="nothing", empty=True)
PROBLEM = Envelope(name="problem", media_types=("application/problem+json",), schema={"type": "object"})
ALL = {"error": ENVELOPE, "plain": PLAIN, "nothing": NOTHING, "problem": PROBLEM}
MIXED = policy(
    envelopes=ALL,
    versions={
        "v1": Version(name="v1", contract="v1.yaml", lifecycle=V1, envelope="plain"),
        "v2": Version(name="v2", contract="v2.yaml", lifecycle=V2),
    },
    error_classes=(
        ErrorClass(statuses=("405",), envelope="nothing"),
        ErrorClass(statuses=("5xx",), envelope="problem", versions=frozenset({"v2"})),
    ),
    answers={**ANSWERS, "unknown": rejects(404, envelope="problem")},
)
OLD = {"error": "no such thing", "status": 404}
AFTER = scene(policy(sunset=GONE), "v1", as_of=instant("2027-01-01"))
HTML = response(404, body=b"<h1>Not Found</h1>", media_type="text/html")


def problem(status: int = 404, **members: Any) -> Response:
    """An answer with problem details."""
    return response(status, {"status": status, **members}, media_type="application/problem+json")


SILENT = {
    "resource-not-found": row("held", response(404, error("NOT_FOUND")), WHERE, Aim.UNKNOWN_DATA),
    "invalid-request": row("held", response(422, error("INVALID", details=[])), WHERE, Aim.REFUSED),
    "no-route": row("held", response(404, error("NO_ROUTE")), NOWHERE, Aim.UNROUTED),
    "wrong-method": row("held", response(405, error("METHOD")), WHERE, Aim.UNROUTED, method="PATCH"),
    "with-a-charset": row(
        "held",
        response(404, error(), headers=(), media_type="application/json; charset=utf-8"),
        WHERE,
        Aim.UNKNOWN_DATA,
    ),
    "success": row("unspoken", response(200, {"id": "t"}), WHERE),
    "redirect": row("unspoken", response(301, body=b"<a>", media_type="text/html"), WHERE),
    "head-has-no-body": row("unspoken", response(404), WHERE, method="HEAD"),
    "neutral": row("unspoken", HTML, scene(key="GET /health")),
    "successor-is-anothers": row("unspoken", HTML, WHERE, Aim.SUCCESSOR),
    "versions-own": row("held", response(404, OLD), scene(MIXED, "v1"), Aim.UNKNOWN_DATA),
    "class-of-status": row("held", response(405), scene(MIXED), Aim.UNROUTED, method="PATCH"),
    "class-before-version": row("held", response(405), scene(MIXED, "v1"), Aim.UNROUTED, method="PATCH"),
    "class-of-one-version": row("held", problem(503), scene(MIXED), Aim.ACCEPTED),
    "class-not-of-the-other": row("held", response(503, {"error": "later", "status": 503}), scene(MIXED, "v1")),
    "rejections-own": row("held", problem(), scene(MIXED), Aim.UNKNOWN, probe="v9"),
    "rejection-without-its-code-is-av203s": row("held", response(404, error("OTHER")), WHERE, Aim.UNKNOWN, probe="v9"),
    "rejection-with-another-status-is-av203s": row(
        "unspoken", HTML, scene(policy(answers={**ANSWERS, "unknown": rejects(400)})), Aim.UNKNOWN, probe="v9"
    ),
    "crash-is-av402s": row("unspoken", response(500, body=b"Traceback", media_type="text/plain"), WHERE),
    "early-sunset-is-av604s": row(
        "unspoken", response(410, body=b"gone", media_type="text/plain"), scene(policy(sunset=GONE), "v1")
    ),
    "sunset": row("held", response(410, error("GONE", migrate="/api/v2")), AFTER, Aim.SUNSET),
    "sunset-without-its-code-is-av602s": row("held", response(410, error("OTHER")), AFTER, Aim.SUNSET),
    "sunset-with-another-status-is-av601s": row(
        "unspoken", response(404, body=b"no", media_type="text/plain"), AFTER, Aim.SUNSET
    ),
    "nothing-promised": row("unpromised", HTML, scene(policy(envelope=None, envelopes={})), Aim.UNKNOWN_DATA),
    "an-envelope-of-anything": row(
        "unspoken", HTML, scene(policy(envelopes={"error": Envelope(name="error")})), Aim.UNKNOWN_DATA
    ),
    "planned": row("unpromised", HTML, scene(subject="v3"), Aim.UNKNOWN_DATA),
}

NOT_WORN = "does not wear the envelope 'error'"
SPEAK = {
    "html": row((NOT_WORN,), HTML, WHERE, Aim.UNKNOWN_DATA),
    "html-for-no-route": row((f"404 for a path or method no contract has {NOT_WORN}",), HTML, NOWHERE, Aim.UNROUTED),
    "empty-405": row((NOT_WORN,), response(405), WHERE, Aim.UNROUTED, method="PATCH"),
    "json-as-text": row((NOT_WORN,), response(404, error(), media_type="text/plain"), WHERE, Aim.UNKNOWN_DATA),
    "no-content-type": row((NOT_WORN,), response(404, error(), media_type=""), WHERE, Aim.UNKNOWN_DATA),
    "broken-json": row(
        (NOT_WORN,), response(400, body=b'{"error": ', media_type="application/json"), WHERE, Aim.REFUSED
    ),
    "frameworks-own-404": row((NOT_WORN,), response(404, {"detail": "Not Found"}), NOWHERE, Aim.UNROUTED),
    "frameworks-own-422": row((NOT_WORN,), response(422, {"detail": [{"loc": ["body"]}]}), WHERE, Aim.REFUSED),
    "no-code": row((NOT_WORN,), response(404, {"error": {"message": "no"}}), WHERE, Aim.UNKNOWN_DATA),
    "code-is-null": row((NOT_WORN,), response(404, {"error": {"code": None}}), WHERE, Aim.UNKNOWN_DATA),
    "a-list": row((NOT_WORN,), response(404, [error()]), WHERE, Aim.UNKNOWN_DATA),
    "no-credentials": row(
        (NOT_WORN,), response(401, body=b"Unauthorized", media_type="text/plain"), WHERE, Aim.REFUSED
    ),
    "unknown-version": row((NOT_WORN,), HTML, WHERE, Aim.UNKNOWN, probe="v9"),
    "malformed-version": row((NOT_WORN,), response(400, {"detail": "bad"}), WHERE, Aim.MALFORMED, probe="vv"),
    "bad-version-before-a-good-one": row(
        (NOT_WORN,), HTML, WHERE, Aim.FALL_THROUGH, probe="v9 in the path, v2 in the header"
    ),
    "status-repeats-another": row(
        ("does not wear the envelope 'plain'",),
        response(404, {"error": "no", "status": 200}),
        scene(MIXED, "v1"),
        Aim.UNKNOWN_DATA,
    ),
    "other-versions-envelope": row(
        ("does not wear the envelope 'plain'",), response(404, error()), scene(MIXED, "v1"), Aim.UNKNOWN_DATA
    ),
    "not-empty": row(
        ("does not wear the envelope 'nothing'",), response(405, error()), scene(MIXED), Aim.UNROUTED, method="PATCH"
    ),
    "rejections-own": row(
        ("does not wear the envelope 'problem'",), response(404, error()), scene(MIXED), Aim.UNKNOWN, probe="v9"
    ),
    "sunset": row((NOT_WORN,), response(410, body=b"gone", media_type="text/plain"), AFTER, Aim.SUNSET),
    "sunset-empty": row((NOT_WORN,), response(410), AFTER, Aim.SUNSET),
    "alias": row((NOT_WORN,), HTML, scene(policy(aliases={"plain": alias()}), "plain"), Aim.UNKNOWN_DATA),
    "polite-failure": row((NOT_WORN,), response(503, body=b"busy", media_type="text/plain"), WHERE),
    "declared-failure": row(
        (NOT_WORN,),
        response(500, body=b"x", media_type="text/plain"),
        scene(operations=[operation("GET /things", answers(THING), ResponseSpec(status="500"))]),
    ),
    "default-asked-for-its-end": row(
        ("does not wear the envelope 'error'",),
        response(410),
        scene(policy(answers={**ANSWERS, "missing": defaults("v1")}, sunset=GONE), "v1", as_of=instant("2027-01-01")),
        Aim.SUNSET,
        via="default",
    ),
}


def test_errors_nobody_draws_by_chance_are_asked_for() -> None:
    """An unknown route once a version, and a wrong method once a path."""
    assert [(ask.aim, ask.path) for ask in asked(CHECK, NOWHERE)] == [(Aim.UNROUTED, "/no-such-route-here")]
    assert [ask.method for ask in asked(CHECK, WHERE)] == ["PATCH"]
    assert not asked(CHECK, scene(key="POST /things"))
    assert not asked(CHECK, scene(key="GET /health"))


def test_no_unsafe_method_is_asked_where_none_may_be_sent() -> None:
    """Against a shared server a wrong method is tried only when it is a safe one."""
    assert not asked(CHECK, scene(unsafe=False))
    assert [
        ask.method for ask in asked(CHECK, scene(unsafe=False, key="POST /x", operations=[operation("POST /x")]))
    ] == ["GET"]


def test_the_finding_says_what_is_wrong_with_the_nearest_envelope() -> None:
    """Of several envelopes an answer may wear, the one with the fewest faults is spoken of."""
    broken = list(CHECK.judge(SPEAK["code-is-null"].exchanges[0], WHERE) or ()) if CHECK.judge else []

    assert [each.place for each in broken] == ["envelopes.error"]
    assert "no error code at /error/code" in broken[0].expected
    assert broken[0].received.startswith("404 (application/json)")


def test_an_envelope_of_rejections_alone_is_promised() -> None:
    """Where errors have no envelope in common, one named beside a rejection or a sunset is held all the same, and nothing is asked for it."""
    own = {"unknown": rejects(404, envelope="error", place="versioning.unknown")}
    in_header = replace(HEADER, answers=own)
    promised = CHECK.promised
    bare: dict[str, Any] = {"envelope": None, "answers": {"unknown": rejects(404)}}

    assert promised(scene(policy(**bare, sunset=GONE), "v1")) is None
    assert promised(scene(policy(**bare | {"answers": own}))) == "versioning.unknown.envelope"
    assert promised(scene(policy(in_header, **bare))) == "versioning.unknown.envelope"
    assert not asked(CHECK, scene(policy(**bare | {"answers": own})))
    after = policy(**bare, sunset=replace(GONE, envelope="error"))
    assert promised(scene(after, "v1", as_of=instant("2027-01-01"))) == "sunset.envelope"
    assert promised(scene(after, "v1")) is None


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stages it is about, to the instant, at both boundaries, on leap days too."""
    life, as_of, stage = MOMENTS[name]
    where = scene(living(life), "v1", as_of=instant(as_of))

    assert where.stage is stage
    assert is_promised(CHECK, where) is (stage is not Stage.PLANNED)


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param({"note": "x" * 300, "error": 7}, "404 (application/json) with /error = 7", id="another-type"),
        pytest.param(
            {"note": "x" * 300, "error": {"text": "gone"}}, 'with /error = {"text": "gone"}', id="a-member-is-missing"
        ),
        pytest.param({"note": "x" * 300}, '404 (application/json): {"note": "xxx', id="all-of-it"),
    ],
)
def test_what_was_received_is_the_place_that_is_wrong(body: dict[str, object], words: str) -> None:
    """A finding shows what stands where the envelope is wrong, however much comes before it."""
    where = scene()
    assert CHECK.judge is not None
    (broken,) = CHECK.judge(exchange(where, response(404, body), Aim.UNKNOWN_DATA), where) or ()

    assert words in broken.received
