"""AV406: a success never has an error for a body, and an error never says that all went well."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.no_disguised_error import CHECK
from pytest_apiversion.core.checking.check import Scene
from pytest_apiversion.core.checking.exchange import Aim
from pytest_apiversion.core.policy.responses import Envelope, ErrorRules
from tests.checks.builders import (
    ENVELOPE,
    GONE,
    HEADER,
    PATH,
    THING,
    agrees,
    answers,
    error,
    instant,
    operation,
    policy,
    rejects,
    response,
    row,
    said,
    scene,
)

WHERE = scene()
NEVER = scene(policy(error_rules=ErrorRules(never={"/ok": True, "/status": "success"})))
JOB = {"type": "object", "properties": {"error": {"type": "object"}, "state": {"type": "string"}}}


def answering(schema: Any) -> Scene:
    """A scene of an operation whose 200 is described by a schema."""
    return scene(operations=[operation("GET /things", answers(schema))])


def referring() -> Scene:
    """One whose schema is a reference into its document."""
    spec = answers(JOB)
    body = replace(spec.bodies["application/json"], schema={"$ref": "#/components/job"})
    where = scene(operations=[operation("GET /things", replace(spec, bodies={body.media_type: body}))])
    found = replace(where.contracts["v2"], document={"components": {"job": JOB}})
    return replace(where, contracts={**where.contracts, "v2": found})


MESSAGE = Envelope(name="error", schema={"type": "object", "required": ["message"]})
VAGUE = scene(policy(envelopes={"error": MESSAGE}), operations=[operation("GET /things", answers({"type": "object"}))])
UNTOLD = scene(VAGUE.policy, operations=[operation("GET /things", answers())])
ERROR = response(200, error("NOT_FOUND"))

SILENT = {
    "a-thing": row("held", response(200, {"id": "t"}), WHERE),
    "a-member-of-the-same-name": row("held", response(200, {"id": "t", "error": None}), WHERE),
    "the-contracts-own": row("held", ERROR, answering(JOB)),
    "the-contracts-own-by-reference": row("held", ERROR, referring()),
    "one-of-the-contracts-alternatives": row("held", ERROR, answering({"oneOf": [THING, JOB]})),
    "one-member-that-may-mean-anything": row("held", response(200, {"message": "queued"}), VAGUE),
    "one-member-and-no-schema": row("held", response(200, {"message": "queued"}), UNTOLD),
    "an-error-with-its-status": row("unspoken", response(404, error("NOT_FOUND")), WHERE, Aim.UNKNOWN_DATA),
    "a-list": row("unspoken", response(200, [error()]), WHERE),
    "a-redirect": row("unspoken", response(302, error()), WHERE),
    "head": row("unspoken", ERROR, WHERE, method="HEAD"),
    "not-json": row("unspoken", response(200, body=b"error", media_type="text/plain"), WHERE),
    "another-media-type": row("held", response(200, error(), media_type="application/hal+json"), WHERE),
    "neutral": row("unspoken", ERROR, scene(key="GET /health")),
    "probes-are-others": row("unspoken", ERROR, WHERE, Aim.UNKNOWN, probe="v9"),
    "what-an-error-may-say": row("held", response(404, error(ok=True)), NEVER, Aim.UNKNOWN_DATA),
    "another-value": row("held", response(404, error() | {"ok": False}), NEVER, Aim.UNKNOWN_DATA),
    "another-type": row("held", response(404, error() | {"ok": 1}), NEVER, Aim.UNKNOWN_DATA),
    "success-may-say-so": row("held", response(200, {"id": "t", "ok": True}), NEVER),
    "crash-is-av402s": row("unspoken", response(500, {"ok": True}), NEVER),
    "errors-are-200": row(
        "unpromised", ERROR, scene(policy(answers={"unknown": rejects(200, code="NO_SUCH_VERSION")}))
    ),
    "errors-are-200-in-one-carrier": row(
        "unpromised", ERROR, scene(policy(PATH, replace(HEADER, answers={"empty": rejects(200)})))
    ),
    "an-envelope-of-anything": row(
        "unpromised", ERROR, scene(policy(envelopes={"error": Envelope(name="error", schema={"type": "object"})}))
    ),
    "no-envelope": row("unpromised", ERROR, scene(policy(envelopes={}, envelope=None))),
    "after-its-sunset": row("unpromised", ERROR, scene(policy(sunset=GONE), "v1", as_of=instant("2030-01-01"))),
}

WEARS = "a 200 wears the error envelope 'error'"
SPEAK = {
    "not-found": row((WEARS,), ERROR, WHERE, Aim.UNKNOWN_DATA),
    "refused": row((WEARS,), response(200, error("INVALID")), WHERE, Aim.REFUSED),
    "accepted": row((WEARS,), response(200, error("INVALID")), WHERE),
    "under-a-lax-contract": row((WEARS,), ERROR, answering({"type": "object"}), Aim.UNKNOWN_DATA),
    "an-alternative-that-names-it-is-not-met": row(
        (WEARS,), ERROR, answering({"oneOf": [THING, {**JOB, "required": ["state"]}]}), Aim.UNKNOWN_DATA
    ),
    "one-member-that-the-contract-forbids": row(
        (WEARS,), response(200, {"message": "no"}), scene(VAGUE.policy), Aim.UNKNOWN_DATA
    ),
    "as-a-status-nobody-declared": row(
        ("a 203 wears the error envelope",), response(203, {"message": "no"}), VAGUE, Aim.UNKNOWN_DATA
    ),
    "by-its-code-alone": row(
        (WEARS,), ERROR, scene(policy(envelopes={"error": replace(ENVELOPE, schema=None)})), Aim.UNKNOWN_DATA
    ),
    "as-202": row(("a 202 wears the error envelope",), response(202, error()), scene(key="POST /things"), Aim.REFUSED),
    "says-success": row(("a 404 says ok = true",), response(404, error() | {"ok": True}), NEVER, Aim.UNKNOWN_DATA),
    "says-success-in-words": row(
        ("a 400 says status = success",), response(400, error() | {"status": "success"}), NEVER, Aim.REFUSED
    ),
    "says-success-of-a-version": row(
        ("a 404 says ok = true",), response(404, error() | {"ok": True}), NEVER, Aim.UNKNOWN, probe="v9"
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """An error in the clothes of a success, and one that calls itself one, is said once."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
