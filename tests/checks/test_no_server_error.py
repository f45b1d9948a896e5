"""AV402: no request makes the server fail."""

from __future__ import annotations

import pytest

from pytest_apiversion.checks.no_server_error import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.contracts.contract import ResponseSpec
from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind
from tests.checks.builders import THING, agrees, answers, error, instant, living, operation, response, row, said, scene
from tests.checks.moments import MOMENTS, is_promised

WHERE = scene()


def declaring(status: str) -> Scene:
    """A scene whose contract declares another answer."""
    return scene(operations=[operation("GET /things", answers(THING), ResponseSpec(status=status))])


SILENT = {
    "success": row("held", response(200), WHERE),
    "refusal": row("held", response(422, error()), WHERE, Aim.REFUSED),
    "not-implemented": row("held", response(501), WHERE, Aim.UNROUTED, method="PATCH"),
    "busy": row("unspoken", response(503), WHERE),
    "http-version": row("unspoken", response(505), WHERE),
    "declared": row("unspoken", response(500, error()), declaring("500")),
    "malformed-version-is-av204s": row("unspoken", response(500), WHERE, Aim.MALFORMED, probe="v٢"),
    "missing-version-is-av201s": row("unspoken", response(500), WHERE, Aim.MISSING),
    "conflict-is-av209s": row("unspoken", response(500), WHERE, Aim.CONFLICT),
    "sunset-is-av601s": row("unpromised", response(500), scene(subject="v1", as_of=instant("2027-01-01")), Aim.SUNSET),
    "no-answer-is-av700s": row("unspoken", NoAnswer(kind=NoAnswerKind.CLOSED, detail=""), WHERE),
}

SPEAK = {
    "valid-request": row(("a request the contract accepts gets 500",), response(500), WHERE),
    "invalid-request": row(("a request the contract does not accept gets 500",), response(500), WHERE, Aim.REFUSED),
    "unknown-data": row(("about data that may not exist gets 500",), response(500), WHERE, Aim.UNKNOWN_DATA),
    "no-route": row(("a path or method no contract has gets 500",), response(500), scene(key=None), Aim.UNROUTED),
    "gateway": row(("gets 502",), response(502), WHERE),
    "dressed-as-an-error": row(("gets 500",), response(500, error("INTERNAL")), WHERE),
    "declared-by-range-only": row(("gets 500",), response(500), declaring("5xx")),
    "declared-by-default-only": row(("gets 500",), response(500), declaring("default")),
    "neighbour-of-a-version": row(("gets 500",), response(500), WHERE, Aim.UNDECLARED, probe="v4"),
    "deprecated-version": row(("gets 500",), response(500), scene(subject="v1")),
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
