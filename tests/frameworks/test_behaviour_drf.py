"""What Django REST framework's five versioning classes truly do, a table each: an update that changes it shows here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.frameworks.asking import Answer, Headers, ask
from tests.frameworks.drf_app import Kind, drf_server

# isort: split
from rest_framework import exceptions, versioning

V1 = {"id", "name", "price", "height_cm", "planted_on"}
V2 = {"id", "common_name", "price_cents", "height_cm", "planted_on"}
PAGE = "html"
"""Django's own page."""

# Which refusal it is shows in its sentence, which the framework words as it likes.
BAD_PATH = str(versioning.URLPathVersioning.invalid_version_message)
BAD_HOST = str(versioning.HostNameVersioning.invalid_version_message)
BAD_QUERY = str(versioning.QueryParameterVersioning.invalid_version_message)
BAD_ACCEPT = str(versioning.AcceptHeaderVersioning.invalid_version_message)
NO_RENDERER = str(exceptions.NotAcceptable().detail)
NO_RECORD = str(exceptions.NotFound().detail)
NO_PATCH = str(exceptions.MethodNotAllowed("PATCH").detail)


@pytest.fixture(scope="module")
def gardens() -> Iterator[dict[Kind, str]]:
    """The five running servers."""
    with (
        drf_server("path") as by_path,
        drf_server("namespace") as by_namespace,
        drf_server("host") as by_host,
        drf_server("query") as by_query,
        drf_server("accept") as by_accept,
    ):
        yield {"path": by_path, "namespace": by_namespace, "host": by_host, "query": by_query, "accept": by_accept}


def said(answer: Answer) -> object:
    """What an answer amounts to: the shape of a plant, the sentence of an error, or Django's page."""
    if answer.media_type == "text/html":
        return PAGE
    if answer.status == 200:
        return set(answer.json)
    return answer.json["detail"]


def row(target: str, status: int, expected: object, *, method: str = "GET", id: str | None = None) -> object:  # noqa: A002
    """One row of a table of targets."""
    return pytest.param(method, target, status, expected, id=id or f"{method} {target}")


@pytest.mark.parametrize(
    ("method", "target", "status", "expected"),
    [
        row("/v1/plants/1/", 200, V1),
        row("/v2/plants/1/", 200, V2),
        row("/v3/plants/1/", 404, BAD_PATH),
        row("/V1/plants/1/", 404, BAD_PATH),
        row("/v01/plants/1/", 404, BAD_PATH),
        row("/v1.0/plants/1/", 404, BAD_PATH),
        row("/v1%20/plants/1/", 404, BAD_PATH),
        row("/v1%0A/plants/1/", 404, BAD_PATH),
        row("/v1%00/plants/1/", 404, BAD_PATH),
        row("/%EF%BD%961/plants/1/", 404, BAD_PATH, id="full-width-v"),
        row("/v1%2Fplants/1/", 200, V1, id="an-escaped-slash-is-a-slash"),
        row("/plants/1/", 404, PAGE, id="missing"),
        row("//plants/1/", 404, PAGE, id="empty"),
        row("/plants/plants/1/", 404, BAD_PATH, id="any-first-segment-is-a-version"),
        row("/v1/nowhere/", 404, PAGE),
        row("/v3/nowhere/", 404, PAGE),
        row("/v1/plants/99999/", 404, NO_RECORD),
        row("/v3/plants/99999/", 404, BAD_PATH),
        row("/v1/plants/a.b/", 404, PAGE),
        row("/v1/plants/1/", 405, NO_PATCH, method="PATCH"),
        row("/v3/plants/1/", 404, BAD_PATH, method="PATCH"),
        row("/v3/plants/1/", 404, BAD_PATH, method="OPTIONS"),
        row("/v1/plants", 301, PAGE),
        row("/v3/plants", 301, PAGE),
        row("/v1/plants", 301, PAGE, method="POST"),
        row("/v1/nowhere", 404, PAGE),
    ],
)
def test_url_path(gardens: dict[Kind, str], method: str, target: str, status: int, expected: object) -> None:
    """URLPathVersioning: 404 as JSON where a route matches with a wrong version, Django's page where none does."""
    answer = ask(gardens["path"], method, target)

    assert (answer.status, said(answer)) == (status, expected)


@pytest.mark.parametrize(
    ("method", "target", "status", "expected"),
    [
        row("/v1/plants/1/", 200, V1),
        row("/v2/plants/1/", 200, V2),
        row("/v3/plants/1/", 404, PAGE),
        row("/V1/plants/1/", 404, PAGE),
        row("/v01/plants/1/", 404, PAGE),
        row("/plants/1/", 404, PAGE, id="missing"),
        row("//plants/1/", 404, PAGE, id="empty"),
        row("/v1/nowhere/", 404, PAGE),
        row("/v1/plants/99999/", 404, NO_RECORD),
        row("/v1/plants/1/", 405, NO_PATCH, method="PATCH"),
        row("/v3/plants/1/", 404, PAGE, method="PATCH"),
        row("/v1/plants", 301, PAGE),
        row("/v3/plants", 404, PAGE),
    ],
)
def test_namespace(gardens: dict[Kind, str], method: str, target: str, status: int, expected: object) -> None:
    """NamespaceVersioning: a wrong version has no routes, so it is Django's page, never the class's sentence."""
    answer = ask(gardens["namespace"], method, target)

    assert (answer.status, said(answer)) == (status, expected)


@pytest.mark.parametrize(
    ("host", "status", "expected"),
    [
        pytest.param("v1.garden.test", 200, V1, id="v1"),
        pytest.param("v2.garden.test", 200, V2, id="v2"),
        pytest.param("v2.garden.test:8080", 200, V2, id="any-port"),
        pytest.param("127.0.0.1", 200, V1, id="missing-address"),
        pytest.param("localhost", 200, V1, id="missing-localhost"),
        pytest.param("garden.test", 200, V1, id="missing-domain"),
        pytest.param(".garden.test", 200, V1, id="empty-label-is-the-default"),
        pytest.param("v3.garden.test", 404, BAD_HOST, id="unknown"),
        pytest.param("www.garden.test", 404, BAD_HOST, id="word"),
        pytest.param("v01.garden.test", 404, BAD_HOST, id="leading-zero"),
        pytest.param("V2.garden.test", 404, BAD_HOST, id="capital-though-hosts-have-no-case"),
        pytest.param("v-1.garden.test", 200, V1, id="dash-is-the-default"),
        pytest.param("v2.x.garden.test", 200, V1, id="four-labels-are-the-default"),
        pytest.param("v2.garden.test.", 200, V1, id="rooted-name-is-the-default"),
        pytest.param("v2.example.org", 400, PAGE, id="not-an-allowed-host"),
        pytest.param("v2_.example.org", 400, PAGE, id="not-a-host"),
        pytest.param("", 400, PAGE, id="empty-host"),
    ],
)
def test_host_name(gardens: dict[Kind, str], host: str, status: int, expected: object) -> None:
    """HostNameVersioning: only three labels of letters and digits name a version; all other allowed hosts get the default."""
    answer = ask(gardens["host"], "GET", "/plants/1/", (("Host", host),))

    assert (answer.status, said(answer)) == (status, expected)


def test_host_name_on_routes_that_do_not_exist(gardens: dict[Kind, str]) -> None:
    """HostNameVersioning: Django's router speaks first, then the version, then the method."""
    unknown = (("Host", "v3.garden.test"),)
    twice = (("Host", "v2.garden.test"), ("Host", "v1.garden.test"))

    assert said(ask(gardens["host"], "GET", "/nowhere/", unknown)) == PAGE
    assert said(ask(gardens["host"], "PATCH", "/plants/1/", unknown)) == BAD_HOST
    assert ask(gardens["host"], "GET", "/plants/1/", twice).status == 400


@pytest.mark.parametrize(
    ("method", "target", "status", "expected"),
    [
        row("/plants/1/?version=1.0", 200, V1),
        row("/plants/1/?version=2.0", 200, V2),
        row("/plants/1/", 404, BAD_QUERY, id="missing"),
        row("/plants/1/?version=", 404, BAD_QUERY, id="empty"),
        row("/plants/1/?version", 404, BAD_QUERY, id="no-equals-sign"),
        row("/plants/1/?version=3.0", 404, BAD_QUERY, id="unknown"),
        row("/plants/1/?version=1", 404, BAD_QUERY),
        row("/plants/1/?version=v1", 404, BAD_QUERY),
        row("/plants/1/?version=01.0", 404, BAD_QUERY),
        row("/plants/1/?version=1.0%20", 404, BAD_QUERY),
        row("/plants/1/?version=%EF%BC%91.0", 404, BAD_QUERY, id="full-width-digit"),
        row("/plants/1/?version=%00", 404, BAD_QUERY),
        row("/plants/1/?version=%FF", 404, BAD_QUERY),
        row("/plants/1/?Version=1.0", 404, BAD_QUERY),
        row("/plants/1/?version=1.0&version=2.0", 200, V2, id="twice-the-last-counts"),
        row("/plants/1/?version=2.0&version=1.0", 200, V1, id="twice-the-last-counts-again"),
        row("/plants/1/?version=1.0&version=9", 404, BAD_QUERY, id="twice-the-last-is-wrong"),
        row("/plants/1/?version=9&version=1.0", 200, V1, id="twice-the-first-is-wrong"),
        row("/nowhere/", 404, PAGE),
        row("/nowhere/?version=3.0", 404, PAGE),
        row("/plants/99999/?version=1.0", 404, NO_RECORD),
        row("/plants/99999/", 404, BAD_QUERY),
        row("/plants/1/?version=1.0", 405, NO_PATCH, method="PATCH"),
        row("/plants/1/?version=3.0", 404, BAD_QUERY, method="PATCH"),
        row("/plants?version=2.0", 301, PAGE),
    ],
)
def test_query_parameter(gardens: dict[Kind, str], method: str, target: str, status: int, expected: object) -> None:
    """QueryParameterVersioning: 404 with its own sentence for all but the two spellings; of two the last counts."""
    answer = ask(gardens["query"], method, target)

    assert (answer.status, said(answer)) == (status, expected)


def test_query_parameter_travels_in_the_links_of_a_page(gardens: dict[Kind, str]) -> None:
    """QueryParameterVersioning: the next page is asked for with the same version, and the redirect keeps it."""
    page = ask(gardens["query"], "GET", "/plants/?version=2.0&limit=1")
    redirect = ask(gardens["query"], "GET", "/plants?version=2.0")

    assert page.json["next"] == f"{gardens['query']}/plants/?limit=1&offset=1&version=2.0"
    assert redirect.headers["location"] == "/plants/?version=2.0"


@pytest.mark.parametrize(
    ("accept", "status", "expected"),
    [
        pytest.param(None, 200, V1, id="no-header"),
        pytest.param("*/*", 200, V1, id="anything"),
        pytest.param("application/json", 200, V1, id="missing"),
        pytest.param("application/json; version=1.0", 200, V1, id="1.0"),
        pytest.param("application/json; version=2.0", 200, V2, id="2.0"),
        pytest.param("application/json;version=2.0", 200, V2, id="no-space"),
        pytest.param('application/json; version="2.0"', 200, V2, id="quoted"),
        pytest.param("application/json; VERSION=2.0", 200, V2, id="parameter-in-capitals"),
        pytest.param("APPLICATION/JSON; version=2.0", 200, V2, id="type-in-capitals"),
        pytest.param("application/json; version=2.0; q=0.5", 200, V2, id="with-a-quality"),
        pytest.param("application/*; version=2.0", 200, V2, id="subtype-wild"),
        pytest.param("*/*; version=2.0", 200, V2, id="type-wild"),
        pytest.param("text/html, application/json; version=2.0", 200, V2, id="second-in-a-list"),
        pytest.param("application/xml; version=2.0, */*", 200, V1, id="version-on-another-type"),
        pytest.param("application/json; version=1.0; version=2.0", 200, V2, id="twice-the-last-counts"),
        pytest.param("application/json; version=", 406, BAD_ACCEPT, id="empty"),
        pytest.param("application/json; version", 406, BAD_ACCEPT, id="no-equals-sign"),
        pytest.param("application/json; version=3.0", 406, BAD_ACCEPT, id="unknown"),
        pytest.param("*/*; version=3.0", 406, BAD_ACCEPT, id="unknown-on-a-wild-card"),
        pytest.param("application/json; version=2", 406, BAD_ACCEPT, id="integer"),
        pytest.param("application/json; version=v2", 406, BAD_ACCEPT, id="v2"),
        pytest.param("application/json; version=02.0", 406, BAD_ACCEPT, id="leading-zero"),
        pytest.param("application/json; version=\uff12.0", 406, BAD_ACCEPT, id="full-width-digit"),
        pytest.param("text/html; version=2.0", 406, NO_RENDERER, id="other-type"),
        pytest.param("application/vnd.garden+json; version=2.0", 406, NO_RENDERER, id="vendor-type"),
        pytest.param("", 406, NO_RENDERER, id="empty-header"),
        pytest.param("garbage", 406, NO_RENDERER, id="no-media-type"),
    ],
)
def test_accept_header(gardens: dict[Kind, str], accept: str | None, status: int, expected: object) -> None:
    """AcceptHeaderVersioning: 406 as JSON for a wrong version and for a type it cannot write; the default without one."""
    headers: Headers = () if accept is None else (("Accept", accept),)
    answer = ask(gardens["accept"], "GET", "/plants/1/", headers)

    assert (answer.status, said(answer)) == (status, expected)
    assert answer.headers["content-type"] == "application/json"
    assert "vary" not in answer.headers


def test_accept_header_on_routes_that_do_not_exist(gardens: dict[Kind, str]) -> None:
    """AcceptHeaderVersioning: Django's router speaks first, then the version, then the method and the record."""
    unknown = (("Accept", "application/json; version=3.0"),)

    assert said(ask(gardens["accept"], "GET", "/nowhere/", unknown)) == PAGE
    assert said(ask(gardens["accept"], "PATCH", "/plants/1/", unknown)) == BAD_ACCEPT
    assert said(ask(gardens["accept"], "GET", "/plants/99999/", unknown)) == BAD_ACCEPT


def test_two_versions_of_one_type_in_an_accept_list(gardens: dict[Kind, str]) -> None:
    """AcceptHeaderVersioning: of two entries alike but for the version one is served; which one is not settled (a set)."""
    answer = ask(
        gardens["accept"],
        "GET",
        "/plants/1/",
        (("Accept", "application/json; version=1.0, application/json; version=2.0"),),
    )

    assert answer.status == 200
    assert said(answer) in (V1, V2)


@pytest.mark.parametrize(
    ("body", "status", "expected"),
    [
        pytest.param(b"", 400, {"label", "area_m2", "exposure"}, id="no-body"),
        pytest.param(b"{}", 400, {"label", "area_m2", "exposure"}, id="empty-object"),
        pytest.param(b"{", 400, {"detail"}, id="broken-json"),
        pytest.param(b"\xff", 400, {"detail"}, id="not-utf-8"),
        pytest.param(b'{"label":NaN}', 400, {"detail"}, id="nan"),
        pytest.param(b"[" * 100_000, 400, {"detail"}, id="deep"),
        pytest.param(b"9" * 5000, 400, {"detail"}, id="huge-number"),
        pytest.param(b"[]", 400, {"non_field_errors"}, id="list"),
        pytest.param(b"null", 400, {"non_field_errors"}, id="null"),
        pytest.param(b'{"label":"\\u0000","area_m2":1,"exposure":"sun"}', 400, {"label"}, id="nul"),
        pytest.param(b'{"label":"\\ud800","area_m2":1,"exposure":"sun"}', 400, {"label"}, id="half-surrogate"),
        pytest.param(b'{"label":"a","area_m2":true,"exposure":"sun"}', 400, {"area_m2"}, id="boolean-for-integer"),
        pytest.param(
            b'{"label":5,"area_m2":"1","exposure":"sun"}', 201, {"id", "label", "area_m2", "exposure"}, id="loose-types"
        ),
    ],
)
def test_the_bodies_of_refused_bodies(gardens: dict[Kind, str], body: bytes, status: int, expected: set[str]) -> None:
    """A body that does not parse is a `detail`; wrong fields are lists of sentences by field; loose types are taken."""
    answer = ask(gardens["path"], "POST", "/v2/beds/", body=body)

    assert (answer.status, set(answer.json)) == (status, expected)


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "json"])
def test_a_body_that_is_not_json_by_name(gardens: dict[Kind, str], content_type: str) -> None:
    """Another content type is 415 with a `detail`."""
    answer = ask(gardens["path"], "POST", "/v2/beds/", body=b"{}", content_type=content_type)

    assert (answer.status, answer.json) == (415, {"detail": str(exceptions.UnsupportedMediaType(content_type).detail)})


def test_methods(gardens: dict[Kind, str]) -> None:
    """HEAD answers like GET without a body, OPTIONS describes the view, and `Allow` lists all methods."""
    head = ask(gardens["path"], "HEAD", "/v1/plants/1/")
    options = ask(gardens["path"], "OPTIONS", "/v1/plants/1/")

    assert (head.status, head.body) == (200, b"")
    assert options.status == 200
    assert options.json["renders"] == ["application/json"]
    assert head.headers["allow"] == options.headers["allow"] == "GET, PUT, DELETE, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(b'{"label":"a","area_m2":1,"exposure":"\\ud800"}', id="half-surrogate-in-a-choice"),
    ],
)
def test_the_framework_itself_answers_500(body: bytes) -> None:
    """Nesting too deep, and an error sentence that quotes half a surrogate pair, are Django's 500 page."""
    with drf_server("host", raw=True) as url:
        answer = ask(url, "POST", "/beds/", (("Host", "v2.garden.test"),), body)

    assert (answer.status, answer.media_type) == (500, "text/html")
