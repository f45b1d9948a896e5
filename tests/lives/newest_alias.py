"""A service whose newest version has a name of its own in the path, and which counts for each text that is shown as a key."""

from __future__ import annotations

import collections
import datetime as dt
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import (
    ENVELOPE,
    TEXT,
    Api,
    Refused,
    document,
    error,
    operation,
    record,
    reply,
    versions_in_path,
)

DAY = "2026-11-20"
KEY = "key-of-the-run"
POLICY = f"""{versions_in_path("Newest")}
[versions.v1]
contract = "v1.json"

[versions.v2]
contract = "v2.json"

[aliases.newest]
version = "v2"
prefix = "/latest"

[credentials.Key]
header = "X-Key"
value = "${{SHOP_KEY}}"

[rate_limit]
limit = "X-Limit"
remaining = "X-Left"
reset = "X-Reset"
anonymous = 100
{ENVELOPE}
[requests]
max_examples = 3
"""
_END = 4_102_444_800
_ERROR = {"type": "object"}


def _document(**members: Any) -> Any:
    key: list[Any] = [{"Key": []}]
    query = {"name": "page", "in": "query", "schema": {"type": "integer"}}
    paths = {
        f"/{name}": {"get": operation({200: record(**members), "4XX": _ERROR}, parameters=[query], security=key)}
        for name in ("news", "old")
    }
    schemes = {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}}
    return document(paths, components={"securitySchemes": schemes})


class Service(Api):
    """The service, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=self.selected)
        self.bug = bug
        self.asked: collections.Counter[str] = collections.Counter()
        for name in ("news", "old"):
            self.on("GET", f"/{name}")(self.shown)

    def selected(self, request: Request) -> tuple[str, str]:
        """The version of the first segment, and the path behind it."""
        _, first, *rest = request.path.split("/", 2)
        names = {"v1": "v1", "v2": "v2", "latest": "v1" if self.bug == "latest-is-the-oldest" else "v2"}
        if self.bug == "current-is-served":
            names["current"] = "v2"
        if first not in names:
            raise error(404, "version")
        return names[first], f"/{'/'.join(rest)}"

    def answer(self, request: Request) -> Response:
        """Every answer says what is left for the text that was shown."""
        shown = request.headers.get("X-Key", "")
        limit = 1000 if shown else 100
        self.asked[shown] += 1
        left = limit - self.asked[shown]
        if self.bug == "left-grows" and shown == KEY:
            left = self.asked[shown]
        try:
            response = super().answer(request)
        except Refused as refused:
            response = refused.response
        response.headers.update({"X-Limit": str(limit), "X-Left": str(max(left, 0)), "X-Reset": str(_END)})
        return response

    def shown(self, request: Request, version: str) -> Response:
        """`GET /news`."""
        if request.headers.get("X-Key") != KEY:
            raise error(401, "key")
        return reply({"title": "one"} if version == "v1" else {"headline": "one", "more": "two"})


LIFE = Life(
    name="newest-alias",
    policy=POLICY,
    documents={"v1.json": _document(title=TEXT), "v2.json": _document(headline=TEXT, more=TEXT)},
    make=Service,
    environment={"SHOP_KEY": KEY},
    honest={DAY: frozenset({"AV204", "AV316", "AV703"})},
    bugs={
        "current-is-served": Bug(day=DAY, codes=("AV204",)),
        "latest-is-the-oldest": Bug(day=DAY, codes=("AV301",)),
        "left-grows": Bug(day=DAY, codes=("AV703",)),
    },
    subject="v2",
    whole=False,
)
