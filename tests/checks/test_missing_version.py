"""AV201: a request that names no version is rejected as declared, on every operation and with every method."""

from __future__ import annotations

import pytest

from pytest_apiversion.checks.missing_version import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind
from pytest_apiversion.core.policy.requests import OperationRule
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from tests.checks.builders import (
    ACCEPTS,
    ANSWERS,
    HEADER,
    Row,
    agrees,
    alias,
    asked,
    defaults,
    error,
    exchange,
    instant,
    living,
    policy,
    rejects,
    response,
    row,
    said,
    scene,
)

MISSING = {**ANSWERS, "missing": rejects(400, code="VERSION_REQUIRED", place="versioning.missing")}
RULES = policy(HEADER, answers=MISSING)
WHERE = scene(RULES)
LENIENT = policy(HEADER, answers={**ANSWERS, "missing": rejects(*range(400, 500))})
LOOSE = policy(HEADER, answers=MISSING, operations={"GET /things": OperationRule(answers={"missing": ACCEPTS})})
RIGHT = error("VERSION_REQUIRED")

SILENT = {
    "declared-status-and-code": row("held", response(400, RIGHT), WHERE, Aim.MISSING),
    "any-4xx": row("held", response(422, error("X")), scene(LENIENT), Aim.MISSING),
    "head-has-no-code": row("held", response(400), WHERE, Aim.MISSING, method="HEAD"),
    "there-is-no-head": row("unspoken", response(405), WHERE, Aim.MISSING, method="HEAD", operation="GET /things"),
    "broken-envelope-is-av401s": row("held", response(400, "no"), WHERE, Aim.MISSING),
    "another-aim": row("unspoken", response(200), WHERE, Aim.UNKNOWN),
    "ordinary-request": row("unspoken", response(200), WHERE),
    "no-answer-is-av700s": row("unspoken", NoAnswer(kind=NoAnswerKind.TIMEOUT, detail="10 s"), WHERE, Aim.MISSING),
    "no-accept-where-the-plainest-is-taken-too": Row(
        expected="yielded",
        scene=WHERE,
        exchanges=(
            exchange(WHERE, response(200), Aim.MISSING, probe="no Accept"),
            exchange(WHERE, response(200), Aim.MISSING),
        ),
    ),
    "accepted-on-this-operation": row("unspoken", response(200), scene(LOOSE), Aim.MISSING),
    "nothing-declared": row("unpromised", response(200), scene(policy(HEADER)), Aim.MISSING),
    "default-declared": row(
        "unpromised", response(200), scene(policy(HEADER, answers={**ANSWERS, "missing": defaults("v2")})), Aim.MISSING
    ),
    "acceptance-declared": row(
        "unpromised", response(200), scene(policy(HEADER, answers={**ANSWERS, "missing": ACCEPTS})), Aim.MISSING
    ),
    "planned-version": row("unpromised", response(200), scene(RULES, "v3"), Aim.MISSING),
    "sunset-version": row("unpromised", response(200), scene(RULES, "v1", as_of=instant("2027-01-01")), Aim.MISSING),
    "alias": row(
        "unpromised",
        response(200),
        scene(policy(HEADER, answers=MISSING, aliases={"plain": alias()}), "plain"),
        Aim.MISSING,
    ),
}

SPEAK = {
    "no-accept-alone": Row(
        expected=("a missing version (no Accept) is accepted",),
        scene=WHERE,
        exchanges=(
            exchange(WHERE, response(200), Aim.MISSING, probe="no Accept"),
            exchange(WHERE, response(400, RIGHT), Aim.MISSING),
        ),
    ),
    "served": row(("a missing version is accepted",), response(200, {"id": "t"}), WHERE, Aim.MISSING),
    "redirected": row(("a missing version is redirected with 307",), response(307), WHERE, Aim.MISSING),
    "served-on-another-method": row(
        ("a missing version is accepted",), response(201, {"id": "t"}), scene(RULES, key="POST /things"), Aim.MISSING
    ),
    "another-status": row(("a missing version gets 404",), response(404, RIGHT), WHERE, Aim.MISSING),
    "no-accept": row(
        ("a missing version (no Accept) is accepted",), response(200), WHERE, Aim.MISSING, probe="no Accept"
    ),
    "server-error": row(("a missing version gets 500",), response(500), WHERE, Aim.MISSING),
    "another-code": row(
        ("a missing version gets the error code OTHER",), response(400, error("OTHER")), WHERE, Aim.MISSING
    ),
    "deprecated-version-too": row(("a missing version is accepted",), response(200), scene(RULES, "v1"), Aim.MISSING),
    "served-to-head": row(
        ("a missing version is accepted",), response(200), WHERE, Aim.MISSING, method="HEAD", operation="GET /things"
    ),
    "served-where-any-4xx": row(("a missing version is accepted",), response(200), scene(LENIENT), Aim.MISSING),
}


def test_every_operation_is_asked_without_a_version() -> None:
    """Each operation, whatever its method, is asked once with no version at all; neutral ones too, which their rule must except."""
    for key in ("GET /things", "POST /things", "DELETE /things/{id}"):
        (ask,) = (each for each in asked(CHECK, scene(RULES, key=key)) if each.method is None)

        assert (ask.aim, ask.selection, ask.probe) == (Aim.MISSING, (), None)


def test_one_reading_is_asked_as_head() -> None:
    """A gate that is written for some methods lets others through: the first reading of a version is asked as `HEAD`, too."""
    methods = {
        key: [ask.method for ask in asked(CHECK, scene(RULES, key=key))] for key in ("GET /things", "GET /things/{id}")
    }

    assert methods == {"GET /things": [None, "HEAD"], "GET /things/{id}": [None]}


@pytest.mark.parametrize(
    "where",
    [
        pytest.param(scene(LOOSE), id="operation-accepts"),
        pytest.param(scene(policy(HEADER)), id="not-declared"),
        pytest.param(scene(RULES, key=None), id="no-operation"),
        pytest.param(
            scene(living(Lifecycle(sunset=instant("2026-01-01")), HEADER, answers=MISSING), "v1"), id="sunset"
        ),
    ],
)
def test_nothing_is_asked_where_nothing_is_promised(where: object) -> None:
    """No request is spent where its answer would mean nothing."""
    assert not asked(CHECK, where)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


def test_no_carrier_is_named_where_none_named_a_version() -> None:
    """The sentence of a wrong code ends with its code: there is no carrier to tell."""
    of = row("", response(400, error("OTHER")), WHERE, Aim.MISSING, via="")

    assert said(CHECK, of) == ("a missing version gets the error code OTHER",)


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
