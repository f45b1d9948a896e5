"""Versions in a header and nowhere else, and operations below `/v1/core`: what stands in the path there is no version."""

from __future__ import annotations

import datetime as dt
import re

from werkzeug.wrappers import Request

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import API, ENVELOPE, TEXT, Api, document, error, operation, record, reply

DAY = "2026-11-20"
POLICY = f"""{API}
[versioning]
scheme = "vN"
carriers = ["header"]
header = {{ name = "X-Version" }}
base_path = "/v1/core"
decoys = ["v1"]
undeclared_carriers = "ignored"
missing = {{ reject = 400, code = "version" }}
unknown = {{ reject = 400, code = "version" }}
malformed = {{ reject = 400, code = "version" }}

[versions.v1]
contract = "v1.json"
[versions.v2]
contract = "v2.json"
{ENVELOPE}
[requests]
max_examples = 2
"""
_NAMES = {"v1": "label", "v2": "name"}


class Service(Api):
    """The bins, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=self.chosen)
        self.bug = bug
        self.base = re.compile(r"/v[0-9]+/core(/.*)" if bug == "any-number-in-the-path" else r"/v1/core(/.*)")
        self.on("GET", "/bins")(lambda _, version: reply({_NAMES[version]: "a bin"}))

    def chosen(self, request: Request) -> tuple[str, str]:
        """The version that the header names, and the path below the base."""
        version, below = request.headers.get("X-Version"), self.base.fullmatch(request.path)
        if version is None and self.bug == "query-where-the-header-is-not":
            version = request.args.get("x-version")
        if version not in _NAMES:
            raise error(400, "version")
        if below is None:
            raise error(404, "no_route")
        return version, below[1]


LIFE = Life(
    name="decoys",
    policy=POLICY,
    documents={
        f"{version}.json": document(
            {"/bins": {"get": operation({200: {**record(**{name: TEXT}), "example": {name: "a bin"}}, "4XX": {}})}}
        )
        for version, name in _NAMES.items()
    },
    make=Service,
    honest={DAY: frozenset({"AV216", "AV219"})},
    bugs={
        "any-number-in-the-path": Bug(day=DAY, codes=("AV216",)),
        "query-where-the-header-is-not": Bug(day=DAY, codes=("AV219",)),
    },
)
