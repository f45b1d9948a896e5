"""A service with versions in a header that never says which of them answered, and whose answers have nothing of their own."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import (
    API,
    ENVELOPE,
    TEXT,
    Api,
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
NAMES = {"v1": "name", "v2": "title"}
POLICY = f"""{API}
[versioning]
scheme = "vN"
carriers = ["header"]
header = {{ name = "X-Version" }}
missing = {{ reject = 400, code = "no_version" }}
empty = {{ reject = 400, code = "no_version" }}
unknown = {{ reject = 404, code = "unknown_version" }}
malformed = {{ reject = 404, code = "unknown_version" }}
duplicated = {{ reject = 404, code = "unknown_version" }}
undeclared_carriers = "ignored"

[versions.v1]
contract = "v1.json"
[versions.v2]
contract = "v2.json"
{ENVELOPE}
[operations]
isolated = true

[requests]
max_examples = 2
"""


def _contract(version: str) -> Any:
    thing = record(id=TEXT, **{NAMES[version]: TEXT})
    return document(
        {
            "/things": {
                "get": operation({200: {"type": "array", "items": thing}, "4XX": {}}),
                "post": operation({201: thing, "4XX": {}}, body=record(**{NAMES[version]: TEXT})),
            },
            "/things/{id}": {"get": operation({200: thing, "4XX": {}}, parameters=[parameter("id")])},
        }
    )


class Service(Api):
    """The things, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=self.selected)
        self.bug, self.numbers = bug, itertools.count(2)
        self.things = {"t1": "One"}
        self.kept: dict[str, Response] = {}
        self.on("GET", "/things")(lambda _, version: reply([self.thing(key, version) for key in self.things]))
        self.on("POST", "/things")(self.made)
        self.on("GET", "/things/{id}")(lambda _, version, id: reply(self.thing(id, version)))  # noqa: A006

    def selected(self, request: Request) -> tuple[str, str]:
        """The version in the header, and the path."""
        text = request.headers.get("X-Version", "")
        if self.bug == "query-beats-the-header":
            text = request.args.get("version", text)
        if not text:
            raise error(400, "no_version")
        if self.bug == "any-version-is-the-newest" and re.fullmatch("v[0-9]+", text) and text not in NAMES:
            return "v2", request.path
        if text not in NAMES:
            raise error(404, "unknown_version")
        return text, request.path

    def answer(self, request: Request) -> Response:
        """The answer; what was read at an address may be kept for whoever asks there next."""
        read = request.method == "GET" and self.bug == "kept-without-a-version"
        if request.method == "POST":
            self.kept.clear()
        if read and request.full_path in self.kept:
            return self.kept[request.full_path]
        response = super().answer(request)
        if read:
            self.kept[request.full_path] = response
        return response

    def thing(self, key: str, version: str) -> dict[str, str]:
        """A thing as a version shows it."""
        if key not in self.things:
            raise error(404, "no_thing")
        return {"id": key, NAMES[version]: self.things[key]}

    def made(self, request: Request, version: str) -> Response:
        """`POST /things`."""
        name = text_member(json_object(request), NAMES[version])
        self.things[key := f"t{next(self.numbers)}"] = name
        return reply(self.thing(key, version), 201)


LIFE = Life(
    name="unspoken",
    policy=POLICY,
    documents={f"{version}.json": _contract(version) for version in NAMES},
    make=Service,
    honest={DAY: frozenset({"AV203", "AV219", "AV301", "AV311"})},
    bugs={
        "kept-without-a-version": Bug(
            day=DAY,
            codes=("AV201", "AV203"),
            reason="what was read at an address is given to whoever names another version there, or none",
        ),
        "query-beats-the-header": Bug(day=DAY, codes=("AV219",)),
        "any-version-is-the-newest": Bug(day=DAY, codes=("AV203",)),
    },
)
