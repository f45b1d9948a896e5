"""How two copies that should be the same differ."""

from __future__ import annotations

import pytest

from pytest_apiversion.core.judging.byte_differences import byte_difference

JSON = b'{\n "a": 1,\n "b": [2]\n}\n'
ROWS = {
    "a-mark": (JSON, b"\xef\xbb\xbf" + JSON, "it has a byte order mark at its start"),
    "a-mark-gone": (b"\xef\xbb\xbf" + JSON, JSON, "a.json has a byte order mark at its start, and it has none"),
    "line-ends": (JSON, JSON.replace(b"\n", b"\r\n"), "its lines end with CRLF, those of a.json with LF"),
    "some-line-ends": (
        JSON,
        JSON.replace(b"\n", b"\r\n", 1),
        "its lines end with CRLF and LF, those of a.json with LF",
    ),
    "last-line-end": (JSON, JSON.rstrip(), "it ends with no line end, a.json with one line end"),
    "more-last-line-ends": (JSON, JSON + b"\n\n", "it ends with 3 line ends, a.json with one line end"),
    "order": (
        JSON,
        b'{\n "b": [2],\n "a": 1\n}\n',
        "the same JSON in another order, or with other spaces; line 2 is ' \"b\": [2],', in a.json ' \"a\": 1,'",
    ),
    "a-value": (JSON, JSON.replace(b"2", b"3"), "line 3 is ' \"b\": [3]', in a.json ' \"b\": [2]'"),
    "a-line-more": (b"a: 1\n", b"a: 1\nb: 2\n", "line 2 is 'b: 2', in a.json ''"),
    "a-line-less": (b"a: 1\nb: 2", b"a: 1", "line 2 of a.json is missing: 'b: 2'"),
    "one-more": (b"a: 1", b"a: 1\nb: 2", "line 2, which a.json does not have: 'b: 2'"),
    "far-out": (b"x" * 500 + b"1", b"x" * 500 + b"2", f"line 1 is …'{'x' * 30}2', in a.json …'{'x' * 30}1'"),
    "not-text": (b"\xff\x00", b"\xff\x01", r"line 1 is '\\xff\x01', in a.json '\\xff\x00'"),
}


@pytest.mark.parametrize("name", ROWS)
def test_the_plainest_difference_is_told(name: str) -> None:
    """A byte order mark, line ends, or order where that is all; else the first line that differs, as both have it."""
    first, other, expected = ROWS[name]

    assert byte_difference(first, "a.json", other) == expected
