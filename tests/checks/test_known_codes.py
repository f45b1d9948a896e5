"""AV405: every error code is one the policy lists, where it says that the list is whole."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.known_codes import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.policy.requests import OperationRule
from pytest_apiversion.core.policy.responses import ErrorRules
from tests.checks.builders import (
    ENVELOPE,
    GONE,
    HEADER,
    PATH,
    agrees,
    alias,
    error,
    instant,
    policy,
    rejects,
    response,
    row,
    said,
    scene,
)

CLOSED = ErrorRules(codes={"NOT_FOUND": ("404",), "INVALID": ("4xx",)}, open=False)


def closed(*carriers: Any, **changes: Any) -> Scene:
    """A scene of a policy whose codes are all listed."""
    return scene(policy(*carriers, error_rules=CLOSED, **changes))


WHERE = closed()
OLD = response(422, error("OLD_CODE"))

SILENT = {
    "listed": row("held", response(404, error("NOT_FOUND")), WHERE, Aim.UNKNOWN_DATA),
    "listed-with-another-status-is-av404s": row("held", response(422, error("NOT_FOUND")), WHERE, Aim.REFUSED),
    "of-a-rejection": row("held", response(400, error("BAD_VERSION")), WHERE, Aim.REFUSED),
    "of-a-carriers-rejection": row(
        "held", OLD, closed(PATH, replace(HEADER, answers={"unknown": rejects(400, code="OLD_CODE")})), Aim.REFUSED
    ),
    "of-an-operations-rejection": row(
        "held",
        OLD,
        closed(operations={"GET /things": OperationRule(answers={"missing": rejects(400, code="OLD_CODE")})}),
        Aim.REFUSED,
    ),
    "of-a-sunset": row("held", response(422, error("GONE")), closed(sunset=GONE), Aim.REFUSED),
    "of-an-alias": row(
        "held",
        OLD,
        closed(aliases={"plain": alias(absent_answer=rejects(404, code="OLD_CODE"))}),
        Aim.REFUSED,
    ),
    "no-code-is-av401s": row("unspoken", response(422, {"detail": []}), WHERE, Aim.REFUSED),
    "no-envelope-is-av401s": row(
        "unspoken", response(422, error("OLD_CODE"), media_type="text/plain"), WHERE, Aim.REFUSED
    ),
    "success": row("unspoken", response(200, error("OLD_CODE")), WHERE),
    "rejections-are-av203s": row("unspoken", OLD, WHERE, Aim.UNKNOWN, probe="v9"),
    "neutral": row("unspoken", OLD, scene(WHERE.policy, key="GET /health"), Aim.REFUSED),
    "crash-is-av402s": row("unspoken", response(500, error("OOPS")), WHERE),
    "an-envelope-without-a-code": row(
        "unpromised",
        response(422, {"error": "no"}),
        closed(envelopes={"error": replace(ENVELOPE, code=None)}),
        Aim.REFUSED,
    ),
    "open": row("unpromised", OLD, scene(policy(error_rules=replace(CLOSED, open=True))), Aim.REFUSED),
    "closed-without-a-list": row("unpromised", OLD, scene(policy(error_rules=ErrorRules(open=False))), Aim.REFUSED),
    "after-its-sunset": row("unpromised", OLD, scene(WHERE.policy, "v1", as_of=instant("2030-01-01")), Aim.SUNSET),
}

SPEAK = {
    "renamed": row(("the error code OLD_CODE is not listed",), OLD, WHERE, Aim.REFUSED),
    "in-other-letters": row(
        ("the error code not_found is not listed",), response(404, error("not_found")), WHERE, Aim.UNKNOWN_DATA
    ),
    "a-number": row(("the error code 17 is not listed",), response(400, {"error": {"code": 17}}), WHERE, Aim.REFUSED),
    "of-no-route": row(
        ("the error code NO_ROUTE is not listed",),
        response(404, error("NO_ROUTE")),
        scene(WHERE.policy, key=None),
        Aim.UNROUTED,
    ),
    "of-a-wrong-method": row(
        ("the error code METHOD is not listed",), response(405, error("METHOD")), WHERE, Aim.UNROUTED, method="PATCH"
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """A code nobody listed is said once."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        pytest.param("BA", "one of A, B", id="few"),
        pytest.param("ABCDEFGH", "one of A, B, C, D, E, F or 2 more", id="many"),
    ],
)
def test_what_is_listed_is_told(codes: str, expected: str) -> None:
    """The finding names the codes there are, as many as fit in a line."""
    where = scene(policy(error_rules=ErrorRules(codes=dict.fromkeys(codes, ("4xx",)), open=False)))
    assert CHECK.judge is not None
    broken = list(CHECK.judge(row("", OLD, where, Aim.REFUSED).exchanges[0], where) or ())

    assert [each.expected for each in broken] == [expected]
