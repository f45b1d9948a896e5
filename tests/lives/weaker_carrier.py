"""A service whose clients name the version in the path or in a header: a guard and a cache that only know the path forget the other ones."""

from __future__ import annotations

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
    json_object,
    operation,
    record,
    reply,
    text_member,
)

DAY, AFTER = "2026-11-20", "2027-02-01"
KEY = "key-of-the-run"
POLICY = f"""
[api]
name = "Weaker"
base_url = "${{ODD_URL}}"

[versioning]
scheme = "vN"
carriers = ["path", "header"]
path = {{ template = "/{{version}}" }}
header = {{ name = "X-Version" }}
missing = {{ reject = 400 }}
unknown = {{ reject = 404 }}
malformed = {{ reject = 404 }}
vary = true

[versions.v1]
contract = "v1.json"
sunset = 2027-01-01T00:00:00Z

[versions.v2]
contract = "v2.json"

[sunset]
pointer = "/error/successor"

[credentials.Key]
header = "X-Key"
value = "${{SHOP_KEY}}"
{ENVELOPE}
[requests]
max_examples = 3
"""
_SHUT = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)


def _document(**members: Any) -> Any:
    key: list[Any] = [{"Key": []}]
    shown = record(**members)
    paths = {
        "/news": {
            "get": operation({200: shown, "4XX": {}}, security=key),
            "post": operation({201: shown, "4XX": {}}, body={**shown, "additionalProperties": False}, security=key),
        }
    }
    return document(paths, components={"securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}}})


class Service(Api):
    """The service at an instant."""

    def __init__(self, now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=self.selected)
        self.now, self.bug = now, bug
        self.on("GET", "/news")(lambda _, version: reply({_name(version): "one"}))
        self.on("POST", "/news")(self.made)

    def selected(self, request: Request) -> tuple[str, str]:
        """The version of the path or of the header, and the path below it, for who has a key."""
        _, first, *rest = request.path.split("/", 2)
        named = first not in {"news", ""}
        version, path = (first, f"/{'/'.join(rest)}") if named else (request.headers.get("X-Version"), request.path)
        if version is None:
            raise error(400, "none")
        if version not in {"v1", "v2"}:
            raise error(404, "unknown")
        if version == "v1" and self.now >= _SHUT:
            successor = "v1" if self.bug == "the-end-leads-to-itself" else "v2"
            raise Refused(reply({"error": {"code": "gone", "message": "over", "successor": successor}}, 410))
        open_to_all = not named and (
            self.bug == "no-key-through-the-header"
            or (self.bug == "no-key-for-writes-through-the-header" and request.method == "POST")
        )
        if request.headers.get("X-Key") != KEY and not open_to_all:
            raise error(401, "key")
        return version, path

    def answer(self, request: Request) -> Response:
        """Every answer says what it varies with."""
        try:
            response = super().answer(request)
        except Refused as refused:
            response = refused.response
        if response.status_code != 410 or self.bug != "the-end-does-not-vary":
            response.headers["Vary"] = "X-Version"
        return response

    def made(self, request: Request, version: str) -> Response:
        """`POST /news`."""
        body = json_object(request)
        if body.keys() != {_name(version)}:
            raise error(422, "members")
        text_member(body, _name(version))
        return reply(body, 201)


def _name(version: str) -> str:
    return "title" if version == "v1" else "headline"


LIFE = Life(
    name="weaker-carrier",
    policy=POLICY,
    documents={f"{version}.json": _document(**{_name(version): TEXT}) for version in ("v1", "v2")},
    make=Service,
    environment={"SHOP_KEY": KEY},
    honest={DAY: frozenset({"AV214", "AV316"}), AFTER: frozenset({"AV214", "AV601"})},
    bugs={
        "no-key-through-the-header": Bug(day=DAY, codes=("AV316",)),
        "no-key-for-writes-through-the-header": Bug(day=DAY, codes=("AV316",)),
        "the-end-does-not-vary": Bug(day=AFTER, codes=("AV214",)),
        "the-end-leads-to-itself": Bug(day=AFTER, codes=("AV602",)),
    },
    whole=False,
)
