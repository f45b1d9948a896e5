"""Tags whose name has a pattern and a greatest length, which a column of the store holds to the letter."""

from __future__ import annotations

import datetime as dt
import itertools
import re

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
[sequences]
read_your_writes = false
listed = false
gone_after_delete = false

[requests]
max_examples = 8
"""
_LONGEST = 40
_PATTERN = "^[A-Z][a-z]*$"
_NAME = {"type": "string", "pattern": _PATTERN, "minLength": 1, "maxLength": _LONGEST}
_CONTRACT = document(collection("/tags", record(id=TEXT, name=TEXT), record(name=_NAME)))


class Service(Api):
    """The tags, the same on every day and in both versions."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.longest, self.numbers = _LONGEST - (bug == "one-letter-less"), itertools.count(1)
        self.tags: dict[str, str] = {}
        self.on("POST", "/tags")(self.made)
        self.on("GET", "/tags/{id}")(lambda _, version, id: reply(self.tag(id)))  # noqa: ARG005, A006  the contract's name
        self.on("PUT", "/tags/{id}")(self.replaced)
        self.on("DELETE", "/tags/{id}")(self.deleted)

    def tag(self, key: str) -> dict[str, str]:
        """A tag as it is shown."""
        if key not in self.tags:
            raise error(404, "no_tag")
        return {"id": key, "name": self.tags[key]}

    def told(self, request: Request) -> str:
        """The name in a body."""
        name = text_member(json_object(request), "name")
        if len(name) > self.longest or re.fullmatch(_PATTERN.strip("^$"), name) is None:
            raise error(422, "name")
        return name

    def made(self, request: Request, _: str) -> Response:
        """`POST /tags`."""
        name = self.told(request)
        self.tags[key := f"t{next(self.numbers)}"] = name
        return reply(self.tag(key), 201)

    def replaced(self, request: Request, _: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PUT /tags/{id}`."""
        self.tag(id)
        self.tags[id] = self.told(request)
        return reply(self.tag(id))

    def deleted(self, _: Request, __: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /tags/{id}`."""
        self.tag(id)
        del self.tags[id]
        return reply(None, 204)


LIFE = Life(
    name="patterned-texts",
    policy=POLICY,
    documents={"v1.json": _CONTRACT, "v2.json": _CONTRACT},
    make=Service,
    honest={DAY: frozenset({"AV302"})},
    bugs={"one-letter-less": Bug(day=DAY, codes=("AV302",))},
)
