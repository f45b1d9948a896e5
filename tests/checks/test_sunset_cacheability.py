"""AV606: the answer after a sunset says how long it may be kept, and which header it depends on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.checks.sunset_cacheability import CHECK
from pytest_apiversion.core.checking.check import Scene
from pytest_apiversion.core.checking.exchange import Aim, Response
from pytest_apiversion.core.policy.responses import Sunset
from pytest_apiversion.core.versions.lifecycle import Stage
from tests.checks.builders import (
    JAR,
    PATH,
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
KEPT = Sunset(cache_control=True)
WHERE = scene(policy(sunset=KEPT), "v1", as_of=AFTER)
OVER = replace(V1, sunset=instant("2026-06-01"))
ALIAS = scene(policy(aliases={"plain": alias(OVER, gone=replace(KEPT, place="aliases.plain.gone"))}), "plain")


def statuses(*found: int) -> Scene:
    """`v1` after its end, which answers with other statuses."""
    return scene(policy(sunset=replace(KEPT, statuses=frozenset(found))), "v1", as_of=AFTER)


def gone(status: int = 410, **headers: str) -> Response:
    """The answer after the sunset, with headers."""
    return response(
        status, error("GONE"), headers=tuple((name.replace("_", "-"), text) for name, text in headers.items())
    )


SILENT = {
    "not-to-be-stored": row("held", gone(Cache_Control="no-store"), WHERE, Aim.SUNSET, via="header"),
    "asked-for-again": row("held", gone(Cache_Control="no-cache"), WHERE, Aim.SUNSET, via="header"),
    "private": row("held", gone(Cache_Control="Private, max-age=60"), WHERE, Aim.SUNSET, via="header"),
    "for-a-while-in-the-path": row("held", gone(Cache_Control="max-age=3600"), WHERE, Aim.SUNSET),
    "until-a-date": row("held", gone(Expires="Fri, 01 Jan 2027 00:00:00 GMT"), WHERE, Aim.SUNSET),
    "varies-by-the-header": row(
        "held", gone(Cache_Control="max-age=60", Vary="Accept, x-api-version"), WHERE, Aim.SUNSET, via="header"
    ),
    "varies-by-everything": row("held", gone(Cache_Control="max-age=60", Vary="*"), WHERE, Aim.SUNSET, via="accept"),
    "default-varies-by-both": row(
        "held", gone(Cache_Control="max-age=60", Vary="X-API-Version, Accept"), WHERE, Aim.SUNSET, via="default"
    ),
    "alias-has-its-own-path": row("held", gone(Cache_Control="max-age=60"), ALIAS, Aim.SUNSET, via="plain"),
    "no-cache-keeps-a-400": row("unspoken", gone(400), statuses(400), Aim.SUNSET),
    "a-post-is-not-kept": row("unspoken", gone(), WHERE, Aim.SUNSET, method="POST"),
    "another-status-is-av601s": row("unspoken", gone(404), WHERE, Aim.SUNSET),
    "another-aim": row("unspoken", gone(), WHERE, Aim.SIDE_EFFECT),
    "not-yet": row("unpromised", gone(), scene(policy(sunset=KEPT), "v1"), Aim.SUNSET),
    "not-promised": row("unpromised", gone(), scene(subject="v1", as_of=AFTER), Aim.SUNSET),
}

SPEAK = {
    "says-nothing": row(("nothing says how long the 410",), gone(), WHERE, Aim.SUNSET),
    "says-nothing-on-head": row(("nothing says how long the 410",), gone(), WHERE, Aim.SUNSET, method="HEAD"),
    "empty": row(("nothing says how long",), gone(Cache_Control=""), WHERE, Aim.SUNSET),
    "not-found-says-nothing": row(("nothing says how long the 404",), gone(404), statuses(404), Aim.SUNSET),
    "alias-says-nothing": row(("nothing says how long",), gone(), ALIAS, Aim.SUNSET, via="plain"),
    "kept-whatever-the-header": row(
        ("Vary does not name X-API-Version",), gone(Cache_Control="max-age=60"), WHERE, Aim.SUNSET, via="header"
    ),
    "kept-whatever-is-accepted": row(
        ("Vary does not name Accept",), gone(Cache_Control="public", Vary="Origin"), WHERE, Aim.SUNSET, via="accept"
    ),
    "kept-whatever-a-kind-of-its-own-says": row(
        ("Vary does not name Cookie",),
        gone(Cache_Control="max-age=60", Vary="version"),
        scene(policy(PATH, JAR, sunset=KEPT), "v1", as_of=AFTER),
        Aim.SUNSET,
        via="cookie",
    ),
    "default-kept-whatever-the-headers": row(
        ("Vary does not name X-API-Version", "Vary does not name Accept"),
        gone(Expires="Fri, 01 Jan 2027 00:00:00 GMT"),
        WHERE,
        Aim.SUNSET,
        via="default",
    ),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stage it is about, to the instant, at both boundaries, on leap days too."""
    life, as_of, stage = MOMENTS[name]

    assert is_promised(CHECK, scene(living(life, sunset=KEPT), "v1", as_of=instant(as_of))) is (stage is Stage.SUNSET)


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
