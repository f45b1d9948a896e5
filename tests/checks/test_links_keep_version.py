"""AV312: links keep the version."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.links_keep_version import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.contracts.contract import HeaderSpec, SchemaProblem
from pytest_apiversion.core.http.messages import Request, Response
from pytest_apiversion.core.policy.carriers import Carrier
from pytest_apiversion.core.policy.responses import Sunset
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from pytest_apiversion.selection import carriers
from tests.checks.builders import (
    ACCEPTS,
    COOKIE,
    HEADER,
    MATRIX,
    OPERATIONS,
    PATH,
    QUERY,
    REALM,
    SITE,
    Row,
    agrees,
    alias,
    answers,
    defaults,
    error,
    exchange,
    instant,
    operation,
    policy,
    rejects,
    response,
    said,
    scene,
)

BASE = "https://shop.example/root"
HOST = Carrier(form=carriers()["host"], template="{version}.shop.example")
MISSING = {"missing": rejects(400)}
DEFAULTED = {"missing": defaults("v1")}


def shop(
    *carriers: Carrier, subject: str = "v2", key: str = "GET /things", operations: Any = OPERATIONS, **changes: Any
) -> Scene:
    """A scene of the shop, at an address."""
    rules = policy(*(carriers or (PATH,)), **{"base_url": BASE, "answers": MISSING} | changes)
    return scene(rules, subject, key, operations=operations)


WHERE = shop()
BY_QUERY, BY_HOST, BY_HEADER = shop(QUERY), shop(HOST), shop(PATH, HEADER)
ADDRESSES = {
    "path": ("/api/v2/things", ()),
    "query": ("/api/things", (("version", "v2"),)),
    "matrix": ("/api/things", (("version", "v2"),)),
    "realm": ("/api/v2/things", ()),
    "host": ("/api/things", ()),
}


def linked(
    expected: str | tuple[str, ...],
    value: Any,
    where: Scene = WHERE,
    /,
    *,
    status: int = 200,
    aim: Aim = Aim.ACCEPTED,
    asked: tuple[tuple[str, str], ...] = (),
    sent: bytes | None = None,
    **changes: Any,
) -> Row:
    """A row with an answer that holds links."""
    answer = value if isinstance(value, Response) else response(status, value)
    made = exchange(where, answer, aim, **changes)
    path, query = ADDRESSES.get(made.via, ("/api/things", ()))
    host = "v2.shop.example" if made.via in {"host", "site"} else None
    request = Request(method=made.request.method, path=path, query=(*query, *asked), host=host, body=sent)
    return Row(expected=expected, scene=where, exchanges=(replace(made, request=request),))


def moved(target: str, name: str = "Location") -> Response:
    """An answer with a link in a header."""
    return response(201, {"id": "a"}, headers=((name, target),))


def out_of(schema: Any) -> Any:
    """A contract whose answers say what a link looks like."""
    return (operation("GET /things", answers(schema)), *OPERATIONS[1:])


PATTERN = {"type": "object", "properties": {"next": {"type": "string", "pattern": "^/api/v2/"}}}
HEADED = (
    operation(
        "GET /things",
        answers(
            {"type": "object"},
            headers=[
                HeaderSpec(
                    name="Location",
                    required=False,
                    validate=lambda _: (SchemaProblem(where="", message="", keyword=""),),
                )
            ],
        ),
    ),
    *OPERATIONS[1:],
)
LEAVES = {"next": "/api/v1/things"}
BARE = {"next": "/api/things"}
OVER = Lifecycle(deprecated=dt.date(2025, 1, 1), sunset=dt.date(2026, 1, 1), successor="v2")

FADING = Lifecycle(deprecated=dt.date(2026, 1, 1), sunset=dt.date(2027, 1, 1), successor="v2")

SILENT = {
    "location-relative-to-the-request": linked("held", moved("../v2/things")),
    "a-text-that-is-no-address": linked("held", {"next": "../v1/things"}),
    "created-where-it-leads-on": linked("held", response(307), aim=Aim.LOCATED),
    "stays": linked("held", {"next": "/api/v2/things?page=2", "self": "/api/v2/things"}),
    "stays-with-a-host": linked("held", {"href": f"{BASE}/api/v2/things/a"}),
    "elsewhere": linked("held", {"href": "https://cdn.example/api/v1/things"}),
    "no-operation": linked("held", {"href": "/api/v1/terms"}),
    "no-address": linked("held", {"name": "/api/v1/things", "url": "v1"}),
    "no-uri": linked("held", {"url": "https://[x"}),
    "what-was-sent": linked("held", {"url": "/api/v1/things"}, sent=b'{"url": "/api/v1/things"}'),
    "what-was-asked-for": linked("held", {"url": "/api/v1/things"}, asked=(("url", "/api/v1/things"),)),
    "successor": linked("held", {"links": {"successor": "/api/v1/things"}}),
    "list-of-versions": linked("held", {"versions": [{"href": "/api/v1/things"}]}),
    "migration": linked("held", {"migration_url": "/api/v1/things"}),
    "successor-in-a-header": linked("held", moved('</api/v1/things>; rel="successor-version"', "Link")),
    "named-elsewhere": linked("held", LEAVES, shop(elsewhere=("/next",))),
    "header-named-elsewhere": linked("held", moved("/api/v1/things"), shop(elsewhere=("Location",))),
    "in-elements-named-elsewhere": linked("held", [LEAVES], shop(elsewhere=("/*/next",))),
    "neutral-operation": linked("held", {"next": "/api/health"}),
    "broken-contract-is-av301s": linked("held", LEAVES, shop(operations=out_of(PATTERN))),
    "broken-header-is-av301s": linked(
        "held", response(200, {}, headers=(("Location", "/api/v1/things"),)), shop(operations=HEADED)
    ),
    "no-version-in-a-header-api": linked("held", BARE, BY_HEADER, via="header"),
    "no-version-where-any-will-do": linked("held", BARE, shop(answers={"missing": ACCEPTS})),
    "no-version-where-nothing-is-said": linked("held", BARE, shop(answers={})),
    "no-version-where-it-is-the-default": linked("held", BARE, shop(answers={"missing": defaults("v2")})),
    "no-version-where-an-alias-answers": linked("held", BARE, shop(aliases={"plain": alias()})),
    "no-version-where-an-alias-of-another-operation-is-absent": linked(
        "held", BARE, shop(aliases={"plain": alias(absent=frozenset({"GET /things/{id}"}))}, answers={})
    ),
    "no-version-where-one-of-two-aliases-is-deprecated": linked(
        "held", BARE, shop(aliases={"plain": alias(FADING), "old": alias(name="old")}, answers={})
    ),
    "no-version-where-an-alias-of-another-operation-is-deprecated": linked(
        "held", BARE, shop(aliases={"plain": alias(FADING, operations=frozenset({"GET /things/{id}"}))}, answers={})
    ),
    "a-deprecated-alias-to-itself": linked("held", BARE, shop(subject="plain", aliases={"plain": alias(FADING)})),
    "no-version-where-one-of-two-aliases-is-absent": linked(
        "held",
        BARE,
        shop(aliases={"plain": alias(absent=frozenset({"GET /things"})), "old": alias(name="old")}, answers={}),
    ),
    "no-version-where-an-alias-of-another-operation-is-over": linked(
        "held", BARE, shop(aliases={"plain": alias(OVER, operations=frozenset({"GET /things/{id}"}))}, answers={})
    ),
    "no-version-where-what-was-an-alias-is-served": linked(
        "held", BARE, shop(aliases={"plain": alias(OVER, gone=Sunset(served_by="v2"))}, answers={})
    ),
    "below-another-path": linked("held", {"next": "/things"}),
    "stays-in-the-query": linked("held", {"next": "/api/things?version=v2&page=2"}, BY_QUERY),
    "a-keyword": linked("held", {"next": "/api/things?version=latest"}, shop(QUERY, keywords={"latest": "newest"})),
    "stays-in-the-host": linked("held", {"next": "https://v2.shop.example/api/things"}, BY_HOST),
    "an-alias-to-its-version": linked(
        "held", {"next": "/api/v2/things", "self": "/api/things"}, shop(subject="plain", aliases={"plain": alias()})
    ),
    "errors": linked("unspoken", {"error": {"code": "X"}, "next": "/api/v1/things"}, status=404),
    "refused-version": linked("unspoken", LEAVES, aim=Aim.UNKNOWN),
    "only-a-header": linked("unpromised", LEAVES, shop(HEADER)),
    "only-a-header-of-its-own-kind": linked("unpromised", LEAVES, shop(COOKIE)),
    "stays-in-the-path-by-a-kind-of-its-own": linked("held", {"next": "/api/v2/things"}, shop(REALM)),
    "stays-in-the-query-by-a-kind-of-its-own": linked("held", {"next": "/api/things?version=v2"}, shop(MATRIX)),
    "stays-in-the-host-by-a-kind-of-its-own": linked(
        "held", {"next": "https://v2.shop.example/api/things"}, shop(SITE)
    ),
    "sunset": linked("unpromised", LEAVES, scene(policy(), "v1", as_of=instant("2027-01-01"))),
    "crash": linked("unspoken", error(), status=500),
}

SPEAK = {
    "location-relative-to-the-request": linked(("a link at Location leads to v1",), moved("../v1/things")),
    "created-where-nothing-is": linked(
        ("a link at Location leads to no version, where nothing is",), response(404, error()), aim=Aim.LOCATED
    ),
    "next": linked(("a link at /next leads to v1",), LEAVES),
    "undeclared": linked(("leads to v9",), {"next": "/api/v9/things"}),
    "whole": linked(("leads to v1",), {"href": f"{BASE}/api/v1/things/a"}),
    "in-elements-once": linked(
        ("at /items/*/_links/self/href",), {"items": [{"_links": {"self": {"href": "/api/v1/things/a"}}}] * 2}
    ),
    "below-links": linked(("at /links/owner",), {"links": {"owner": "/api/v1/things/a"}}),
    "called-by-its-end": linked(("at /avatar_url",), {"avatar_url": "/api/v1/things/a"}),
    "called-by-its-end-in-camel": linked(("at /nextPageUrl",), {"nextPageUrl": "/api/v1/things"}),
    "location": linked(("a link at Location leads to v1",), moved("/api/v1/things/a")),
    "relative-location": linked(("leads to v1",), moved("/api/v1/things/a?x=1")),
    "link": linked(("a link at Link leads to v1",), moved('</api/v1/things>; rel="next"', "Link")),
    "no-version-where-it-is-refused": linked(("leads to no version, which is refused",), BARE),
    "no-version-where-another-is-the-default": linked(("which is v1",), BARE, shop(answers=DEFAULTED)),
    "through-a-header-to-another": linked(("leads to v1",), LEAVES, BY_HEADER, via="header"),
    "another-in-the-query": linked(("leads to v1",), {"next": "/api/things?version=v1"}, BY_QUERY),
    "dropped-from-the-query": linked(("leads to no version",), {"next": "/api/things?page=2"}, BY_QUERY),
    "another-host": linked(("leads to v1",), {"next": "https://v1.shop.example/api/things"}, BY_HOST),
    "another-in-the-path-by-a-kind-of-its-own": linked(("leads to v1",), LEAVES, shop(REALM)),
    "another-in-the-query-by-a-kind-of-its-own": linked(
        ("leads to v1",), {"next": "/api/things?version=v1"}, shop(MATRIX)
    ),
    "dropped-from-the-query-by-a-kind-of-its-own": linked(("leads to no version",), BARE, shop(MATRIX)),
    "another-host-by-a-kind-of-its-own": linked(
        ("leads to v1",), {"next": "https://v1.shop.example/api/things"}, shop(SITE)
    ),
    "no-version-where-there-must-be-no-alias": linked(
        ("leads to no version, where there is no alias",),
        BARE,
        shop(aliases={"plain": alias(absent=frozenset({"GET /things"}))}, answers={}),
    ),
    "an-alias-that-is-over": linked(
        ("leads to the alias plain, which is over",), BARE, shop(aliases={"plain": alias(OVER)}, answers={})
    ),
    "an-alias-that-is-deprecated": linked(
        ("leads to the alias plain, which is deprecated",), BARE, shop(aliases={"plain": alias(FADING)}, answers={})
    ),
    "location-of-an-alias-that-is-deprecated": linked(
        ("a link at Location leads to the alias plain, which is deprecated",),
        moved("/api/things"),
        shop(aliases={"plain": alias(FADING)}, answers={}),
    ),
    "an-alias-of-the-path-that-is-over": linked(
        ("leads to the alias plain, which is over",),
        BARE,
        shop(aliases={"plain": alias(OVER, operations=frozenset({"/things"}))}),
    ),
    "an-alias-to-another": linked(("leads to v1",), LEAVES, shop(subject="plain", aliases={"plain": alias()})),
    "under-its-old-name": linked(
        ("leads to v1",),
        {"next": "/api/v1/old"},
        scene(
            policy(PATH, base_url=BASE, renamed=({"v1": "GET /old", "v2": "GET /things"},)),
            contracts={
                name: replace(scene().contracts["v2"], operations={each.key: each})
                for name, each in (("v1", operation("GET /old")), ("v2", OPERATIONS[0]))
            },
        ),
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """Links that stay, lead elsewhere on purpose, or are none, make no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """A link that leaves its version is said once a place, with where it leads."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
