"""How long an answer asks to wait."""

from __future__ import annotations

import pytest

from pytest_apiversion.core.http.messages import Response
from pytest_apiversion.core.http.retry_after import asked_pause

NOW = 1_767_225_600.0
"""2026-01-01 00:00:00 UTC."""
ROWS: dict[str, tuple[dict[str, str], float | None]] = {
    "seconds": ({"Retry-After": "120"}, 120.0),
    "white-space": ({"Retry-After": " 5 "}, 5.0),
    "a-date": ({"Retry-After": "Thu, 01 Jan 2026 00:01:00 GMT"}, 60.0),
    "a-date-by-its-own-clock": (
        {"Retry-After": "Thu, 01 Jan 2026 00:01:00 GMT", "Date": "Thu, 01 Jan 2026 00:00:50 GMT"},
        10.0,
    ),
    "a-date-that-is-over": ({"Retry-After": "Wed, 31 Dec 2025 23:59:00 GMT"}, 0.0),
    "absent": ({}, None),
    "a-fraction": ({"Retry-After": "1.5"}, None),
    "before-now": ({"Retry-After": "-1"}, None),
    "words": ({"Retry-After": "soon"}, None),
}


@pytest.mark.parametrize("name", ROWS)
def test_asked_pause(name: str) -> None:
    """A number of seconds, or an HTTP date less the answer's own; nothing else is one."""
    headers, expected = ROWS[name]
    response = Response(status=503, headers=tuple(headers.items()), body=b"", elapsed=0.0, received=0.0)

    assert asked_pause(response, now=NOW) == expected
