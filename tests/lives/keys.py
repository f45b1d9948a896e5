"""A service that knows its callers: some see more, one has no request left, one may only read; and bodies have a largest size."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import (
    ENVELOPE,
    Api,
    Refused,
    by_path,
    document,
    error,
    json_object,
    operation,
    reply,
    text_member,
    versions_in_path,
)

DAY = "2026-11-20"
LARGEST = 4_000
KEYS = {
    "SHOP_USUAL": "usual-key",
    "SHOP_GOLD": "gold-key-1",
    "SHOP_SPENT": "spent-key",
    "SHOP_READER": "reader-key",
    "SHOP_OVER": "over-key-1",
}
POLICY = f"""{versions_in_path("Keys")}
[versions.v1]
contract = "v1.json"
{ENVELOPE}
too_large = {{ bytes = {LARGEST} }}

[credentials.Key]
header = "X-Key"
value = "${{SHOP_USUAL}}"
wrong = "${{SHOP_OVER}}"

[credentials.Gold]
scheme = "Key"
header = "X-Key"
value = "${{SHOP_GOLD}}"

[credentials.Spent]
scheme = "Key"
header = "X-Key"
value = "${{SHOP_SPENT}}"
used_up = {{ code = "too_many" }}

[credentials.Reader]
scheme = "Key"
header = "X-Key"
value = "${{SHOP_READER}}"
read_only = {{ reject = 403, code = "read_only" }}

[rate_limit]
limit = "X-Limit"
anonymous = 10
credentials = {{ Key = 100, Gold = 1000 }}

[requests]
max_examples = 3
"""
_THING = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
}
_NAME = {"type": "string", "minLength": 1, "maxLength": 20}
_NEW = {"type": "object", "additionalProperties": False, "required": ["name"], "properties": {"name": _NAME}}
_ERROR = {"type": "object"}
_KEY: list[Any] = [{"Key": []}]
_ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
DOCUMENT: Any = document(
    {
        "/prices": {"get": operation({200: {"type": "object"}, "4XX": _ERROR}, security=[{}, *_KEY])},
        "/things": {
            "get": operation({200: {"type": "array", "items": _THING}, "4XX": _ERROR}, security=_KEY),
            "post": operation({201: _THING, "4XX": _ERROR}, body=_NEW, security=_KEY),
        },
        "/things/{id}": {
            "get": operation({200: _THING, "4XX": _ERROR}, parameters=[_ID], security=_KEY),
            "delete": operation({204: None, "4XX": _ERROR}, parameters=[_ID], security=_KEY),
        },
    },
    servers=[{"url": "/v1"}],
    components={"securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}}},
)
_LIMITS = {"": "10", "usual-key": "100", "gold-key-1": "1000", "spent-key": "100", "reader-key": "100"}


class Service(Api):
    """The service, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1"))
        self.bug = bug
        self.numbers = itertools.count(2)
        self.things: dict[str, dict[str, str]] = {"t1": {"id": "t1", "name": "One"}}
        self.on("GET", "/prices")(self.prices)
        self.on("GET", "/things")(self.listed)
        self.on("POST", "/things")(self.made)
        self.on("GET", "/things/{id}")(self.shown)
        self.on("DELETE", "/things/{id}")(self.deleted)

    def enter(self, request: Request, *, free: bool = False) -> None:
        """Refuse who asks in vain."""
        key, reads = request.headers.get("X-Key", ""), request.method in {"GET", "HEAD"}
        over = key == "over-key-1" and self.bug == "a-key-that-is-over-opens"
        if (key not in _LIMITS and not over) or (not key and not free):
            raise error(401, "key")
        spent = key == "spent-key" and not (self.bug == "used-up-and-served" and request.path.endswith("/things"))
        if spent:
            code = "quota" if self.bug == "used-up-with-another-code" else "too_many"
            when = {"used-up-without-an-end": {}, "used-up-until-soon": {"Retry_After": "soon"}}
            refused = error(
                403 if self.bug == "used-up-is-forbidden" else 429, code, **when.get(self.bug, {"Retry_After": "1"})
            )
            if self.bug == "used-up-in-plain-text":
                refused = Refused(Response("Slow down.", 429, {"Retry-After": "1"}, content_type="text/plain"))
            raise refused
        lax = {"reader-deletes": "DELETE", "reader-creates": "POST"}.get(self.bug)
        if key == "reader-key" and not reads and request.method != lax:
            raise error(401 if self.bug == "reader-is-unknown" else 403, "read_only")

    def prices(self, request: Request, _: str) -> Response:
        """`GET /prices`."""
        self.enter(request, free=True)
        return reply({"one": 1})

    def listed(self, request: Request, _: str) -> Response:
        """`GET /things`."""
        self.enter(request)
        return reply(list(self.things.values()))

    def made(self, request: Request, _: str) -> Response:
        """`POST /things`."""
        size = len(request.get_data())
        self.enter(request)
        if size > LARGEST + {"takes-a-byte-more": 1, "takes-a-byte-less": -1}.get(self.bug, 0):
            raise error(400 if self.bug == "too-large-is-bad" else 413, "too_large")
        body = json_object(request)
        if body.keys() != {"name"}:
            raise error(422, "body")
        thing = {"id": f"t{next(self.numbers)}", "name": text_member(body, "name", longest=20)}
        self.things[thing["id"]] = thing
        return reply(thing, 201)

    def shown(self, request: Request, _: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`GET /things/{id}`."""
        self.enter(request)
        if id not in self.things:
            raise error(404, "no_thing")
        return reply(self.things[id])

    def deleted(self, request: Request, _: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /things/{id}`."""
        self.enter(request)
        if self.things.pop(id, None) is None:
            raise error(404, "no_thing")
        return reply(None, 204)

    def answer(self, request: Request) -> Response:
        """Every answer says how many requests who asks may send."""
        limits = dict(_LIMITS)
        limits |= {"gold-is-limited-as-all": {"gold-key-1": "100"}, "nobody-is-limited-as-all": {"": "100"}}.get(
            self.bug, {}
        )
        limit = limits.get(request.headers.get("X-Key", ""), "10")
        try:
            answer = super().answer(request)
        except Refused as refused:
            refused.response.headers["X-Limit"] = limit
            raise
        answer.headers["X-Limit"] = limit
        return answer


LIFE = Life(
    name="keys",
    policy=POLICY,
    documents={"v1.json": DOCUMENT},
    make=Service,
    honest={DAY: frozenset({"AV316", "AV321", "AV408", "AV703", "AV705"})},
    environment=KEYS,
    bugs={
        "a-key-that-is-over-opens": Bug(day=DAY, codes=("AV316",)),
        "used-up-and-served": Bug(day=DAY, codes=("AV705",)),
        "used-up-is-forbidden": Bug(day=DAY, codes=("AV705",)),
        "used-up-with-another-code": Bug(day=DAY, codes=("AV705",)),
        "used-up-without-an-end": Bug(day=DAY, codes=("AV705",)),
        "used-up-until-soon": Bug(day=DAY, codes=("AV705",)),
        "used-up-in-plain-text": Bug(day=DAY, codes=("AV401",)),
        "reader-deletes": Bug(day=DAY, codes=("AV321",)),
        "reader-creates": Bug(day=DAY, codes=("AV321",)),
        "reader-is-unknown": Bug(day=DAY, codes=("AV321",)),
        "takes-a-byte-more": Bug(day=DAY, codes=("AV408",)),
        "takes-a-byte-less": Bug(day=DAY, codes=("AV408",)),
        "too-large-is-bad": Bug(day=DAY, codes=("AV408",)),
        "gold-is-limited-as-all": Bug(day=DAY, codes=("AV703",)),
        "nobody-is-limited-as-all": Bug(day=DAY, codes=("AV703",)),
    },
)
