"""AV602: the answer after a sunset carries the declared error code, and says where to go."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.checks.sunset_body import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.policy.responses import Envelope, Sunset
from pytest_apiversion.core.versions.lifecycle import Stage
from tests.checks.builders import (
    ENVELOPE,
    GONE,
    V1,
    agrees,
    alias,
    error,
    instant,
    living,
    policy,
    response,
    row,
    said,
    scene,
)
from tests.checks.moments import MOMENTS, is_promised

AFTER = instant("2027-01-01")
RULES = policy(sunset=GONE)
WHERE = scene(RULES, "v1", as_of=AFTER)
CODE = scene(policy(sunset=Sunset(codes=frozenset({"GONE", "SUNSET"}))), "v1", as_of=AFTER)
OVER = replace(V1, sunset=instant("2026-06-01"))
ALIAS = scene(
    policy(
        sunset=GONE, aliases={"plain": alias(OVER, gone=Sunset(codes=frozenset({"MOVED"}), place="aliases.plain.gone"))}
    ),
    "plain",
)
MOVED = {
    "v1": replace(
        policy().versions["v1"], gone=replace(GONE, codes=frozenset({"V1"}), pointers=("/error/a", "/error/b"))
    )
}
ITS = scene(policy(sunset=GONE, versions={**policy().versions, **MOVED}), "v1", as_of=AFTER)
OWN = scene(
    policy(
        sunset=replace(GONE, envelope="end", codes=frozenset({"7"}), pointers=()),
        envelopes={"error": ENVELOPE, "end": Envelope(name="end", code="/n")},
    ),
    "v1",
    as_of=AFTER,
)
RIGHT = error("GONE", migrate="https://shop.example/moving")

SILENT = {
    "code-and-pointer": row("held", response(410, RIGHT), WHERE, Aim.SUNSET),
    "either-code": row("held", response(410, error("SUNSET")), CODE, Aim.SUNSET),
    "pointer-to-more-than-a-text": row(
        "held", response(410, error("GONE", migrate={"href": "/api/v2"})), WHERE, Aim.SUNSET
    ),
    "names-a-version-that-answers": row("held", response(410, error("GONE", migrate="v2")), WHERE, Aim.SUNSET),
    "number-as-code": row("held", response(410, {"n": 7}), OWN, Aim.SUNSET),
    "another-status-is-av601s": row("unspoken", response(404, {}), WHERE, Aim.SUNSET),
    "broken-envelope-is-av401s": row(
        "unspoken", response(410, body=b"gone", media_type="text/plain"), WHERE, Aim.SUNSET
    ),
    "head-has-no-body": row("unspoken", response(410), WHERE, Aim.SUNSET, method="HEAD"),
    "another-aim": row("unspoken", response(410, {}), WHERE, Aim.SIDE_EFFECT),
    "nothing-promised": row("unpromised", response(410, {}), scene(subject="v1", as_of=AFTER), Aim.SUNSET),
    "not-yet": row("unpromised", response(410, {}), scene(RULES, "v1"), Aim.SUNSET),
    "version-has-its-own": row("held", response(410, error("V1", a="/x", b="/y")), ITS, Aim.SUNSET),
    "alias-has-its-own": row("held", response(410, error("MOVED")), ALIAS, Aim.SUNSET, via="plain"),
}

SPEAK = {
    "another-code": row(
        ("the answer after the sunset carries the error code DEPRECATED",),
        response(410, error("DEPRECATED", migrate="x")),
        WHERE,
        Aim.SUNSET,
    ),
    "as-if-unknown": row(
        ("carries the error code NO_SUCH_VERSION",), response(410, error(migrate="x")), WHERE, Aim.SUNSET
    ),
    "names-the-version-that-ended": row(
        ("leads to v1, which does not answer",), response(410, error("GONE", migrate="v1")), WHERE, Aim.SUNSET
    ),
    "nowhere-to-go": row(("does not say where to go",), response(410, error("GONE")), WHERE, Aim.SUNSET),
    "empty-place-to-go": row(
        ("does not say where to go",), response(410, error("GONE", migrate="")), WHERE, Aim.SUNSET
    ),
    "null-place-to-go": row(
        ("does not say where to go",), response(410, error("GONE", migrate=None)), WHERE, Aim.SUNSET
    ),
    "second-place-to-go-empty": row(("does not say where to go",), response(410, error("V1", a="/x")), ITS, Aim.SUNSET),
    "version-with-the-code-of-all": row(
        ("carries the error code GONE",), response(410, error("GONE", a="/x", b="/y")), ITS, Aim.SUNSET
    ),
    "both-wrong": row(
        ("carries the error code X", "does not say where to go"), response(410, error("X")), WHERE, Aim.SUNSET
    ),
    "alias-with-the-versions-code": row(
        ("carries the error code GONE",), response(410, RIGHT), ALIAS, Aim.SUNSET, via="plain"
    ),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stages it is about, to the instant, at both boundaries, on leap days too."""
    life, as_of, stage = MOMENTS[name]
    where = scene(living(life, sunset=GONE), "v1", as_of=instant(as_of))

    assert where.stage is stage
    assert is_promised(CHECK, where) is (stage is Stage.SUNSET)


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
