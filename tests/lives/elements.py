"""A service whose version lives on while a parameter, a value, a member of requests and one of answers come to their ends."""

from __future__ import annotations

import datetime as dt
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import AFTER, ANNOUNCED, BEFORE, DEPRECATED, ENDING, LAST, SUNSET, WHILE, Bug, Life
from tests.shell.servers.kit import ENVELOPE, Api, error, json_object, reply, versions_in_path

POLICY = f"""{versions_in_path("Elements")}
[versions.v1]
contract = "v1.json"
{ENVELOPE}
[requests]
max_examples = 6

[deprecation]
{ANNOUNCED}
documented = true

[[lifecycle]]
operations = ["GET /things"]
parameters = ["owner"]
{ENDING}
gone = {{ status = 400, code = "owner_is_gone" }}

[[lifecycle]]
parameters = [{{ name = "sort", in = "query", values = ["age"] }}]
{ENDING}
gone = {{ status = 400, code = "age_is_gone" }}

[[lifecycle]]
request_members = ["/nick"]
{ENDING}
gone = {{ status = 410, code = "nick_is_gone" }}

[[lifecycle]]
operations = ["GET /things/{{id}}"]
response_members = ["/colour"]
{ENDING}
"""

_THING = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "nick": {"type": "string"},
        "colour": {"type": "string", "deprecated": True},
    },
}
_NEW = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 20},
        "nick": {"type": "string", "minLength": 1, "maxLength": 20, "deprecated": True},
    },
}

_LONGEST_OWNER, _LONGEST = 9, 20


def _body(schema: Any) -> dict[str, Any]:
    return {"description": "It.", "content": {"application/json": {"schema": schema}}}


_ERROR = {"description": "An error.", "content": {"application/json": {"schema": {"type": "object"}}}}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Elements", "version": "1"},
    "servers": [{"url": "/v1"}],
    "paths": {
        "/things": {
            "get": {
                "parameters": [
                    {"name": "owner", "in": "query", "deprecated": True, "schema": {"type": "string", "maxLength": 9}},
                    {"name": "sort", "in": "query", "schema": {"enum": ["name", "age"]}},
                ],
                "responses": {"200": _body({"type": "array", "items": _THING}), "4XX": _ERROR},
            },
            "post": {
                "requestBody": {"required": True, "content": {"application/json": {"schema": _NEW}}},
                "responses": {"201": _body(_THING), "4XX": _ERROR},
            },
        },
        "/things/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "get": {"responses": {"200": _body(_THING), "4XX": _ERROR}},
        },
    },
}


class Service(Api):
    """The service on a day."""

    def __init__(self, now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=_select)
        self.bug = bug
        self.silent = bug.removesuffix("-is-silent") if bug.endswith("-is-silent") else None
        self.today = now.date()
        late = {"ends-a-day-late": 1, "ends-a-day-early": -1}.get(bug, 0)
        self.over = self.today >= SUNSET + dt.timedelta(days=late)
        self.things: dict[str, dict[str, str]] = {"t1": {"id": "t1", "name": "One", "colour": "red"}}
        self.on("GET", "/things")(self.listed)
        self.on("POST", "/things")(self.made)
        self.on("GET", "/things/{id}")(self.shown)

    def announced(self, answer: Response, *used: str) -> Response:
        """The answer, with the headers that tell of the end of what was used."""
        told = self.bug == "announced-on-a-neighbour" or any(each != self.silent for each in used)
        if told and self.today >= DEPRECATED and not self.over:
            since = DEPRECATED + dt.timedelta(days=self.bug == "another-date")
            instant = dt.datetime(since.year, since.month, since.day, tzinfo=dt.UTC)
            answer.headers["Deprecation"] = f"@{int(instant.timestamp())}"
            answer.headers["Sunset"] = f"{SUNSET:%a, %d %b %Y} 00:00:00 GMT"
        return answer

    def listed(self, request: Request, _: str) -> Response:
        """`GET /things`."""
        given = request.args
        if given.get("sort", "name") not in {"name", "age"} or len(given.get("owner", "")) > _LONGEST_OWNER:
            raise error(422, "query")
        used = [name for name in ("owner", "sort") if name in given and given[name] != "name"]
        for name in used if self.over else ():
            raise error(400, f"{'age' if name == 'sort' else name}_is_gone")
        return self.announced(reply([_plain(each) for each in self.things.values()]), *used)

    def made(self, request: Request, _: str) -> Response:
        """`POST /things`."""
        body = json_object(request)
        texts = all(isinstance(each, str) and 1 <= len(each) <= _LONGEST for each in body.values())
        if "name" not in body or not body.keys() <= {"name", "nick"} or not texts:
            raise error(422, "body")
        refused = "nick" in body and self.over
        thing = {"id": f"t{len(self.things) + 1}", **body}
        if self.bug == "effect-after-the-end" or not refused:
            self.things[thing["id"]] = thing
        if refused:
            raise error(410, "nick_is_gone")
        return self.announced(reply(thing, 201), *(["nick"] if "nick" in body else []))

    def shown(self, _: Request, __: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`GET /things/{id}`."""
        if id not in self.things:
            raise error(404, "no_thing")
        thing = self.things[id] if not self.over else _plain(self.things[id])
        return self.announced(reply(thing), *(["colour"] if "colour" in thing else []))


def _select(request: Request) -> tuple[str, str]:
    if not request.path.startswith("/v1/"):
        raise error(404, "no_route")
    return "v1", request.path.removeprefix("/v1")


def _plain(thing: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in thing.items() if name != "colour"}


def _bug(day: str, *codes: str, reason: str = "") -> Bug:
    return Bug(day=day, codes=codes, reason=reason)


LIFE = Life(
    name="elements",
    policy=POLICY,
    documents={"v1.json": DOCUMENT},
    make=Service,
    honest={
        BEFORE: frozenset({"AV502", "AV604"}),
        WHILE: frozenset({"AV105", "AV315", "AV501", "AV502", "AV503", "AV504", "AV604"}),
        LAST: frozenset({"AV501", "AV604"}),
        AFTER: frozenset({"AV502", "AV601", "AV602", "AV603"}),
    },
    bugs={
        "announced-on-a-neighbour": _bug(WHILE, "AV502"),
        "owner-is-silent": _bug(WHILE, "AV501"),
        "sort-is-silent": _bug(WHILE, "AV501"),
        "nick-is-silent": _bug(WHILE, "AV501"),
        "colour-is-silent": _bug(WHILE, "AV501"),
        "another-date": _bug(WHILE, "AV504"),
        "ends-a-day-late": _bug(AFTER, "AV601"),
        "ends-a-day-early": _bug(
            LAST,
            "AV302",
            "AV604",
            reason="of a status that means more than an end only the refusal is told, 410 is an end",
        ),
        "effect-after-the-end": _bug(AFTER, "AV603"),
    },
)
