"""AV215: a version is read in every form that HTTP gives the header or the media type it stands in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.selector_syntax import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.http.messages import Request
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
    rejects,
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

TWO = "application/json; version=1; q=0.1, application/json; version=2"
BARRED = "application/json; version=1; q=0, application/json; version=2"
REFUSES = reading(answers={"missing": rejects(400)})


def preferring(accept: str, **changes: Any) -> dict[str, Any]:
    """What an exchange is that names two versions."""
    return (
        {"peers": PEERS, "probe": f"Accept: {accept}", "via": "accept"}
        | changes
        | {"request": Request(method="GET", path="/api/things", headers=(("Accept", accept),))}
    )


ALIKE = {"peers": {"v1": NEW, "v2": NEW}}

SILENT = {
    "the-preferred": row("held", NEW, WHERE, Aim.WRITTEN, **preferring(TWO)),
    "the-only-acceptable": row("held", NEW, WHERE, Aim.WRITTEN, **preferring(BARRED)),
    "two-versions-are-refused": row("unspoken", response(400, error()), WHERE, Aim.WRITTEN, **preferring(TWO)),
    "of-two-nobody-can-tell": row("unspoken", NEW, REFUSES, Aim.WRITTEN, **preferring(TWO, **ALIKE)),
    "taken-where-no-version-is-refused": row("held", NEW, REFUSES, Aim.WRITTEN, **(WRITTEN | ALIKE)),
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
    "the-less-preferred": row(("v2 is not preferred in",), OLD, WHERE, Aim.WRITTEN, **preferring(TWO)),
    "the-unacceptable": row(("v1 answers",), OLD, WHERE, Aim.WRITTEN, **preferring(BARRED)),
    "the-other's-credential": row(("it gets 401",), response(401), WHERE, Aim.WRITTEN, **preferring(TWO)),
    "a-crash-over-two": row(("it gets 500",), response(500), WHERE, Aim.WRITTEN, **preferring(TWO)),
    "refused-where-versions-are-alike": row(
        ("it gets 400",), response(400, error()), WHERE, Aim.WRITTEN, **(WRITTEN | ALIKE)
    ),
    "another-version": row(("v2 is not read in 'Accept: application/json;",), OLD, WHERE, Aim.WRITTEN, **WRITTEN),
    "in-a-long-text": row(
        ("aaa'… (314 characters): v1 answers",),
        OLD,
        WHERE,
        Aim.WRITTEN,
        **(WRITTEN | {"probe": "X-API-Version:" + "a" * 300}),
    ),
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
            ("Accept", "Application/Vnd.Shop.v2+Json"),
            ("Accept", "application/vnd.shop.v2+json;q=0.9"),
            ("Accept", "text/html;q=0.1, application/vnd.shop.v2+json"),
        ],
    ),
    "template-with-a-parameter": (
        reading(replace(ACCEPT, name="", template="application/json;profile=Shop;v={version}", spelling="{version}")),
        [
            ("Accept", "Application/Json;profile=Shop;v=v2"),
            ("Accept", "application/json;profile=Shop;v=v2;q=0.9"),
            ("Accept", "text/html;q=0.1, application/json;profile=Shop;v=v2"),
        ],
    ),
    "a-text-that-needs-quotes": (reading(replace(ACCEPT, spelling="shop {number}")), []),
    "query": (reading(QUERY), []),
    "a-kind-of-its-own-that-says-nothing-of-forms": (reading(COOKIE), [("VERSION", "v2"), ("version", " \tv2 \t")]),
    "a-kind-of-its-own-with-forms": (
        reading(replace(COOKIE, form=replace(COOKIE.form, forms=lambda carrier, *texts: [(carrier.name, f"{texts}")]))),
        [("version", "('v2', 'v1')")],
    ),
    "a-kind-of-its-own-without": (
        reading(replace(VENDOR, form=replace(VENDOR.form, forms=lambda *_: (), preferences=None), weights=True)),
        [],
    ),
    "weights-in-a-parameter": (
        reading(replace(ACCEPT, form=replace(ACCEPT.form, forms=lambda *_: ()), weights=True)),
        [
            ("Accept", "application/json; version=1; q=0.1, application/json; version=2"),
            ("Accept", "application/json; version=2, application/json; version=1; q=0.1"),
            ("Accept", "application/json; version=1; q=0, application/json; version=2"),
        ],
    ),
    "weights-in-a-name": (
        reading(
            replace(
                ACCEPT,
                name="",
                template="application/vnd.shop.{version}+json",
                spelling="{version}",
                form=replace(VENDOR.form, forms=lambda *_: ()),
                weights=True,
            )
        ),
        [
            ("Accept", "application/vnd.shop.v1+json; q=0.1, application/vnd.shop.v2+json"),
            ("Accept", "application/vnd.shop.v2+json, application/vnd.shop.v1+json; q=0.1"),
            ("Accept", "application/vnd.shop.v1+json; q=0, application/vnd.shop.v2+json"),
        ],
    ),
    "a-kind-of-its-own-in-the-url": (reading(MATRIX), []),
    "writing": (reading(HEADER, key="POST /things"), [("x-api-version", "2"), ("X-API-Version", " \t2 \t")]),
    "writing-with-the-version-of-the-body-too": (reading(replace(ACCEPT, content_type=True), key="POST /things"), []),
    "deleting": (reading(HEADER, key="DELETE /things/{id}"), [("x-api-version", "2"), ("X-API-Version", " \t2 \t")]),
    "router": (reading(key=None), []),
    "planned": (reading(subject="v3"), []),
}


@pytest.mark.parametrize("name", FORMS)
def test_the_forms(name: str) -> None:
    """Each form is one request, on one operation of a version, and the version is in no other place."""
    where, lines = FORMS[name]
    asks = asked(CHECK, where)

    assert [ask.headers for ask in asks] == [(line,) for line in lines]
    assert all(ask.once and ask.alike and ask.selection == () and ask.compare == ("v2", "v1") for ask in asks)


def test_a_carrier_of_which_one_form_is_promised_is_asked_no_other() -> None:
    """The other carriers keep theirs, and weights that are promised are held all the same."""
    header = [(ask.via, ask.headers) for ask in asked(CHECK, reading(HEADER))]
    plain = replace(ACCEPT, other_forms=False)
    weighed = asked(CHECK, reading(replace(plain, weights=True)))

    assert [(ask.via, ask.headers) for ask in asked(CHECK, reading(HEADER, plain))] == header
    assert asked(CHECK, reading(plain)) == []
    assert [CHECK.promised(reading(*each, key=None)) for each in ([HEADER, plain], [plain, HEADER], [plain])] == [
        "versioning.header",
        "versioning.header",
        None,
    ]
    assert [ask.headers[0][1].count("version=") for ask in weighed] == [2, 2, 2]


def test_of_one_version_an_unknown_one_stands_beside() -> None:
    """Where there is no other version, the parameter that only ends alike names one that nobody declared."""
    where = scene(policy(ACCEPT, versions=versions(v2=V2)), "v2")
    asks = asked(CHECK, where)

    assert asks[-1].headers == (("Accept", "application/json; xversion=9973; version=2"),)
    assert asks[-1].compare == ("v2",)


@pytest.mark.parametrize(("accept", "expected"), [(TWO, Severity.WARNING), (BARRED, None)])
def test_what_is_not_acceptable_weighs_more(accept: str, expected: Severity | None) -> None:
    """The version of less weight is a warning, the one of none a finding."""
    of = row((), OLD, WHERE, Aim.WRITTEN, **preferring(accept))
    assert CHECK.judge is not None

    assert [broken.severity for broken in CHECK.judge(of.exchanges[0], WHERE) or ()] == [expected]


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
