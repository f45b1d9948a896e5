"""What Cadwyn and FastAPI truly do, as a table: an update that changes it shows here, and the policy file must follow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.frameworks.asking import Answer, Headers, ask
from tests.frameworks.cadwyn_app import HEADER, VERSIONS, cadwyn_server

OLD, MIDDLE, NEW = VERSIONS
SHAPES = {
    OLD: {"id", "addressee", "weight_grams", "status", "note"},
    MIDDLE: {"id", "recipient", "weight_grams", "status", "note"},
    NEW: {"id", "recipient", "weight_grams", "status", "note"},
}
NO_RECORD = "No such record"
"""The application's own sentence; all others are Starlette's, which words them as it likes."""


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    """The running application."""
    with cadwyn_server() as url:
        yield url


def is_the_frameworks(answer: Answer) -> bool:
    """Whether a refusal has one sentence, and it is not the application's."""
    return (
        answer.json.keys() == {"detail"}
        and isinstance(answer.json["detail"], str)
        and answer.json["detail"] != NO_RECORD
    )


def named(*values: str) -> Headers:
    """The version header, once for each value."""
    return tuple((HEADER, value) for value in values)


@pytest.mark.parametrize(
    ("headers", "served"),
    [
        pytest.param(named(OLD), OLD, id="first"),
        pytest.param(named(MIDDLE), MIDDLE, id="middle"),
        pytest.param(named(NEW), NEW, id="newest"),
        pytest.param(named("2024-03-02"), OLD, id="day-after-the-first"),
        pytest.param(named("2025-06-14"), OLD, id="day-before-the-middle"),
        pytest.param(named("2025-06-16"), MIDDLE, id="day-after-the-middle"),
        pytest.param(named("2099-12-31"), NEW, id="far-future"),
        pytest.param(named(f" {MIDDLE} "), MIDDLE, id="white-space-around"),
        pytest.param(named(f"{MIDDLE}T00:00:00"), MIDDLE, id="a-date-time-at-midnight"),
        pytest.param(named(f"{MIDDLE}T00:00:00Z"), MIDDLE, id="midnight-in-utc"),
        pytest.param(named(f"{MIDDLE} 00:00"), MIDDLE, id="midnight-after-a-space"),
        pytest.param(named(MIDDLE, MIDDLE), MIDDLE, id="twice-the-same"),
        pytest.param(named(OLD, NEW), OLD, id="twice-the-first-counts"),
        pytest.param(named(NEW, OLD), NEW, id="twice-the-first-counts-again"),
        pytest.param((("X-API-VERSION", OLD),), OLD, id="header-name-in-capitals"),
    ],
)
def test_a_date_is_served_by_the_latest_version_that_is_not_after_it(
    base_url: str, headers: Headers, served: str
) -> None:
    """Any date from the first version on is served, and the answer says by which version."""
    answer = ask(base_url, "GET", "/parcels/1", headers)

    assert answer.status == 200
    assert answer.headers[HEADER] == served
    assert set(answer.json) == SHAPES[served]
    assert isinstance(answer.json["weight_grams"], int) == (served == NEW)


@pytest.mark.parametrize(
    ("headers", "echo"),
    [
        pytest.param((), None, id="missing"),
        pytest.param(named(""), "", id="empty"),
        pytest.param(named("2024-02-29"), "2024-02-29", id="day-before-the-first"),
        pytest.param(named("1999-01-01"), "1999-01-01", id="long-before-the-first"),
        pytest.param(named("1"), "1", id="malformed-that-sorts-before-the-first"),
        pytest.param(named('"2025-06-15"'), '"2025-06-15"', id="quoted"),
    ],
)
@pytest.mark.parametrize("path", ["/parcels/1", "/nowhere"])
@pytest.mark.parametrize("method", ["GET", "PATCH"])
def test_without_a_version_no_route_exists(
    base_url: str, headers: Headers, echo: str | None, path: str, method: str
) -> None:
    """Missing, empty and before the first are the router's 404, whatever the route; a header is sent back as it came."""
    answer = ask(base_url, method, path, headers)

    assert (answer.status, answer.media_type) == (404, "application/json")
    assert is_the_frameworks(answer)
    assert answer.headers.get(HEADER) == echo


MALFORMED = [
    pytest.param("latest", NEW, id="word"),
    pytest.param("v1", NEW, id="v1"),
    pytest.param("3", NEW, id="number"),
    pytest.param("\uff12\uff10\uff12\uff15-06-15", NEW, id="full-width-digits"),
    pytest.param("20250615", MIDDLE, id="no-dashes"),
    pytest.param("2025/06/15", MIDDLE, id="slashes"),
    pytest.param("2025-6-15", MIDDLE, id="one-digit-month"),
    pytest.param("2025-13-45", MIDDLE, id="no-such-month"),
    pytest.param("2025-02-30", OLD, id="no-such-day"),
    pytest.param(f"{OLD}, {NEW}", OLD, id="two-in-one"),
]


@pytest.mark.parametrize(("value", "sorted_to"), MALFORMED)
def test_a_malformed_version_is_sorted_as_text_and_then_refused(base_url: str, value: str, sorted_to: str) -> None:
    """A malformed version reaches the routes it sorts to; there FastAPI refuses it with 422, and the answer names that version."""
    answer = ask(base_url, "GET", "/parcels/1", named(value))

    assert (answer.status, answer.media_type) == (422, "application/json")
    assert [error["loc"] for error in answer.json["detail"]] == [["header", HEADER]]
    assert answer.headers[HEADER] == sorted_to


@pytest.mark.parametrize(("value", "sorted_to"), MALFORMED)
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        pytest.param("GET", "/nowhere", 404, id="unknown-route"),
        pytest.param("PATCH", "/parcels/1", 405, id="wrong-method"),
    ],
)
def test_the_router_speaks_before_a_malformed_version_is_noticed(
    base_url: str, value: str, sorted_to: str, method: str, path: str, status: int
) -> None:
    """Where no route is reached, a malformed version is never refused."""
    answer = ask(base_url, method, path, named(value))

    assert (answer.status, answer.headers[HEADER]) == (status, sorted_to)
    assert is_the_frameworks(answer)


@pytest.mark.parametrize(
    ("method", "target", "body", "status", "detail"),
    [
        pytest.param("GET", "/nowhere", b"", 404, "frameworks", id="no-route"),
        pytest.param("GET", "/parcels/99999", b"", 404, NO_RECORD, id="no-record"),
        pytest.param("PATCH", "/parcels/1", b"", 405, "frameworks", id="wrong-method"),
        pytest.param("OPTIONS", "/parcels/1", b"", 405, "frameworks", id="options"),
        pytest.param("GET", "/docs", b"", 404, "frameworks", id="docs-only-without-a-version"),
        pytest.param("GET", "/parcels/x", b"", 422, None, id="id-is-no-number"),
        pytest.param("GET", "/parcels?limit=0", b"", 422, None, id="limit-too-small"),
        pytest.param("POST", "/parcels", b"", 422, None, id="no-body"),
        pytest.param("POST", "/parcels", b"{", 422, None, id="broken-json"),
        pytest.param("POST", "/parcels", b"\xff", 400, "frameworks", id="not-utf-8"),
        pytest.param("POST", "/parcels", b"\xff\xfe", 422, None, id="utf-16-mark-and-nothing-else"),
        pytest.param("POST", "/parcels", b"[]", 422, None, id="not-an-object"),
        pytest.param("POST", "/parcels", b'{"recipient":"a","weight_grams":NaN}', 422, None, id="nan"),
        pytest.param("POST", "/parcels", b'{"recipient":"\\ud800","weight_grams":1}', 422, None, id="half-surrogate"),
        pytest.param("POST", "/parcels", b"[" * 100_000, 400, "frameworks", id="deep"),
        pytest.param("POST", "/parcels", b"9" * 5000, 400, "frameworks", id="huge-number"),
    ],
)
def test_the_two_envelopes(
    base_url: str, method: str, target: str, body: bytes, status: int, detail: str | None
) -> None:
    """`detail` is a list on a 422 and a sentence on all other errors, and every error names the version."""
    answer = ask(base_url, method, target, named(NEW), body)

    assert (answer.status, answer.media_type, answer.headers[HEADER]) == (status, "application/json", NEW)
    if detail is None:
        assert all({"loc", "msg", "type"} == error.keys() for error in answer.json["detail"])
    elif detail == NO_RECORD:
        assert answer.json == {"detail": detail}
    else:
        assert is_the_frameworks(answer)


def test_head_is_refused_and_allow_names_one_method_only(base_url: str) -> None:
    """HEAD is 405 although GET is there, and `Allow` lists the first route's method though PUT and DELETE exist too."""
    head = ask(base_url, "HEAD", "/parcels/1", named(NEW))
    wrong = ask(base_url, "PATCH", "/parcels/1", named(NEW))

    assert (head.status, head.body) == (405, b"")
    assert (wrong.status, wrong.headers["allow"]) == (405, "GET")
    assert ask(base_url, "PUT", "/parcels/1", named(NEW)).status == 422


def test_a_slash_too_many_is_a_redirect(base_url: str) -> None:
    """A path with a slash too many is a 307 to the one without, which names the version."""
    answer = ask(base_url, "GET", "/parcels/", named(OLD))

    assert (answer.status, answer.headers[HEADER]) == (307, OLD)
    assert answer.headers["location"] == f"{base_url}/parcels"


def test_an_endpoint_of_a_later_version_does_not_exist_before_it(base_url: str) -> None:
    """Dispatching is the router's 404 in the first version."""
    before = ask(base_url, "POST", "/parcels/1/dispatch", named(OLD))
    assert (before.status, is_the_frameworks(before)) == (404, True)
    assert ask(base_url, "POST", "/parcels/1/dispatch", named(MIDDLE)).status == 200


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        pytest.param(b"3.0", 3, id="whole-float"),
        pytest.param(b'"3"', 3, id="text"),
        pytest.param(b"true", 1, id="boolean"),
    ],
)
def test_pydantic_takes_more_than_the_contract_allows(base_url: str, sent: bytes, stored: int) -> None:
    """An integer field takes text and booleans: the exported contract allows less than the application does."""
    answer = ask(base_url, "POST", "/parcels", named(NEW), b'{"recipient":"a","weight_grams":' + sent + b"}")

    assert (answer.status, answer.json["weight_grams"]) == (201, stored)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b'{"recipient":"a","weight_grams":NaN}', id="nan"),
        pytest.param(b'{"recipient":"\\ud800","weight_grams":1}', id="half-surrogate"),
    ],
)
def test_fastapi_itself_answers_500_where_its_error_quotes_the_input(body: bytes) -> None:
    """FastAPI's own 422 cannot be written when the input has no JSON form: plain text, and no version header."""
    with cadwyn_server(raw=True) as url:
        answer = ask(url, "POST", "/parcels", named(NEW), body)

    assert (answer.status, answer.media_type) == (500, "text/plain")
    assert HEADER not in answer.headers


@pytest.mark.parametrize(
    ("target", "status"),
    [
        pytest.param("/openapi.json", 404, id="no-version"),
        pytest.param(f"/openapi.json?version={OLD}", 200, id="by-query"),
        pytest.param("/openapi.json?version=2024-03-02", 404, id="no-waterfall"),
        pytest.param("/docs", 200, id="docs"),
    ],
)
def test_the_documents_are_outside_the_versions(base_url: str, target: str, status: int) -> None:
    """The OpenAPI documents and pages answer without a version header and name none."""
    answer = ask(base_url, "GET", target)

    assert answer.status == status
    assert HEADER not in answer.headers
