"""Two versions over one store, in the second of which a member has moved into an object: `model` and `config.model`."""

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
)

DAY = "2026-11-20"
POLICY = f"""{PATHS}{ENVELOPE}
[[fields]]
v1 = "model"
v2 = "config.model"

[operations]
isolated = true

[sequences]
across = true
read_your_writes = false

[requests]
max_examples = 3
"""
_LONGEST = 40
_MODEL = {**TEXT, "minLength": 1, "maxLength": _LONGEST}
_CONFIG = {**record(model=_MODEL), "additionalProperties": False}
_BODIES = {
    "v1": {**record(name=TEXT, model=_MODEL)},
    "v2": {**record(name=TEXT, config=_CONFIG)},
}


def _contract(version: str) -> Any:
    body = _BODIES[version]
    shown = {**body, "properties": {"id": TEXT, **body["properties"]}, "required": ["id", *body["required"]]}
    return document(collection("/robots", shown, body))


class Service(Api):
    """The robots, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug, self.numbers = bug, itertools.count(1)
        self.robots: dict[str, tuple[str, str]] = {}
        self.on("POST", "/robots")(self.made)
        self.on("GET", "/robots/{id}")(lambda _, version, id: reply(self.robot(id, version)))  # noqa: A006
        self.on("PUT", "/robots/{id}")(self.changed)
        self.on("DELETE", "/robots/{id}")(self.deleted)

    def robot(self, key: str, version: str) -> dict[str, Any]:
        """A robot as a version shows it."""
        name, model = self.known(key)
        if version == "v1":
            more: dict[str, Any] = {"config": {"model": model}} if self.bug == "v1-shows-the-object" else {}
            return {"id": key, "name": name, "model": model, **more}
        if self.bug == "v2-shows-another-model":
            model = f"{model} II"
        more = {"model": model} if self.bug == "v2-shows-the-old-place" else {}
        return {"id": key, "name": name, "config": {"model": model}, **more}

    def known(self, key: str) -> tuple[str, str]:
        """What is stored of a robot."""
        if key not in self.robots:
            raise error(404, "no_robot")
        return self.robots[key]

    def told(self, request: Request, version: str) -> tuple[str, str]:
        """The name and the model in a body."""
        body = json_object(request)
        name, config = body.get("name"), body if version == "v1" else body.get("config")
        if version == "v2" and self.bug == "v2-takes-the-old-place" and "model" in body:
            config = {"model": body["model"]}
        closed = version == "v1" or (isinstance(config, dict) and config.keys() <= {"model"})
        model = config.get("model") if isinstance(config, dict) and closed else None
        if not isinstance(name, str) or not isinstance(model, str) or not 1 <= len(model) <= _LONGEST:
            raise error(422, "body")
        return name, model

    def made(self, request: Request, version: str) -> Response:
        """`POST /robots`."""
        told = self.told(request, version)
        self.robots[key := f"r{next(self.numbers)}"] = told
        return reply(self.robot(key, version), 201)

    def changed(self, request: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PUT /robots/{id}`."""
        name, model = self.told(request, version)
        _, kept = self.known(id)
        lost = self.bug == "v2-loses-the-model" and version == "v2"
        self.robots[id] = name, f"{kept}?" if lost else model
        return reply({**self.robot(id, version), **({"config": {"model": model}} if lost else {})})

    def deleted(self, _: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /robots/{id}`."""
        self.known(id)
        del self.robots[id]
        return reply(None, 204)


LIFE = Life(
    name="members-inside",
    policy=POLICY,
    documents={"v1.json": _contract("v1"), "v2.json": _contract("v2")},
    make=Service,
    honest={DAY: frozenset({"AV311", "AV320"})},
    bugs={
        "v1-shows-the-object": Bug(day=DAY, codes=("AV311",)),
        "v2-shows-the-old-place": Bug(day=DAY, codes=("AV311",)),
        "v2-takes-the-old-place": Bug(day=DAY, codes=("AV311",)),
        "v2-shows-another-model": Bug(day=DAY, codes=("AV320",)),
        "v2-loses-the-model": Bug(day=DAY, codes=("AV320",)),
    },
)
