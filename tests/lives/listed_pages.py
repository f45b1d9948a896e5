"""Lamps that are listed page by page, each page with a link to the next one: nothing is lost between two, and a filter holds on all of them."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import (
    ENVELOPE,
    PATHS,
    TEXT,
    Api,
    by_path,
    document,
    error,
    operation,
    parameter,
    record,
    reply,
)

DAY = "2026-11-20"
POLICY = f"""{PATHS}{ENVELOPE}
[requests]
max_examples = 3
"""
_COLOURS = {"type": "string", "enum": ["green", "blue"]}
_LONGEST = 20
_LAMPS = [
    {"id": f"l{number}", "colour": colour}
    for number, colour in enumerate(["blue", "blue", "green", "blue", "green", "blue"])
]
_ASKED: dict[str, Any] = {
    "limit": {"type": "integer", "minimum": 1, "maximum": _LONGEST},
    "colour": _COLOURS,
    "after": {"type": "string"},
}


def _contract() -> Any:
    lamps = {"type": "array", "items": record(id=TEXT, colour=_COLOURS)}
    page = record(lamps=lamps, next={"type": ["string", "null"]})
    page["properties"]["count"] = {"type": "integer"}
    page["example"] = {"lamps": [_LAMPS[0]], "next": None, "count": 1}
    asked = [parameter(name, "query", schema, required=False) for name, schema in _ASKED.items()]
    return document({"/lamps": {"get": operation({200: page, "4XX": {}}, parameters=asked)}})


class Service(Api):
    """The lamps, the same on every day. A link has the cursor of what comes after the page, and says the rest again."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug = bug
        self.on("GET", "/lamps")(self.lamps)

    def lamps(self, request: Request, version: str) -> Response:
        """`GET /lamps`."""
        limit, colour, after = (request.args.get(name) for name in _ASKED)
        known = {lamp["id"] for lamp in _LAMPS}
        if colour not in {None, "green", "blue"} or not (after is None or after in known):
            raise error(422, "query")
        if limit is not None and not (limit.isascii() and limit.isdigit() and 1 <= int(limit) <= _LONGEST):
            raise error(422, "limit")
        size = int(limit or 2)
        found = [lamp for lamp in _LAMPS if colour in {None, lamp["colour"]} and (after is None or lamp["id"] > after)]
        shown, rest = found[:size], found[size:]
        following = None
        if rest:
            last = rest[0] if self.bug == "one-is-lost-between-pages" and len(rest) > 1 else shown[-1]
            said = {**request.args, "after": last["id"]}
            if self.bug == "links-forget-the-colour":
                said.pop("colour", None)
            following = f"/{version}/lamps?{urlencode(said)}"
        return reply({"lamps": shown, "next": following, "count": len(shown)})


_READ = Bug(day=DAY, codes=("AV301",))
LIFE = Life(
    name="listed-pages",
    policy=POLICY,
    documents={f"{version}.json": _contract() for version in ("v1", "v2")},
    make=Service,
    honest={DAY: frozenset({"AV301"})},
    bugs={"one-is-lost-between-pages": _READ, "links-forget-the-colour": _READ},
)
