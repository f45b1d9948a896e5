"""AV215: a version is read in every form that HTTP gives the header or the media type it stands in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.selector_syntax import CHECK
from pytest_apiversion.core.checking.check import Scene
from pytest_apiversion.core.checking.exchange import Aim
from tests.checks.builders import (
    ACCEPT,
    COOKIE,
    HEADER,
    MATRIX,
    PATH,
    QUERY,
    V2,
    VENDOR,
    agrees,
    alias,
    asked,
    error,
    instant,
    living,
    policy,
    response,
    row,
    said,
    scene,
    versions,
)
from tests.checks.moments import MOMENTS, is_promised

OLD, NEW = response(200, {"id": "t", "name": "n"}), response(200, {"id": "t", "title": "n"})
PEERS = {"v1": OLD, "v2": NEW}
FORM = 'Accept: application/json; version="2"'


def reading(*carriers: Any, key: str | None = "GET /things", subject: str = "v2", **changes: Any) -> Scene:
    """A scene whose versions are told apart by a member's name."""
    return scene(policy(*(carriers or (HEADER, ACCEPT)), aliases={"plain": alias()}, **changes), subject, key)


WHERE = reading()
WRITTEN: dict[str, Any] = {"peers": PEERS, "probe": FORM, "via": "accept"}

SILENT = {
    "read": row("held", NEW, WHERE, Aim.WRITTEN, **WRITTEN),
    "the-only-version": row("held", NEW, WHERE, Aim.WRITTEN, **(WRITTEN | {"peers": {"v2": NEW}})),
    "nobody-can-tell": row("unspoken", NEW, WHERE, Aim.WRITTEN, **(WRITTEN | {"peers": {"v1": NEW, "v2": NEW}})),
    "nothing-to-compare": row("unspoken", OLD, WHERE, Aim.WRITTEN, **(WRITTEN | {"peers": {}})),
    "other-requests": row("unspoken", OLD, WHERE, peers=PEERS),
    "only-in-the-url-by-a-kind-of-its-own": row("unpromised", OLD, reading(MATRIX), Aim.WRITTEN, **WRITTEN),
    "only-in-the-url": row("unpromised", OLD, reading(PATH, QUERY), Aim.WRITTEN, **WRITTEN),
    "alias": row("unpromised", OLD, reading(subject="plain"), Aim.WRITTEN, **WRITTEN),
    "planned": row("unpromised", OLD, reading(subject="v3"), Aim.WRITTEN, **WRITTEN),
}

SPEAK = {
    "another-version": row(("v2 is not read in 'Accept: application/json;",), OLD, WHERE, Aim.WRITTEN, **WRITTEN),
    "refused": row(("it gets 406",), response(406, error()), WHERE, Aim.WRITTEN, **WRITTEN),
    "gone": row(
        ("it gets 410",),
        response(410, error()),
        WHERE,
        Aim.WRITTEN,
        **(WRITTEN | {"peers": {"v1": response(410), "v2": NEW}}),
    ),
    "crash": row(("it gets 500",), response(500), WHERE, Aim.WRITTEN, **WRITTEN),
}

FORMS: dict[str, tuple[Scene, list[tuple[str, str]]]] = {
    # name: the scene, and the header lines that are sent
    "header": (reading(HEADER), [("x-api-version", "2"), ("X-API-Version", " \t2 \t")]),
    "header-in-lower-case": (
        reading(replace(HEADER, name="version")),
        [("VERSION", "2"), ("version", " \t2 \t")],
    ),
    "accept": (
        reading(ACCEPT),
        [
            ("Accept", "application/json;version=2"),
            ("Accept", 'application/json; version="2"'),
            ("Accept", "Application/Json; version=2"),
            ("Accept", "application/json; charset=utf-8; version=2"),
            ("Accept", "application/json; version=2; q=0.9"),
            ("Accept", "text/html;q=0.1, application/json; version=2"),
            ("Accept", "application/json; xversion=1; version=2"),
        ],
    ),
    "template": (
        reading(replace(ACCEPT, name="", template="application/vnd.shop.{version}+json", spelling="{version}")),
        [
            ("Accept", "application/vnd.shop.v2+json;q=0.9"),
            ("Accept", "text/html;q=0.1, application/vnd.shop.v2+json"),
        ],
    ),
    "a-text-that-needs-quotes": (reading(replace(ACCEPT, spelling="shop {number}")), []),
    "query": (reading(QUERY), []),
    "a-kind-of-its-own-that-says-nothing-of-forms": (reading(COOKIE), [("VERSION", "v2"), ("version", " \tv2 \t")]),
    "a-kind-of-its-own-with-forms": (
        reading(replace(COOKIE, form=replace(COOKIE.form, forms=lambda carrier, *texts: [(carrier.name, f"{texts}")]))),
        [("version", "('v2', 'v1')")],
    ),
    "a-kind-of-its-own-without": (reading(replace(VENDOR, form=replace(VENDOR.form, forms=lambda *_: ()))), []),
    "a-kind-of-its-own-in-the-url": (reading(MATRIX), []),
    "writing": (reading(key="POST /things"), []),
    "router": (reading(key=None), []),
    "planned": (reading(subject="v3"), []),
}


@pytest.mark.parametrize("name", FORMS)
def test_the_forms(name: str) -> None:
    """Each form is one request, on one operation of a version, and the version is in no other place."""
    where, lines = FORMS[name]
    asks = asked(CHECK, where)

    assert [ask.headers for ask in asks] == [(line,) for line in lines]
    assert all(ask.once and ask.selection == () and ask.compare == ("v2", "v1") for ask in asks)


def test_of_one_version_an_unknown_one_stands_beside() -> None:
    """Where there is no other version, the parameter that only ends alike names one that nobody declared."""
    where = scene(policy(ACCEPT, versions=versions(v2=V2)), "v2")
    asks = asked(CHECK, where)

    assert asks[-1].headers == (("Accept", "application/json; xversion=9973; version=2"),)
    assert asks[-1].compare == ("v2",)


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stages in which a version answers."""
    life, as_of, stage = MOMENTS[name]

    assert is_promised(CHECK, scene(living(life), "v1", as_of=instant(as_of))) is stage.answers


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
