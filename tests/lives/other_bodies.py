"""A service whose versions call the one member of a body otherwise, and tell its absence alike."""

from __future__ import annotations

import datetime as dt
import itertools

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
    record,
    reply,
    versions_in_path,
)

DAY = "2026-11-20"
NAMES = {"v1": "topic", "v2": "task"}
POLICY = f"""{versions_in_path("Other bodies")}
[versions.v1]
contract = "v1.json"
[versions.v2]
contract = "v2.json"
{ENVELOPE}
same_codes = true
codes = {{ VALIDATION_ERROR = 422 }}

[requests]
max_examples = 3
"""
LONGEST = 60


class Service(Api):
    """The service, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug = bug
        self.numbers = itertools.count(1)
        self.on("POST", "/debates")(self.made)

    def made(self, request: Request, version: str) -> Response:
        """`POST /debates`."""
        value = json_object(request).get(NAMES[version])
        if not isinstance(value, str) or not 1 <= len(value) <= LONGEST:
            new = version == "v2"
            raise error(
                400 if new and self.bug == "another-status" else 422,
                "VALIDATION_FAILED" if new and self.bug == "another-code" else "VALIDATION_ERROR",
            )
        return reply({"id": str(next(self.numbers)), NAMES[version]: value}, 201)


def _document(version: str) -> object:
    name = NAMES[version]
    shown = record(id=TEXT, **{name: TEXT})
    return document(
        {"/debates": {"post": operation({201: shown, "4XX": {}}, body=record(**{name: TEXT}))}},
        servers=[{"url": f"/{version}"}],
    )


LIFE = Life(
    name="other-bodies",
    policy=POLICY,
    documents={f"{version}.json": _document(version) for version in NAMES},
    make=Service,
    honest={DAY: frozenset({"AV403"})},
    bugs={
        "another-code": Bug(day=DAY, codes=("AV403",)),
        "another-status": Bug(
            day=DAY,
            codes=("AV403", "AV404"),
            reason="the code has a status of its own, and v1 tells the fault with that",
        ),
    },
    subject="v2",
)
