"""Rooms that are updated in part: what comes of a merge patch and of what is stored has to be a room still."""

from __future__ import annotations

import datetime as dt
import itertools
import json
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
    operation,
    parameter,
    record,
    reply,
)

DAY = "2026-11-20"
POLICY = f"""{PATHS}{ENVELOPE}
[requests]
max_examples = 8
"""
MERGE_PATCH = "application/merge-patch+json"
_MOST, _SHORT = 3, 20
_NAMES = {"type": "string", "minLength": 1, "maxLength": 9}
_LABELS = {"type": "object", "additionalProperties": _NAMES, "propertyNames": _NAMES, "maxProperties": _MOST}
_FLOOR = {"type": "integer", "minimum": 1, "maximum": 9}
_TOGETHER = {"dependentRequired": {"door": ["floor"]}}
_MEMBERS = {"name": TEXT, "labels": _LABELS, "floor": _FLOOR, "door": _FLOOR}
_NEW = {**record(**_MEMBERS), "required": ["name"], "additionalProperties": False, **_TOGETHER}
_ROOM = {**record(id=TEXT, **_MEMBERS), "required": ["id", "name"], **_TOGETHER}
_OR_NOTHING = {"type": ["integer", "null"], "minimum": 1, "maximum": 9}
_CHANGES = {
    "type": "object",
    "properties": {"name": TEXT, "labels": _LABELS, "floor": _OR_NOTHING, "door": _OR_NOTHING},
    "additionalProperties": False,
}


def _contract() -> Any:
    paths = collection("/rooms", _ROOM, _NEW)
    paths["/rooms/{id}"]["patch"] = operation(
        {200: _ROOM, "4XX": {}}, parameters=[parameter("id")], body=_CHANGES, media_type=MERGE_PATCH
    )
    return document(paths)


class Service(Api):
    """The rooms, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug = bug
        self.numbers = itertools.count(1)
        self.rooms: dict[str, dict[str, Any]] = {}
        self.on("POST", "/rooms")(self.made)
        self.on("GET", "/rooms/{id}")(lambda _, __, id: reply(self.known(id)))  # noqa: A006
        self.on("PUT", "/rooms/{id}")(self.replaced)
        self.on("PATCH", "/rooms/{id}")(self.changed)
        self.on("DELETE", "/rooms/{id}")(self.deleted)

    def known(self, key: str) -> dict[str, Any]:
        """A room that is there."""
        if key not in self.rooms:
            raise error(404, "no_room")
        return self.rooms[key]

    def made(self, request: Request, _: str) -> Response:
        """`POST /rooms`."""
        key = f"r{next(self.numbers)}"
        self.rooms[key] = {"id": key, "labels": {"made": "by hand"}, **_room(_told(request, "application/json"))}
        return reply(self.rooms[key], 201)

    def replaced(self, request: Request, _: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PUT /rooms/{id}`."""
        self.known(id)
        self.rooms[id] = {"id": id, **_room(_told(request, "application/json"))}
        return reply(self.rooms[id])

    def changed(self, request: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PATCH /rooms/{id}`."""
        before, told = self.known(id), _told(request, MERGE_PATCH)
        if self.bug == "patch-takes-short-names-in-v2" and version == "v2" and len(str(told.get("name", ""))) > _SHORT:
            raise error(422, "name")
        if self.bug == "patch-takes-neither-in-v2" and version == "v2":
            if len(str(told.get("name", ""))) > _SHORT:
                raise error(422, "name")
            if "floor" in told:
                raise error(422, "no_floors")
        changed = {**before, **told}
        if "labels" in told:
            changed["labels"] = (
                {**before.get("labels", {}), **told["labels"]} if isinstance(told["labels"], dict) else 0
            )
        whole = {name: value for name, value in changed.items() if value is not None and name != "id"}
        self.rooms[id] = {"id": id, **_room(whole)}
        return reply(self.rooms[id])

    def deleted(self, _: Request, __: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /rooms/{id}`."""
        del self.rooms[self.known(id)["id"]]
        return reply(None, 204)


def _told(request: Request, media_type: str) -> dict[str, Any]:
    """What a body says."""
    if request.mimetype != media_type:
        raise error(415, "media_type")
    try:
        told = json.loads(request.get_data())
    except ValueError:
        raise error(400, "json") from None
    if not isinstance(told, dict) or told.keys() - _MEMBERS.keys():
        raise error(422, "members")
    return told


def _room(told: dict[str, Any]) -> dict[str, Any]:
    """A room as it may be, or 422."""
    labels = told.get("labels", {})
    if not isinstance(labels, dict) or len(labels) > _MOST or not all(map(_named, [*labels, *labels.values()])):
        raise error(422, "labels")
    if not isinstance(told.get("name"), str) or not 1 <= len(told["name"]) <= 60:
        raise error(422, "name")
    numbers = [told[name] for name in ("floor", "door") if name in told]
    if any(isinstance(each, bool) or not isinstance(each, int) or not 1 <= each <= 9 for each in numbers):
        raise error(422, "number")
    if "door" in told and "floor" not in told:
        raise error(422, "a_door_has_a_floor")
    return told


def _named(text: Any) -> bool:
    return isinstance(text, str) and 1 <= len(text) <= 9


LIFE = Life(
    name="stored-parts",
    policy=POLICY,
    documents={f"{version}.json": _contract() for version in ("v1", "v2")},
    make=Service,
    honest={DAY: frozenset({"AV302"})},
    bugs={
        "patch-takes-short-names-in-v2": Bug(day=DAY, codes=("AV302",)),
        "patch-takes-neither-in-v2": Bug(day=DAY, codes=("AV302",)),
    },
)
