"""A service that refuses a wrong version before it looks at anything else, in the envelope of its newest version, and reads two digits at most."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import Api, Refused, json_object, reply

BEFORE, AFTER, RELEASED = "2026-11-30", "2026-12-01", dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
POLICY = """
[api]
name = "Rejections"
base_url = "${ODD_URL}"

[versioning]
scheme = "vN"
carriers = ["header", "query"]
header = { name = "X-Version" }
query = { name = "version" }
bounds = ["v1", "v99"]
missing = { reject = 400, code = "none", envelope_of = "newest", before = ["credentials"] }
unknown = { reject = 400, code = "unknown", envelope_of = "newest", before = ["credentials", "validation", "routing"], lists = "/versions", order = "oldest-first" }
malformed = { reject = 400, code = "malformed", envelope_of = "newest", before = ["validation"] }
empty = { accept = true }
conflicting = { reject = 400, code = "two", envelope_of = "newest", before = ["credentials"] }
duplicated = { accept = true }

[versions.v1]
contract = "v1.json"
envelope = "old"

[versions.v2]
contract = "v2.json"
released = 2026-12-01
envelope = "new"

[envelopes.old]
media_type = "application/json"
code = "/error"

[envelopes.new]
media_type = "application/problem+json"
code = "/type"

[credentials.key]
header = "Authorization"
value = "Bearer ${ODD_KEY}"

[requests]
max_examples = 3
"""
KEY = "odd-key-of-this-test"
_WRITTEN = re.compile("v[1-9][0-9]?", re.ASCII)
_ERROR = {
    "description": "An error.",
    "content": {
        "application/json": {"schema": {"type": "object"}},
        "application/problem+json": {"schema": {"type": "object"}},
    },
}
_THING = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "maxLength": 9}}}


def document(version: str) -> dict[str, Any]:
    """The contract of a version."""
    body = {"content": {"application/json": {"schema": _THING}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Rejections", "version": version},
        "security": [{"key": []}],
        "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
        "paths": {
            "/things": {
                "get": {"responses": {"200": {"description": "All."}, "4XX": _ERROR}},
                "post": {
                    "requestBody": {"required": True, **body},
                    "responses": {"201": {"description": "It.", **body}, "4XX": _ERROR},
                },
            }
        },
    }


class Service(Api):
    """The service on a day: who asks, what and where is looked at in this order, the version first."""

    def __init__(self, now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=self.selected, missing=lambda: self.failed(404, "no_route", self.named))
        self.wrong_method = lambda: self.failed(405, "method", self.named)
        self.newest = "v2" if now >= RELEASED else "v1"
        self.bug = bug
        self.named = self.newest
        self.on("GET", "/things")(lambda _request, _version: Response(status=200))
        self.on("POST", "/things")(self.made)

    def failed(self, status: int, code: str, version: str) -> Refused:
        """An error in the envelope of a version."""
        if version == "v1" or (self.bug == "refuses-in-the-old-envelope" and self.named == ""):
            return Refused(reply({"error": code, "versions": self.listed()}, status))
        response = reply({"type": code, "status": status, "versions": self.listed()}, status)
        response.content_type = "application/problem+json"
        return Refused(response)

    def listed(self) -> list[str]:
        """The versions there are."""
        names = sorted({"v1", self.newest})
        return names[::-1] if self.bug == "lists-the-newest-first" else names

    def keyed(self, request: Request) -> None:
        """Refuse who has no credential."""
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            raise self.failed(401, "who", self.named or self.newest)

    def selected(self, request: Request) -> tuple[str, str]:
        """The version, before all else; with a bug, something else before it."""
        self.named = ""
        texts = [text for text in (request.headers.get("X-Version"), request.args.get("version")) if text is not None]
        first = {
            "key-before-unknown": bool(texts),
            "key-before-missing": not texts,
            "key-before-conflict": len(texts) > 1,
        }
        if first.get(self.bug):
            self.keyed(request)
        if self.bug == "route-before-version" and request.path != "/things":
            raise self.failed(404, "no_route", self.newest)
        malformed = any(not _WRITTEN.fullmatch(text) for text in texts)
        if request.method == "POST" and (
            self.bug == "body-before-version" or (self.bug == "body-before-malformed" and malformed)
        ):
            self.body(request, self.newest)
        self.named = self.version(texts)
        self.keyed(request)
        return self.named, request.path

    def version(self, texts: list[str]) -> str:
        """The version that is named, or the refusal of a wrong one."""
        if not texts:
            raise self.failed(400, "none", self.newest)
        if len(set(texts)) > 1:
            raise self.failed(400, "two", self.newest)
        if not _WRITTEN.fullmatch(texts[0]):
            raise self.failed(400, "malformed", self.newest)
        if texts[0] not in {"v1", self.newest}:
            raise self.failed(400, "unknown", self.newest)
        return texts[0]

    def body(self, request: Request, version: str) -> dict[str, Any]:
        """The body, or the refusal of a wrong one."""
        try:
            body = json_object(request)
        except Refused as refused:
            raise self.failed(refused.response.status_code, "body", version) from None
        name = body.get("name")
        if not isinstance(name, str) or len(name) > 9:
            raise self.failed(422, "body", version)
        return body

    def made(self, request: Request, version: str) -> Response:
        """`POST /things`."""
        return reply(self.body(request, version), 201)


LIFE = Life(
    name="rejections",
    policy=POLICY,
    documents={f"{name}.json": document(name) for name in ("v1", "v2")},
    make=Service,
    whole=False,
    environment={"ODD_KEY": KEY},
    honest={
        BEFORE: frozenset({"AV201", "AV203", "AV204", "AV401"}),
        AFTER: frozenset({"AV201", "AV203", "AV204", "AV209", "AV218", "AV401"}),
    },
    bugs={
        "key-before-unknown": Bug(day=BEFORE, codes=("AV203",)),
        "key-before-missing": Bug(day=BEFORE, codes=("AV201",)),
        "key-before-conflict": Bug(day=AFTER, codes=("AV209",)),
        "route-before-version": Bug(day=BEFORE, codes=("AV203",)),
        "body-before-version": Bug(day=BEFORE, codes=("AV203",)),
        "body-before-malformed": Bug(day=BEFORE, codes=("AV204",)),
        "lists-the-newest-first": Bug(day=AFTER, codes=("AV218",)),
        "refuses-in-the-old-envelope": Bug(day=AFTER, codes=("AV401",)),
    },
)
