"""Boxes with what may be below one and mostly is not: a lid, parts by their names, a key that is cut for each on its own."""

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
    operation,
    parameter,
    record,
    reply,
    text_member,
)

DAY = "2026-11-20"
POLICY = f"""{PATHS}{ENVELOPE}
[requests]
max_examples = 3
"""
_BOX, _NEW = record(id=TEXT, name=TEXT), record(name=TEXT)
_NAMED, _PART = parameter("id"), parameter("part", schema={"enum": ["hinge", "lock"]})


def _contract() -> Any:
    lid = operation({200: record(colour=TEXT), 404: {}}, parameters=[_NAMED])
    part = operation({200: record(name=TEXT), 404: {}}, parameters=[_NAMED, _PART])
    colour = operation({200: record(colour=TEXT), "4XX": {}}, parameters=[_NAMED])
    return document(
        {
            **collection("/boxes", _BOX, _NEW),
            "/boxes/{id}/lid": {"get": lid},
            "/boxes/{id}/parts/{part}": {"get": part},
            "/boxes/{id}/colour": {"get": colour},
        }
    )


class Service(Api):
    """The boxes, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug = bug
        self.numbers = itertools.count(1)
        self.boxes: dict[str, dict[str, Any]] = {}
        self.on("POST", "/boxes")(self.made)
        self.on("GET", "/boxes/{id}")(lambda _, __, id: reply(self.known(id)))  # noqa: A006
        self.on("PUT", "/boxes/{id}")(self.replaced)
        self.on("DELETE", "/boxes/{id}")(self.deleted)
        self.on("GET", "/boxes/{id}/lid")(self.lid)
        self.on("GET", "/boxes/{id}/parts/{part}")(self.part)
        self.on("GET", "/boxes/{id}/colour")(self.colour)

    def known(self, key: str) -> dict[str, Any]:
        """A box that is there."""
        if key not in self.boxes:
            raise error(404, "no_box")
        return self.boxes[key]

    def made(self, request: Request, _: str) -> Response:
        """`POST /boxes`."""
        told, key = _told(request), f"b{next(self.numbers)}"
        self.boxes[key] = {"id": key, **told}
        return reply(self.boxes[key], 201)

    def replaced(self, request: Request, _: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PUT /boxes/{id}`."""
        self.boxes[id] = {**self.known(id), **_told(request)}
        return reply(self.boxes[id])

    def deleted(self, _: Request, __: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /boxes/{id}`."""
        del self.boxes[self.known(id)["id"]]
        return reply(None, 204)

    def lid(self, _: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`GET /boxes/{id}/lid`: nobody has put one on."""
        if self.bug == "no-lids-in-v2" and version == "v2":
            raise self.missing()
        self.known(id)
        raise error(404, "no_lid")

    def part(self, _: Request, version: str, id: str, part: str) -> Response:  # noqa: A002  the contract's name
        """`GET /boxes/{id}/parts/{part}`: they are counted elsewhere, and there are none yet."""
        if self.bug == "no-parts-in-v2" and version == "v2":
            raise self.missing()
        self.known(id)
        raise error(404, f"no_{part}")

    def colour(self, _: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`GET /boxes/{id}/colour`: each has one."""
        if self.bug == "no-colours-in-v2" and version == "v2":
            raise error(404, "no_colour")
        return reply({"colour": self.known(id).get("colour", "red")})


def _told(request: Request) -> dict[str, Any]:
    body = json_object(request)
    if body.keys() != {"name"}:
        raise error(422, "members")
    return {"name": text_member(body, "name")}


LIFE = Life(
    name="missing-below",
    policy=POLICY,
    documents={f"{version}.json": _contract() for version in ("v1", "v2")},
    make=Service,
    honest={},
    bugs={
        "no-lids-in-v2": Bug(day=DAY, codes=("AV302",)),
        "no-parts-in-v2": Bug(day=DAY, codes=("AV302",)),
        "no-colours-in-v2": Bug(day=DAY, codes=("AV302",)),
    },
)
