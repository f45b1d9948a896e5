"""Lamps that a list shows as they are read by themselves, or in short."""

from __future__ import annotations

import datetime as dt
import itertools
from functools import partial
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
    record,
    reply,
)

DAY = "2026-11-20"
POLICY = f"""{PATHS}{ENVELOPE}
[sequences]
read_your_writes = true
listed = true

[requests]
max_examples = 3
"""
_WATTS = {"type": "integer", "minimum": 1, "maximum": 900}
_NEW = {
    "name": {"type": "string", "minLength": 1, "maxLength": 60},
    "watts": _WATTS,
    "dimmed": {"type": "boolean"},
    "rooms": {"type": "array", "items": TEXT, "maxItems": 3},
}
_SHORT = 12


def _contract() -> Any:
    lamp = record(id=TEXT, **_NEW)
    elements = {**lamp, "required": ["id", "name"]}
    paths = collection("/lamps", lamp, {**record(**_NEW), "additionalProperties": False})
    paths["/lamps"]["get"] = operation({200: record(lamps={"type": "array", "items": elements})})
    return document(paths)


class Service(Api):
    """The lamps, the same on every day.

    Args:
        brief: Whether its list cuts names short, and leaves rooms out.
    """

    def __init__(self, _now: dt.datetime, bug: str = "", *, brief: bool = False) -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug, self.brief = bug, brief
        self.numbers = itertools.count(1)
        self.lamps: dict[str, dict[str, Any]] = {}
        self.on("GET", "/lamps")(
            lambda _, version: reply({"lamps": [self.listed(each, version) for each in self.lamps]})
        )
        self.on("POST", "/lamps")(self.made)
        self.on("GET", "/lamps/{id}")(lambda _, __, id: reply(self.known(id)))  # noqa: A006  the contract's name
        self.on("PUT", "/lamps/{id}")(self.replaced)
        self.on("DELETE", "/lamps/{id}")(self.deleted)

    def listed(self, key: str, version: str) -> dict[str, Any]:
        """A lamp as the list has it."""
        lamp = dict(self.lamps[key])
        if self.brief:
            lamp["name"] = lamp["name"] if len(lamp["name"]) <= _SHORT else f"{lamp['name'][:_SHORT]}…"
            del lamp["rooms"]
        if version == "v2" and self.bug == "list-has-kilowatts-in-v2":
            lamp["watts"] = lamp["watts"] // 1000 + 1
        if version == "v2" and self.bug == "list-says-the-opposite-in-v2":
            lamp["dimmed"] = not lamp["dimmed"]
        return lamp

    def known(self, key: str) -> dict[str, Any]:
        """A lamp that is there."""
        if key not in self.lamps:
            raise error(404, "no_lamp")
        return self.lamps[key]

    def made(self, request: Request, _: str) -> Response:
        """`POST /lamps`."""
        told, key = _told(request), f"l{next(self.numbers)}"
        self.lamps[key] = {"id": key, **told}
        return reply(self.lamps[key], 201)

    def replaced(self, request: Request, _: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PUT /lamps/{id}`."""
        self.known(id)
        self.lamps[id] = {"id": id, **_told(request)}
        return reply(self.lamps[id])

    def deleted(self, _: Request, __: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /lamps/{id}`."""
        del self.lamps[self.known(id)["id"]]
        return reply(None, 204)


def _told(request: Request) -> dict[str, Any]:
    """What a body says, or the envelope's 422."""
    body = json_object(request)
    if body.keys() != _NEW.keys() or not isinstance(body["dimmed"], bool):
        raise error(422, "members")
    watts, rooms = body["watts"], body["rooms"]
    if isinstance(watts, bool) or not isinstance(watts, int | float) or watts != int(watts) or not 1 <= watts <= 900:
        raise error(422, "watts")
    if not isinstance(rooms, list) or len(rooms) > 3 or not all(map(_is_text, [body["name"], *rooms])):
        raise error(422, "texts")
    return {**body, "watts": int(watts)}


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 1 <= len(value) <= 60


def _life(name: str, make: Any, bugs: dict[str, Bug]) -> Life:
    return Life(
        name=name,
        policy=POLICY,
        documents={f"{version}.json": _contract() for version in ("v1", "v2")},
        make=make,
        honest={DAY: frozenset({"AV318"})},
        bugs=bugs,
    )


LIVES = [
    _life(
        "listed-otherwise",
        Service,
        {
            "list-has-kilowatts-in-v2": Bug(day=DAY, codes=("AV318",)),
            "list-says-the-opposite-in-v2": Bug(day=DAY, codes=("AV318",)),
        },
    ),
    _life("listed-in-short", partial(Service, brief=True), {}),
]
