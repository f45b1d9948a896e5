"""Notes with a text that may be null and with lists: null stays null, and lists keep what was written, in their order where that is promised."""

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
across = true
SAID

[requests]
max_examples = 3
"""
_LONGEST = 60
_MARKS = ("new", "old", "odd")
_REMARK = {"type": ["string", "null"], "minLength": 1, "maxLength": _LONGEST}
_TAGS = {"type": "array", "items": TEXT, "minItems": 2, "maxItems": 4, "uniqueItems": True}
_NOTE = {"name": TEXT, "remark": _REMARK, "tags": _TAGS, "marks": {"type": "array", "items": {"enum": list(_MARKS)}}}


def _contract(version: str) -> Any:
    body = {**record(**_NOTE), "additionalProperties": False}
    shown = record(id=TEXT, **_NOTE, **({"pages": {"type": "integer"}} if version == "v2" else {}))
    shown["properties"] |= {"remark": {"type": ["string", "null"]}, "tags": {"type": "array", "items": TEXT}}
    paths = collection("/notes", shown, body)
    paths["/notes/{id}"]["patch"] = operation(
        {200: shown, "4XX": {}}, parameters=[parameter("id")], body={**body, "required": [], "minProperties": 1}
    )
    return document(paths)


class Service(Api):
    """The notes, the same on every day. Where nothing else is promised it keeps each tag once, in small letters and by the alphabet."""

    def __init__(self, _now: dt.datetime, bug: str = "", *, ordered: bool = False) -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug, self.ordered, self.numbers = bug, ordered, itertools.count(1)
        self.notes: dict[str, dict[str, Any]] = {}
        self.past: dict[str, dict[str, Any]] = {}
        self.on("POST", "/notes")(self.made)
        self.on("GET", "/notes/{id}")(lambda _, version, id: reply(self.note(id, version)))  # noqa: A006
        self.on("PUT", "/notes/{id}")(self.replaced)
        self.on("PATCH", "/notes/{id}")(self.changed)
        self.on("DELETE", "/notes/{id}")(self.deleted)

    def known(self, key: str) -> dict[str, Any]:
        """What is stored of a note."""
        if key not in self.notes:
            raise error(404, "no_note")
        return self.notes[key]

    def note(self, key: str, version: str) -> dict[str, Any]:
        """A note as a version shows it."""
        past = self.past.get(key) if version == "v2" else None
        note = {"id": key, **(past or self.known(key))}
        foreign = note.pop("of") == "v1" and version == "v2"
        if note["remark"] is None and (
            self.bug == "null-is-shown-as-empty" or (foreign and self.bug == "v2-shows-nulls-of-v1-as-empty")
        ):
            note["remark"] = ""
        if foreign and self.bug == "v2-shows-one-tag-of-v1":
            note["tags"] = note["tags"][:1]
        return {**note, **({"pages": 1} if version == "v2" else {})}

    def told(self, request: Request, version: str, *, whole: bool = True) -> dict[str, Any]:
        """What a body says, as it is stored."""
        body = json_object(request)
        if not body.keys() <= _NOTE.keys() or not body or (whole and body.keys() != _NOTE.keys()):
            raise error(422, "members")
        if "name" in body:
            text_member(body, "name")
        remark, tags, marks = body.get("remark"), body.get("tags", ["a", "b"]), body.get("marks", [])
        if remark is not None and not _is_text(remark):
            raise error(422, "remark")
        if (
            not isinstance(tags, list)
            or not 2 <= len(tags) <= 4
            or not all(map(_is_text, tags))
            or len({*tags}) < len(tags)
        ):
            raise error(422, "tags")
        if not isinstance(marks, list) or not all(each in _MARKS for each in marks):
            raise error(422, "marks")
        if "tags" in body and (not self.ordered or self.bug == "tags-are-sorted"):
            body["tags"] = sorted(dict.fromkeys(each.strip().lower() for each in tags if each.strip()))
        if "tags" in body and self.bug == "one-tag-is-kept":
            body["tags"] = body["tags"][:1]
        if "marks" in body and not self.ordered:
            body["marks"] = list(dict.fromkeys(marks))
        return {**body, "of": version}

    def made(self, request: Request, version: str) -> Response:
        """`POST /notes`."""
        self.notes[key := f"n{next(self.numbers)}"] = self.told(request, version)
        return reply(self.note(key, version), 201)

    def replaced(self, request: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PUT /notes/{id}`."""
        before, told = self.known(id), self.told(request, version)
        if self.bug == "put-of-null-keeps-the-remark" and told["remark"] is None:
            told["remark"] = before["remark"]
        if self.bug == "put-adds-to-the-tags":
            told["tags"] = [*before["tags"], *told["tags"]]
        self.notes[id] = told
        return reply(self.note(id, version))

    def changed(self, request: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PATCH /notes/{id}`."""
        before, told = self.known(id), self.told(request, version, whole=False)
        if told.get("remark", "") is None and self.bug == "patch-of-null-keeps-the-remark":
            del told["remark"]
        self.notes[id] = {**before, **told}
        return reply(self.note(id, version))

    def deleted(self, _: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /notes/{id}`."""
        note = self.known(id)
        if self.bug == "v2-shows-what-v1-deleted" and version == "v1":
            self.past[id] = note
        del self.notes[id]
        return reply(None, 204)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 1 <= len(value) <= _LONGEST


def _life(name: str, said: str, *, ordered: bool, without: str = "", bugs: dict[str, Bug]) -> Life:
    contracts = {version: _contract(version) for version in ("v1", "v2")}
    for contract in contracts.values():
        contract["paths"]["/notes/{id}"].pop(without, None)
    return Life(
        name=name,
        policy=POLICY.replace("SAID", said),
        documents={f"{version}.json": contract for version, contract in contracts.items()},
        make=partial(Service, ordered=ordered),
        honest={DAY: frozenset({"AV318", "AV320"})},
        bugs=bugs,
    )


_READ = Bug(day=DAY, codes=("AV318",))
_ACROSS = Bug(day=DAY, codes=("AV320",))
LIVES = [
    _life(
        "kept-values",
        "",
        ordered=False,
        bugs={
            "null-is-shown-as-empty": _READ,
            "put-of-null-keeps-the-remark": _READ,
            "one-tag-is-kept": _READ,
            "put-adds-to-the-tags": _READ,
            "v2-shows-nulls-of-v1-as-empty": _ACROSS,
            "v2-shows-one-tag-of-v1": _ACROSS,
            "v2-shows-what-v1-deleted": Bug(day=DAY, codes=("AV319",)),
        },
    ),
    _life(
        "values-as-sent",
        'lists = "ordered"\nnulls = true',
        ordered=True,
        without="put",
        bugs={"tags-are-sorted": _READ, "patch-of-null-keeps-the-remark": _READ},
    ),
]
