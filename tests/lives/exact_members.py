"""A service that may answer one operation with exactly the members of its contract, and the others with more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from werkzeug.wrappers import Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import ENVELOPE, TEXT, Api, by_path, document, operation, record, reply, versions_in_path

DAY = "2026-11-20"
POLICY = f"""{versions_in_path("Exact")}
[versions.v1]
contract = "v1.json"
{ENVELOPE}
[operations.rules."GET /invoice"]
additions = false

[requests]
max_examples = 2
"""
_OTHERS = POLICY.replace("additions = false", "additions = true").replace(
    "\n[requests]", "\n[contract]\nadditions = false\n\n[requests]"
)
_SHOWN: Mapping[int | str, Any] = {200: record(id=TEXT, total=record(amount=TEXT)), "4XX": {}}


class Service(Api):
    """An invoice, and a draft of one; nothing here changes by the day."""

    def __init__(self, _now: dt.datetime, bug: str = "", more_in: str = "draft") -> None:
        super().__init__(select=by_path("v1"))
        self.bug, self.more_in = bug, more_in
        for name in ("invoice", "draft"):
            self.on("GET", f"/{name}")(lambda _request, _version, name=name: self.shown(name))

    def shown(self, name: str) -> Response:
        """One of them, with more members where that is allowed."""
        more = name == self.more_in or self.bug == "more-in-both"
        inner = {"currency": "EUR"} if self.bug == "more-inside" and name != self.more_in else {}
        return reply({"id": "i1", "total": {"amount": "7", **inner}, **({"note": "new"} if more else {})})


def _document() -> Any:
    return document({f"/{name}": {"get": operation(_SHOWN)} for name in ("invoice", "draft")})


def _open_one(now: dt.datetime, bug: str) -> Service:
    return Service(now, bug, more_in="invoice")


_BUGS = {name: Bug(day=DAY, codes=("AV301",)) for name in ("more-in-both", "more-inside")}
LIVES = [
    Life(
        name=name,
        policy=policy,
        documents={"v1.json": _document()},
        make=make,
        honest={DAY: frozenset({"AV301"})},
        bugs=_BUGS,
        whole=False,
    )
    for name, policy, make in (("one-is-exact", POLICY, Service), ("all-but-one-are-exact", _OTHERS, _open_one))
]
