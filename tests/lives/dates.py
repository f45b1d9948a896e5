"""A service whose dates waterfall, named in a header on one URL: caches are told so, also on paths that nobody declared."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import Api, Refused, reply

DAY = "2026-11-29"
POLICY = """
[api]
name = "Dates"
base_url = "${ODD_URL}"

[versioning]
scheme = "date"
carriers = ["header"]
header = { name = "X-Version" }
waterfall = true
vary = true
echo = { header = "X-Version", on = ["2xx"] }
missing = { reject = 404, code = "no_version" }
unknown = { reject = 404, code = "no_version", before = ["routing"] }
malformed = { reject = 404, code = "no_version" }
empty = { reject = 404, code = "no_version" }
duplicated = { accept = true }

[versions.2026-01-05]
contract = "old.json"

[versions.2026-06-05]
contract = "new.json"

[envelopes.error]
media_type = "application/json"
code = "/code"

[errors]
envelope = "error"

[requests]
max_examples = 3
"""
_OLD, _NEW = "2026-01-05", "2026-06-05"
_ERROR = {"description": "An error.", "content": {"application/json": {"schema": {"type": "object"}}}}


def document(version: str) -> dict[str, Any]:
    """The contract of a version; the newer one calls a member otherwise."""
    name = "name" if version == _OLD else "title"
    thing = {"type": "object", "required": [name], "properties": {name: {"type": "string"}}}
    body = {"content": {"application/json": {"schema": thing}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Dates", "version": version},
        "paths": {"/things": {"get": {"responses": {"200": {"description": "All.", **body}, "4XX": _ERROR}}}},
    }


class Service(Api):
    """The service, honest or with one bug."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(
            select=self.selected,
            missing=lambda: self.failed("no_route"),
            wrong_method=lambda: self.failed("method", 405),
        )
        self.bug = bug
        self.asked = ""
        self.on("GET", "/things")(self.listed)

    def failed(self, code: str, status: int = 404, *, kept: bool = False) -> Refused:
        """An error, which caches may keep."""
        response = reply({"code": code}, status)
        if not kept:
            response.headers["Vary"] = "X-Version"
        return Refused(response)

    def selected(self, request: Request) -> tuple[str, str]:
        """The version that was current on the day that is named."""
        text = self.asked = request.headers.get("X-Version", "")
        nobodys = request.path != "/things"
        try:
            written = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII) and dt.date.fromisoformat(text)
        except ValueError:
            written = None
        if not written or text < _OLD:
            raise self.failed("no_version", kept=nobodys and self.bug == "refusals-on-nobodys-paths-are-kept-for-all")
        return (_NEW if text >= _NEW else _OLD), request.path

    def listed(self, _request: Request, version: str) -> Response:
        """`GET /things`, which says which version answered."""
        response = reply({"name" if version == _OLD else "title": "a"})
        named = version
        if self.bug == "a-date-between-is-named-as-another" and self.asked not in {_OLD, _NEW}:
            named = "2026-02-28"
        response.headers |= {"Vary": "X-Version", "X-Version": named}
        return response


LIFE = Life(
    name="dates",
    policy=POLICY,
    documents={"old.json": document(_OLD), "new.json": document(_NEW)},
    make=Service,
    subject=_OLD,
    whole=False,
    honest={DAY: frozenset({"AV203", "AV204", "AV210", "AV214", "AV223"})},
    bugs={
        "refusals-on-nobodys-paths-are-kept-for-all": Bug(day=DAY, codes=("AV214",)),
        "a-date-between-is-named-as-another": Bug(day=DAY, codes=("AV223",)),
    },
)
