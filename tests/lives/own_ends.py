"""A service two of whose versions are over, one of them with an answer of its own."""

from __future__ import annotations

import datetime as dt
from typing import Any

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
POLICY = f"""{versions_in_path("Ends")}
[versions.v1]
contract = "v1.json"
sunset = 2026-01-01T00:00:00Z
gone = {{ status = 410, code = "v1_is_over", envelope = "ended", pointer = ["/docs", "/next"] }}

[versions.v2]
contract = "v2.json"
sunset = 2026-06-01T00:00:00Z

[versions.v3]
contract = "v3.json"

[sunset]
code = "over"

[envelopes.ended]
media_type = "application/json"
code = "/ended"
schema = {{ type = "object", required = ["ended", "since"] }}
{ENVELOPE}
[requests]
max_examples = 2
"""
_THINGS = {"type": "array", "items": record(id={"type": "string"})}
DOCUMENT: Any = document({"/things": {"get": operation({200: _THINGS, "4XX": {"type": "object"}})}})


class Service(Api):
    """The service after two ends."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=self.selected)
        self.bug, self.known = bug, by_path("v1", "v2", "v3")
        self.on("GET", "/things")(lambda _request, version: reply([{"id": version}]))

    def selected(self, request: Request) -> tuple[str, str]:
        """The version and the path, where it is not over."""
        version, path = self.known(request)
        if version == "v1" and self.bug != "v1-is-still-there":
            raise Refused(self.ended())
        if version == "v2":
            raise error(410, "v1_is_over" if self.bug == "v2-ends-as-v1-did" else "over")
        return version, path

    def ended(self) -> Response:
        """How v1 ended."""
        code = "over" if self.bug == "v1-ends-with-the-code-of-all" else "v1_is_over"
        leads = "/v3/nothing" if self.bug == "v1-leads-nowhere" else "/v3/things"
        more = {} if self.bug == "v1-has-one-pointer" else {"next": leads}
        status = 404 if self.bug == "v1-ends-with-the-status-of-all" else 410
        since = {} if self.bug == "v1-ends-without-a-date" else {"since": "2026-01-01"}
        return reply({"ended": code, "docs": "/v3/things", **since, **more}, status)


LIFE = Life(
    name="own-ends",
    policy=POLICY,
    documents={f"{name}.json": DOCUMENT for name in ("v1", "v2", "v3")},
    make=Service,
    whole=False,
    honest={DAY: frozenset({"AV401", "AV601", "AV602", "AV608"})},
    bugs={
        "v1-is-still-there": Bug(day=DAY, codes=("AV601",)),
        "v1-ends-without-a-date": Bug(day=DAY, codes=("AV401",)),
        "v1-ends-with-the-status-of-all": Bug(day=DAY, codes=("AV601",)),
        "v1-ends-with-the-code-of-all": Bug(day=DAY, codes=("AV602",)),
        "v2-ends-as-v1-did": Bug(day=DAY, codes=("AV602",)),
        "v1-has-one-pointer": Bug(day=DAY, codes=("AV602",)),
        "v1-leads-nowhere": Bug(day=DAY, codes=("AV608",)),
    },
)
