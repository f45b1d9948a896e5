"""AV206: a bad version in a strong carrier is rejected, even when a weaker carrier holds a good one."""

from __future__ import annotations

import pytest

from pytest_apiversion.checks.no_fall_through import CHECK
from pytest_apiversion.core.checking.exchange import Aim
from tests.checks.builders import (
    ACCEPTS,
    HEADER,
    PATH,
    Row,
    agrees,
    alias,
    asked,
    error,
    exchange,
    policy,
    response,
    row,
    said,
    scene,
)

WHERE = scene(malformed={"path": ("v01",)})
PROBE = {"probe": "v9973 in the path, v2 in the header", "via": "path"}
SERVED = response(200, {"id": "t"})
FALLS = exchange(WHERE, SERVED, Aim.FALL_THROUGH, **PROBE)

SILENT = {
    "unknown-is-rejected": row("held", response(404, error()), WHERE, Aim.FALL_THROUGH, **PROBE),
    "malformed-is-rejected": row("held", response(400, error("BAD_VERSION")), WHERE, Aim.FALL_THROUGH, **PROBE),
    "any-refusal": row("held", response(406), WHERE, Aim.FALL_THROUGH, **PROBE),
    "another-aim": row("unspoken", SERVED, WHERE, Aim.CONFLICT, **PROBE),
    "declared": row("unpromised", SERVED, scene(policy(fall_through=True)), Aim.FALL_THROUGH, **PROBE),
    "one-carrier": row("unpromised", SERVED, scene(policy(PATH)), Aim.FALL_THROUGH, **PROBE),
    "unknown-versions-are-accepted": row(
        "unpromised", SERVED, scene(policy(answers={"unknown": ACCEPTS})), Aim.FALL_THROUGH, **PROBE
    ),
    "alias": row("unpromised", SERVED, scene(policy(aliases={"plain": alias()}), "plain"), Aim.FALL_THROUGH, **PROBE),
    "served-alone-too": Row(
        expected="yielded",
        scene=WHERE,
        exchanges=(FALLS, exchange(WHERE, SERVED, Aim.UNKNOWN, via="path", probe="v9973")),
    ),
    "the-weaker-decides-always": Row(
        expected="yielded",
        scene=WHERE,
        exchanges=(
            FALLS,
            exchange(
                WHERE,
                response(404, error()),
                Aim.CONFLICT,
                via="path",
                probe="v2 in the path, 9973 in the header",
                expected_version="v2",
            ),
        ),
    ),
}

SPEAK = {
    "served-by-the-weaker": row(
        ("a bad version in the path falls through to a weaker carrier",), SERVED, WHERE, Aim.FALL_THROUGH, **PROBE
    ),
    "redirected": row(("falls through",), response(302), WHERE, Aim.FALL_THROUGH, **PROBE),
    "header-to-accept": row(
        ("a bad version in the header falls through",), SERVED, WHERE, Aim.FALL_THROUGH, **{**PROBE, "via": "header"}
    ),
    "refused-alone": Row(
        expected=("falls through",),
        scene=WHERE,
        exchanges=(FALLS, exchange(WHERE, response(404, error()), Aim.UNKNOWN, via="path", probe="v9973")),
    ),
    "deprecated-version": row(("falls through",), SERVED, scene(subject="v1"), Aim.FALL_THROUGH, **PROBE),
}


def test_each_stronger_carrier_is_tried_with_an_unknown_and_a_malformed_version() -> None:
    """Every pair of carriers is asked with a bad version in the stronger and the subject in the weaker."""
    asks = [ask for ask in asked(CHECK, WHERE) if ask.aim is Aim.FALL_THROUGH]

    assert [tuple(kind for kind, _ in ask.selection) for ask in asks] == [
        ("path", "header"),
        ("path", "header"),
        ("path", "accept"),
        ("path", "accept"),
        ("header", "accept"),
    ]
    assert [ask.selection[0][1] for ask in asks][1::2] == ["v01", "v01"]
    assert {ask.selection[1][1] for ask in asks} == {"2"}
    assert not asked(CHECK, scene(policy(HEADER)))


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
