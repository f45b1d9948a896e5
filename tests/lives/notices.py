"""A service of three versions whose policy says how long each has to be known as ending, and which day follows from which."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import ENVELOPE, Api, by_path, document, operation, record, reply, versions_in_path

DAY = "2026-08-01"
POLICY = f"""{versions_in_path("Notices")}
[notice]
months = 6
and = [{{ months = 12, from = "successor-released" }}, {{ months = 12, from = "released" }}]

[notice.ties]
deprecated = {{ months = 6, after = "successor-released" }}

[versions.v1]
contract = "v1.json"
released = 2025-01-01
successor = "v2"
deprecated = 2026-07-01
sunset = {{ on = 2027-07-01T00:00:00Z, months = 12, after = "deprecated" }}

[versions.v2]
contract = "v2.json"
released = 2026-01-01

[versions.v3]
contract = "v3.json"
preview = true
released = 2026-03-01
deprecated = {{ on = 2026-10-01, months = 7, after = "released" }}
sunset = 2026-10-15T00:00:00Z
notice = {{ days = 0 }}
{ENVELOPE}
[requests]
max_examples = 2
"""
_THINGS = {"type": "array", "items": record(id={"type": "string"})}
DOCUMENT: Any = document({"/things": {"get": operation({200: _THINGS, "4XX": {"type": "object"}})}})


class Service(Api):
    """The service; nothing of its notices is seen in it."""

    def __init__(self, _now: dt.datetime, _bug: str = "") -> None:
        super().__init__(select=by_path("v1", "v2", "v3"))
        self.on("GET", "/things")(lambda _request, version: reply([{"id": version}]))


def _slip(code: str, old: str, new: str) -> Bug:
    return Bug(day=DAY, codes=(code,), slips={"apiversion.toml": (old, new)})


LIFE = Life(
    name="notices",
    policy=POLICY,
    documents={f"{name}.json": DOCUMENT for name in ("v1", "v2", "v3")},
    make=Service,
    whole=False,
    honest={DAY: frozenset({"AV103", "AV113"})},
    bugs={
        "too-short-since-it-is-known": _slip("AV103", "months = 6\nand", "months = 13\nand"),
        "too-short-since-there-is-another": _slip("AV103", 'months = 12, from = "succ', 'months = 19, from = "succ'),
        "ends-in-its-first-year": _slip("AV103", 'months = 12, from = "released"', 'months = 31, from = "released"'),
        "a-preview-without-notice": _slip("AV103", "notice = { days = 0 }", ""),
        "known-a-day-late": _slip("AV113", "deprecated = 2026-07-01", "deprecated = 2026-07-02"),
        "ends-a-day-late": _slip("AV113", "on = 2027-07-01T", "on = 2027-07-02T"),
    },
)
