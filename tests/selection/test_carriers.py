"""How each carrier writes, reads and removes a version's text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings

import pytest_apiversion.selection
from pytest_apiversion.core.http.messages import Request
from pytest_apiversion.core.policy.carriers import Carrier
from pytest_apiversion.selection import carriers
from tests.selection.strategies import CARRIERS, REQUESTS, TEXTS

GET = Request(method="GET", path="/debates")


def test_every_file_of_the_folder_is_a_carrier() -> None:
    """The folder is the list; a carrier's kind is its file's name."""
    files = Path(pytest_apiversion.selection.__file__).parent.glob("[!_]*.py")

    assert sorted(carriers()) == sorted(file.stem for file in files)
    assert carriers() is carriers()


def test_every_carrier_runs_the_laws() -> None:
    """A carrier that is left out of the table below would be held to no law."""
    assert {carrier.kind for carrier in CARRIERS.values()} == carriers().keys()


@pytest.mark.parametrize("carrier", CARRIERS.values(), ids=CARRIERS)
@given(request_=REQUESTS, text=TEXTS)
@settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_what_is_written_is_read(carrier: Carrier, request_: Request, text: str) -> None:
    """A text that can be carried is read back as it is, alone, and can be taken away again."""
    kind = carriers()[carrier.kind]
    assume(kind.can_carry(text, carrier))
    written = kind.write(request_, carrier, text)

    assert kind.read(written, carrier) == (text,)
    assert kind.read(kind.clean(request_, carrier), carrier) == kind.read(request_, carrier) or carrier.kind == "path"
    if carrier.kind != "accept":
        assert kind.clean(written, carrier) == request_
    assert kind.read(kind.clean(written, carrier), carrier) == () or carrier.kind == "path"


@pytest.mark.parametrize("name", ["header", "query", "accept", "accept-name"])
def test_writing_twice_names_two_versions(name: str) -> None:
    """Header, query and accept can name two versions at once, in order."""
    carrier = CARRIERS[name]
    kind = carriers()[carrier.kind]
    twice = kind.write(kind.write(GET, carrier, "1"), carrier, "2")

    assert kind.read(twice, carrier) == ("1", "2")
    assert kind.clean(twice, carrier) == GET


@pytest.mark.parametrize("name", CARRIERS)
def test_what_contradicts_itself_can_hold_two_texts(name: str) -> None:
    """Only a carrier that keeps both texts may be called repeatable: with one left, nothing is contradicted."""
    carrier = CARRIERS[name]
    twice = carrier.form.write(carrier.form.write(GET, carrier, "1"), carrier, "2")

    assert not carrier.form.repeatable or carrier.form.read(twice, carrier) == ("1", "2")


EMPTY = {"header", "query", "accept", "accept-any"}


@pytest.mark.parametrize("name", CARRIERS)
def test_a_carrier_can_be_there_and_be_empty_where_it_has_a_place_of_its_own(name: str) -> None:
    """An empty segment, label or part of a media type's name makes another request; an empty value is still a value."""
    assert CARRIERS[name].can_be_empty is (name in EMPTY)


WIRE = [
    ("path", "v2", {"path": "/api/v2/debates"}),
    ("path", "v 2", {"path": "/api/v%202/debates"}),
    ("path", "v1;", {"path": "/api/v1%3B/debates"}),
    ("path", "v1%00", {"path": "/api/v1%2500/debates"}),
    ("path", "v٢", {"path": "/api/v%D9%A2/debates"}),
    ("path-embedded", "2", {"path": "/api-2/rest/debates"}),
    ("header", "2", {"headers": (("X-API-Version", "2"),)}),
    ("header", "", {"headers": (("X-API-Version", ""),)}),
    ("query", "2024-01-01", {"query": (("api-version", "2024-01-01"),)}),
    ("accept", "2", {"headers": (("Accept", "application/json; version=2"),)}),
    ("accept", "2 beta", {"headers": (("Accept", 'application/json; version="2 beta"'),)}),
    ("accept", 'a"\\', {"headers": (("Accept", 'application/json; version="a\\"\\\\"'),)}),
    ("accept", "", {"headers": (("Accept", 'application/json; version=""'),)}),
    ("accept-any", "2", {"headers": (("Accept", "*/*; v=2"),)}),
    ("accept-name", "v2", {"headers": (("Accept", "application/vnd.acme.v2+json"),)}),
    ("host", "v2", {"host": "v2.api.example.org"}),
]


@pytest.mark.parametrize(("name", "text", "changed"), WIRE, ids=[f"{row[0]}={row[1]}" for row in WIRE])
def test_the_text_stands_where_the_policy_says(name: str, text: str, changed: dict[str, object]) -> None:
    """Each carrier writes one place of the request, encoded as that place demands, and leaves the rest alone."""
    carrier = CARRIERS[name]
    before = {field: getattr(GET, field) for field in ("method", "path", "query", "headers", "body", "host")}
    written = carriers()[carrier.kind].write(GET, carrier, text)

    assert {field: getattr(written, field) for field in before} == before | changed


CARRIED = [
    ("path", "v2", True),
    ("path", "~%;,*", True),
    ("path", "", False),
    ("path", ".", False),
    ("path", "..", False),
    ("path", "...", True),
    ("path", "../v1", False),
    ("path", "a/b", False),
    ("path", "\ud800", False),
    ("header", "v٢", True),
    ("header", "v 2", True),
    ("header", "a\tb", True),
    ("header", "", True),
    ("header", " v2", False),
    ("header", "v2\t", False),
    ("header", "v2\u00a0", False),
    ("header", "a\rb", False),
    ("header", "a\nb", False),
    ("header", "a\0b", False),
    ("header", "a\x1bb", False),
    ("header", "\udfff", False),
    ("query", " v2&=\n\0", True),
    ("query", "\ud800", False),
    ("accept", " v2 ", True),
    ("accept", "v2<", True),
    *(("accept", f"v{sign}2", False) for sign in ',;"\\'),
    ("accept", "a\nb", False),
    ("accept-name", "v2.1", True),
    ("accept-name", "V2", False),
    ("accept-name", "v 2", False),
    ("accept-name", "", False),
    ("host", "v2", True),
    ("host", "1.0.forge-preview", True),
    ("host", "V2", False),
    ("host", "-v2", False),
    ("host", "v2-", False),
    ("host", "v2.", False),
    ("host", "v_2", False),
    ("host", "", False),
    ("host", "v" * 64, False),
    ("host", "v٢", False),
]


@pytest.mark.parametrize(("name", "text", "carried"), CARRIED, ids=[f"{row[0]}={row[1]!a}" for row in CARRIED])
def test_a_carrier_knows_what_it_can_carry(name: str, text: str, *, carried: bool) -> None:
    """A text that would be trimmed, folded, mangled or refused on the way is not sent as a probe."""
    carrier = CARRIERS[name]

    assert carriers()[carrier.kind].can_carry(text, carrier) is carried


@pytest.mark.parametrize("kind", ["path", "header", "query", "accept", "host"])
def test_the_carrier_itself_may_be_left_out_of_the_question(kind: str) -> None:
    """An ordinary version can be carried by every kind, whatever the carrier's shape."""
    assert carriers()[kind].can_carry("v2")


ACCEPTS = [
    ("application/json; version=2", ("2",)),
    ('application/json; version="2"', ("2",)),
    ("application/json;VERSION=2;q=0.9", ("2",)),
    ("application/json ;\tversion=2", ("2",)),
    ("application/json; conversion=2", ()),
    ("application/json; x-version=2", ()),
    ('application/json; note="version=2"', ()),
    ('application/json; note="a, b; version=3"; version=2', ("2",)),
    ('application/json; version="a\\"b"', ('a"b',)),
    ("text/html, application/json; version=1, application/json; version=2", ("1", "2")),
    ("application/json; version", ()),
    ("application/json", ()),
    ("", ()),
    (",,;", ()),
    ('application/json; version="2', ('"2',)),
]


@pytest.mark.parametrize(("value", "texts"), ACCEPTS, ids=[row[0] for row in ACCEPTS])
def test_accept_is_parsed_not_searched(value: str, texts: tuple[str, ...]) -> None:
    """Quoted strings, parameter names in any case, several ranges; `conversion=2` is not `version=2`."""
    request = GET.with_header("Accept", value)

    assert carriers()["accept"].read(request, CARRIERS["accept"]) == texts


NAMES = [
    ("application/vnd.acme.v2+json", ("v2",)),
    ("Application/Vnd.Acme.V2+JSON; q=0.5", ("v2",)),
    ("application/vnd.acme.v1+json, application/vnd.acme.v2+json", ("v1", "v2")),
    ("application/vnd.acme+json", ()),
    ("application/vndXacme.v2+json", ()),
    ("application/vnd.acme.v2+xml", ()),
]


@pytest.mark.parametrize(("value", "texts"), NAMES, ids=[row[0] for row in NAMES])
def test_a_version_in_a_media_types_name_is_read(value: str, texts: tuple[str, ...]) -> None:
    """The template is literal but for the version, and media types have no case."""
    assert carriers()["accept"].read(GET.with_header("Accept", value), CARRIERS["accept-name"]) == texts


def test_a_version_in_accept_takes_the_place_of_ranges_without_one() -> None:
    """A range without a version could be preferred, and answered without one; cleaning leaves other ranges alone."""
    kind, carrier = carriers()["accept"], CARRIERS["accept"]
    written = kind.write(GET.with_header("accept", "text/csv"), carrier, "2")
    mixed = GET.with_header("Accept", "text/csv;q=0.5, application/json; version=2")

    assert written.headers == (("Accept", "application/json; version=2"),)
    assert kind.clean(mixed, carrier).headers == (("Accept", "text/csv;q=0.5"),)


def test_header_names_have_no_case_and_query_names_do() -> None:
    """RFC 9110 §5.1: field names are case-insensitive; a query is whatever its server says, usually exact."""
    headers = Request(method="GET", path="/", headers=(("x-api-version", " 2 "), ("X-API-VERSION", "3")))
    query = Request(method="GET", path="/", query=(("Api-Version", "2"), ("api-version", "3")))

    assert carriers()["header"].read(headers, CARRIERS["header"]) == ("2", "3")
    assert carriers()["query"].read(query, CARRIERS["query"]) == ("3",)
    assert carriers()["header"].clean(headers, CARRIERS["header"]).headers == ()
