"""Two versions that call the members of what is inside a thing by other names, of which no row of `[[fields]]` speaks."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import (
    ENVELOPE,
    PATHS,
    TEXT,
    Api,
    by_path,
    document,
    error,
    json_object,
    operation,
    parameter,
    record,
    reply,
    text_member,
)

DAY = "2026-11-20"
POLICY = f"""{PATHS}{ENVELOPE}
[operations]
isolated = true

[requests]
max_examples = 1
"""
_COUNT = {"type": "integer", "minimum": 0}
_LINE = {"v1": record(code=TEXT, amount=_COUNT), "v2": record(sku=TEXT, quantity=_COUNT)}
_OWNER = {"v1": record(called=TEXT), "v2": record(full_name=TEXT, since=TEXT)}
_SEEN = {"type": "object", "properties": {"by": TEXT}}


def _contract(version: str) -> Any:
    seen = _SEEN if version == "v1" else {**_SEEN, "properties": {"by": TEXT, "at": TEXT}}
    order = record(
        id=TEXT, name=TEXT, lines={"type": "array", "items": _LINE[version]}, owner=_OWNER[version], seen=seen
    )
    return document(
        {
            "/orders": {
                "get": operation({200: {"type": "array", "items": order}, "4XX": {}}),
                "post": operation({201: order, "4XX": {}}, body=record(name=TEXT)),
            },
            "/orders/{id}": {"get": operation({200: order, "4XX": {}}, parameters=[parameter("id")])},
        }
    )


class Service(Api):
    """The orders, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug, self.numbers = bug, itertools.count(2)
        self.orders: dict[str, str] = {"o1": "One"}
        self.on("GET", "/orders")(lambda _, version: reply([self.order(key, version) for key in self.orders]))
        self.on("POST", "/orders")(self.made)
        self.on("GET", "/orders/{id}")(lambda _, version, id: reply(self.order(id, version)))  # noqa: A006

    def order(self, key: str, version: str) -> dict[str, Any]:
        """An order as a version shows it; when it was seen, and since when it has its owner, is told in both, though only the second one's contract says so."""
        if key not in self.orders:
            raise error(404, "no_order")
        line: dict[str, Any] = {"code": "c1", "amount": 2} if version == "v1" else {"sku": "c1", "quantity": 2}
        if self.bug == "v1-lines-have-both" and version == "v1":
            line["sku"] = "c1"
        if self.bug == "v2-lines-have-both" and version == "v2":
            line["amount"] = 2
        owner = {"called" if version == "v1" else "full_name": "Ada", "since": "June"}
        return {
            "id": key,
            "name": self.orders[key],
            "lines": [line],
            "owner": owner,
            "seen": {"by": "me", "at": "noon"},
        }

    def made(self, request: Request, version: str) -> Response:
        """`POST /orders`."""
        name = text_member(json_object(request), "name")
        self.orders[key := f"o{next(self.numbers)}"] = name
        return reply(self.order(key, version), 201)


LIFE = Life(
    name="foreign-names",
    policy=POLICY,
    documents={f"{version}.json": _contract(version) for version in ("v1", "v2")},
    make=Service,
    honest={DAY: frozenset({"AV311"})},
    bugs={
        "v1-lines-have-both": Bug(day=DAY, codes=("AV311",)),
        "v2-lines-have-both": Bug(day=DAY, codes=("AV311",)),
    },
)
