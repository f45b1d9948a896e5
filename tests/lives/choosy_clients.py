"""Pens that are told in JSON or as plain text, by what a client takes; one that takes neither is told so."""

from __future__ import annotations

import datetime as dt
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import ENVELOPE, PATHS, TEXT, Api, by_path, document, error, operation, record, reply

DAY = "2026-11-20"
POLICY = f"""{PATHS}{ENVELOPE}SAID
[requests]
max_examples = 2
"""
_PENS = {"type": "array", "items": record(id=TEXT, colour=TEXT)}
_TAKEN = ("application/json", "text/plain")


def _contract() -> Any:
    pens = operation({200: _PENS, 406: {}})
    pens["responses"]["200"]["content"]["text/plain"] = {"schema": {"type": "string"}}
    return document({"/pens": {"get": pens}, "/caps": {"get": operation({200: _PENS})}})


class Service(Api):
    """The pens, the same on every day; caps are told in JSON, whatever a client takes."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug = bug
        self.on("GET", "/pens")(self.pens)
        self.on("GET", "/caps")(lambda *_: reply([{"id": "c1", "colour": "red"}]))

    def pens(self, request: Request, version: str) -> Response:
        """`GET /pens`."""
        kind = request.accept_mimetypes.best_match(_TAKEN)
        if kind is None and not (self.bug == "json-for-all-in-v2" and version == "v2"):
            if self.bug == "not-acceptable-in-words-in-v2" and version == "v2":
                return Response("Not Acceptable", 406, content_type="text/plain")
            raise error(415 if self.bug == "another-status-in-v2" and version == "v2" else 406, "not_acceptable")
        if kind == "text/plain":
            return Response("p1 blue", content_type="text/plain")
        return reply([{"id": "p1", "colour": "blue"}])


def _life(name: str, said: str, bugs: dict[str, Bug]) -> Life:
    return Life(
        name=name,
        policy=POLICY.replace("SAID", said),
        documents={f"{version}.json": _contract() for version in ("v1", "v2")},
        make=Service,
        honest={DAY: frozenset({"AV301"})},
        bugs=bugs,
        whole=False,
    )


LIVES = [
    _life(
        "choosy-clients",
        "",
        {
            "json-for-all-in-v2": Bug(day=DAY, codes=("AV301",)),
            "another-status-in-v2": Bug(day=DAY, codes=("AV301",)),
            "not-acceptable-in-words-in-v2": Bug(day=DAY, codes=("AV401",)),
        },
    ),
    _life("clients-that-choose-in-vain", "not_acceptable = false\n", {}),
]
