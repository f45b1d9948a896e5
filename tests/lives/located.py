"""Services whose versions stand in the path, and whose answers say where a created thing is: in its version, or at one place for all versions."""

from __future__ import annotations

import datetime as dt
import itertools
from functools import partial
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import (
    ENVELOPE,
    TEXT,
    Api,
    Refused,
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
POLICY = f"""{versions_in_path("Located")}
[versions.v1]
contract = "v1.json"
[versions.v2]
contract = "v2.json"
{ENVELOPE}
[requests]
max_examples = 1
"""
_THING = record(id=TEXT, name=TEXT)
DOCUMENT: Any = document(
    {
        "/things": {"post": operation({201: _THING, "4XX": {}}, body=record(name=TEXT))},
        "/things/{id}": {"get": operation({200: _THING, "4XX": {}}, parameters=[parameter("id")])},
    }
)
_SAID = {
    "": "/{version}/things/{id}",
    "location-names-no-version": "/things/{id}",
    "location-names-v2": "/v2/things/{id}",
    "location-leads-up-and-to-v2": "../v2/things/{id}",
    "location-leads-up-and-out": "../things/{id}",
}
"""What `Location` says, honestly and with a bug."""


class Service(Api):
    """The things, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "", *, canonical: str = "") -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.said, self.canonical, self.numbers = canonical or _SAID[bug], canonical, itertools.count(1)
        self.things: dict[str, str] = {}
        self.on("POST", "/things")(self.made)
        self.on("GET", "/things/{id}")(lambda _, __, id: reply(self.thing(id)))  # noqa: A006

    def thing(self, key: str) -> dict[str, str]:
        """A thing as all versions show it."""
        if key not in self.things:
            raise error(404, "no_thing")
        return {"id": key, "name": self.things[key]}

    def made(self, request: Request, version: str) -> Response:
        """`POST /things`."""
        name = text_member(json_object(request), "name")
        self.things[key := f"t{next(self.numbers)}"] = name
        return reply(self.thing(key), 201, Location=self.said.format(version=version, id=key))

    def answer(self, request: Request) -> Response:
        """Where there is one place for all versions, it leads on."""
        if self.canonical and request.method == "GET" and request.path.startswith("/things/"):
            raise Refused(Response(status=307, headers={"Location": f"/v2{request.path}"}))
        return super().answer(request)


LIVES = [
    Life(
        name="located",
        policy=POLICY,
        documents={"v1.json": DOCUMENT, "v2.json": DOCUMENT},
        make=Service,
        honest={DAY: frozenset({"AV312"})},
        bugs={name: Bug(day=DAY, codes=("AV312",)) for name in _SAID if name},
    ),
    Life(
        name="located-beside-the-thing",
        policy=POLICY,
        documents={"v1.json": DOCUMENT, "v2.json": DOCUMENT},
        make=partial(Service, canonical="things/{id}"),
        honest={DAY: frozenset({"AV312"})},
    ),
    Life(
        name="located-at-one-place",
        policy=POLICY,
        documents={"v1.json": DOCUMENT, "v2.json": DOCUMENT},
        make=partial(Service, canonical="/things/{id}"),
        honest={DAY: frozenset({"AV312"})},
    ),
]
