"""Crates with a weight that may be 0, a mark that may be false, a note that may be null, and a list: what is false is a value all the same."""

from __future__ import annotations

import datetime as dt
import html
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
)

DAY = "2026-11-20"
POLICY = f"""{PATHS}{ENVELOPE}
[sequences]
read_your_writes = true
lists = "ordered"

[requests]
max_examples = 3
"""
_MERGE = "application/merge-patch+json"
_WORDS = {"type": "array", "items": TEXT, "maxItems": 3}
_CRATE = {
    "name": TEXT,
    "weight": {"type": "integer", "minimum": 0, "maximum": 1000},
    "sealed": {"type": "boolean"},
    "note": {"type": ["string", "null"], "minLength": 1, "maxLength": 60},
    "words": _WORDS,
}


def _contract(*, updated: bool) -> Any:
    body = {"type": "object", "required": ["name"], "properties": _CRATE, "additionalProperties": False}
    shown = record(id=TEXT, **{**_CRATE, "words": {"type": "array", "items": {"type": "string"}}})
    paths = collection("/crates", shown, body)
    if updated:
        patch = {**body, "required": [], "minProperties": 1}
        paths["/crates/{id}"]["patch"] = operation(
            {200: shown, "4XX": {}}, parameters=[parameter("id")], body=patch, media_type=_MERGE
        )
    else:
        del paths["/crates/{id}"]["put"]
    return document(paths)


class Service(Api):
    """The crates, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug, self.numbers, self.states = bug, itertools.count(1), itertools.count(1)
        self.crates: dict[str, dict[str, Any]] = {}
        self.tags: dict[str, str] = {}
        self.on("POST", "/crates")(self.made)
        self.on("GET", "/crates/{id}")(self.shown)
        self.on("PUT", "/crates/{id}")(self.replaced)
        self.on("PATCH", "/crates/{id}")(self.changed)
        self.on("DELETE", "/crates/{id}")(self.deleted)

    def known(self, key: str) -> dict[str, Any]:
        """What is stored of a crate."""
        if key not in self.crates:
            raise error(404, "no_crate")
        return self.crates[key]

    def kept(self, key: str, crate: dict[str, Any], status: int = 200) -> Response:
        """Store a crate, and show it."""
        self.crates[key], self.tags[key] = crate, f'"{next(self.states)}"'
        return reply({"id": key, **crate}, status, ETag=self.tags[key])

    def told(self, request: Request, *, whole: bool = True) -> dict[str, Any]:
        """What a body says."""
        if not whole:
            if request.mimetype != _MERGE:
                raise error(415, "media_type")
            request.environ["CONTENT_TYPE"] = "application/json"
            request = Request(request.environ, populate_request=False)
        body = json_object(request)
        if not body.keys() <= _CRATE.keys() or not body or (whole and "name" not in body):
            raise error(422, "members")
        weight, words = body.get("weight", 1), body.get("words", [])
        texts = [*([body["name"]] if "name" in body else []), *(words if isinstance(words, list) else [None])]
        texts += [body["note"]] if body.get("note") is not None else []
        if not all(isinstance(each, str) and 1 <= len(each) <= 60 for each in texts) or len(words) > 3:
            raise error(422, "text")
        if isinstance(weight, bool) or not isinstance(weight, int | float) or weight % 1 or not 0 <= weight <= 1000:
            raise error(422, "weight")
        if not isinstance(body.get("sealed", True), bool):
            raise error(422, "sealed")
        return self.spoilt(body)

    def spoilt(self, body: dict[str, Any]) -> dict[str, Any]:
        """The same after a bug has been at it."""
        if "name" in body and self.bug == "names-are-kept-as-html":
            body["name"] = html.escape(body["name"])
        if "words" in body and self.bug == "words-are-sorted":
            body["words"] = sorted(body["words"], key=str.casefold)
        if "words" in body and self.bug == "words-are-kept-as-one-text":
            body["words"] = [part for each in body["words"] for part in each.split(",")]
        return body

    def made(self, request: Request, _: str) -> Response:
        """`POST /crates`."""
        body = self.told(request)
        crate = {"weight": 5, "sealed": True, "note": None, "words": [], **body}
        if self.bug == "no-weight-is-the-usual-one":
            crate["weight"] = crate["weight"] or 5
        return self.kept(f"c{next(self.numbers)}", crate, 201)

    def shown(self, request: Request, _: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`GET /crates/{id}`."""
        crate, asked = self.known(id), request.headers.get("If-None-Match")
        if asked == self.tags[id] or (asked and self.bug == "every-tag-is-the-right-one"):
            return reply(None, 304, ETag=self.tags[id])
        return reply({"id": id, **crate}, ETag=self.tags[id])

    def replaced(self, request: Request, _: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PUT /crates/{id}`."""
        self.known(id)
        return self.kept(id, {"weight": 5, "sealed": True, "note": None, "words": [], **self.told(request)})

    def changed(self, request: Request, _: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PATCH /crates/{id}`."""
        before, told = self.known(id), self.told(request, whole=False)
        if self.bug == "patch-leaves-out-what-is-false":
            told = {name: value for name, value in told.items() if value or value is None}
        if self.bug == "patch-leaves-out-nulls":
            told = {name: value for name, value in told.items() if value is not None}
        return self.kept(id, {**before, **told})

    def deleted(self, _: Request, __: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /crates/{id}`."""
        self.known(id)
        del self.crates[id]
        return reply(None, 204)


_READ = Bug(day=DAY, codes=("AV318",))


def _life(name: str, *bugs: str, updated: bool) -> Life:
    return Life(
        name=name,
        policy=POLICY,
        documents={f"{version}.json": _contract(updated=updated) for version in ("v1", "v2")},
        make=partial(Service),
        honest={DAY: frozenset({"AV318"})},
        bugs=dict.fromkeys(bugs, _READ),
    )


LIVES = [
    _life(
        "false-values",
        "patch-leaves-out-what-is-false",
        "patch-leaves-out-nulls",
        "every-tag-is-the-right-one",
        updated=True,
    ),
    _life(
        "values-of-made-things",
        "no-weight-is-the-usual-one",
        "words-are-sorted",
        "names-are-kept-as-html",
        "words-are-kept-as-one-text",
        updated=False,
    ),
]
