"""A service in whose second version nothing can be deleted any more, though it can in the first."""

from __future__ import annotations

import datetime as dt
import itertools

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
POLICY = f"""{versions_in_path("Kept")}
[versions.v1]
contract = "v1.json"
[versions.v2]
contract = "v2.json"
{ENVELOPE}
[operations]
isolated = true

[requests]
max_examples = 2
"""
_KEPT = {"id": "t1", "name": "One"}
_THING = record(id=TEXT, name=TEXT)


def _document(version: str) -> object:
    named = [parameter("id")]
    gone = {"delete": operation({204: None, "4XX": {}}, parameters=named)} if version == "v1" else {}
    return document(
        {
            "/things": {
                "post": operation({201: _THING, 200: _THING, "4XX": {}}, body=record(name=TEXT)),
                "get": operation({200: {"type": "array", "items": _THING}, "4XX": {}}),
            },
            "/things/{id}": {"get": operation({200: _THING, "4XX": {}}, parameters=named), **gone},
        },
        servers=[{"url": f"/{version}"}],
    )


class Service(Api):
    """The service, the same on every day; where asked to, it answers a creation with what was there already."""

    def __init__(self, _now: dt.datetime, bug: str = "", *, makes: bool = True) -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug, self.makes = bug, makes
        self.numbers = itertools.count(2)
        self.things = {"t1": _KEPT}
        self.on("GET", "/things")(lambda _request, _version: reply(list(self.things.values())))
        self.on("POST", "/things")(self.made)
        self.on("GET", "/things/{id}")(self.shown)
        self.on("DELETE", "/things/{id}")(self.deleted)

    def made(self, request: Request, _: str) -> Response:
        """`POST /things`."""
        name = text_member(json_object(request), "name")
        if not self.makes:
            return reply(_KEPT)
        thing = {"id": f"t{next(self.numbers)}", "name": name}
        self.things[thing["id"]] = thing
        return reply(thing, 201)

    def shown(self, _request: Request, _: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`GET /things/{id}`."""
        if id not in self.things:
            raise error(404, "no_thing")
        return reply(self.things[id])

    def deleted(self, _request: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /things/{id}`."""
        if version == "v2" and self.bug != "deletes-as-v1-does":
            refused = self.wrong_method()
            refused.response.headers["Allow"] = "GET"
            raise refused
        if (self.things.get(id) if id == "t1" else self.things.pop(id, None)) is None:
            raise error(404, "no_thing")
        return reply(None, 204)


LIFE = Life(
    name="kept-for-ever",
    policy=POLICY,
    documents={f"{version}.json": _document(version) for version in ("v1", "v2")},
    make=Service,
    honest={DAY: frozenset({"AV311"})},
    bugs={"deletes-as-v1-does": Bug(day=DAY, codes=("AV311",))},
    subject="v2",
    whole=False,
)
