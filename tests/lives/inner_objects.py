"""Things with objects inside that only one version knows, or knows more of: what is written there is read there, and outlives the other version's writes."""

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
)

DAY = "2026-11-20"
POLICY = f"""{PATHS}{ENVELOPE}
[[fields]]
v1 = "look.color"
v2 = "look.colour"

[sequences]
read_your_writes = true
across = true

[requests]
max_examples = 3
"""
_GREYS = {"type": "string", "enum": ["grey", "green"]}
_BRIGHTEST = 9
_BEAM = {"type": "integer", "minimum": 1, "maximum": _BRIGHTEST}
_LAMP = {"lamp": {"type": "boolean"}, "beam": {"type": ["integer", "null"], "minimum": 1, "maximum": _BRIGHTEST}}
_INSIDE: dict[str, dict[str, Any]] = {
    "v1": {"look": record(color=_GREYS)},
    "v2": {"look": record(colour=_GREYS, gloss=_BEAM), "light": record(**_LAMP)},
}


def _contract(version: str) -> Any:
    inside = {name: {**each, "additionalProperties": False} for name, each in _INSIDE[version].items()}
    body = {**record(name=TEXT, **inside), "required": ["name"], "additionalProperties": False}
    shown = record(id=TEXT, name=TEXT, **inside)
    paths = collection("/robots", shown, body)
    named, change = [parameter("id")], {**body, "required": []}
    del paths["/robots/{id}"]["put"]
    paths["/robots/{id}"]["patch"] = operation({200: shown, "4XX": {}}, parameters=named, body=change)
    return document(paths)


class Service(Api):
    """The robots, the same on every day. An object that is sent takes the place of the one before as a whole."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug, self.numbers = bug, itertools.count(1)
        self.robots: dict[str, dict[str, Any]] = {}
        self.on("POST", "/robots")(self.made)
        self.on("GET", "/robots/{id}")(lambda _, version, id: reply(self.robot(id, version)))  # noqa: A006
        self.on("PATCH", "/robots/{id}")(self.changed)
        self.on("DELETE", "/robots/{id}")(self.deleted)

    def known(self, key: str) -> dict[str, Any]:
        """What is stored of a robot."""
        if key not in self.robots:
            raise error(404, "no_robot")
        return self.robots[key]

    def robot(self, key: str, version: str) -> dict[str, Any]:
        """A robot as a version shows it."""
        robot = self.known(key)
        if version == "v2":
            return {
                "id": key,
                **robot,
                **({"light": {**robot["light"], "beam": None}} if self.bug == "beam-lost" else {}),
            }
        return {"id": key, "name": robot["name"], "look": {"color": robot["look"]["colour"]}}

    def told(self, request: Request, version: str) -> dict[str, Any]:
        """What a body says, as it is stored."""
        body = json_object(request)
        inside = _INSIDE[version]
        if not body.keys() <= {"name", *inside} or not isinstance(body.get("name", ""), str):
            raise error(422, "body")
        for name, schema in inside.items():
            if name in body and not _takes(schema, body[name]):
                raise error(422, name)
        if version == "v1" and "look" in body:
            body["look"] = {"colour": body["look"]["color"], "gloss": 1}
        return body

    def made(self, request: Request, version: str) -> Response:
        """`POST /robots`."""
        told = self.told(request, version)
        if "name" not in told:
            raise error(422, "name")
        dark = {"look": {"colour": "grey", "gloss": 1}, "light": {"lamp": False, "beam": None}}
        self.robots[key := f"r{next(self.numbers)}"] = {**dark, **told}
        return reply(self.robot(key, version), 201)

    def changed(self, request: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PATCH /robots/{id}`."""
        robot, told = self.known(id), self.told(request, version)
        if self.bug == "look-stays":
            told.pop("look", None)
        robot |= told
        if self.bug == "v1-puts-the-light-out" and version == "v1":
            robot["light"] = {"lamp": False, "beam": None}
        return reply(self.robot(id, version))

    def deleted(self, _: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /robots/{id}`."""
        self.known(id)
        del self.robots[id]
        return reply(None, 204)


def _takes(schema: dict[str, Any], value: Any) -> bool:
    """Whether an object is one of a schema of this service."""
    named = schema["properties"]
    return (
        isinstance(value, dict)
        and value.keys() == named.keys()
        and all(_fits(named[name], each) for name, each in value.items())
    )


def _fits(schema: dict[str, Any], value: Any) -> bool:
    if "enum" in schema:
        return value in schema["enum"]
    if "minimum" in schema:
        number = isinstance(value, int | float) and not isinstance(value, bool) and value == int(value)
        return (value is None and "null" in schema["type"]) or (number and 1 <= value <= _BRIGHTEST)
    return isinstance(value, bool)


LIFE = Life(
    name="inner-objects",
    policy=POLICY,
    documents={"v1.json": _contract("v1"), "v2.json": _contract("v2")},
    make=Service,
    honest={DAY: frozenset({"AV318", "AV320"})},
    bugs={
        "beam-lost": Bug(day=DAY, codes=("AV318",)),
        "look-stays": Bug(day=DAY, codes=("AV318",)),
        "v1-puts-the-light-out": Bug(day=DAY, codes=("AV320",)),
    },
)
