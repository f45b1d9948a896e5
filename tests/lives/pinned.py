"""A service whose accounts are pinned to a version each, which answers whoever names none."""

from __future__ import annotations

import datetime as dt
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
    record,
    reply,
    text_member,
)

DAY = "2026-11-20"
OLD, NEW = "2024-04-10", "2025-09-30"
PINS = {"account-of-old": OLD, "account-of-new": NEW, "account-that-reads": OLD, "account-of-none": ""}
"""What each account is pinned to."""
POLICY = f"""{API}
[versioning]
scheme = "date"
carriers = ["header"]
header = {{ name = "Api-Version" }}
missing = {{ reject = 400, code = "none" }}
unknown = {{ reject = 400, code = "unknown" }}
empty = {{ accept = true }}
duplicated = {{ accept = true }}

[versions.{OLD}]
contract = "v1.json"

[versions.{NEW}]
contract = "v2.json"

[credentials.Key]
header = "X-Key"
value = "${{SHOP_OLD}}"
pinned = "{OLD}"

[credentials.Newer]
scheme = "Key"
header = "X-Key"
value = "${{SHOP_NEW}}"
pinned = "newest"

[credentials.Reader]
scheme = "Key"
header = "X-Key"
value = "${{SHOP_READER}}"
read_only = true
pinned = "{OLD}"
{ENVELOPE}
[operations.rules."POST /refunds"]
harmless = true

[requests]
max_examples = 3
"""
_KEY: list[Any] = [{"Key": []}]
_ERROR = {"type": "object"}
_NEW = {"type": "object", "additionalProperties": False, "required": ["reason"], "properties": {"reason": TEXT}}


def _document(**members: Any) -> Any:
    thing = record(**members)
    return document(
        {
            "/balance": {"get": operation({200: thing, "4XX": _ERROR}, security=_KEY)},
            "/refunds": {"post": operation({201: thing, "4XX": _ERROR}, body=_NEW, security=_KEY)},
        },
        components={"securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}}},
    )


class Service(Api):
    """The service, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=self.selected)
        self.bug = bug
        self.on("GET", "/balance")(self.shown)
        self.on("POST", "/refunds")(self.made)

    def pin(self, account: str) -> str:
        """The version that answers an account which names none."""
        if self.bug == "newest-for-all":
            return NEW
        if self.bug == "pinned-by-the-first":
            return OLD
        if self.bug == "readers-are-not-pinned" and account == "account-that-reads":
            return ""
        return PINS[account]

    def selected(self, request: Request) -> tuple[str, str]:
        """The version of the header, or of the account, and the path."""
        account = request.headers.get("X-Key", "")
        if account not in PINS:
            raise error(401, "key")
        if account == "account-that-reads" and request.method not in {"GET", "HEAD"}:
            raise error(403, "read_only")
        version = request.headers.get("Api-Version", "").strip() or self.pin(account)
        if not version:
            raise error(400, "none")
        if version not in {OLD, NEW}:
            raise error(400, "unknown")
        if self.bug == "writes-are-the-newest" and request.method == "POST" and not request.headers.get("Api-Version"):
            version = NEW
        return version, request.path

    def thing(self, version: str) -> dict[str, int]:
        """What a version shows."""
        return {"amount": 5} if version == OLD else {"available": 5, "pending": 0}

    def shown(self, _: Request, version: str) -> Response:
        """`GET /balance`."""
        return reply(self.thing(version))

    def made(self, request: Request, version: str) -> Response:
        """`POST /refunds`."""
        body = json_object(request)
        if body.keys() != {"reason"}:
            raise error(422, "body")
        text_member(body, "reason")
        return reply(self.thing(version), 201)


LIFE = Life(
    name="pinned",
    policy=POLICY,
    documents={
        "v1.json": _document(amount={"type": "integer"}),
        "v2.json": _document(available={"type": "integer"}, pending={"type": "integer"}),
    },
    make=Service,
    subject=OLD,
    environment={"SHOP_OLD": "account-of-old", "SHOP_NEW": "account-of-new", "SHOP_READER": "account-that-reads"},
    honest={DAY: frozenset({"AV207", "AV316", "AV321"})},
    whole=False,
    bugs={
        "newest-for-all": Bug(day=DAY, codes=("AV207",)),
        "pinned-by-the-first": Bug(day=DAY, codes=("AV207",)),
        "readers-are-not-pinned": Bug(day=DAY, codes=("AV207",)),
        "writes-are-the-newest": Bug(day=DAY, codes=("AV207",)),
    },
)
