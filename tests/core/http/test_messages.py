"""Requests, responses and exchanges as values."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.http.messages import SAFE_METHODS, NoAnswer, NoAnswerKind, Request, Response
from tests.checks.builders import exchange, scene


@pytest.mark.parametrize(
    ("query", "target"),
    [
        pytest.param((), "/a%20b", id="none"),
        pytest.param((("q", "x y"),), "/a%20b?q=x%20y", id="space"),
        pytest.param((("q", "1"), ("q", "2")), "/a%20b?q=1&q=2", id="twice"),
        pytest.param((("q", ""),), "/a%20b?q=", id="empty"),
        pytest.param((("a/b", "ü&=#"),), "/a%20b?a%2Fb=%C3%BC%26%3D%23", id="reserved"),
    ],
)
def test_the_target_is_path_and_encoded_query(query: tuple[tuple[str, str], ...], target: str) -> None:
    """The path goes as it is, the query is encoded, spaces as `%20`."""
    assert Request(method="GET", path="/a%20b", query=query).target == target


@pytest.mark.parametrize(
    ("method", "safe"),
    [
        ("GET", True),
        ("HEAD", True),
        ("OPTIONS", True),
        ("TRACE", True),
        ("POST", False),
        ("PUT", False),
        ("PATCH", False),
        ("DELETE", False),
    ],
)
def test_safe_methods(method: str, safe: bool) -> None:  # noqa: FBT001  a table's column
    """RFC 9110 §9.2.1: these four are safe, and no others."""
    assert (method in SAFE_METHODS) is safe


def test_a_header_is_replaced_whatever_its_case() -> None:
    """`with_header` leaves exactly one value, `without_header` none; the others stay in order."""
    request = Request(method="GET", path="/", headers=(("accept", "a"), ("X", "1"), ("Accept", "b")))

    assert request.header("ACCEPT") == "a"
    assert request.with_header("Accept", "c").headers == (("X", "1"), ("Accept", "c"))
    assert request.without_header("x").headers == (("accept", "a"), ("Accept", "b"))
    assert request.header("none") is None


def test_lines_of_a_header_are_joined() -> None:
    """RFC 9110 §5.3: lines of one header are one list; an absent header is not an empty one."""
    response = Response(status=200, headers=(("Link", "a"), ("x", "1"), ("LINK", "b"), ("Empty", "")))

    assert response.lines("link") == ("a", "b")
    assert response.header("link") == "a, b"
    assert response.header("empty") == ""
    assert response.header("none") is None


@pytest.mark.parametrize(
    ("value", "media_type"),
    [
        ("application/json", "application/json"),
        ("Application/JSON; charset=utf-8", "application/json"),
        (" application/problem+json ;x", "application/problem+json"),
        ("", ""),
        (None, ""),
    ],
    ids=["plain", "parameter", "space", "empty", "absent"],
)
def test_media_type(value: str | None, media_type: str) -> None:
    """The media type is the content type without parameters, in lower case; empty where there is none."""
    headers = () if value is None else (("content-type", value),)

    assert Response(status=200, headers=headers).media_type == media_type


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a": 1}', {"a": 1}),
        (b"null", None),
        (b'"x"', "x"),
        (b" 1 ", 1),
        ("\ufeff{}".encode(), {}),
        (b'["\\ud800"]', ["\ud800"]),
    ],
    ids=["object", "null", "text", "space", "byte-order-mark", "half-a-pair"],
)
def test_a_json_body(body: bytes, value: object) -> None:
    """A JSON body has a value and no problem; null is a value."""
    response = Response(status=200, body=body)

    assert response.parsed.problem is None
    assert response.json == value


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"<html>", b"{'a': 1}", b"\xff\xfe\xfd", '["ü"]'.encode("utf-16"), '["\ud800"]'.encode("utf-8", "surrogatepass"), b"NaN", b'{"a": -Infinity}', b"[1,]", b"1 2"],
    ids=["empty", "cut", "html", "python", "no-utf-8", "utf-16", "surrogates", "nan", "infinity", "comma", "two"],
)  # fmt: skip
def test_a_body_that_is_no_json(body: bytes) -> None:
    """RFC 8259: what is no JSON has a problem, whatever lenient readers make of it, and no value."""
    response = Response(status=200, body=body)

    assert response.parsed.problem is not None
    assert response.parsed.readable
    assert response.json is None


@pytest.mark.parametrize("body", [b"[" * 100_000, b"9" * 5000], ids=["deep", "long"])
def test_a_body_that_is_more_than_can_be_read(body: bytes) -> None:
    """What may be JSON and goes beyond what Python reads is not said to be none."""
    response = Response(status=200, body=body)

    assert response.parsed.problem
    assert not response.parsed.readable
    assert response.json is None


@settings(deadline=None)
@given(body=st.binary(max_size=30))
def test_reading_a_body_never_fails(body: bytes) -> None:
    """Any bytes are JSON or have a problem, and can be shown as text."""
    response = Response(status=200, body=body)

    assert (response.parsed.problem is None) or response.json is None
    assert isinstance(response.text, str)


def test_an_exchange_without_an_answer_has_no_response() -> None:
    """What came back when nothing did is no response."""
    where = scene()

    assert exchange(where, NoAnswer(kind=NoAnswerKind.TIMEOUT, detail="10 s")).response is None
    assert exchange(where, Response(status=204), Aim.ACCEPTED).response == Response(status=204)
