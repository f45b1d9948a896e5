"""Notes that are replaced and deleted by who names the state they are in: with `If-Match`, which must be there, may be, or is not looked at."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from functools import partial
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import (
    ENVELOPE,
    TEXT,
    Api,
    by_path,
    document,
    error,
    json_object,
    operation,
    parameter,
    record,
    reply,
    text_member,
    versions_in_path,
)

DAY = "2026-11-20"
POLICY = f"""{versions_in_path("Notes")}
[versions.v1]
contract = "v1.json"
{ENVELOPE}
[sequences]
read_your_writes = true
gone_after_delete = true

[requests]
max_examples = 2
"""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """How the service has it.

    Attributes:
        required: Whether a write without `If-Match` is refused.
        looks: Whether a write looks at `If-Match`.
        refused: The status of a write that names another state.
    """

    required: bool = True
    looks: bool = True
    refused: int = 412


def contract(kind: Kind) -> Any:
    """Its contract, which names 412 where a write looks at `If-Match`."""
    note, new, one = record(id=TEXT, text=TEXT), record(text=TEXT), parameter("id")
    state = {**parameter("If-Match", "header"), "required": kind.required}
    no: dict[int | str, Any] = {400: {}, 404: {}, 415: {}, 422: {}, **({412: {}, 428: {}} if kind.looks else {})}
    return document(
        {
            "/notes": {"post": operation({201: note, **no}, body=new)},
            "/notes/{id}": {
                "get": operation({200: note, **no}, parameters=[one]),
                "put": operation({200: note, **no}, body=new, parameters=[one, state]),
                "delete": operation({204: None, **no}, parameters=[one, state]),
            },
        }
    )


class Service(Api):
    """The notes, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "", *, kind: Kind) -> None:
        super().__init__(select=by_path("v1"))
        self.bug, self.kind = bug, kind
        self.numbers, self.states = itertools.count(1), itertools.count(1)
        self.notes: dict[str, tuple[str, str]] = {}
        self.on("POST", "/notes")(self.made)
        self.past: dict[str, str] = {}
        self.on("GET", "/notes/{id}")(self.shown)
        self.on("PUT", "/notes/{id}")(self.replaced)
        self.on("DELETE", "/notes/{id}")(self.deleted)

    def note(self, key: str, status: int = 200) -> Response:
        """A note with its state."""
        if key not in self.notes:
            raise error(404, "no_note")
        text, state = self.notes[key]
        return reply({"id": key, "text": text}, status, ETag=state)

    def shown(self, request: Request, _: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`GET /notes/{id}`, and `HEAD`."""
        if id in self.past and request.method == "HEAD" and self.bug == "head-outlives-the-note":
            return reply({"id": id, "text": "x"})
        tag = request.headers.get("If-None-Match")
        if self.bug == "kept-notes-outlive-it" and tag is not None and tag == self.past.get(id):
            return reply(status=304)
        return self.note(id)

    def keep(self, key: str, request: Request) -> None:
        """A note as a body says, in a state of its own."""
        self.notes[key] = text_member(json_object(request), "text"), f'"{next(self.states)}"'

    def made(self, request: Request, _: str) -> Response:
        """`POST /notes`."""
        key = f"n{next(self.numbers)}"
        self.keep(key, request)
        return self.note(key, 201)

    def guard(self, request: Request, key: str) -> None:
        """What a write may be refused for, though its body is right."""
        self.note(key)
        named = request.headers.get("If-Match")
        if named is None and self.kind.required:
            raise error(428, "no_state")
        looks = self.kind.looks and self.bug != f"{request.method.lower()}-does-not-look"
        if looks and named not in {None, "*", self.notes[key][1]}:
            raise error(self.kind.refused, "another_state")

    def replaced(self, request: Request, _: str, id: str) -> Response:  # noqa: A002
        """`PUT /notes/{id}`."""
        self.guard(request, id)
        self.keep(id, request)
        return self.note(id)

    def deleted(self, request: Request, _: str, id: str) -> Response:  # noqa: A002
        """`DELETE /notes/{id}`."""
        self.guard(request, id)
        self.past[id] = self.notes.pop(id)[1]
        return reply(status=204)


def _life(name: str, kind: Kind) -> Life:
    bugs = ("put-does-not-look", "delete-does-not-look") if kind.looks else ()
    left = ("head-outlives-the-note", "kept-notes-outlive-it") if kind.required else ()
    return Life(
        name=name,
        policy=POLICY,
        documents={"v1.json": contract(kind)},
        make=partial(Service, kind=kind),
        honest={DAY: frozenset({"AV318", "AV319"})},
        bugs={bug: Bug(day=DAY, codes=("AV319" if bug in left else "AV318",)) for bug in (*bugs, *left)},
    )


LIVES = [
    _life("guarded-writes", Kind()),
    _life("guarded-writes-for-who-asks", Kind(required=False, refused=409)),
    _life("writes-that-are-not-guarded", Kind(required=False, looks=False)),
]
