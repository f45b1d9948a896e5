"""A service whose headers depend on who is asked and how: a version and an alias that announce their ends in their own ways, pages in browsers."""

from __future__ import annotations

import collections
import datetime as dt
import itertools
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import ENVELOPE, Api, Refused, error, reply

DAY, LATER, OVER = "2026-11-20", "2026-12-20", "2027-02-01"
PAGE = "https://app.example.org"
POLICY = f"""
[api]
name = "Headers"
base_url = "${{ODD_URL}}"

[versioning]
scheme = "vN"
carriers = ["path", "header"]
path = {{ template = "/{{version}}" }}
header = {{ name = "X-Version" }}
missing = {{ reject = 404 }}
unknown = {{ reject = 404, code = "no_version" }}
malformed = {{ reject = 404, code = "no_version" }}

[versions.v1]
contract = "v1.json"
deprecated = 2026-03-01
sunset = 2027-01-01T00:00:00Z
successor = "v2"
headers = [{{ name = "X-Moves", pattern = "to {{successor}}", on = ["*"] }}]
links = [{{ rel = "deprecation", href = "https://example.org/moves/{{version}}" }}]

[versions.v2]
contract = "v2.json"

[aliases.old]
version = "v2"
prefix = "/old"
deprecated = 2026-12-01
sunset = 2027-01-15T00:00:00Z
headers = [{{ name = "X-Old", dialect = "literal-true" }}]

[deprecation]
headers = [{{ name = "Deprecation", dialect = "sf-date", date = "deprecated" }}]

[[headers]]
name = "X-Read-From"
carriers = ["header"]
pattern = "X-Version"

[[headers]]
name = "X-Canonical"
aliases = ["old"]
on = ["2xx"]
pattern = "/v2/.+"

[[headers]]
name = "X-Request-Id"
on = ["*"]
unique = true

[[headers]]
name = "Allow"
methods = ["OPTIONS"]
on = [204]
pattern = ".*GET.*"

[cors]
origin = "{PAGE}"
exposes = ["X-Request-Id", "X-Moves", "Content-Type"]
{ENVELOPE}
[requests]
max_examples = 3
"""
_ERROR = {"description": "An error.", "content": {"application/json": {"schema": {"type": "object"}}}}
_LIST = {"type": "array", "items": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}}


def document(version: str) -> dict[str, Any]:
    """The contract of a version."""
    answers = {"200": {"description": "All.", "content": {"application/json": {"schema": _LIST}}}, "4XX": _ERROR}
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 9}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Headers", "version": version},
        "servers": [{"url": f"/{version}"}],
        "paths": {path: {"get": {"parameters": [limit], "responses": answers}} for path in ("/things", "/parts")},
    }


class Service(Api):
    """The service at an instant."""

    def __init__(self, now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=self.selected)
        self.now, self.bug = now, bug
        self.numbers = collections.defaultdict[str, Any](itertools.count)
        for path in ("/things", "/parts"):
            self.on("GET", path)(self.listed)

    def selected(self, request: Request) -> tuple[str, str]:
        """The version and the path below it."""
        first, _, rest = request.path[1:].partition("/")
        if first in {"v1", "v2", "old"}:
            version, path = "v2" if first == "old" else first, f"/{rest}"
        else:
            version, path = request.headers.get("X-Version", ""), request.path
        if version not in {"v1", "v2"}:
            raise error(404, "no_version")
        ends = dt.datetime(2027, 1, 15 if first == "old" else 1, tzinfo=dt.UTC)
        if (version == "v1" or first == "old") and self.now >= ends:
            raise error(410, "gone")
        return version, path

    def listed(self, request: Request, version: str) -> Response:
        """`GET /things` and `GET /parts`."""
        limit = request.args.get("limit", "1")
        if not (limit.isascii() and limit.isdigit() and 1 <= int(limit) <= 9):
            raise error(422, "limit")
        return reply([{"id": version}])

    def answer(self, request: Request) -> Response:
        """The answer with all that middleware adds; a refused version's, too."""
        refused = False
        try:
            self.selected(request)
            if request.method == "OPTIONS":
                response = Response(status=204, headers={"Allow": "GET, HEAD, OPTIONS"})
                if self.bug == "options-allow-nothing":
                    del response.headers["Allow"]
            else:
                response = super().answer(request)
        except Refused as raised:
            response = raised.response
            refused = b"no_version" in response.data
        self.named(request, response, refused=refused)
        self.shown(request, response, refused=refused)
        return response

    def named(self, request: Request, response: Response, *, refused: bool) -> None:
        """Headers of one version, one alias, one carrier."""
        first = request.path[1:].partition("/")[0]
        version = "v2" if first == "old" else first if first in {"v1", "v2"} else request.headers.get("X-Version", "")
        own = request.path.rpartition("/")[2] if self.bug == "each-path-counts-for-itself" else ""
        number = 7 if self.bug == "one-number-for-all" else next(self.numbers[own])
        response.headers["X-Request-Id"] = f"{number:08x}"
        if refused:
            return
        if first not in {"v1", "v2", "old"} and self.bug != "forgets-where-it-read":
            response.headers["X-Read-From"] = "X-Version"
        moves = version == "v1" and (self.bug != "moves-on-successes-only" or response.status_code < 400)
        if moves and (request.method != "OPTIONS" or response.status_code == 410):
            if self.bug == "v1-announces-as-the-api-does":
                response.headers["Deprecation"] = "@1772323200"
            else:
                response.headers["X-Moves"] = f"to /v2/{request.path.rpartition('/')[2]}"
        if version == "v1" and self.bug != "v1-without-its-link":
            guide = "v2" if self.bug == "v1-links-to-the-guide-of-v2" else "v1"
            response.headers["Link"] = f'<https://example.org/moves/{guide}>; rel="deprecation"'
        if self.now >= dt.datetime(2026, 12, 1, tzinfo=dt.UTC):
            if first == "old" and self.bug != "old-paths-are-silent":
                response.headers["X-Old"] = "true"
            if first == "v2" and self.bug == "old-on-v2":
                response.headers["X-Old"] = "true"
        if first == "old" and self.bug != "old-paths-name-no-other" and response.status_code == 200:
            response.headers["X-Canonical"] = f"/v2/{request.path.rpartition('/')[2]}"

    def shown(self, request: Request, response: Response, *, refused: bool) -> None:
        """What a page of another origin can read."""
        if request.headers.get("Origin") != PAGE:
            return
        failed = response.status_code >= 400
        if not (self.bug == "refusals-are-unreadable" and refused):
            origin = "null" if self.bug == "errors-for-nobody" and failed and not refused else PAGE
            response.headers["Access-Control-Allow-Origin"] = origin
        hidden = "x-moves" if self.bug == "moves-are-hidden" else ""
        names = [name for name in ("x-request-id", "x-moves") if name != hidden]
        response.headers["Access-Control-Expose-Headers"] = ", ".join(names)


LIFE = Life(
    name="headers-of-some",
    policy=POLICY,
    documents={f"{name}.json": document(name) for name in ("v1", "v2")},
    make=Service,
    whole=False,
    honest={
        DAY: frozenset({"AV501", "AV505", "AV701", "AV704"}),
        LATER: frozenset({"AV501", "AV505", "AV701", "AV704"}),
        OVER: frozenset({"AV501", "AV601", "AV701", "AV704"}),
    },
    bugs={
        "forgets-where-it-read": Bug(day=DAY, codes=("AV701",)),
        "one-number-for-all": Bug(day=DAY, codes=("AV701",)),
        "each-path-counts-for-itself": Bug(day=DAY, codes=("AV701",)),
        "options-allow-nothing": Bug(day=DAY, codes=("AV701",)),
        "old-paths-name-no-other": Bug(day=DAY, codes=("AV701",)),
        "moves-on-successes-only": Bug(day=DAY, codes=("AV501",)),
        "v1-announces-as-the-api-does": Bug(day=DAY, codes=("AV501",)),
        "v1-without-its-link": Bug(day=DAY, codes=("AV505",)),
        "old-paths-are-silent": Bug(day=LATER, codes=("AV501",)),
        "old-on-v2": Bug(day=LATER, codes=("AV502",)),
        "refusals-are-unreadable": Bug(day=DAY, codes=("AV704",)),
        "errors-for-nobody": Bug(day=DAY, codes=("AV704",)),
        "v1-links-to-the-guide-of-v2": Bug(day=DAY, codes=("AV505",)),
        "moves-are-hidden": Bug(day=DAY, codes=("AV704",)),
    },
)
