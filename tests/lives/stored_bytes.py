"""Songs with a recording each, and files by their names: bytes, which are read as they were put."""

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
[sequences]
read_your_writes = true

[requests]
max_examples = 2
"""
BYTES = "application/octet-stream"
_LEAST, _MOST = 4, 1000


def _contract() -> Any:
    named = [parameter("id")]
    song, new = record(id=TEXT, name=TEXT), record(name=TEXT)
    told = {"type": "string", "format": "binary", "minLength": _LEAST, "maxLength": _MOST}
    get = operation({200: None, 404: {}}, parameters=named)
    get["responses"]["200"]["content"] = {BYTES: {"schema": {"type": "string", "format": "binary"}}}
    put = operation({204: None, "4XX": {}}, parameters=named, body=told, media_type=BYTES)
    file = {
        "get": {**get, "parameters": [parameter("name")]},
        "put": operation(
            {201: None, 204: None, "4XX": {}},
            parameters=[parameter("name")],
            body={"type": "string", "format": "binary"},
            media_type=BYTES,
        ),
    }
    return document(
        {
            **collection("/songs", song, new),
            "/songs/{id}/recording": {"get": get, "put": put},
            "/files/{name}": file,
        }
    )


class Service(Api):
    """The songs, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug = bug
        self.numbers = itertools.count(1)
        self.songs: dict[str, tuple[str, bytes]] = {}
        self.on("POST", "/songs")(self.made)
        self.on("GET", "/songs/{id}")(lambda _, __, id: self.song(id))  # noqa: A006  the contract's name
        self.on("PUT", "/songs/{id}")(self.replaced)
        self.on("DELETE", "/songs/{id}")(self.deleted)
        self.on("GET", "/songs/{id}/recording")(self.recording)
        self.on("PUT", "/songs/{id}/recording")(self.recorded)
        self.files: dict[str, bytes] = {}
        self.on("GET", "/files/{name}")(self.file)
        self.on("PUT", "/files/{name}")(self.filed)

    def known(self, key: str) -> tuple[str, bytes]:
        """A song that is there, and its recording."""
        if key not in self.songs:
            raise error(404, "no_song")
        return self.songs[key]

    def song(self, key: str, status: int = 200) -> Response:
        """A song as it is told."""
        return reply({"id": key, "name": self.known(key)[0]}, status)

    def made(self, request: Request, _: str) -> Response:
        """`POST /songs`."""
        key = f"s{next(self.numbers)}"
        self.songs[key] = text_member(json_object(request), "name"), b"silence"
        return self.song(key, 201)

    def replaced(self, request: Request, _: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PUT /songs/{id}`."""
        _, told = self.known(id)
        self.songs[id] = text_member(json_object(request), "name"), told
        return self.song(id)

    def deleted(self, _: Request, __: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /songs/{id}`."""
        self.known(id)
        del self.songs[id]
        return reply(None, 204)

    def recording(self, _: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`GET /songs/{id}/recording`."""
        found = self.known(id)[1]
        if version == "v2":
            found = found.strip() if self.bug == "recordings-are-trimmed-in-v2" else found
            found = found.replace(b"\r\n", b"\n") if self.bug == "recordings-have-plain-lines-in-v2" else found
        return Response(found, content_type=BYTES)

    def file(self, _: Request, version: str, name: str) -> Response:
        """`GET /files/{name}`."""
        if name not in self.files:
            raise error(404, "no_file")
        found = self.files[name]
        cut = self.bug == "files-end-at-a-nul-in-v2" and version == "v2"
        return Response(found.partition(b"\0")[0] if cut else found, content_type=BYTES)

    def filed(self, request: Request, _: str, name: str) -> Response:
        """`PUT /files/{name}`."""
        if request.mimetype != BYTES:
            raise error(415, "media_type")
        known = name in self.files
        self.files[name] = request.get_data()
        return reply(None, 204 if known else 201)

    def recorded(self, request: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PUT /songs/{id}/recording`."""
        name, _ = self.known(id)
        if request.mimetype != BYTES:
            raise error(415, "media_type")
        told = request.get_data()
        if not _LEAST <= len(told) <= _MOST:
            raise error(422, "length")
        if self.bug == "recordings-are-texts-in-v2" and version == "v2":
            told = told.decode("utf-8", "replace").encode()
        self.songs[id] = name, told
        return reply(None, 204)


LIFE = Life(
    name="stored-bytes",
    policy=POLICY,
    documents={f"{version}.json": _contract() for version in ("v1", "v2")},
    make=Service,
    honest={DAY: frozenset({"AV318"})},
    bugs={
        "files-end-at-a-nul-in-v2": Bug(day=DAY, codes=("AV318",)),
        "recordings-are-trimmed-in-v2": Bug(day=DAY, codes=("AV318",)),
        "recordings-have-plain-lines-in-v2": Bug(day=DAY, codes=("AV318",)),
        "recordings-are-texts-in-v2": Bug(day=DAY, codes=("AV318",)),
    },
)
