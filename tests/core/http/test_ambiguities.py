"""What two readers of the same bytes take for two things."""

from __future__ import annotations

import pytest

from pytest_apiversion.core.http.ambiguities import ambiguities
from pytest_apiversion.core.http.messages import Response


def told(body: bytes, content_type: str = "application/json") -> list[str]:
    """What is ambiguous in a body of this content type."""
    return list(ambiguities(Response(status=200, headers=(("Content-Type", content_type),), body=body)))


SEVEN_BITS = (("日本語", "iso-2022-jp"), ("한국어", "iso-2022-kr"), ("汉字", "hz"), ("grün", "utf-7"))


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(
            b'{"id": 1, "other": {"id": 2}, "list": [{"id": 3}, {"id": 4}]}', "application/json", id="each-once"
        ),
        pytest.param('{"name": "ä"}'.encode(), "application/json; charset=utf-8", id="the-declared-charset"),
        pytest.param('{"name": "ä"}'.encode(), "application/json", id="no-declared-charset"),
        pytest.param(b'{"name": "a"}', "application/json; charset=iso-8859-1", id="nothing-that-differs"),
        pytest.param("grün".encode("latin-1"), "text/plain; charset=ISO-8859-1", id="another-charset-as-declared"),
        pytest.param("ä".encode(), "text/plain; charset=nobodys", id="a-charset-nobody-knows"),
        pytest.param("ab".encode("utf-16-le"), "text/plain; charset=utf-16-le", id="two-bytes-a-letter-as-declared"),
        pytest.param("ab".encode("utf-16"), "text/plain; charset=utf-16", id="two-bytes-a-letter-with-a-mark"),
        *(
            pytest.param(text.encode(charset), f"text/plain; charset={charset}", id=charset)
            for text, charset in SEVEN_BITS
        ),
        pytest.param("ä".encode(), "text/plain; charset=undefined", id="a-charset-that-is-none"),
        pytest.param(b'{"id": 1, "id"', "application/json", id="no-json"),
        pytest.param(b"", "application/json; charset=utf-16", id="nothing"),
    ],
)
def test_what_all_readers_take_alike_is_silent(body: bytes, content_type: str) -> None:
    """Members of one name in different objects, and bytes that are what they are said to be."""
    assert told(body, content_type) == []


@pytest.mark.parametrize(
    ("body", "content_type", "words"),
    [
        pytest.param(b'{"id": 1}', "application/json; charset=utf-16", "the body is not in utf-16", id="not-utf-16"),
        pytest.param(
            b'{"id": 1}', "application/json; charset=UTF-32LE", "the body is not in UTF-32LE", id="not-utf-32"
        ),
        pytest.param(b'{"id": 1, "id": 2}', "application/json", 'the member "id" comes twice', id="at-the-root"),
        pytest.param(b'[{"a": {"b": 1, "b": 1}}]', "application/json", 'the member "b" comes twice', id="inside"),
        pytest.param('{"name": "ä"}'.encode(), "application/json; charset=iso-8859-1", "not in iso-8859-1", id="json"),
        pytest.param("grün".encode("latin-1"), 'text/plain; charset="UTF-8"', "not in UTF-8", id="text"),
    ],
)
def test_what_readers_take_otherwise_is_told(body: bytes, content_type: str, words: str) -> None:
    """A member that comes twice in one object, and a text in another charset than is declared."""
    (found,) = told(body, content_type)
    assert words in found
