"""A service that answers for some hours as it will after the end: a whole version, and an operation of one that lives on."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import ENVELOPE, Api, Refused, error, json_object, reply, versions_in_path

HOURS = dt.datetime(2026, 9, 15, 10, tzinfo=dt.UTC), dt.datetime(2026, 9, 15, 14, tzinfo=dt.UTC)
DAY = dt.datetime(2026, 10, 20, tzinfo=dt.UTC), dt.datetime(2026, 10, 21, tzinfo=dt.UTC)
BEFORE, WITHIN, AGAIN, ANOTHER = (
    "2026-09-15T09:59:59",
    "2026-09-15T10:00:00",
    "2026-09-15T14:00:00",
    "2026-10-20T23:59:59",
)
OVER = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
POLICY = f"""{versions_in_path("Brownouts")}
[versions.v1]
contract = "v1.json"
deprecated = 2026-03-01
sunset = 2026-12-01T00:00:00Z
successor = "v2"
brownouts = [
  {{ from = 2026-09-15T10:00:00Z, until = 2026-09-15T14:00:00Z }},
  {{ from = 2026-10-20 }},
]

[versions.v2]
contract = "v2.json"

[[lifecycle]]
operations = ["GET /reports"]
versions = ["v2"]
deprecated = 2026-03-01
sunset = 2026-12-01T00:00:00Z
brownouts = [{{ from = 2026-10-20 }}]
gone = {{ status = 410, code = "reports_are_over" }}

[deprecation]
headers = [{{ name = "Deprecation", dialect = "sf-date", date = "deprecated" }}]

[sunset]
code = "over"
{ENVELOPE}
[requests]
max_examples = 3
"""
_THING = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "name": {"type": "string"}}}
_NEW = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {"name": {"type": "string", "minLength": 1, "maxLength": 20}},
}


def _body(schema: Any) -> dict[str, Any]:
    return {"description": "It.", "content": {"application/json": {"schema": schema}}}


_ERROR = {"description": "An error.", "content": {"application/json": {"schema": {"type": "object"}}}}


def document(version: str) -> dict[str, Any]:
    """The contract of a version."""
    many = {"get": {"responses": {"200": _body({"type": "array", "items": _THING}), "4XX": _ERROR}}}
    made = {
        "requestBody": {"required": True, "content": {"application/json": {"schema": _NEW}}},
        "responses": {"201": _body(_THING), "4XX": _ERROR},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Brownouts", "version": version},
        "servers": [{"url": f"/{version}"}],
        "paths": {"/things": {**many, "post": made}, "/reports": many},
    }


class Service(Api):
    """The service at an instant."""

    def __init__(self, now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=self.selected)
        self.bug = bug
        self.shifted = now + {"an-hour-early": dt.timedelta(hours=1), "ends-late": -dt.timedelta(hours=1)}.get(
            bug, dt.timedelta()
        )
        self.things: dict[str, dict[str, str]] = {"t1": {"id": "t1"}}
        self.on("GET", "/things")(self.listed)
        self.on("GET", "/reports")(self.reports)
        self.on("POST", "/things")(self.made)

    def selected(self, request: Request) -> tuple[str, str]:
        """The version and the path below it; a version that is interrupted is refused."""
        version, _, path = request.path[1:].partition("/")
        if version not in {"v1", "v2"}:
            raise error(404, "no_version")
        if version == "v1" and self.interrupted(HOURS, DAY):
            if self.bug == "effect-in-a-brownout" and request.method == "POST":
                with contextlib.suppress(Refused):
                    self.made(request, version)
            if self.bug != "serves-all-the-time":
                raise error(410, "gone" if self.bug == "another-code" else "over")
        return version, f"/{path}"

    def interrupted(self, *windows: tuple[dt.datetime, dt.datetime]) -> bool:
        """Whether the instant is in a window, or after the end."""
        return self.shifted >= OVER or any(begins <= self.shifted < ends for begins, ends in windows)

    def listed(self, _: Request, version: str) -> Response:
        """`GET /things`."""
        return self.announced(reply(list(self.things.values())), ends=version == "v1")

    def reports(self, _: Request, version: str) -> Response:
        """`GET /reports`."""
        if self.interrupted(DAY) and self.bug != "reports-are-there-all-the-time":
            raise error(410, "reports_are_over")
        return self.announced(reply([{"id": version}]), ends=True)

    def made(self, request: Request, version: str) -> Response:
        """`POST /things`."""
        body = json_object(request)
        if body.keys() != {"name"} or not isinstance(body["name"], str) or not 1 <= len(body["name"]) <= _LONGEST:
            raise error(422, "body")
        thing = {"id": f"t{len(self.things) + 1}", **body}
        self.things[thing["id"]] = thing
        return self.announced(reply(thing, 201), ends=version == "v1")

    def announced(self, answer: Response, *, ends: bool) -> Response:
        """The answer, with the header that announces an end."""
        if ends:
            answer.headers["Deprecation"] = f"@{int(dt.datetime(2026, 3, 1, tzinfo=dt.UTC).timestamp())}"
        return answer

    def answer(self, request: Request) -> Response:
        """Every answer of the first version announces its end, errors too."""
        try:
            return super().answer(request)
        except Refused as refused:
            version, response = request.path[1:].partition("/")[0], refused.response
            reports = request.path == "/v2/reports" and request.method in {"GET", "HEAD"}
            if response.status_code != _GONE and (version == "v1" or reports):
                self.announced(response, ends=True)
            raise


_LONGEST, _GONE = 20, 410

LIFE = Life(
    name="brownouts",
    policy=POLICY,
    documents={"v1.json": document("v1"), "v2.json": document("v2")},
    make=Service,
    honest={
        BEFORE: frozenset({"AV501", "AV604"}),
        WITHIN: frozenset({"AV601", "AV602", "AV603"}),
        AGAIN: frozenset({"AV501", "AV604"}),
        ANOTHER: frozenset({"AV601", "AV602", "AV603"}),
        "2026-10-21T00:00:00": frozenset({"AV501", "AV604"}),
        "2026-12-01": frozenset({"AV601", "AV602", "AV603"}),
    },
    bugs={
        "serves-all-the-time": Bug(day=WITHIN, codes=("AV601",)),
        "another-code": Bug(day=WITHIN, codes=("AV602",)),
        "effect-in-a-brownout": Bug(day=WITHIN, codes=("AV603",)),
        "an-hour-early": Bug(day=BEFORE, codes=("AV604",)),
        "ends-late": Bug(day=AGAIN, codes=("AV604",)),
        "reports-are-there-all-the-time": Bug(day=ANOTHER, codes=("AV601",)),
    },
)
