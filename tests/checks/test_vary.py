"""AV214: where a header names the version, what a cache may keep says so in `Vary`."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from pytest_apiversion.checks.vary import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.policy.responses import RequiredHeader, Sunset
from pytest_apiversion.core.versions.lifecycle import Stage
from tests.checks.builders import (
    ACCEPT,
    COOKIE,
    HEADER,
    MATRIX,
    PATH,
    QUERY,
    REALM,
    VENDOR,
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


def varying(*carriers: Any, subject: str = "v2", key: str | None = "GET /things", **changes: Any) -> Scene:
    """A scene whose policy promises that caches can tell versions apart."""
    return scene(policy(*carriers, vary=True, aliases={"plain": alias()}, **changes), subject, key)


def kept(vary: str | None = None, control: str | None = None, status: int = 200) -> Any:
    """An answer with these headers."""
    pairs = (("Vary", vary), ("Cache-Control", control))
    return response(status, {"id": "t"}, headers=tuple((name, text) for name, text in pairs if text is not None))


WHERE = varying()
renews = partial(kept, status=304)
KNOWN, PRIVATE, UNVARIED = (
    {"via": "header", "peers": {"v2": known}} for known in (kept("X-API-Version"), kept(control="private"), kept())
)
PROMISED = (RequiredHeader(name="vary", place="headers[0]"),)

NOBODYS = response(404, error(), headers=(("Vary", "X-API-Version"),))

SILENT = {
    "named": row("held", kept("X-API-Version"), WHERE, via="header"),
    "named-in-another-case": row("held", kept("x-api-version"), WHERE, via="header"),
    "named-among-others": row("held", kept("Origin, X-Api-Version ,Accept"), WHERE, via="accept"),
    "on-everything": row("held", kept("*"), WHERE, via="header"),
    "a-weaker-carrier-need-not": row("held", kept("X-API-Version"), WHERE, via="header"),
    "no-store": row("held", kept(control="no-store"), WHERE, via="header"),
    "private": row("held", kept(control="max-age=60, Private"), WHERE, via="header"),
    "no-cache": row("held", kept(control='no-cache="set-cookie"'), WHERE, via="header"),
    "not-modified": row("held", renews("X-API-Version"), WHERE, Aim.UNCHANGED, **KNOWN),
    "not-modified-of-what-nobody-keeps": row("unspoken", renews(), WHERE, Aim.UNCHANGED, **PRIVATE),
    "not-modified-of-what-does-not-vary-either": row("unspoken", renews(), WHERE, Aim.UNCHANGED, **UNVARIED),
    "path": row("unspoken", kept(), WHERE, via="path"),
    "query-before-header": row("unspoken", kept(), varying(QUERY, HEADER), via="query"),
    "post": row("unspoken", kept(), varying(key="POST /things"), via="header"),
    "not-kept": row("unspoken", kept(status=400), WHERE, Aim.UNKNOWN, via="header"),
    "neutral": row("unspoken", kept(), varying(key="GET /health"), via="header"),
    "document": row("unspoken", kept(), WHERE, Aim.DOCUMENT, via=""),
    "rejection-for-nobody's-path": row("held", NOBODYS, varying(key=None), Aim.UNKNOWN, via="header", operation=""),
    "no-route-is-no-rejection": row(
        "unspoken", response(404, error("NO_ROUTE")), varying(key=None), Aim.UNKNOWN, via="header", operation=""
    ),
    "no-route": row("unspoken", kept(status=404), WHERE, Aim.UNROUTED, via="header"),
    "after-the-sunset-is-av606s": row(
        "unspoken", kept(status=410), varying(subject="v1", sunset=Sunset(cache_control=True)), Aim.SUNSET, via="header"
    ),
    "a-default-after-its-sunset-is-av606s": row(
        "unspoken", kept(status=410), varying(sunset=Sunset(cache_control=True)), Aim.MISSING
    ),
    "headers-promise-it": row("unpromised", kept(), varying(headers=PROMISED), via="header"),
    "only-in-the-url": row("unpromised", kept(), varying(PATH, QUERY), via="path"),
    "only-in-the-url-by-kinds-of-their-own": row("unpromised", kept(), varying(REALM, MATRIX), via="realm"),
    "a-kind-of-its-own-in-the-url": row("unspoken", kept(), varying(MATRIX, HEADER), via="matrix"),
    "a-kind-of-its-own-named": row("held", kept("Version"), varying(COOKIE), via="cookie"),
    "not-said": row("unpromised", kept(), scene(policy(HEADER)), via="header"),
    "alias": row("unpromised", kept(), varying(subject="plain"), via="plain"),
}

SPEAK = {
    "rejection-for-nobody's-path": row(
        ("a 404 that caches keep does not say that it varies with X-API-Version",),
        response(404, error()),
        varying(key=None),
        Aim.UNKNOWN,
        via="header",
        operation="",
    ),
    "absent": row(
        ("a 200 that caches keep does not say that it varies with X-API-Version",), kept(), WHERE, via="header"
    ),
    "names-something-else": row(("varies with X-API-Version",), kept("Accept-Encoding"), WHERE, via="header"),
    "names-the-weaker": row(("varies with X-API-Version",), kept("Accept"), WHERE, via="header"),
    "the-stronger-was-not-there": row(("varies with X-API-Version",), kept("Accept"), WHERE, via="accept"),
    "accept": row(("varies with Accept",), kept("X-API-Version"), WHERE, via="accept"),
    "no-version": row(("varies with X-API-Version and Accept",), kept(), WHERE, Aim.MISSING, via=""),
    "kept-for-a-minute": row(("varies with Accept",), kept(control="max-age=60"), varying(ACCEPT), via="accept"),
    "errors": row(("a 404 that caches keep",), response(404, error()), WHERE, Aim.UNKNOWN, via="header"),
    "a-kind-of-its-own": row(("varies with version",), kept("Accept"), varying(PATH, COOKIE), via="cookie"),
    "a-kind-of-its-own-in-accept": row(
        ("varies with X-API-Version and Accept",), kept(), varying(HEADER, VENDOR), via="vendor"
    ),
    "not-modified": row(
        ("a 304 that renews what caches keep does not say that it varies with X-API-Version",),
        renews(control="max-age=60"),
        WHERE,
        Aim.UNCHANGED,
        **KNOWN,
    ),
    "after-the-sunset": row(
        ("a 410 that caches keep",), kept(status=410), varying(subject="v1"), Aim.SUNSET, via="header"
    ),
    "head": row(("a 200 that caches keep",), response(200), WHERE, via="header", method="HEAD"),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in the stages in which a version answers, and of what it gets after its sunset."""
    life, as_of, stage = MOMENTS[name]
    found = is_promised(CHECK, scene(living(life, vary=True), "v1", as_of=instant(as_of)))

    assert found is (stage.answers or stage is Stage.SUNSET)


@pytest.mark.parametrize(
    "sunset", [Sunset(cache_control=True), Sunset(statuses=frozenset({400})), Sunset(served_by="oldest")], ids=str
)
def test_after_a_sunset_something_else_may_decide(sunset: Sunset) -> None:
    """What `cache_control` says, a status that no cache keeps, and another version that serves, leave nothing to promise."""
    life, as_of, _ = MOMENTS["first-instant-after-sunset"]

    assert not is_promised(CHECK, scene(living(life, vary=True, sunset=sunset), "v1", as_of=instant(as_of)))


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
