"""From drawn cases to requests: whose values win, which credentials go along, and what is left of a contract's own version parameter."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Ask
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.core.checking.exchange import Exchange
from pytest_apiversion.core.contracts.contract import Parameter
from pytest_apiversion.core.http.messages import Request, Response
from pytest_apiversion.core.policy.requests import OperationRule, Values
from pytest_apiversion.core.policy.subjects import Alias
from pytest_apiversion.core.versions.lifecycle import Stage
from pytest_apiversion.shell.requests.building import (
    asked,
    build,
    credentials_for,
    fill,
    plainly,
    refilled,
    with_credentials,
)
from pytest_apiversion.shell.requests.case_selection import (
    about_nothing,
    disguised,
    elsewhere,
    following,
    heard,
    of_data,
    refused_path,
    succeeded,
)
from tests.checks.builders import (
    ACCEPT,
    HEADER,
    PATH,
    QUERY,
    V1,
    answers,
    contract,
    credential,
    operation,
    policy,
    rejects,
)

DRAWN = DrawnCase(aim=Aim.UNKNOWN_DATA, origin="drawn")
READ = operation("GET /things/{id}")
WRITE = operation("POST /things")


def test_a_contracts_own_version_parameter_is_not_drawn() -> None:
    """Generated contracts describe `api-version` as a parameter; what was drawn for it must not stand beside the version."""
    shop = policy(QUERY, HEADER)
    case = replace(
        DRAWN, query=(("version", "junk"), ("limit", "3")), headers=(("x-api-version", "junk"), ("X-Other", "1"))
    )

    request = plainly(shop, "v2", READ, build(shop, READ, case, {"id": "7"}, overlay=False))

    assert request.query == (("limit", "3"), ("version", "v2"))
    assert request.headers == (("X-Other", "1"),)
    assert request.path == "/api/things/7"


def test_the_policys_values_win_over_known_ones_and_those_over_drawn_ones() -> None:
    """In required query parameters, in headers, and in JSON bodies and forms."""
    listed = replace(
        WRITE, parameters=tuple(Parameter(name=name, place="query", required=True) for name in ("org", "kind", "page"))
    )
    rule = OperationRule(values=Values(query={"page": "9"}, headers={"x-h": "rule"}, body={"name": "rule"}))
    shop = policy(operations={"POST /things": rule}, values={"kind": ("given",)})
    case = replace(
        DRAWN,
        query=(("org", "a"), ("kind", "b"), ("page", "c"), ("q", "d")),
        headers=(("X-H", "drawn"),),
        media_type="application/json",
        json={"name": "drawn", "org": "drawn", "rest": 1},
        body=b"{}",
    )

    request = build(shop, listed, case, {}, overlay=True, known={"org": "known", "kind": "known"})
    plain = build(shop, listed, case, {}, overlay=False, known={"org": "known"})

    assert dict(request.query) == {"org": "known", "kind": "given", "page": "9", "q": "d"}
    assert request.header("X-H") == "rule"
    assert json.loads(request.body or b"") == {"name": "rule", "org": "known", "rest": 1}
    assert (dict(plain.query)["org"], plain.body) == ("a", b"{}")

    form = replace(case, media_type="application/x-www-form-urlencoded", json=None, body=b"name=a+b&org=c%26d&x=")
    assert build(shop, listed, form, {}, overlay=True, known={"org": "k&n"}).body == b"x=&org=k%26n&name=rule"


@pytest.mark.parametrize(
    ("security", "version", "expected"),
    [
        pytest.param(({"oauth": ()}, {"key": ()}), "v1", ["key"], id="first-alternative-that-is-there"),
        pytest.param(({"key": (), "tenant": ()},), "v1", ["key", "tenant"], id="all-of-an-alternative"),
        pytest.param(({"key": ()},), "v2", ["default"], id="not-for-this-version"),
        pytest.param(({"oauth": ()},), "v1", ["default"], id="unknown-scheme"),
        pytest.param(({"oauth": ()}, {}), "v1", [], id="optional"),
        pytest.param((), "v1", [], id="none-needed"),
        pytest.param(None, "v1", ["default"], id="contract-says-nothing"),
    ],
)
def test_credentials_are_those_the_contract_asks_for(security: Any, version: str, expected: list[str]) -> None:
    """The first alternative the policy has in full; the one called `default` where nothing else is said."""
    mine = (credential("key", versions=frozenset({"v1"})), credential("tenant", field="Tenant"), credential("default"))
    found = credentials_for(policy(credentials=mine), version, replace(READ, security=security))

    assert [each.name for each in found] == expected


def test_credentials_go_where_they_belong_and_are_marked_as_secret() -> None:
    """Header, query and cookie; reports know what to show instead."""
    request = Request(method="GET", path="/", query=(("k", "drawn"), ("a", "b")), headers=(("Cookie", "x=y"),))
    rows = [credential("h"), credential("q", kind="query", field="k"), credential("c", kind="cookie", field="sid")]

    signed = with_credentials(request, rows)

    assert signed.header("X-Key") == "secret-h"
    assert signed.query == (("a", "b"), ("k", "secret-q"))
    assert signed.header("Cookie") == "x=y; sid=secret-c"
    assert dict(signed.secrets) == {"X-Key": "$H", "k": "$Q", "sid": "$C"}


REFILLED: dict[str, tuple[str, str, str, str | None]] = {
    # name: the template, what it was filled to, another template, and what that is filled to
    "by-name": ("/a/{id}", "/a/7", "/b/{id}/c", "/b/7/c"),
    "by-name-before-order": ("/a/{x}/{y}", "/a/1/2", "/b/{y}/{x}", "/b/2/1"),
    "in-order": ("/a/{x}/{y}", "/a/1/2", "/b/{one}/{two}", "/b/1/2"),
    "fewer-by-name": ("/a/{x}/{y}", "/a/1/2", "/b/{y}", "/b/2"),
    "fewer-by-other-names": ("/a/{x}/{y}", "/a/1/2", "/b/{z}", None),
    "more": ("/a/{x}", "/a/1", "/b/{x}/{y}", None),
    "none": ("/a", "/a", "/b", "/b"),
    "encoded": ("/a/{x}", "/a/%7Bx%7D", "/b/{x}", "/b/%7Bx%7D"),
}


@pytest.mark.parametrize("name", REFILLED)
def test_another_template_is_filled_as_the_first_was(name: str) -> None:
    """Parameters go by their names, or by their order where there are as many; a path that lacks one is none."""
    template, path, other, expected = REFILLED[name]

    assert refilled(template, path, other) == expected


def test_an_ask_changes_method_path_and_selection() -> None:
    """A method without a body drops it; an alias gets its prefix instead of the base path; a prefix of the ask's own wins."""
    old = Alias(name="old", version="v1", prefix="/legacy")
    shop = policy(PATH, HEADER, aliases={"old": old})
    request = Request(
        method="POST", path="/things", headers=(("Content-Type", "text/plain"), ("X-API-Version", "2")), body=b"x"
    )

    got = asked(shop, "v1", Ask(aim=Aim.CONFLICT, selection=(("path", "v9"), ("header", "1")), method="GET"), request)
    alias = asked(shop, "old", Ask(aim=Aim.SUNSET), request)
    absent = asked(shop, "v1", Ask(aim=Aim.ABSENT, prefix="/legacy"), request)

    assert (got.method, got.path, got.headers, got.body) == ("GET", "/api/v9/things", (("X-API-Version", "1"),), None)
    assert (alias.path, absent.path) == ("/legacy/things", "/legacy/things")
    assert fill("/a/{b}/c/{d}", {"b": "1", "d": "%2F"}) == "/a/1/c/%2F"


def exchange(
    status: int = 200, *, path: str = "/api/v1/things/7", body: bytes = b"{}", aim: Aim = Aim.ACCEPTED
) -> Exchange:
    """An exchange of `GET /things/{id}` in `v1`."""
    return Exchange(
        aim=aim,
        version="v1",
        via="path",
        operation="GET /things/{id}",
        request=Request(method="GET", path=path),
        answer=Response(status=status, headers=(("Content-Type", "application/json"),), body=body),
        as_of=dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
        stage=Stage.DEPRECATED,
        lifecycle=V1,
    )


CONTRACTS = {name: contract(name, READ, WRITE) for name in ("v1", "v2")}


@pytest.mark.parametrize(
    ("carriers", "base", "target", "expected"),
    [
        pytest.param((PATH,), "http://h", "/api/v2/things/7", "/api/v2/things/7", id="path"),
        pytest.param(
            (PATH,), "http://h/gateway", "/gateway/api/v2/things/7", "/api/v2/things/7", id="below-the-base-url"
        ),
        pytest.param(
            (PATH,), "http://h/gateway", "http://h/gateway/api/v2/things/7", "/api/v2/things/7", id="absolute"
        ),
        pytest.param(
            (PATH,), "http://h/gateway", "/api/v2/things/7", "/api/v2/things/7", id="behind-a-gateway-it-does-not-know"
        ),
        pytest.param((PATH,), "http://h", "https://elsewhere.example/api/v2/things/7", None, id="another-host"),
        pytest.param((PATH,), "http://h", "/api/v2/nowhere", "/api/v2/nowhere", id="unknown-route"),
        pytest.param((QUERY,), "http://h", "/api/things/7?version=v2&a=b", "/api/things/7?version=v2&a=b", id="query"),
        pytest.param((QUERY,), "http://h", "/api/things/7", "/api/things/7?version=v2", id="query-without-it"),
    ],
)
def test_a_successor_link_is_followed_below_the_base_url(
    carriers: Any, base: str, target: str, expected: str | None
) -> None:
    """Where a link leads is asked for as the successor, whatever stands before the paths."""
    request = following(policy(*carriers, base_url=base), CONTRACTS, exchange(), target)

    assert (request.target if request else None) == expected


@pytest.mark.parametrize(
    ("target", "host"),
    [
        pytest.param("/api/v2/things/7", None, id="path"),
        pytest.param("http://h:80/api/v2/things/7", "h:80", id="another-port-in-writing"),
        pytest.param("http://h/api/v2/things/7", None, id="its-own"),
        pytest.param("https://elsewhere.example/api/v2", "elsewhere.example", id="another"),
        pytest.param("//elsewhere.example/api/v2", "elsewhere.example", id="without-a-scheme"),
    ],
)
def test_a_link_to_another_host_leads_elsewhere(target: str, host: str | None) -> None:
    """A link that names a host other than the base URL's is known by that host."""
    assert elsewhere(policy(PATH, base_url="http://h"), target) == host


def test_a_link_without_a_version_is_followed_with_the_header() -> None:
    """Of an API whose versions stand in a header the link says where, and the header which version."""
    for carrier, field, value in ((HEADER, "X-API-Version", "2"), (ACCEPT, "Accept", "application/json; version=2")):
        request = following(policy(carrier, base_url="http://h"), CONTRACTS, exchange(), "/api/things/7")
        assert request is not None
        assert request.header(field) == value


def test_a_link_to_a_write_is_not_followed() -> None:
    """What only takes a POST is not asked for."""
    assert (
        following(
            policy(PATH, base_url="http://h"),
            {"v2": contract("v2", WRITE)},
            replace(exchange(), request=Request(method="POST", path="/api/v1/things")),
            "/api/v2/things",
        )
        is None
    )


def test_success_is_a_2xx_or_a_declared_redirect_and_no_error_in_disguise() -> None:
    """An API that rejects with 200 has its rejections told from successes by their envelope."""
    moved = {"v1": contract("v1", operation("GET /things/{id}", answers(status="302")))}
    polite = policy(PATH, answers={"unknown": rejects(200)})

    assert succeeded(policy(PATH), CONTRACTS, exchange(204))
    assert not succeeded(policy(PATH), CONTRACTS, exchange(302))
    assert succeeded(policy(PATH), moved, exchange(302))
    assert not succeeded(policy(PATH), moved, exchange(404))
    assert succeeded(policy(PATH), CONTRACTS, exchange(200, body=b'{"error": {"code": 1}}'))
    assert not succeeded(polite, CONTRACTS, exchange(200, body=b'{"error": {"code": "1"}}'))
    assert not disguised(polite, Response(status=200, body=b'{"id": 1}'))
    assert [of_data(exchange(status)) for status in (404, 409, 400, 422, 500)] == [True, True, False, False, False]


def test_drawn_identifiers_do_no_harm() -> None:
    """Reads may be about anything; writes only about what names nothing by chance, and never about a contract's example."""
    cases = [
        replace(DRAWN, path_parameters={"id": text}, origin=origin)
        for text, origin in (("1", "minimal"), ("th_example", "example"), ("qwertyui", "drawn"), ("2", "drawn"))
    ]
    delete = operation("DELETE /things/{id}")

    assert [case.path_parameters["id"] for case in about_nothing(cases, READ)] == ["qwertyui", "2"]
    assert [case.path_parameters["id"] for case in about_nothing(cases, delete)] == ["qwertyui"]
    assert about_nothing(cases, WRITE) == []


def test_a_probe_that_was_one_too_many_shows_nothing() -> None:
    """A 429 says nothing of versions; it is told in a note, and requests of the contract keep theirs."""
    mixed = [
        exchange(429),
        exchange(429, aim=Aim.UNKNOWN),
        exchange(404, aim=Aim.UNKNOWN),
        exchange(429, aim=Aim.SIDE_EFFECT),
    ]

    kept, notes = heard(policy(PATH), mixed)

    assert kept == [mixed[0], mixed[2]]
    assert notes == ("2 probe(s) got nothing but 429 or 503: lower the rate in [requests]",)
    assert heard(policy(PATH, answers={"unknown": rejects(429)}), mixed[1:3]) == (mixed[1:3], ())


def test_a_wrong_path_stays_wrong() -> None:
    """A case whose path is what is wrong keeps it; others are about what exists."""
    read = replace(READ, parameters=(Parameter(name="id", place="path", required=True, schema={"type": "integer"}),))
    made = contract("v1", read)

    assert refused_path(made, read, replace(DRAWN, path_parameters={"id": "x"}), {"id": "7"}) == {"id": "x"}
    assert refused_path(made, read, replace(DRAWN, path_parameters={"id": "3"}), {"id": "7"}) == {"id": "7"}
