"""Two versions over one store, of which the second knows more states and more kinds of notes: the first shows them by its own words."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import (
    ENVELOPE,
    PATHS,
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
v1 = "state"
v2 = "phase"

[sequences]
across = true

[requests]
max_examples = 1
"""
STATES = {"v1": ["open", "done"], "v2": ["open", "done", "archived", "withdrawn"]}
KINDS = {"v1": ["note", "task", "memo"], "v2": ["note", "task", "list"]}
_STATE = {"v1": "state", "v2": "phase"}
_SAID = {"v1": {"archived": "done", "withdrawn": "done", "list": "task"}, "v2": {"memo": "note"}}
"""What a version says of what only the other one knows."""


def _contract(version: str, *, titled: bool = False) -> Any:
    """A version's contract, its lists of choices as they are or, each choice with a title, as alternatives."""
    states: dict[str, Any] = {"enum": STATES[version]}
    kinds: dict[str, Any] = {"type": "string", "enum": KINDS[version]}
    if titled:
        states = {"oneOf": [{"const": value, "title": value.title()} for value in STATES[version]]}
        kinds = {"type": "string", "anyOf": [{"const": value, "description": "…"} for value in KINDS[version]]}
    changed = record(**{_STATE[version]: states})
    shown = record(id={"type": "string"}, **{_STATE[version]: states})
    cards = {"id": {"type": "string"}, "kind": kinds}
    kept = {
        "/cards": {"post": operation({201: record(**cards), "4XX": {}}, body=record(kind=kinds))},
        "/cards/{id}": {"get": operation({200: record(**cards), "4XX": {}}, parameters=[parameter("id")])},
    }
    return document({**collection("/jobs", shown, changed), **kept})


class Service(Api):
    """The jobs, which can be changed, and the cards, which cannot; the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug, self.numbers = bug, itertools.count(1)
        self.jobs: dict[str, str] = {}
        self.cards: dict[str, str] = {}
        self.on("POST", "/jobs")(self.made)
        self.on("GET", "/jobs/{id}")(lambda _, version, id: reply(self.job(id, version)))  # noqa: A006
        self.on("PUT", "/jobs/{id}")(self.changed)
        self.on("DELETE", "/jobs/{id}")(self.deleted)
        self.on("POST", "/cards")(self.kept)
        self.on("GET", "/cards/{id}")(lambda _, version, id: reply(self.card(id, version)))  # noqa: A006

    def said(self, value: str, version: str) -> str:
        """A value as a version knows it."""
        told = {"archived-is-shown": "archived", "list-is-shown": "list", "memo-is-shown": "memo"}
        return value if value == told.get(self.bug) else _SAID[version].get(value, value)

    def told(self, request: Request, name: str, known: list[str]) -> str:
        """The one value of a body."""
        value = json_object(request).get(name)
        if value not in known:
            raise error(422, "body")
        return str(value)

    def job(self, key: str, version: str) -> dict[str, str]:
        """A job as a version shows it."""
        if key not in self.jobs:
            raise error(404, "no_job")
        return {"id": key, _STATE[version]: self.said(self.jobs[key], version)}

    def card(self, key: str, version: str) -> dict[str, str]:
        """A card as a version shows it."""
        if key not in self.cards:
            raise error(404, "no_card")
        return {"id": key, "kind": self.said(self.cards[key], version)}

    def made(self, request: Request, version: str) -> Response:
        """`POST /jobs`: each begins as it is told, but for an archived one."""
        state = self.told(request, _STATE[version], STATES[version])
        if state == "archived":
            raise error(409, "begins_archived")
        self.jobs[key := f"j{next(self.numbers)}"] = state
        return reply(self.job(key, version), 201)

    def changed(self, request: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PUT /jobs/{id}`."""
        self.job(id, version)
        self.jobs[id] = self.told(request, _STATE[version], STATES[version])
        return reply(self.job(id, version))

    def deleted(self, _: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /jobs/{id}`."""
        self.job(id, version)
        del self.jobs[id]
        return reply(None, 204)

    def kept(self, request: Request, version: str) -> Response:
        """`POST /cards`."""
        kind = self.told(request, "kind", KINDS[version])
        self.cards[key := f"c{next(self.numbers)}"] = kind
        return reply(self.card(key, version), 201)


LIVES = [
    Life(
        name=name,
        policy=POLICY,
        documents={f"{version}.json": _contract(version, titled=titled) for version in ("v1", "v2")},
        make=Service,
        honest={DAY: frozenset({"AV301", "AV320"})},
        bugs={
            "archived-is-shown": Bug(day=DAY, codes=("AV301",)),
            "list-is-shown": Bug(day=DAY, codes=("AV301",)),
            "memo-is-shown": Bug(day=DAY, codes=("AV301",)),
        },
    )
    for name, titled in (("choices", False), ("titled-choices", True))
]
