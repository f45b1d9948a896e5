"""A service that asks for a key before it looks for a path, so that who has none never learns how it says that nothing is there."""

from __future__ import annotations

import datetime as dt

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import (
    ENVELOPE,
    Api,
    Refused,
    by_path,
    document,
    error,
    operation,
    record,
    reply,
    versions_in_path,
)

DAY = "2026-11-20"
POLICY = f"""{versions_in_path("Locked")}
[versions.v1]
contract = "v1.json"
{ENVELOPE}
[credentials.Key]
header = "X-Key"
value = "${{SHOP_KEY}}"

[requests]
max_examples = 2
"""
DOCUMENT = document(
    {"/status": {"get": operation({200: record(up={"type": "boolean"}), "4XX": {}}, security=[{"Key": []}])}},
    servers=[{"url": "/v1"}],
    components={"securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}}},
)


class Service(Api):
    """The service, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=self.selected, missing=self.nothing)
        self.bug, self.known = bug, by_path("v1")
        self.on("GET", "/status")(lambda _request, _version: reply({"up": True}))

    def selected(self, request: Request) -> tuple[str, str]:
        """The version and the path, for who has a key."""
        version, path = self.known(request)
        if request.headers.get("X-Key") != "key-1":
            raise error(401, "key")
        return version, path

    def nothing(self) -> Refused:
        """What a path that nobody has gets."""
        if self.bug == "unknown-path-as-a-page":
            return Refused(Response("<h1>Not Found</h1>", 404, content_type="text/html"))
        return error(404, "no_route")


LIFE = Life(
    name="locked-paths",
    policy=POLICY,
    documents={"v1.json": DOCUMENT},
    make=Service,
    honest={DAY: frozenset({"AV316", "AV401"})},
    environment={"SHOP_KEY": "key-1"},
    bugs={"unknown-path-as-a-page": Bug(day=DAY, codes=("AV401",))},
    whole=False,
)
