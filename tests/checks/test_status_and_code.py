"""AV404: an error code comes with the statuses the policy gives it, and with no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.checks.status_and_code import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.policy.responses import ErrorRules
from tests.checks.builders import ENVELOPE, GONE, agrees, error, instant, policy, rejects, response, row, said, scene

CODES = {"NOT_FOUND": ("404",), "INVALID": ("400", "422"), "BUSY": ("5xx",), "SOON": ("200",)}
WHERE = scene(policy(error_rules=ErrorRules(codes=CODES)))
TOLD = scene(policy(error_rules=ErrorRules(codes=CODES), answers={"unknown": rejects(404, code="NOT_FOUND")}))
SAME = policy(error_rules=ErrorRules(codes=CODES), same_codes=True)
ALIKE = scene(SAME)
APART = scene(
    policy(
        error_rules=ErrorRules(codes=CODES),
        same_codes=True,
        versions={name: replace(each, envelope=f"of-{name}") for name, each in SAME.versions.items()},
        envelopes={f"of-{name}": replace(ENVELOPE, name=f"of-{name}") for name in SAME.versions},
    )
)
AFTER = scene(policy(error_rules=ErrorRules(codes=CODES)), "v1", as_of=instant("2030-01-01"))

SILENT = {
    "its-status": row("held", response(404, error("NOT_FOUND")), WHERE, Aim.UNKNOWN_DATA),
    "one-of-several": row("held", response(422, error("INVALID")), WHERE, Aim.REFUSED),
    "in-its-range": row("held", response(503, error("BUSY")), WHERE),
    "no-route": row("held", response(404, error("NOT_FOUND")), WHERE, Aim.UNROUTED, operation=""),
    "a-code-nobody-listed": row("unspoken", response(418, error("TEAPOT")), WHERE),
    "written-otherwise-where-codes-may-differ": row(
        "unspoken", response(404, error("not_found")), WHERE, Aim.UNKNOWN_DATA
    ),
    "written-otherwise-where-each-version-has-its-own": row(
        "unspoken", response(404, error("not_found")), APART, Aim.UNKNOWN_DATA
    ),
    "another-code-where-codes-stay": row("unspoken", response(404, error("FOUND")), ALIKE, Aim.UNKNOWN_DATA),
    "no-code": row("unspoken", response(404, {"detail": "Not Found"}), WHERE, Aim.UNKNOWN_DATA),
    "no-json": row("unspoken", response(404, body=b"NOT_FOUND", media_type="text/plain"), WHERE, Aim.UNKNOWN_DATA),
    "success": row("unspoken", response(200, error("NOT_FOUND")), WHERE),
    "a-rejection": row("held", response(404, error("NOT_FOUND")), TOLD, Aim.UNKNOWN, probe="v9"),
    "rejections-are-av203s": row("unspoken", response(400, error("NOT_FOUND")), WHERE, Aim.UNKNOWN, probe="v9"),
    "a-crash-is-av402s": row("unspoken", response(500, error("NOT_FOUND")), WHERE, Aim.UNKNOWN_DATA),
    "an-early-sunset-is-av604s": row(
        "unspoken",
        response(410, error("NOT_FOUND")),
        scene(policy(error_rules=ErrorRules(codes=CODES), sunset=GONE), "v1"),
    ),
    "neutral": row(
        "unspoken", response(400, error("NOT_FOUND")), scene(WHERE.policy, key="GET /health"), Aim.UNKNOWN_DATA
    ),
    "an-envelope-without-a-code": row(
        "unpromised",
        response(404, {"error": "no"}),
        scene(policy(error_rules=ErrorRules(codes=CODES), envelopes={"error": replace(ENVELOPE, code=None)})),
        Aim.UNKNOWN_DATA,
    ),
    "nothing-listed": row("unpromised", response(400, error("NOT_FOUND")), scene(), Aim.UNKNOWN_DATA),
    "after-its-sunset": row("unpromised", response(404, error("NOT_FOUND")), AFTER, Aim.SUNSET),
}

SPEAK = {
    "another-status": row(("NOT_FOUND comes with 400",), response(400, error("NOT_FOUND")), WHERE, Aim.UNKNOWN_DATA),
    "none-of-several": row(("INVALID comes with 409",), response(409, error("INVALID")), WHERE, Aim.REFUSED),
    "outside-its-range": row(("BUSY comes with 429",), response(429, error("BUSY")), WHERE),
    "never-in-an-error": row(("SOON comes with 400",), response(400, error("SOON")), WHERE, Aim.REFUSED),
    "in-small-letters": row(
        ("an error code is not written as it is declared",), response(404, error("not_found")), ALIKE, Aim.UNKNOWN_DATA
    ),
    "in-camel-case": row(
        ("an error code is not written as it is declared",), response(404, error("NotFound")), ALIKE, Aim.UNKNOWN_DATA
    ),
    "at-no-route": row(
        ("NOT_FOUND comes with 403",), response(403, error("NOT_FOUND")), scene(WHERE.policy, key=None), Aim.UNROUTED
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """A code with a status that is not its own is said once."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
