"""Parcels that are replaced with `PUT`, and whose older version does not know their note: it is kept, or not, as the policy says."""

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
    record,
    reply,
    text_member,
)

DAY = "2026-11-20"
POLICY = f"""{PATHS}{ENVELOPE}
[sequences]
across = true
SAID
[requests]
max_examples = 2
"""
_MEMBERS = {"v1": ("receiver",), "v2": ("receiver", "note")}


def _contract(version: str) -> Any:
    named = dict.fromkeys(_MEMBERS[version], TEXT)
    return document(collection("/parcels", record(id=TEXT, **named), record(**named)))


class Service(Api):
    """The parcels, the same on every day.

    Args:
        _now: Any day.
        bug: What is wrong with it.
        keeps: Whether what a version does not know outlives its `PUT`.
    """

    def __init__(self, _now: dt.datetime, bug: str = "", *, keeps: bool) -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.keeps = keeps and not bug
        self.numbers = itertools.count(1)
        self.parcels: dict[str, dict[str, str]] = {}
        self.on("POST", "/parcels")(self.made)
        self.on("GET", "/parcels/{id}")(lambda _, version, id: reply(self.parcel(id, version)))  # noqa: A006  the contract's name
        self.on("PUT", "/parcels/{id}")(self.replaced)
        self.on("DELETE", "/parcels/{id}")(self.deleted)

    def parcel(self, key: str, version: str) -> dict[str, str]:
        """A parcel as a version shows it."""
        if key not in self.parcels:
            raise error(404, "no_parcel")
        return {"id": key, **{name: self.parcels[key][name] for name in _MEMBERS[version]}}

    def told(self, request: Request, version: str) -> dict[str, str]:
        """What a body says."""
        body = json_object(request)
        return {name: text_member(body, name) for name in _MEMBERS[version]}

    def made(self, request: Request, version: str) -> Response:
        """`POST /parcels`."""
        told = self.told(request, version)
        self.parcels[key := f"p{next(self.numbers)}"] = {"note": "none", **told}
        return reply(self.parcel(key, version), 201)

    def replaced(self, request: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PUT /parcels/{id}`."""
        before = self.parcel(id, "v2")
        self.parcels[id] = {"note": before["note"] if self.keeps else "none", **self.told(request, version)}
        return reply(self.parcel(id, version))

    def deleted(self, _: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /parcels/{id}`."""
        self.parcel(id, version)
        del self.parcels[id]
        return reply(None, 204)


def _life(name: str, *, keeps: bool) -> Life:
    return Life(
        name=name,
        policy=POLICY.replace("SAID", "keeps_unknown = true" if keeps else ""),
        documents={f"{version}.json": _contract(version) for version in _MEMBERS},
        make=partial(Service, keeps=keeps),
        honest={DAY: frozenset({"AV320"})},
        bugs={"v1-erases-notes": Bug(day=DAY, codes=("AV320",))} if keeps else {},
    )


LIVES = [_life("unknown-members-are-kept", keeps=True), _life("unknown-members-are-replaced", keeps=False)]
