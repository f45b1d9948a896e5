"""Mugs whose error codes are listed, and may become more; the same codes written otherwise are no new ones."""

from __future__ import annotations

import datetime as dt
import itertools

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import (
    ENVELOPE,
    PATHS,
    TEXT,
    Api,
    by_path,
    collection,
    document,
    error,
    json_object,
    record,
    reply,
    text_member,
)

DAY = "2026-11-20"
POLICY = f"""{PATHS}{ENVELOPE}
same_codes = true
codes = {{ NO_MUG = 404, BAD_BODY = 422 }}

[sequences]
read_your_writes = false
listed = false
gone_after_delete = false

[requests]
max_examples = 3
"""
_CONTRACT = document(collection("/mugs", record(id=TEXT, name=TEXT), record(name=TEXT)))


class Service(Api):
    """The mugs, the same on every day and in both versions. A mug of a reserved name has a code that nobody listed."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug, self.numbers = bug, itertools.count(1)
        self.mugs: dict[str, str] = {}
        self.on("POST", "/mugs")(self.made)
        self.on("GET", "/mugs/{id}")(lambda _, version, id: reply(self.mug(id)))  # noqa: ARG005, A006  the contract's name
        self.on("PUT", "/mugs/{id}")(self.replaced)
        self.on("DELETE", "/mugs/{id}")(self.deleted)

    def mug(self, key: str) -> dict[str, str]:
        """A mug as it is shown."""
        if key not in self.mugs:
            raise error(404, "NoMug" if self.bug == "camel-case" else "NO_MUG")
        return {"id": key, "name": self.mugs[key]}

    def told(self, request: Request) -> str:
        """The name in a body."""
        body = json_object(request)
        if not isinstance(body.get("name"), str):
            raise error(422, "bad-body" if self.bug == "hyphens" else "BAD_BODY")
        if body["name"] == "":
            raise error(422, "NO_NAME")
        return text_member(body, "name")

    def made(self, request: Request, _: str) -> Response:
        """`POST /mugs`."""
        name = self.told(request)
        self.mugs[key := f"m{next(self.numbers)}"] = name
        return reply(self.mug(key), 201)

    def replaced(self, request: Request, _: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PUT /mugs/{id}`."""
        self.mug(id)
        self.mugs[id] = self.told(request)
        return reply(self.mug(id))

    def deleted(self, _: Request, __: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /mugs/{id}`."""
        self.mug(id)
        del self.mugs[id]
        return reply(None, 204)


LIFE = Life(
    name="spelt-codes",
    policy=POLICY,
    documents={"v1.json": _CONTRACT, "v2.json": _CONTRACT},
    make=Service,
    honest={DAY: frozenset({"AV404"})},
    bugs={
        "camel-case": Bug(day=DAY, codes=("AV404",)),
        "hyphens": Bug(day=DAY, codes=("AV404",)),
    },
)
