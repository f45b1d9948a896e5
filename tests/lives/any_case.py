"""A service that reads its query as OGC's do, whose parameters have names in any case."""

from __future__ import annotations

import datetime as dt
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import API, ENVELOPE, Api, document, error, operation, record, reply

DAY = "2026-11-20"
OLD, NEW = "1.1.0", "2.0.0"
POLICY = f"""{API}
[versioning]
scheme = "semver"
carriers = ["query"]
query = {{ name = "version", any_case = true }}
missing = {{ default = "newest" }}
unknown = {{ reject = 400, code = "unknown" }}
empty = {{ accept = true }}
duplicated = {{ accept = true }}

[versions."{OLD}"]
contract = "v1.json"

[versions."{NEW}"]
contract = "v2.json"
{ENVELOPE}
[requests]
max_examples = 3
"""
_VERSION = {"name": "VERSION", "in": "query", "required": True, "schema": {"type": "string"}}


def _document(**members: Any) -> Any:
    return document(
        {"/features": {"get": operation({200: record(**members), "4XX": {"type": "object"}}, parameters=[_VERSION])}}
    )


class Service(Api):
    """The service, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=self.selected)
        self.bug = bug
        self.on("GET", "/features")(self.features)

    def named(self, request: Request) -> str:
        """The version that the query names."""
        if self.bug == "only-small-letters":
            return request.args.get("version", "")
        if self.bug == "only-capitals-beside":
            return request.args.get("version") or request.args.get("VERSION", "")
        return next((value for name, value in request.args.items() if name.lower() == "version"), "")

    def selected(self, request: Request) -> tuple[str, str]:
        """The version of the query, and the path."""
        if self.bug == "capitals-are-refused" and "VERSION" in request.args:
            raise error(400, "parameter")
        version = self.named(request) or NEW
        if version not in {OLD, NEW}:
            raise error(400, "unknown")
        return version, request.path

    def features(self, _: Request, version: str) -> Response:
        """`GET /features`."""
        return reply({"count": 2} if version == OLD else {"matched": 2, "returned": 2})


LIFE = Life(
    name="any-case",
    policy=POLICY,
    documents={
        "v1.json": _document(count={"type": "integer"}),
        "v2.json": _document(matched={"type": "integer"}, returned={"type": "integer"}),
    },
    make=Service,
    subject=OLD,
    whole=False,
    honest={DAY: frozenset({"AV203", "AV207", "AV215"})},
    bugs={
        "only-small-letters": Bug(day=DAY, codes=("AV215",)),
        "only-capitals-beside": Bug(day=DAY, codes=("AV215",)),
        "capitals-are-refused": Bug(day=DAY, codes=("AV215",)),
    },
)
