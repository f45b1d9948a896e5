"""Parcels whose receiver two versions call otherwise, with a weight that both know: what is wrong with them everywhere is told once."""

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
    record,
    reply,
    text_member,
)

DAY = "2026-11-20"
NAMES = {"v1": "receiver", "v2": "recipient"}
OTHER = {"v1": "v2", "v2": "v1"}
POLICY = f"""{PATHS}{ENVELOPE}
[[fields]]
v1 = "receiver"
v2 = "recipient"

[sequences]
read_your_writes = true

[requests]
max_examples = 2
"""
_WEIGHT = record(unit={"type": "string"}, value={"type": "integer"})


def _contract(version: str) -> Any:
    parcel = record(id=TEXT, **{NAMES[version]: TEXT}, weight=_WEIGHT)
    paths = collection("/parcels", parcel, record(**{NAMES[version]: TEXT}))
    paths["/parcels"]["get"] = operation({200: {"type": "array", "items": parcel}})
    return document(paths, servers=[{"url": f"/{version}"}])


class Service(Api):
    """The parcels, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path(*NAMES))
        self.bug, self.numbers = bug, itertools.count(2)
        self.parcels = {"p1": "Ann"}
        self.on("GET", "/parcels")(self.listed)
        self.on("POST", "/parcels")(self.made)
        self.on("GET", "/parcels/{id}")(lambda _, version, id: reply(self.parcel(id, version)))  # noqa: A006
        self.on("PUT", "/parcels/{id}")(self.replaced)
        self.on("DELETE", "/parcels/{id}")(self.deleted)

    def parcel(self, key: str, version: str) -> dict[str, Any]:
        """A parcel as a version shows it."""
        if key not in self.parcels:
            raise error(404, "no_parcel")
        shown = OTHER[version] if self.bug == "bodies-took-each-others-place" else version
        weight: dict[str, Any] = {"unit": "kg", "value": 2}
        if self.bug == "weights-have-no-unit":
            del weight["unit"]
        if self.bug == "weights-are-written-otherwise":
            weight = {"unit": 1000, "value": "2"}
        return {"id": key, NAMES[shown]: self.parcels[key], "weight": weight}

    def listed(self, _: Request, version: str) -> Response:
        """`GET /parcels`."""
        return reply([self.parcel(key, version) for key in self.parcels])

    def made(self, request: Request, version: str) -> Response:
        """`POST /parcels`."""
        name = text_member(json_object(request), NAMES[version])
        self.parcels[key := f"p{next(self.numbers)}"] = name
        return reply(self.parcel(key, version), 201)

    def replaced(self, request: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PUT /parcels/{id}`."""
        before = self.parcel(id, version)
        name = text_member(json_object(request), NAMES[version])
        if self.bug != "receivers-stay":
            self.parcels[id] = name
        return reply(before if self.bug == "updates-show-what-was" else self.parcel(id, version))

    def deleted(self, _request: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /parcels/{id}`."""
        self.parcel(id, version)
        del self.parcels[id]
        return reply(None, 204)


LIFE = Life(
    name="two-names",
    policy=POLICY,
    documents={f"{version}.json": _contract(version) for version in NAMES},
    make=Service,
    honest={DAY: frozenset({"AV301", "AV318"})},
    bugs={
        "weights-have-no-unit": Bug(day=DAY, codes=("AV301",)),
        "weights-are-written-otherwise": Bug(day=DAY, codes=("AV301",)),
        "bodies-took-each-others-place": Bug(day=DAY, codes=("AV301",)),
        "receivers-stay": Bug(day=DAY, codes=("AV318",)),
        "updates-show-what-was": Bug(day=DAY, codes=("AV318",)),
    },
)
