"""Versions in a header and nowhere else, and operations below `/v1/core`: what stands in the path there is no version, and beside it nothing has one."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import API, ENVELOPE, TEXT, Api, document, error, operation, parameter, record, reply

DAY = "2026-11-20"
POLICY = f"""{API}
[versioning]
scheme = "vN"
carriers = ["header"]
header = {{ name = "X-Version" }}
base_path = "/v1/core"
decoys = ["v1"]
undeclared_carriers = "ignored"
missing = {{ reject = 400, code = "version" }}
unknown = {{ reject = 400, code = "version" }}
malformed = {{ reject = 400, code = "version" }}

[versions.v1]
contract = "v1.json"
[versions.v2]
contract = "v2.json"
{ENVELOPE}
[operations]
neutral = ["GET /hatches/{{id}}"]

[values]
id = ["7"]

[requests]
max_examples = 2
"""
_NAMES = {"v1": "label", "v2": "name"}


_SHELVES = 3


class Service(Api):
    """The bins, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=self.chosen)
        self.bug = bug
        self.base = re.compile(r"/v[0-9]+/core(/.*)" if bug == "any-number-in-the-path" else r"/v1/core(/.*)")
        self.on("GET", "/bins")(lambda _, version: reply({_NAMES[version]: "a bin"}))
        self.on("GET", "/shelves")(self.shelves)
        self.on("GET", "/hatches/{id}")(self.hatch)

    def shelves(self, request: Request, _: str) -> Response:
        """`GET /shelves`, of which one stands on each of three pages."""
        offset = request.args.get("offset", "0")
        if not (offset.isdecimal() and offset.isascii() and len(offset) < 5):
            raise error(422, "offset")
        number, base = int(offset), "/v2/core" if self.bug == "next-page-below-another-base" else "/v1/core"
        following = f"{base}/shelves?offset={number + 1}" if number < _SHELVES - 1 else None
        return reply({"items": [{"id": f"s{number}"}] if number < _SHELVES else [], "next": following})

    def hatch(self, _: Request, __: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`GET /hatches/{id}`, which stands beside the base and has no version."""
        if id != "7":
            raise error(404, "no_hatch")
        return reply({"id": id})

    def chosen(self, request: Request) -> tuple[str, str]:
        """The version that the header names, and the path below the base."""
        if request.path.startswith("/hatches/"):
            return "", request.path
        version, below = request.headers.get("X-Version"), self.base.fullmatch(request.path)
        if version is None and self.bug == "query-where-the-header-is-not":
            version = request.args.get("x-version")
        if version not in _NAMES:
            raise error(400, "version")
        if below is None:
            raise error(404, "no_route")
        return version, below[1]


def _contract(name: str) -> Any:
    bin_ = {**record(**{name: TEXT}), "example": {name: "a bin"}}
    hatch = operation({200: record(id=TEXT), "4XX": {}}, parameters=[parameter("id")])
    page = record(items={"type": "array", "items": record(id=TEXT)}, next={"type": ["string", "null"]})
    offset = parameter("offset", "query", {"type": "integer", "minimum": 0, "maximum": 9999}, required=False)
    return document(
        {
            "/bins": {"get": operation({200: bin_, "4XX": {}})},
            "/shelves": {"get": operation({200: page, "4XX": {}}, parameters=[offset])},
            "/hatches/{id}": {"get": hatch},
        }
    )


LIFE = Life(
    name="decoys",
    policy=POLICY,
    documents={f"{version}.json": _contract(name) for version, name in _NAMES.items()},
    make=Service,
    honest={DAY: frozenset({"AV213", "AV216", "AV219"})},
    bugs={
        "any-number-in-the-path": Bug(day=DAY, codes=("AV216",)),
        "next-page-below-another-base": Bug(day=DAY, codes=("AV301",)),
        "query-where-the-header-is-not": Bug(day=DAY, codes=("AV219",)),
    },
)
