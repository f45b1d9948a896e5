"""Baskets with a list of things, marks by their names, and one of two shapes: what was written of their parts is read, whatever the service adds."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from jsonschema import Draft202012Validator
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
replaces = true
across = true

[requests]
max_examples = 3
"""
_MERGE = "application/merge-patch+json"
_COUNT = {"type": "integer", "minimum": 1, "maximum": 1000}
_THING = record(label=TEXT, count=_COUNT)
_THING["properties"] |= {"remark": {"type": ["string", "null"], "minLength": 1, "maxLength": 60}, "supplierId": TEXT}
_MARKS = {"type": "object", "additionalProperties": _COUNT}
_SHAPES = {
    "oneOf": [
        {**record(kind={"const": "round"}, radius=_COUNT), "additionalProperties": False},
        {**record(kind={"const": "flat"}, length=_COUNT, width=_COUNT), "additionalProperties": False},
    ]
}
_BASKET: dict[str, Any] = {"name": TEXT, "marks": _MARKS, "shape": _SHAPES}


def _basket(thing: dict[str, Any]) -> dict[str, Any]:
    return {**_BASKET, "things": {"type": "array", "maxItems": 4, "items": thing}}


_WRITTEN = {"type": "object", "required": ["name"], "properties": _basket(_THING), "additionalProperties": False}
_NEWER = {**_THING, "properties": {**_THING["properties"], "weight": _COUNT}}
"""A thing as v2 has it: v1 knows nothing of its weight."""


def _contract(version: str) -> Any:
    thing = _THING if version == "v1" else _NEWER
    body = {**_WRITTEN, "properties": _basket(thing)}
    seen = {**thing, "properties": {**thing["properties"], "place": {"type": "integer"}}}
    parts = {"id": TEXT, **_basket(seen), "things": {"type": "array", "items": seen}}
    shown = {"type": "object", "required": ["id", "name"], "properties": parts}
    paths = collection("/baskets", shown, body)
    patch = {**body, "required": [], "minProperties": 1}
    paths["/baskets/{id}"]["patch"] = operation(
        {200: shown, "4XX": {}}, parameters=[parameter("id")], body=patch, media_type=_MERGE
    )
    return document(paths)


class Service(Api):
    """The baskets, the same on every day. It sorts things, numbers them, makes one of those that are called alike, and marks each basket itself."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug, self.numbers = bug, itertools.count(1)
        self.baskets: dict[str, dict[str, Any]] = {}
        self.on("POST", "/baskets")(self.made)
        self.on("GET", "/baskets/{id}")(lambda _, version, id: reply(self.basket(id, version)))  # noqa: A006
        self.on("PUT", "/baskets/{id}")(self.replaced)
        self.on("PATCH", "/baskets/{id}")(self.changed)
        self.on("DELETE", "/baskets/{id}")(self.deleted)

    def known(self, key: str) -> dict[str, Any]:
        """What is stored of a basket."""
        if key not in self.baskets:
            raise error(404, "no_basket")
        return self.baskets[key]

    def basket(self, key: str, version: str) -> dict[str, Any]:
        """A basket as a version shows it."""
        basket = self.known(key)
        things = [{**thing, "place": place} for place, thing in enumerate(basket["things"], 1)]
        for thing in things if version == "v1" else ():
            thing.pop("weight", None)
            if self.bug == "v1-counts-anew" and basket["of"] == "v2":
                thing["count"] = 1
        return {"id": key, **{name: part for name, part in basket.items() if name != "of"}, "things": things}

    def told(self, request: Request, version: str, *, whole: bool = True) -> dict[str, Any]:
        """What a body says, as it is stored."""
        if request.mimetype != ("application/json" if whole else _MERGE):
            raise error(415, "media_type")
        request.environ["CONTENT_TYPE"] = "application/json"
        body = json_object(Request(request.environ, populate_request=False))
        schema = {**_WRITTEN, "properties": _basket(_THING if version == "v1" else _NEWER)}
        if not Draft202012Validator(schema if whole else {**schema, "required": [], "minProperties": 1}).is_valid(body):
            raise error(422, "body")
        if "things" in body:
            body["things"] = self.sorted(body["things"])
        if self.bug == "one-mark-is-kept" and len(body.get("marks", ())) > 1:
            body["marks"] = dict(sorted(body["marks"].items())[:1])
        if self.bug == "all-are-round" and body.get("shape", {}).get("kind") == "flat":
            body["shape"] = {"kind": "round", "radius": 1}
        return body

    def sorted(self, things: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Things as they are stored: each name once, by the alphabet."""
        found = sorted({thing["label"].casefold(): thing for thing in things}.values(), key=lambda each: each["label"])
        found = [{name: part for name, part in thing.items() if part is not None} for thing in found]
        if self.bug == "last-thing-is-lost" and len(found) > 1:
            found.pop()
        if self.bug == "remarks-are-lost":
            found = [{name: part for name, part in thing.items() if name != "remark"} for thing in found]
        if self.bug == "counts-are-exchanged" and len(found) > 1:
            found[0] = {**found[0], "count": found[1]["count"]}
        return found

    def made(self, request: Request, version: str) -> Response:
        """`POST /baskets`."""
        self.baskets[key := f"b{next(self.numbers)}"] = self.filled(self.told(request, version), version)
        return reply(self.basket(key, version), 201)

    def filled(self, told: dict[str, Any], version: str) -> dict[str, Any]:
        """A basket with what nobody told of it."""
        marks = {**told.get("marks", {}), "origin": 7}
        return {"things": [], **told, "marks": marks, "of": version}

    def replaced(self, request: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PUT /baskets/{id}`."""
        before, told = self.known(id), self.filled(self.told(request, version), version)
        if self.bug == "put-adds-to-things":
            told["things"] = [*before["things"], *told["things"]]
        if self.bug == "put-adds-to-marks":
            told["marks"] = {**before["marks"], **told["marks"]}
        self.baskets[id] = told
        return reply(self.basket(id, version))

    def changed(self, request: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PATCH /baskets/{id}`: marks are added to (RFC 7396), a shape is taken as it is."""
        before, told = self.known(id), self.told(request, version, whole=False)
        marks = {**before["marks"], **told.get("marks", {})}
        if self.bug == "patch-empties-things":
            before = {**before, "things": []}
        self.baskets[id] = {**before, **told, "marks": marks, "of": version}
        return reply(self.basket(id, version))

    def deleted(self, _: Request, __: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /baskets/{id}`."""
        self.known(id)
        del self.baskets[id]
        return reply(None, 204)


_READ = Bug(day=DAY, codes=("AV318",))
LIFE = Life(
    name="composed-values",
    policy=POLICY,
    documents={f"{version}.json": _contract(version) for version in ("v1", "v2")},
    make=Service,
    honest={DAY: frozenset({"AV318", "AV320"})},
    bugs={
        "last-thing-is-lost": _READ,
        "remarks-are-lost": _READ,
        "counts-are-exchanged": _READ,
        "one-mark-is-kept": _READ,
        "all-are-round": _READ,
        "put-adds-to-things": Bug(day=DAY, codes=("AV318",), sequels=("AV320",)),
        "put-adds-to-marks": _READ,
        "patch-empties-things": _READ,
        "v1-counts-anew": Bug(day=DAY, codes=("AV320",)),
    },
)
