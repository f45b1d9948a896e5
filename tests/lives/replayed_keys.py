"""Two versions that keep the answer to each idempotency key: each its own, or, by a bug, one for both."""

from __future__ import annotations

import datetime as dt
import itertools
from functools import partial
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
[[fields]]
v1 = "topic"
v2 = "title"

[sequences]
across = true

[requests]
max_examples = 1
"""
_NAMES = {"v1": "topic", "v2": "title"}


def _contract(version: str, *, required: bool) -> Any:
    key = {**parameter("Idempotency-Key", "header", {"type": "string", "minLength": 8}), "required": required}
    order = record(**{"id": TEXT, _NAMES[version]: TEXT})
    made = operation({201: order, "4XX": {}}, body=record(**{_NAMES[version]: TEXT}), parameters=[key])
    read = operation({200: order, "4XX": {}}, parameters=[parameter("id")])
    return document({"/orders": {"post": made}, "/orders/{id}": {"get": read}})


class Service(Api):
    """The orders, the same on every day.

    Args:
        _now: Any day.
        bug: What is wrong with it.
        required: Whether an order needs a key.
        refuses: Whether a key that another version knows is refused.
    """

    def __init__(self, _now: dt.datetime, bug: str = "", *, required: bool = True, refuses: bool = False) -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug, self.required, self.refuses = bug, required, refuses
        self.numbers = itertools.count(1)
        self.orders: dict[str, str] = {}
        self.kept: dict[tuple[str, str], Any] = {}
        self.on("POST", "/orders")(self.made)
        self.on("GET", "/orders/{id}")(lambda _, version, id: reply(self.order(id, version)))  # noqa: A006

    def order(self, key: str, version: str) -> dict[str, str]:
        """An order as a version shows it."""
        if key not in self.orders:
            raise error(404, "no_order")
        return {"id": key, _NAMES[version]: self.orders[key]}

    def made(self, request: Request, version: str) -> Response:
        """`POST /orders`: what is asked again with the same key gets the answer of before."""
        body, key = json_object(request), request.headers.get("Idempotency-Key", "")
        title = text_member(body, _NAMES[version])
        if (self.required or key) and len(key) < len("12345678"):
            raise error(400, "key")
        if self.refuses and any(known == key and other != version for other, known in self.kept):
            raise error(422, "key_of_another_version")
        place = ("any" if self.bug == "one-answer-for-all-versions" else version, key)
        if not key or place not in self.kept:
            self.orders[name := f"o{next(self.numbers)}"] = title
            self.kept[place] = self.order(name, version)
        return reply(self.kept[place], 201)


def _life(name: str, *, required: bool, refuses: bool) -> Life:
    return Life(
        name=name,
        policy=POLICY,
        documents={f"{version}.json": _contract(version, required=required) for version in _NAMES},
        make=partial(Service, required=required, refuses=refuses),
        honest={DAY: frozenset({"AV301", "AV320"})},
        bugs={} if refuses else {"one-answer-for-all-versions": Bug(day=DAY, codes=("AV301",))},
    )


LIVES = [
    _life("replayed-keys", required=True, refuses=False),
    _life("replayed-keys-that-may-be-left-out", required=False, refuses=False),
    _life("replayed-keys-that-are-refused", required=True, refuses=True),
]
