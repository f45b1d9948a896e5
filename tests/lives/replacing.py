"""A service whose things are replaced with `PUT`, and whose versions stand in the path, a header or `Accept`: what chooses the version of a `PUT` may be other code."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import (
    ENVELOPE,
    TEXT,
    Api,
    document,
    error,
    json_object,
    operation,
    parameter,
    record,
    reply,
    text_member,
)

DAY = "2026-11-20"
POLICY = f"""
[api]
name = "Replacing"
base_url = "${{ODD_URL}}"

[versioning]
scheme = "vN"
carriers = ["path", "header", "accept"]
path = {{ template = "/{{version}}" }}
header = {{ name = "X-API-Version", spelling = "{{number}}" }}
accept = {{ parameter = "version", spelling = "{{number}}" }}
missing = {{ default = "oldest" }}
unknown = {{ reject = 404, code = "no_version" }}
malformed = {{ reject = 404, code = "no_version" }}
undeclared_carriers = "ignored"

[versions.v1]
contract = "v1.json"

[versions.v2]
contract = "v2.json"
{ENVELOPE}
[requests]
max_examples = 1
probes = "turns"
"""
_BARE = re.compile(r'; *version=([^";,\s]*)', re.IGNORECASE)
_EITHER = re.compile(r'; *version=("[^"]*"|[^";,\s]*)', re.IGNORECASE)
"""How `Accept` names a version, without quotes and with or without them (RFC 9110 §5.6.6)."""
_ERROR = {"type": "object"}
_NAMES = {"v1": "name", "v2": "label"}
"""What a version calls the name of a thing in its answers."""


def contract(version: str) -> Any:
    """The contract of a version."""
    thing = record(**{"id": TEXT, _NAMES[version]: TEXT})
    one, new = [parameter("id")], record(name=TEXT)
    return document(
        {
            "/things": {
                "get": operation({200: {"type": "array", "items": thing}, "4XX": _ERROR}),
                "post": operation({201: thing, "4XX": _ERROR}, body=new),
            },
            "/things/{id}": {
                "put": operation({200: thing, "4XX": _ERROR}, parameters=one, body=new),
            },
        },
        servers=[{"url": f"/{version}"}],
    )


class Service(Api):
    """The service, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=self.selected)
        self.bug = bug
        self.numbers = itertools.count(2)
        self.things: dict[str, str] = {"t1": "One"}
        self.on("GET", "/things")(self.listed)
        self.on("POST", "/things")(self.made)
        self.on("PUT", "/things/{id}")(self.replaced)

    def selected(self, request: Request) -> tuple[str, str]:
        """The version and the path below it."""
        bug = self.bug if request.method == "PUT" else ""
        first, _, rest = request.path[1:].partition("/")
        inside = first != "things"
        path = f"/{rest}" if inside else request.path
        header = request.headers.get("X-API-Version", "").strip()
        form = _BARE if bug == "quotes-not-read-for-puts" else _EITHER
        accept = form.search(request.headers.get("Accept", ""))
        default = "2" if bug == "puts-go-to-the-newest" else "1"
        if self.bug == "query-by-the-name-of-the-header":
            header = header or request.args.get("X-API-Version", "").removeprefix("v")
        number = header or (accept[1].strip('"') if accept else default)
        version = first if inside else f"v{number}"
        if bug == "header-beats-path-for-puts" and header:
            version = f"v{header}"
        if bug == "query-beats-path-for-puts" and request.args.get("api-version") in _NAMES:
            version = request.args["api-version"]
        if version not in _NAMES:
            raise error(404, "no_version")
        return version, path

    def thing(self, version: str, key: str) -> dict[str, str]:
        """A thing as a version shows it."""
        return {"id": key, _NAMES[version]: self.things[key]}

    def listed(self, _: Request, version: str) -> Response:
        """`GET /things`."""
        return reply([self.thing(version, key) for key in self.things])

    def made(self, request: Request, version: str) -> Response:
        """`POST /things`."""
        name = text_member(json_object(request), "name")
        key = f"t{next(self.numbers)}"
        self.things[key] = name
        return reply(self.thing(version, key), 201)

    def replaced(self, request: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PUT /things/{id}`."""
        if id not in self.things:
            raise error(404, "no_thing")
        self.things[id] = text_member(json_object(request), "name")
        return reply(self.thing(version, id))


LIFE = Life(
    name="replacing",
    policy=POLICY,
    documents={f"{name}.json": contract(name) for name in ("v1", "v2")},
    make=Service,
    honest={DAY: frozenset({"AV205", "AV207", "AV215", "AV219"})},
    bugs={
        "header-beats-path-for-puts": Bug(day=DAY, codes=("AV205",)),
        "puts-go-to-the-newest": Bug(day=DAY, codes=("AV207",)),
        "quotes-not-read-for-puts": Bug(day=DAY, codes=("AV215",)),
        "query-beats-path-for-puts": Bug(day=DAY, codes=("AV219",)),
        "query-by-the-name-of-the-header": Bug(day=DAY, codes=("AV219",)),
    },
)
