"""A service that publishes the document of each version, and the newest one's at a place that all clients know."""

from __future__ import annotations

import datetime as dt
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import ENVELOPE, PATHS, TEXT, Api, by_path, document, operation, record, reply

DAY = "2026-11-20"
_SERVED = '"\nserved = "/{}/openapi.json"'
POLICY = f"""{PATHS.replace('v1.json"', "v1.json" + _SERVED.format("v1")).replace('v2.json"', "v2.json" + _SERVED.format("v2"))}
[contract]
served = "/openapi.json"
covers = "newest"
{ENVELOPE}
[requests]
max_examples = 2
"""
DOCUMENTS = {
    version: document({"/news": {"get": operation({200: record(**{name: TEXT}), "4XX": {}})}})
    for version, name in (("v1", "title"), ("v2", "headline"))
}


class Service(Api):
    """The service, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug = bug
        self.on("GET", "/openapi.json")(lambda _, version: reply(DOCUMENTS[version]))
        self.on("GET", "/news")(lambda _, version: reply({"title" if version == "v1" else "headline": "one"}))

    def answer(self, request: Request) -> Response:
        """The document at the place that has no version is the newest one."""
        if request.path == "/openapi.json":
            shown: Any = DOCUMENTS["v1" if self.bug == "the-known-place-has-the-oldest" else "v2"]
            return reply(shown)
        return super().answer(request)


LIFE = Life(
    name="two-documents",
    policy=POLICY,
    documents={f"{version}.json": DOCUMENTS[version] for version in DOCUMENTS},
    make=Service,
    subject="v2",
    honest={DAY: frozenset({"AV305"})},
    bugs={"the-known-place-has-the-oldest": Bug(day=DAY, codes=("AV305",))},
    whole=False,
)
