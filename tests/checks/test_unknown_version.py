"""AV203: a well-formed version nobody declared is rejected as declared, through every carrier, on every operation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.checks.unknown_version import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.policy.requests import OperationRule
from tests.checks.builders import (
    ACCEPTS,
    ANSWERS,
    HEADER,
    PATH,
    V1,
    V2,
    agrees,
    asked,
    error,
    instant,
    policy,
    rejects,
    response,
    row,
    said,
    scene,
    versions,
)

WHERE = scene()
OWN = policy(
    PATH,
    HEADER,
    answers={**ANSWERS, "unknown": rejects(404)},
    operations={"GET /things": OperationRule(answers={"unknown": rejects(406)})},
)
ASKED = {"via": "header", "probe": "9973"}
NAMES = scene(
    policy(
        replace(HEADER, spelling="{version}"),
        scheme="minor.patch.codename",
        codenames=("crucible", "forge"),
        versions=versions(**{"1.0.crucible": V1, "1.0.forge": V2}),
    ),
    "1.0.forge",
)
"""A codename nobody listed may be no codename at all."""

SILENT = {
    "declared-answer": row("held", response(404, error()), WHERE, Aim.UNKNOWN, **ASKED),
    "operation-has-its-own": row("held", response(406, error()), scene(OWN), Aim.UNKNOWN, **ASKED),
    "other-operations-have-not": row(
        "held", response(404, error()), scene(OWN, key="POST /things"), Aim.UNKNOWN, **ASKED
    ),
    "broken-envelope-is-av401s": row(
        "held", response(404, body=b"<h1>404</h1>", media_type="text/html"), WHERE, Aim.UNKNOWN, **ASKED
    ),
    "malformed-is-av204s": row("unspoken", response(200), WHERE, Aim.MALFORMED, **ASKED),
    "neighbour-is-av208s": row("unspoken", response(200), WHERE, Aim.UNDECLARED, **ASKED),
    "unlisted-codename-may-be-malformed": row(
        "held", response(400, error("BAD_VERSION")), NAMES, Aim.UNKNOWN, via="header", probe="1.0.quarry"
    ),
    "there-is-no-head": row(
        "unspoken", response(405), WHERE, Aim.UNKNOWN, **ASKED, method="HEAD", operation="GET /things"
    ),
    "accepted": row("unpromised", response(200), scene(policy(answers={"unknown": ACCEPTS})), Aim.UNKNOWN, **ASKED),
}

SPEAK = {
    "served": row(
        ("an unknown version is accepted ('9973' in the header)",),
        response(200, {"id": "t"}),
        WHERE,
        Aim.UNKNOWN,
        **ASKED,
    ),
    "refused-with-the-status-of-a-success": row(
        ("an unknown version gets 200",), response(200, error()), WHERE, Aim.UNKNOWN, **ASKED
    ),
    "listed-codename-is-not-malformed": row(
        ("an unknown version gets 400",),
        response(400, error("BAD_VERSION")),
        NAMES,
        Aim.UNKNOWN,
        via="header",
        probe="7.0.forge",
    ),
    "unlisted-codename-served": row(
        ("an unknown version is accepted",), response(200), NAMES, Aim.UNKNOWN, via="header", probe="1.0.quarry"
    ),
    "served-to-head": row(
        ("an unknown version is accepted",),
        response(200),
        WHERE,
        Aim.UNKNOWN,
        **ASKED,
        method="HEAD",
        operation="GET /things",
    ),
    "redirected-to-the-newest": row(
        ("an unknown version is redirected with 301",), response(301), WHERE, Aim.UNKNOWN, **ASKED
    ),
    "another-status": row(("an unknown version gets 400",), response(400, error()), WHERE, Aim.UNKNOWN, **ASKED),
    "another-code": row(
        ("an unknown version gets the error code BAD_VERSION",),
        response(404, error("BAD_VERSION")),
        WHERE,
        Aim.UNKNOWN,
        **ASKED,
    ),
    "sunsets-answer": row(("an unknown version gets 410",), response(410, error("GONE")), WHERE, Aim.UNKNOWN, **ASKED),
    "operations-own-not-kept": row(
        ("an unknown version gets 404",), response(404, error()), scene(OWN), Aim.UNKNOWN, **ASKED
    ),
    "router-without-code": row(
        ("an unknown version gets the error code None",),
        response(404, {"detail": "Not Found"}),
        scene(policy(envelopes={}, envelope=None)),
        Aim.UNKNOWN,
        **ASKED,
    ),
}


def test_every_carrier_is_asked_for_versions_nobody_declared() -> None:
    """Each carrier gets undeclared versions in its own spelling, none of them declared."""
    asks = asked(CHECK, WHERE)

    assert {ask.via for ask in asks} == {"path", "header", "accept"}
    assert all(ask.selection == ((ask.via, ask.probe),) for ask in asks)
    assert not {ask.probe for ask in asks} & {"v1", "v2", "v3", "1", "2", "3"}
    assert all(str(ask.probe).startswith("v") == (ask.via == "path") for ask in asks)


def test_a_carrier_that_accepts_is_not_asked() -> None:
    """Where one carrier takes any version, only the others are asked."""
    header = replace(HEADER, answers={"unknown": ACCEPTS})

    assert {ask.via for ask in asked(CHECK, scene(policy(PATH, header)))} == {"path"}


def test_nothing_is_asked_of_a_sunset_version() -> None:
    """After its sunset a version has only its end to show."""
    assert not asked(CHECK, scene(subject="v1", as_of=instant("2027-01-01")))


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
