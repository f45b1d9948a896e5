"""Notes that are updated in part, replaced by less than they were, and listed until they are deleted, or archived."""

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
    parameter,
    record,
    reply,
    text_member,
)

DAY = "2026-11-20"
POLICY = f"""{PATHS}{ENVELOPE}
[sequences]
read_your_writes = true
listed = true
gone_after_delete = true
SAID

[requests]
max_examples = 3
"""
_STATES = ["open", "archived"]
_REMARK = {"type": "string", "minLength": 8, "maxLength": 40}
_TAGS = {"type": "array", "items": _REMARK, "maxItems": 3, "uniqueItems": True}
_NEW = {"name": TEXT, "remark": _REMARK, "tags": _TAGS}
_BODY = {**record(**_NEW), "required": ["name"], "additionalProperties": False}
_NOTE = record(id=TEXT, name=TEXT, remark={"type": "string"}, tags=_TAGS, state={"enum": _STATES})


def _contract() -> Any:
    paths = collection("/notes", _NOTE, _BODY)
    paths["/notes"]["get"] = operation({200: {"type": "array", "items": _NOTE}})
    paths["/notes/{id}"]["patch"] = operation(
        {200: _NOTE, "4XX": {}}, parameters=[parameter("id")], body={**_BODY, "required": []}
    )
    return document(paths)


class Service(Api):
    """The notes, the same on every day.

    Args:
        merges: Whether a `PUT` keeps what it does not name.
        archives: Whether the list has what was deleted, and says so.
    """

    def __init__(self, _now: dt.datetime, bug: str = "", *, merges: bool = False, archives: bool = False) -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug, self.merges, self.archives = bug, merges, archives
        self.numbers = itertools.count(1)
        self.notes: dict[str, dict[str, Any]] = {}
        self.on("GET", "/notes")(lambda *_: reply(self.listed()))
        self.on("POST", "/notes")(self.made)
        self.on("GET", "/notes/{id}")(lambda _, __, id: reply(self.known(id)))  # noqa: A006
        self.on("PUT", "/notes/{id}")(self.replaced)
        self.on("PATCH", "/notes/{id}")(self.changed)
        self.on("DELETE", "/notes/{id}")(self.deleted)

    def listed(self) -> list[dict[str, Any]]:
        """What the list has."""
        if self.bug == "the-list-has-what-was-deleted":
            return [{**note, "state": "open"} for note in self.notes.values()]
        return [note for note in self.notes.values() if self.archives or note["state"] == "open"]

    def known(self, key: str) -> dict[str, Any]:
        """A note that is there."""
        if key not in self.notes or self.notes[key]["state"] != "open":
            raise error(404, "no_note")
        return self.notes[key]

    def told(self, request: Request, *, whole: bool = True) -> dict[str, Any]:
        """What a body says."""
        body = json_object(request)
        if not body.keys() <= _NEW.keys() or (whole and "name" not in body):
            raise error(422, "members")
        if "name" in body:
            text_member(body, "name")
        tags = body.get("tags", [])
        texts = [body.get("remark", "remarked"), *(tags if isinstance(tags, list) else [None])]
        if not all(isinstance(each, str) and 8 <= len(each) <= 40 for each in texts) or len({*texts[1:]}) != len(tags):
            raise error(422, "texts")
        return body

    def made(self, request: Request, _: str) -> Response:
        """`POST /notes`."""
        told, key = self.told(request), f"n{next(self.numbers)}"
        self.notes[key] = {"id": key, "remark": "", "tags": [], **told, "state": "open"}
        return reply(self.notes[key], 201)

    def replaced(self, request: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PUT /notes/{id}`."""
        before, told = self.known(id), self.told(request)
        kept = dict(before) if self.merges else {"remark": "", "tags": []}
        if self.bug == "put-keeps-the-remark-in-v2" and version == "v2":
            kept["remark"] = before["remark"]
        self.notes[id] = {**kept, **told, "id": id, "state": "open"}
        return reply(self.notes[id])

    def changed(self, request: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PATCH /notes/{id}`."""
        before, told = self.known(id), self.told(request, whole=False)
        if self.bug == "patch-empties-the-tags-in-v2" and version == "v2":
            before = {**before, "tags": []}
        self.notes[id] = {**before, **told}
        return reply(self.notes[id])

    def deleted(self, _: Request, __: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /notes/{id}`."""
        self.notes[id] = {**self.known(id), "state": "archived"}
        return reply(None, 204)


def _life(name: str, said: str, *, make: Any = Service, bugs: dict[str, Bug] | None = None) -> Life:
    return Life(
        name=name,
        policy=POLICY.replace("SAID", said),
        documents={f"{version}.json": _contract() for version in ("v1", "v2")},
        make=make,
        honest={DAY: frozenset({"AV318", "AV319"})},
        bugs=bugs or {},
    )


LIVES = [
    _life(
        "partial-writes",
        "replaces = true",
        bugs={
            "put-keeps-the-remark-in-v2": Bug(day=DAY, codes=("AV318",)),
            "patch-empties-the-tags-in-v2": Bug(day=DAY, codes=("AV318",)),
            "the-list-has-what-was-deleted": Bug(day=DAY, codes=("AV319",)),
        },
    ),
    _life("puts-that-merge", "", make=partial(Service, merges=True)),
    _life("archives", "replaces = true", make=partial(Service, archives=True)),
]
