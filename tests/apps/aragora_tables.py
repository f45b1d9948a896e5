"""Tables of the Aragora tests: how versions are named well and badly, and requests that are wrong in other ways."""

from __future__ import annotations

from typing import Any

from tests.apps.aragora_probes import JSON

ACCEPT = "application/json; version="
"""An Accept value up to the version."""

SELECTED = [
    ("path v1", "/api/v1/debates", {}, "v1"),
    ("path v2", "/api/v2/debates", {}, "v2"),
    ("header 1", "/api/debates", {"X-API-Version": "1"}, "v1"),
    ("header 2", "/api/debates", {"X-API-Version": "2"}, "v2"),
    ("header name in lower case", "/api/debates", {"x-api-version": "2"}, "v2"),
    ("header with space around", "/api/debates", {"X-API-Version": "  2 "}, "v2"),
    ("accept 1", "/api/debates", {"Accept": ACCEPT + "1"}, "v1"),
    ("accept 2", "/api/debates", {"Accept": ACCEPT + "2"}, "v2"),
    ("accept quoted", "/api/debates", {"Accept": ACCEPT + '"2"'}, "v2"),
    ("accept without space", "/api/debates", {"Accept": "application/json;VERSION=2"}, "v2"),
    ("accept, second range", "/api/debates", {"Accept": f"text/html, {ACCEPT}2;q=0.5"}, "v2"),
    ("accept, heavier range", "/api/debates", {"Accept": f"{ACCEPT}1;q=0.2, {ACCEPT}2"}, "v2"),
    ("accept, excluded range", "/api/debates", {"Accept": f"{ACCEPT}2;q=0"}, "v1"),
    ("accept, other parameter", "/api/debates", {"Accept": "application/json; conversion=2"}, "v1"),
    ("accept, quoted text", "/api/debates", {"Accept": 'application/json; note="; version=2"'}, "v1"),
    ("accept, other type", "/api/debates", {"Accept": "text/html; version=2"}, "v1"),
    ("accept anything", "/api/debates", {"Accept": "*/*"}, "v1"),
    ("nothing", "/api/debates", {}, "v1"),
    ("path over header", "/api/v1/debates", {"X-API-Version": "2"}, "v1"),
    ("path over bad header", "/api/v2/debates", {"X-API-Version": "x"}, "v2"),
    ("path over accept", "/api/v2/debates", {"Accept": ACCEPT + "1"}, "v2"),
    ("header over accept", "/api/debates", {"X-API-Version": "2", "Accept": ACCEPT + "1"}, "v2"),
    ("path over both", "/api/v1/debates", {"X-API-Version": "2", "Accept": ACCEPT + "2"}, "v1"),
]
"""Name, path, headers, version served."""

REFUSED = [
    *(
        (f"path {bad}", f"/api/{bad}/debates", {}, 404, "UNKNOWN_VERSION")
        for bad in ("v0", "v3", "v9", "v" + "9" * 5000)
    ),
    *(
        (f"path {bad}", f"/api/{bad}/debates", {"X-API-Version": "2"}, 400, "INVALID_VERSION")
        for bad in (
            *(
                "v01",
                "v02",
                "V2",
                "v2.0",
                "v-1",
                "v",
                "v2x",
                "2",
                "v%202",
                "v2%20",
                "%20v2",
                "v%00",
                "v%FF",
                "v%EF%BC%92",
            ),
            *("v%C2%B2", "v2,v1", "latest", "", "vv2", "v+2", "x" * 300),
        )
    ),
    *(
        (f"header {bad}", "/api/debates", {"X-API-Version": bad}, 400, "UNKNOWN_VERSION")
        for bad in ("0", "3", "9" * 5000)
    ),
    *(
        (f"header {bad!r}", "/api/debates", {"X-API-Version": bad, "Accept": ACCEPT + "2"}, 400, "INVALID_VERSION")
        for bad in ("", "v2", "02", "2.0", "-1", "+2", "1, 2", "²", "two", "2;")
    ),
    ("accept 3", "/api/debates", {"Accept": ACCEPT + "3"}, 400, "UNKNOWN_VERSION"),
    *(
        (f"accept {bad}", "/api/debates", {"Accept": ACCEPT + bad}, 400, "INVALID_VERSION")
        for bad in ("", "v2", "02", '"2', '""', "2; version=2", "²")
    ),
]
"""Name, path, headers, status, code."""

HOSTILE = [
    ("no route", "GET", "/nothing", {}, None, 404),
    ("no id", "GET", "/{debate}/", {}, None, 404),
    ("unknown id", "GET", "/{debate}/deb_ffffff", {}, None, 404),
    ("long id", "GET", "/{debate}/" + "x" * 50_000, {}, None, 404),
    ("strange id", "GET", "/{debate}/%00%FF%0D%0A%F0%9F%92%A9", {}, None, 404),
    ("wrong method", "PUT", "/agents", {}, None, 405),
    ("unknown method", "BREW", "/agents", {}, None, 405),
    ("no type", "POST", "/{debate}", {}, b"{}", 415),
    ("text", "POST", "/{debate}", {"Content-Type": "text/plain"}, b"{}", 415),
    ("broken type", "POST", "/{debate}", {"Content-Type": ";;;"}, b"{}", 415),
    ("broken JSON", "POST", "/{debate}", JSON, b'{"a":', 400),
    ("empty", "POST", "/{debate}", JSON, b"", 400),
    ("list", "POST", "/{debate}", JSON, b"[]", 400),
    ("null", "POST", "/{debate}", JSON, b"null", 400),
    ("not UTF-8", "POST", "/{debate}", JSON, b'{"\xff": 1}', 400),
    ("NaN", "POST", "/{debate}", JSON, b'{"topic": "a", "task": "a", "max_rounds": NaN}', 400),
    ("huge integer", "POST", "/{debate}", JSON, b'{"rounds": ' + b"9" * 10_000 + b"}", 400),
    ("deep", "POST", "/{debate}", JSON, b'{"a":' * 100_000, 400),
    ("too large", "POST", "/{debate}", JSON, b" " * 1_000_001, 413),
    ("limit 0", "GET", "/debates?limit=0", {}, None, 400),
    ("limit twice", "GET", "/debates?limit=1&limit=2", {}, None, 400),
    ("limit in other digits", "GET", "/debates?limit=%D9%A3", {}, None, 400),
    ("limit bytes", "GET", "/debates?limit=%FF%00", {}, None, 400),
    ("limit huge", "GET", "/debates?limit=" + "9" * 6000, {}, None, 400),
    ("odd query", "GET", "/debates?&&=&%&a=%zz&limit=2", {}, None, 200),
    ("status unknown", "GET", "/debates?status=", {}, None, 400),
]
"""Name, method, path below the version with `{debate}` for where debates are, headers, body, status."""

INVALID: dict[str, dict[str, Any]] = {
    "boolean for an integer": {"rounds": True},
    "fraction": {"rounds": 2.5},
    "too many": {"rounds": 11},
    "infinite": {"rounds": 1e308},
    "text for an integer": {"rounds": "3"},
    "empty text": {"task": ""},
    "long text": {"task": "é" * 501},
    "number for text": {"task": 1},
    "null": {"task": None},
    "no agents": {"agents": []},
    "unknown agent": {"agents": ["hal"]},
    "agents in an object": {"agents": {"a": "claude"}},
    "agent in a list": {"agents": [["claude"]]},
    "unknown choice": {"consensus": "oligarchy"},
    "number for a boolean": {"auto_select": 1},
    "name of v1": {"topic": "a"},
}
"""Name to what spoils the body of a new v2 debate."""
