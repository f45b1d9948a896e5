"""A service that answers a write with what it kept, and tags each state of a thing with a tag of its own."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import (
    ENVELOPE,
    TEXT,
    Api,
    by_path,
    collection,
    document,
    error,
    json_object,
    operation,
    record,
    reply,
    text_member,
    versions_in_path,
)

DAY = "2026-11-20"
POLICY = f"""{versions_in_path("Answered")}
[versions.v1]
contract = "v1.json"
{ENVELOPE}
[sequences]
read_your_writes = true

[requests]
max_examples = 2
"""
THING = record(id=TEXT, name=TEXT)
PATHS = collection("/things", THING, record(name=TEXT))
PATHS["/things"]["get"] = operation({200: {"type": "array", "items": THING}})
DOCUMENT = document(PATHS, servers=[{"url": "/v1"}])


class Service(Api):
    """The service, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1"))
        self.bug, self.numbers = bug, itertools.count(1)
        self.things: dict[str, dict[str, Any]] = {}
        self.on("POST", "/things")(self.made)
        self.on("GET", "/things")(self.listed)
        self.on("GET", "/things/{id}")(lambda _, __, id: self.shown(id))  # noqa: A006  the contract's name
        self.on("PUT", "/things/{id}")(self.replaced)
        self.on("DELETE", "/things/{id}")(self.deleted)

    def kept(self, key: str) -> dict[str, Any]:
        """A thing that is there."""
        if key not in self.things:
            raise error(404, "no_thing")
        return self.things[key]

    def shown(self, key: str, status: int = 200) -> Response:
        """A thing, with the tag of its state; a tag that is weak stands for all that mean the same."""
        thing = self.kept(key)
        state = 0 if self.bug == "tag-stays" else thing["state"]
        tag = 'W/"any"' if self.bug == "" and thing["state"] > 1 else f'"{key}-{state}"'
        return reply({"id": key, "name": thing["name"]}, status, ETag=tag)

    def listed(self, _request: Request, _: str) -> Response:
        """`GET /things`, with the tag of all states."""
        things = list(self.things.items())
        states = len(things) if self.bug == "list-tag-by-length" else [(key, each["state"]) for key, each in things]
        tag = hashlib.sha256(repr(states).encode()).hexdigest()
        return reply([{"id": key, "name": each["name"]} for key, each in things], 200, ETag=f'"{tag}"')

    def made(self, request: Request, _: str) -> Response:
        """`POST /things`."""
        name = text_member(json_object(request), "name")
        key = f"t{next(self.numbers)}"
        self.things[key] = {"name": name, "state": 1}
        if self.bug == "creation-shows-another-name":
            return reply({"id": key, "name": "draft"}, 201)
        return self.shown(key, 201)

    def replaced(self, request: Request, _: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PUT /things/{id}`."""
        thing = self.kept(id)
        before = self.shown(id)
        thing["name"] = text_member(json_object(request), "name")
        thing["state"] += 1
        return before if self.bug == "update-shows-what-was" else self.shown(id)

    def deleted(self, _request: Request, _: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /things/{id}`."""
        self.kept(id)
        del self.things[id]
        return reply(None, 204)


LIFE = Life(
    name="answered-writes",
    policy=POLICY,
    documents={"v1.json": DOCUMENT},
    make=Service,
    honest={DAY: frozenset({"AV318"})},
    bugs={
        name: Bug(day=DAY, codes=("AV318",))
        for name in ("creation-shows-another-name", "update-shows-what-was", "tag-stays", "list-tag-by-length")
    },
    whole=False,
)
