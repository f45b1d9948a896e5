"""Errors that are no JSON with a text in it: reports in XML inside a 200, codes in a header, and codes that are numbers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import Api, Refused, reply

DAY = "2026-11-20"
NAMESPACE = "http://www.opengis.net/ogc"
REPORT = """
[api]
name = "Reports"
base_url = "${ODD_URL}"

[versioning]
scheme = "semver"
carriers = ["query"]
query = { name = "version", ranges = "x-ranges" }
missing = { default = "newest" }
unknown = { reject = 200, code = "InvalidVersion" }
malformed = { reject = 200, code = "InvalidVersion" }
empty = { accept = true }
duplicated = { accept = true }

[versions."1.1.1"]
contract = "v1.json"
deprecated = 2025-01-01
sunset = 2026-01-01T00:00:00Z
successor = "1.3.0"

[versions."1.3.0"]
contract = "v1.json"

[sunset]
status = 200
code = "VersionIsOver"

[envelopes.report]
media_type = ["application/xml", "text/xml"]
root = "ServiceExceptionReport"
xpath = "ServiceException/@code"

[errors]
envelope = "report"

[requests]
max_examples = 3
"""
NUMBERS = """
[api]
name = "Numbers"
base_url = "${ODD_URL}"

[versioning]
scheme = "vN"
carriers = ["path"]
path = { template = "/{version}" }
unknown = { reject = 404, code = 1001 }
malformed = { reject = 404, code = [1001, 1002] }

[versions.v1]
contract = "v1.json"

[envelopes.numbered]
media_type = "application/json"
code_header = "X-Error-Code"

[envelopes.numbered.schema]
type = "object"
required = ["message"]

[errors]
envelope = "numbered"
codes = { 1001 = 404, 1003 = 404, 1004 = [400, 405] }
open = false

[requests]
max_examples = 3
"""
_ANY = {
    "description": "It.",
    "content": {"application/json": {"schema": {"type": "array", "items": {"type": "string"}}}},
}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Layers", "version": "1"},
    "paths": {
        "/layers": {
            "get": {
                "parameters": [
                    {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 9}}
                ],
                "responses": {"200": _ANY, "4XX": {"description": "An error."}},
            }
        }
    },
}


def _layers(request: Request, refused: Refused) -> Response:
    text = request.args.get("limit", "1")
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _MOST):
        raise refused
    return reply(["roads", "rivers"][: int(text)])


_MOST = 9


class Reports(Api):
    """A service whose refusals of a version are reports in a 200."""

    def __init__(self, _: dt.datetime, bug: str = "") -> None:
        super().__init__(
            select=self.selected,
            missing=lambda: self.report("NoRoute", 404),
            wrong_method=lambda: self.report("NoMethod", 405),
        )
        self.bug = bug
        self.on("GET", "/layers")(lambda request, _: self.layers(request))

    def selected(self, request: Request) -> tuple[str, str]:
        """The version of the query, and the path."""
        version = request.args.get("version") or "1.3.0"
        if version == "1.1.1" and self.bug != "old-version-is-served":
            raise self.report("Gone" if self.bug == "another-code-after-the-end" else "VersionIsOver", 200)
        if version == "01.3.0" and self.bug == "leading-zeros-are-read":
            return "1.3.0", request.path
        if version not in {"1.1.1", "1.3.0", "1.x", "1.3.x", "x", "*"} and self.bug != "unknown-version-is-served":
            raise self.report("NoSuchVersion" if self.bug == "another-code" else "InvalidVersion", 200)
        return "1.3.0", request.path

    def layers(self, request: Request) -> Response:
        """`GET /layers`."""
        if self.bug == "report-instead-of-layers":
            raise self.report("Busy", 200)
        return _layers(request, self.report("InvalidParameter", 400))

    def report(self, code: str, status: int) -> Refused:
        """A refusal, whatever its status."""
        root = "Error" if self.bug == "another-root" and status != _FINE else "ServiceExceptionReport"
        text = f'<?xml version="1.0"?><{root} xmlns="{NAMESPACE}"><ServiceException code="{code}">No.</ServiceException></{root}>'
        if self.bug == "cut-short" and status != _FINE:
            text = text[:-9]
        return Refused(Response(text, status=status, content_type="text/xml; charset=utf-8"))


_FINE = 200


class Numbers(Api):
    """A service whose error codes are numbers in a header."""

    def __init__(self, _: dt.datetime, bug: str = "") -> None:
        super().__init__(
            select=self.selected,
            missing=lambda: self.refused(404, "1003"),
            wrong_method=lambda: self.refused(405, "1004"),
        )
        self.bug = bug
        self.on("GET", "/layers")(lambda request, _: _layers(request, self.refused(400, "1004")))

    def selected(self, request: Request) -> tuple[str, str]:
        """The version of the path."""
        version, _, path = request.path[1:].partition("/")
        if version != "v1":
            raise self.refused(404, "1003" if self.bug == "another-number" else "1001")
        return version, f"/{path}"

    def refused(self, status: int, code: str) -> Refused:
        """An error with its code."""
        answer = reply({"message": "No."}, status)
        if self.bug == "unlisted-number" and status == _BAD:
            code = "1009"
        if not (self.bug == "no-code" and status == _BAD):
            answer.headers["X-Error-Code"] = code
        return Refused(answer)


_BAD = 400

REPORTS = Life(
    name="reports-in-xml",
    policy=REPORT,
    documents={"v1.json": DOCUMENT},
    make=Reports,
    honest={DAY: frozenset({"AV203", "AV204", "AV401"})},
    bugs={
        "unknown-version-is-served": Bug(day=DAY, codes=("AV203",)),
        "another-code": Bug(day=DAY, codes=("AV203",)),
        "leading-zeros-are-read": Bug(day=DAY, codes=("AV204",)),
        "old-version-is-served": Bug(day=DAY, codes=("AV601",)),
        "another-code-after-the-end": Bug(day=DAY, codes=("AV602",)),
        "report-instead-of-layers": Bug(day=DAY, codes=("AV301",)),
        "another-root": Bug(day=DAY, codes=("AV401",)),
        "cut-short": Bug(day=DAY, codes=("AV401",)),
    },
    subject="1.3.0",
    whole=False,
)
NUMBERED = Life(
    name="codes-in-a-header",
    policy=NUMBERS,
    documents={"v1.json": {**DOCUMENT, "servers": [{"url": "/v1"}]}},
    make=Numbers,
    honest={DAY: frozenset({"AV203", "AV204", "AV401", "AV404", "AV405"})},
    bugs={
        "another-number": Bug(day=DAY, codes=("AV203",)),
        "unlisted-number": Bug(day=DAY, codes=("AV405",)),
        "no-code": Bug(day=DAY, codes=("AV401",)),
    },
    whole=False,
)
LIVES = (REPORTS, NUMBERED)
