"""AV204: a text that is no version is rejected as declared, and never makes the server fail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.checks.malformed_version import CHECK
from pytest_apiversion.core.checking.aim import Aim
from tests.checks.builders import (
    ACCEPTS,
    ANSWERS,
    Row,
    agrees,
    asked,
    contract,
    defaults,
    error,
    exchange,
    instant,
    policy,
    rejects,
    response,
    row,
    said,
    scene,
)

WHERE = scene(malformed={"path": ("V1", "v٢"), "header": ("two",)})
LOOSE = scene(policy(answers={**ANSWERS, "malformed": ACCEPTS}))
BAD = error("BAD_VERSION")

OVER = scene(policy(answers={**ANSWERS, "missing": defaults("v1")}), "v2", as_of=instant("2027-03-01"))

DERIVED = {**ANSWERS, "malformed": replace(ANSWERS["unknown"], place="versioning.unknown"), "missing": defaults("v1")}
PATH_OF_THE_DEFAULT = scene(policy(answers=DERIVED), "v2")

UNABLE = scene(policy(answers={**ANSWERS, "malformed": rejects(501, 505), "unknown": rejects(503)}))

SILENT = {
    "declared-501": row("held", response(501, error()), UNABLE, Aim.MALFORMED, probe="v٢"),
    "declared-505": row("held", response(505, error()), UNABLE, Aim.MALFORMED, probe="v٢"),
    "zeroth-may-be-unknown-with-503": row("held", response(503, error()), UNABLE, Aim.MALFORMED, probe="v0"),
    "no-version-in-the-path-and-the-default-is-over": row("held", response(410), OVER, Aim.MALFORMED, probe="v1x"),
    "a-path-of-the-default-that-nobody-has": row(
        "held", response(404), PATH_OF_THE_DEFAULT, Aim.MALFORMED, probe="v1x"
    ),
    "declared-answer": row("held", response(400, BAD), WHERE, Aim.MALFORMED, probe="v٢"),
    "zeroth-may-be-unknown": row("held", response(404, error()), WHERE, Aim.MALFORMED, probe="v0"),
    "leading-zero-may-be-unknown": row("held", response(404, error()), WHERE, Aim.MALFORMED, probe="v01"),
    "upper-case-may-be-unknown": row("held", response(404, error()), WHERE, Aim.MALFORMED, probe="V7"),
    "there-is-no-head": row(
        "unspoken", response(501), WHERE, Aim.MALFORMED, probe="V1", method="HEAD", operation="GET /things"
    ),
    "accepted": row("held", response(200), LOOSE, Aim.MALFORMED, probe="v٢"),
    "unknown-is-av203s": row("unspoken", response(500), WHERE, Aim.UNKNOWN, probe="v99"),
    "opaque-versions-cannot-be-malformed": row(
        "unpromised", response(200), scene(policy(scheme="opaque")), Aim.MALFORMED, probe="x"
    ),
    "what-unknown-ones-get-too": Row(
        expected="yielded",
        scene=WHERE,
        exchanges=(
            exchange(WHERE, response(200), Aim.MALFORMED, probe="v1.0"),
            exchange(WHERE, response(200), Aim.UNKNOWN, probe="v9973"),
        ),
    ),
}

SPEAK = {
    "another-failure-than-the-declared": row(
        ("makes the server fail with 502 (path)",), response(502, error()), UNABLE, Aim.MALFORMED, probe="v٢"
    ),
    "in-a-header-though-the-default-is-over": row(
        ("a malformed version gets 410 ('1x' in the header)",),
        response(410),
        OVER,
        Aim.MALFORMED,
        probe="1x",
        via="header",
    ),
    "served-as-the-default": row(
        ("a malformed version is accepted ('v1x' in the path)",),
        response(200),
        PATH_OF_THE_DEFAULT,
        Aim.MALFORMED,
        probe="v1x",
    ),
    "malformed-is-declared-beside-a-default": row(
        ("a malformed version gets 404 ('v1x' in the path)",),
        response(404, BAD),
        scene(policy(answers={**ANSWERS, "missing": defaults("v1")}), "v2"),
        Aim.MALFORMED,
        probe="v1x",
    ),
    "the-default-is-not-over": row(
        ("a malformed version gets 410 ('v1x' in the path)",),
        response(410),
        scene(policy(answers={**ANSWERS, "missing": defaults("v1")}), "v2"),
        Aim.MALFORMED,
        probe="v1x",
    ),
    "served-to-head": row(
        ("a malformed version is accepted",),
        response(200),
        WHERE,
        Aim.MALFORMED,
        probe="V1",
        method="HEAD",
        operation="GET /things",
    ),
    "other-digits": row(
        ("a malformed version is accepted ('v٢' in the path)",),
        response(200, {"id": "t"}),
        WHERE,
        Aim.MALFORMED,
        probe="v٢",
    ),
    "upper-case-served": row(
        ("a malformed version is accepted",), response(200, {"id": "t"}), WHERE, Aim.MALFORMED, probe="V1"
    ),
    "leading-zero-served": row(
        ("a malformed version is accepted",), response(200, {"id": "t"}), WHERE, Aim.MALFORMED, probe="v01"
    ),
    "server-error": row(("makes the server fail with 500 (path)",), response(500), WHERE, Aim.MALFORMED, probe="v٢"),
    "server-error-where-accepted": row(
        ("makes the server fail with 502",), response(502), LOOSE, Aim.MALFORMED, probe="v٢"
    ),
    "server-error-though-unknown-is-polite": row(
        ("makes the server fail",), response(500), WHERE, Aim.MALFORMED, probe="v0"
    ),
    "unknowns-answer-for-a-clear-case": row(
        ("a malformed version gets 404",), response(404, error()), WHERE, Aim.MALFORMED, probe="v1x"
    ),
    "another-code": row(
        ("a malformed version gets the error code OTHER",),
        response(400, error("OTHER")),
        WHERE,
        Aim.MALFORMED,
        probe="v1x",
    ),
    "falls-to-the-default": row(
        ("a malformed version is accepted",), response(200, {"id": "t"}), WHERE, Aim.MALFORMED, probe="latest"
    ),
    "only-malformed-ones-are-served": Row(
        expected=("a malformed version is accepted",),
        scene=WHERE,
        exchanges=(
            exchange(WHERE, response(200), Aim.MALFORMED, probe="v1.0"),
            exchange(WHERE, response(404, error()), Aim.UNKNOWN, probe="v9973"),
        ),
    ),
}


def test_every_drawn_text_is_asked_in_its_carrier() -> None:
    """What was drawn for a carrier is written there, each once."""
    asks = [(ask.via, ask.probe) for ask in asked(CHECK, WHERE) if not (ask.once or ask.method)]

    assert asks == [("path", "V1"), ("path", "v٢"), ("header", "two")]


def test_the_release_of_a_version_is_asked_once() -> None:
    """What the service says of itself is the first thing that a client tries."""
    said = replace(contract("v2"), document={"info": {"version": "2.3.1"}})
    asks = [(ask.via, ask.probe) for ask in asked(CHECK, replace(WHERE, contracts={"v2": said})) if ask.once]

    assert asks[:2] == [("path", "v2.3"), ("path", "v2.3.1")]


def test_a_status_of_its_own_is_held() -> None:
    """Malformed and unknown may be told apart by status alone."""
    rules = policy(answers={"unknown": rejects(404), "malformed": rejects(400)})

    assert agrees(
        said(CHECK, row("held", response(404, error()), scene(rules), Aim.MALFORMED, probe="v1x")), ("gets 404",)
    )


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
