"""Boxes with an object inside, which both versions know and a `PUT` may leave out: written back in the other version it is there again, whole."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

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
across = true
keeps_unknown = true
read_your_writes = false

[requests]
max_examples = 2
"""
_LARGEST = 60
_LENGTH = {"type": "integer", "minimum": 1, "maximum": _LARGEST}
_SIZE = {**record(width=_LENGTH, depth=_LENGTH), "additionalProperties": False}
_USUAL = {"width": 1, "depth": 1}


def _contract(version: str) -> Any:
    more = {"owner": TEXT} if version == "v2" else {}
    body = {**record(name=TEXT, size=_SIZE), "required": ["name"]}
    return document(collection("/boxes", record(id=TEXT, name=TEXT, size=_SIZE, **more), body))


class Service(Api):
    """The boxes, the same on every day. A `PUT` without a size gives a box the usual one."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug, self.numbers = bug, itertools.count(1)
        self.boxes: dict[str, dict[str, Any]] = {}
        self.on("POST", "/boxes")(self.made)
        self.on("GET", "/boxes/{id}")(lambda _, version, id: reply(self.box(id, version)))  # noqa: A006  the contract's name
        self.on("PUT", "/boxes/{id}")(self.replaced)
        self.on("DELETE", "/boxes/{id}")(self.deleted)

    def box(self, key: str, version: str) -> dict[str, Any]:
        """A box as a version shows it."""
        if key not in self.boxes:
            raise error(404, "no_box")
        return {"id": key, **self.boxes[key], **({"owner": "ada"} if version == "v2" else {})}

    def told(self, request: Request) -> dict[str, Any]:
        """What a body says."""
        body = json_object(request)
        size = body.get("size", _USUAL)
        if not isinstance(size, dict) or size.keys() != _USUAL.keys() or not all(map(_is_length, size.values())):
            raise error(422, "size")
        return {"name": text_member(body, "name"), "size": size}

    def made(self, request: Request, version: str) -> Response:
        """`POST /boxes`."""
        told = self.told(request)
        self.boxes[key := f"b{next(self.numbers)}"] = told
        return reply(self.box(key, version), 201)

    def replaced(self, request: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PUT /boxes/{id}`."""
        self.box(id, version)
        told = self.told(request)
        if self.bug == "v2-squares" and version == "v2":
            told["size"] = {**told["size"], "depth": told["size"]["width"]}
        self.boxes[id] = told
        return reply(self.box(id, version))

    def deleted(self, _: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /boxes/{id}`."""
        self.box(id, version)
        del self.boxes[id]
        return reply(None, 204)


def _is_length(value: Any) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and value == int(value)
        and 1 <= value <= _LARGEST
    )


LIFE = Life(
    name="replaced-objects",
    policy=POLICY,
    documents={"v1.json": _contract("v1"), "v2.json": _contract("v2")},
    make=Service,
    honest={DAY: frozenset({"AV320"})},
    bugs={"v2-squares": Bug(day=DAY, codes=("AV320",))},
)
