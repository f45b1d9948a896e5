"""A service that counts wrong secrets per account, and locks the account when there were several; the first is told to slow down."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import (
    ENVELOPE,
    TEXT,
    Api,
    by_path,
    document,
    error,
    json_object,
    operation,
    parameter,
    record,
    reply,
    text_member,
    versions_in_path,
)

DAY = "2026-11-20"
MANY = 2
"""Wrong secrets after which the account is locked."""
VERSIONS = ("v1", "v2", "v3")
POLICY = f"""{versions_in_path("Locking")}
[versions.v1]
contract = "v1.json"
[versions.v2]
contract = "v2.json"
[versions.v3]
contract = "v3.json"
{ENVELOPE}
[credentials.Account]
header = {{ X-Account = "shop", X-Secret = "${{SHOP_SECRET}}" }}

[requests]
max_examples = 1
"""
_THING = record(id=TEXT, name=TEXT)
_ANSWERS: dict[int | str, Any] = {"4XX": {"type": "object"}}
_CLOSED: Any = {"security": [{"Account": []}]}


def _contract(version: str) -> Any:
    return document(
        {
            "/things/{id}": {
                "get": operation({200: _THING, **_ANSWERS}, parameters=[parameter("id")], **_CLOSED),
                "delete": operation({204: None, **_ANSWERS}, parameters=[parameter("id")], **_CLOSED),
            },
            "/things": {
                "post": operation({201: _THING, **_ANSWERS}, body=record(name=TEXT), **_CLOSED),
                "get": operation({200: {"type": "array", "items": _THING}, **_ANSWERS}, **_CLOSED),
            },
        },
        servers=[{"url": f"/{version}"}],
        components={"securitySchemes": {"Account": {"type": "apiKey", "in": "header", "name": "X-Secret"}}},
    )


class Service(Api):
    """The service, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path(*VERSIONS))
        self.bug = bug
        self.wrongs = 0
        self.numbers = itertools.count(2)
        self.things = {"t1": "One"}
        self.on("GET", "/things")(self.listed)
        self.on("POST", "/things")(self.made)
        self.on("GET", "/things/{id}")(self.shown)
        self.on("DELETE", "/things/{id}")(self.deleted)

    def enter(self, request: Request) -> None:
        """Refuse who has no account, who has another secret, and all who come after too many of these."""
        if request.headers.get("X-Account") != "shop":
            raise error(401, "account")
        open_to_all = self.bug == "the-account-is-enough" and request.method in {"GET", "HEAD"}
        if open_to_all and "X-Secret" in request.headers:
            return
        if request.headers.get("X-Secret") != "secret-1":
            self.wrongs += "X-Secret" in request.headers
            raise error(429, "slower", Retry_After="1")
        if self.wrongs >= MANY:
            raise error(423, "locked")

    def listed(self, request: Request, _: str) -> Response:
        """`GET /things`."""
        self.enter(request)
        return reply([{"id": key, "name": name} for key, name in self.things.items()])

    def made(self, request: Request, _: str) -> Response:
        """`POST /things`."""
        self.enter(request)
        name = text_member(json_object(request), "name")
        key = f"t{next(self.numbers)}"
        self.things[key] = name
        return reply({"id": key, "name": name}, 201)

    def shown(self, request: Request, _: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`GET /things/{id}`."""
        self.enter(request)
        if id not in self.things:
            raise error(404, "no_thing")
        return reply({"id": id, "name": self.things[id]})

    def deleted(self, request: Request, _: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /things/{id}`."""
        self.enter(request)
        if self.things.pop(id, None) is None:
            raise error(404, "no_thing")
        return reply(None, 204)


LIFE = Life(
    name="locking",
    policy=POLICY,
    documents={f"{version}.json": _contract(version) for version in VERSIONS},
    make=Service,
    honest={DAY: frozenset({"AV316"})},
    environment={"SHOP_SECRET": "secret-1"},
    bugs={"the-account-is-enough": Bug(day=DAY, codes=("AV316",))},
)
