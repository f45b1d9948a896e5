"""A service of one path that does several things, told apart by a query: one of them ends, and one answers with exactly its members."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import AFTER, ANNOUNCED, BEFORE, DEPRECATED, ENDING, LAST, SUNSET, WHILE, Bug, Life
from tests.shell.servers.kit import (
    ENVELOPE,
    TEXT,
    Api,
    Refused,
    by_path,
    document,
    error,
    json_object,
    operation,
    record,
    reply,
    versions_in_path,
)

POLICY = f"""{versions_in_path("Queried")}
[versions.v1]
contract = "v1.json"
{ENVELOPE}
[requests]
max_examples = 4

[deprecation]
{ANNOUNCED}
links = [{{ rel = "successor-version", successor = true }}]

[[lifecycle]]
operations = ["GET /search?type=old"]
{ENDING}
successor = "GET /search?type=new"
gone = {{ status = 410, code = "old_is_over" }}

[operations.rules."GET /search?type=new"]
additions = false
"""
_SEARCH = operation(
    {200: record(found=TEXT), "4XX": {}},
    parameters=[
        {"name": "type", "in": "query", "schema": {"enum": ["old", "new", "all"]}},
        {"name": "words", "in": "query", "schema": {"type": "string", "maxLength": 9, "pattern": "^[a-z]*$"}},
    ],
)
DOCUMENT: Any = document({"/search": {"get": _SEARCH}})


class Service(Api):
    """The search on a day."""

    def __init__(self, now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1"))
        self.bug, self.today = bug, now.date()
        self.on("GET", "/search")(self.found)

    def found(self, request: Request, _: str) -> Response:
        """`GET /search`."""
        kind, words = request.args.get("type", "all"), request.args.get("words", "")
        refused = kind not in {"old", "new", "all"} or re.fullmatch("[a-z]{0,9}", words) is None
        over = self.today >= SUNSET + dt.timedelta(days=self.bug == "old-ends-a-day-late")
        if kind == "old" and over:
            raise error(410, "old_is_over")
        more = kind != "new" or self.bug == "more-than-exact"
        answer = reply({"found": f"nothing for {words}", **({"took": 1} if more else {})})
        if refused:
            answer = error(422, "query").response
        told = {"old-is-silent": set(), "announced-on-new": {"old", "new"}, "announced-on-all": {"old", "all"}}
        if self.today >= DEPRECATED and kind in told.get(self.bug, {"old"}) and not over:
            self.announce(answer)
        return answer

    def announce(self, answer: Response) -> None:
        """What tells of the end."""
        instant = dt.datetime(DEPRECATED.year, DEPRECATED.month, DEPRECATED.day, tzinfo=dt.UTC)
        answer.headers["Deprecation"] = f"@{int(instant.timestamp())}"
        answer.headers["Sunset"] = f"{SUNSET:%a, %d %b %Y} 00:00:00 GMT"
        there = "all" if self.bug == "link-to-another-query" else "new"
        answer.headers["Link"] = f'</v1/search?type={there}>; rel="successor-version"'


# One path for all, as OGC's services have it: the parameter must be there, and each of its values is named.

DAY = "2026-11-20"
MAPS = f"""{versions_in_path("Maps")}
[versions.v1]
contract = "v1.json"
deprecated = 2026-06-01

[versions.v2]
contract = "v2.json"
{ENVELOPE}
[deprecation]
headers = [{{ name = "Deprecation", dialect = "literal-true", legacy = true }}]

[operations]
renamed = [{{ v1 = "GET /ows?request=GetMap", v2 = "GET /map" }}, {{ v1 = "GET /ows?request=GetLegend" }}]

[operations.rules."GET /ows?request=GetMap"]
values = {{ query = {{ layer = "roads" }} }}

[operations.rules."GET /ows?request=GetLegend"]
refusals = [422]

[operations.rules."GET /ows?request=Slow"]
skip = true
"""
_LAYER = {"name": "layer", "in": "query", "schema": {"type": "string", "maxLength": 9}}
_KIND = {"name": "request", "in": "query", "required": True, "schema": {"$ref": "#/components/schemas/Kind"}}
_KINDS = {"Kind": {"type": "string", "enum": ["GetMap", "GetLegend", "Slow"]}}
OWS: Any = document(
    {"/ows": {"get": operation({200: record(layer=TEXT), "4XX": {}}, parameters=[_KIND, _LAYER])}},
    components={"schemas": _KINDS},
)
MAP: Any = document({"/map": {"get": operation({200: record(layer=TEXT), "4XX": {}}, parameters=[_LAYER])}})


class Maps(Api):
    """Maps and legends."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug = bug
        self.on("GET", "/ows")(self.asked)
        self.on("GET", "/map")(self.map)

    def answer(self, request: Request) -> Response:
        """All that v1 answers says that it is deprecated."""
        try:
            found = super().answer(request)
        except Refused as refused:
            found = refused.response
        if request.path.startswith("/v1/"):
            found.headers["Deprecation"] = "true"
        return found

    def asked(self, request: Request, version: str) -> Response:
        """`GET /ows` of v1."""
        kind = request.args.get("request")
        if version != "v1":
            raise error(404, "no_route")
        if kind not in {"GetMap", "GetLegend"}:
            raise error(500 if kind == "Slow" else 400, "request")
        known = request.args.get("layer") == "roads" if kind == "GetMap" else "layer" not in request.args
        if not known:
            refused = 400 if self.bug == "legend-refuses-otherwise" else 422
            raise error(404 if kind == "GetMap" else refused, "layer")
        return reply({"layer": "roads"})

    def map(self, request: Request, version: str) -> Response:
        """`GET /map` of v2."""
        if version != "v2":
            raise error(404, "no_route")
        if len(request.args.get("layer", "")) > len("123456789"):
            raise error(400, "layer")
        return reply({"layer": "roads"})


_SEARCHES = Life(
    name="queried",
    policy=POLICY,
    documents={"v1.json": DOCUMENT},
    make=Service,
    honest={
        BEFORE: frozenset({"AV301", "AV502"}),
        WHILE: frozenset({"AV105", "AV301", "AV501", "AV502", "AV503", "AV504", "AV505", "AV604"}),
        LAST: frozenset({"AV501", "AV604"}),
        AFTER: frozenset({"AV502", "AV601", "AV602", "AV608"}),
    },
    bugs={
        "old-is-silent": Bug(day=WHILE, codes=("AV501",)),
        "announced-on-new": Bug(day=WHILE, codes=("AV502",)),
        "announced-on-all": Bug(day=WHILE, codes=("AV502",)),
        "link-to-another-query": Bug(day=WHILE, codes=("AV505",)),
        "more-than-exact": Bug(day=WHILE, codes=("AV301",)),
        "old-ends-a-day-late": Bug(day=AFTER, codes=("AV601",)),
    },
    whole=False,
)

_MAPS = Life(
    name="queried-maps",
    policy=MAPS,
    documents={"v1.json": OWS, "v2.json": MAP},
    make=Maps,
    honest={DAY: frozenset({"AV302", "AV501"})},
    bugs={"legend-refuses-otherwise": Bug(day=DAY, codes=("AV302",))},
    whole=False,
)
# One path for all that is done, told apart by its query, each with a body.

JOBS = f"""{versions_in_path("Jobs")}
[versions.v1]
contract = "v1.json"
{ENVELOPE}
[operations.rules."POST /jobs?action=start"]
harmless = true

[operations.rules."POST /jobs?action=stop"]
harmless = true
additions = false
"""
_ACTION = {
    "name": "action",
    "in": "query",
    "required": True,
    "schema": {"type": "string", "oneOf": [{"const": "start"}, {"const": "stop"}]},
}
_MINUTES = {"type": "integer", "minimum": 1, "maximum": 9}
_JOB = {**record(minutes=_MINUTES), "additionalProperties": False}
ACTIONS: Any = document(
    {"/jobs": {"post": operation({200: record(done=TEXT), "4XX": {}}, body=_JOB, parameters=[_ACTION])}}
)


class Jobs(Api):
    """Jobs that are started and stopped."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1"))
        self.bug = bug
        self.on("POST", "/jobs")(self.done)

    def done(self, request: Request, _: str) -> Response:
        """`POST /jobs`."""
        action = request.args.get("action")
        if action not in {"start", "stop"}:
            raise error(400, "action")
        body = json_object(request)
        minutes = body.get("minutes")
        right = isinstance(minutes, int) and not isinstance(minutes, bool) and 1 <= minutes <= len("123456789")
        if not right or body.keys() != {"minutes"}:
            raise error(500 if action == "stop" and self.bug == "stop-fails-of-a-wrong-body" else 422, "body")
        return reply({"done": action})


_JOBS = Life(
    name="queried-jobs",
    policy=JOBS,
    documents={"v1.json": ACTIONS},
    make=Jobs,
    honest={DAY: frozenset({"AV302", "AV402"})},
    bugs={"stop-fails-of-a-wrong-body": Bug(day=DAY, codes=("AV402",))},
    whole=False,
)
LIVES = [_SEARCHES, _MAPS, _JOBS]
