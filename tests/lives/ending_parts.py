"""A service whose paths, tagged and marked operations come to their ends, each announced and ended in a way of its own."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import ENVELOPE, Api, Refused, document, error, operation, record, reply, versions_in_path

BEFORE, SINCE, WHILE, LAST, AFTER = "2026-05-31", "2026-06-01", "2026-11-20", "2026-11-30", "2026-12-01"
DEPRECATED, SUNSET = dt.date(2026, 6, 1), dt.date(2026, 12, 1)
KEY = "a-key-of-parts"
POLICY = f"""{versions_in_path("Parts")}
[versions.v1]
contract = "v1.json"
served = "/v1/openapi.json"

[versions.v2]
contract = "v2.json"
{ENVELOPE}
[credentials.key]
header = "Authorization"
value = "Bearer ${{ODD_KEY}}"

[deprecation]
headers = [
  {{ name = "Deprecation", dialect = "sf-date", date = "deprecated" }},
  {{ name = "Sunset", dialect = "imf-fixdate", date = "sunset" }},
  {{ name = "X-Stage", levels = [{{ level = "warning" }}, {{ level = "critical", days = 30 }}] }},
  {{ name = "X-Ending", pattern = "ends on {{sunset}}", on = ["2xx"], within = {{ days = 30 }} }},
]
documented = true

[sunset]
boundary = "start-of-day"

[[lifecycle]]
paths = ["/reports"]
versions = ["v1"]
deprecated = 2026-06-01
sunset = 2026-12-01
successor = "GET /things"
notice = {{ months = 6 }}
links = [{{ rel = "successor-version", successor = true, type = "application/json", hreflang = "en" }}]
gone = {{ status = 410, code = "reports_are_over", pointer = "/error/docs", cache_control = true, before = ["credentials"] }}

[[lifecycle]]
tags = ["legacy"]
versions = ["v1"]
deprecated = true
successor = {{ version = "v2", operation = "GET /things" }}
headers = [{{ name = "Deprecation", dialect = "literal-true", legacy = true }}]
links = []

[[lifecycle]]
operations = ["GET /fresh"]
released = 2026-06-01

[[lifecycle]]
from_contract = true

[requests]
max_examples = 3
"""
_THINGS = {"type": "array", "items": record(id={"type": "string"})}
_ERROR = {"type": "object"}


def _listed(**more: Any) -> dict[str, Any]:
    return {"get": operation({200: _THINGS, "4XX": _ERROR}, **more)}


_KEYED = {"security": [{"key": []}], "deprecated": True}
_DATES = {"x-deprecated-since": str(DEPRECATED), "x-sunset": str(SUNSET)}
V1: Any = document(
    {
        "/things": _listed(),
        "/reports": _listed(**_KEYED),
        "/reports/old": _listed(**_KEYED),
        "/drafts": _listed(tags=["legacy"], deprecated=True),
        "/fresh": _listed(),
        "/marked": _listed(deprecated=True, **_DATES),
    },
    servers=[{"url": "/v1"}],
    components={"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
)
V2: Any = document({"/things": _listed()}, servers=[{"url": "/v2"}])
ENDING = frozenset({"/reports", "/reports/old", "/marked"})


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


LOCK = {
    "algorithm": "sha256",
    "contracts": {"v1.json": _digest(V1), "v2.json": _digest(V2)},
    "sunsets": {"v1 /reports/*": f"{SUNSET}T00:00:00+00:00"},
}
_MARKED = '"security": [{"key": []}], "deprecated": true'
_SILENT = _MARKED.removesuffix(', "deprecated": true')
_OTHER = _digest(json.loads(json.dumps(V1).replace(_MARKED, _SILENT)))


class Service(Api):
    """The service on a day."""

    def __init__(self, now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=self.selected)
        self.bug, self.now = bug, now
        late = {"reports-end-a-day-late": 1, "reports-end-a-day-early": -1}.get(bug, 0)
        self.reports_over = now.date() >= SUNSET + dt.timedelta(days=late)
        for path in V1["paths"]:
            self.on("GET", path)(lambda _, version: reply([{"id": version}]))

    def over(self, path: str) -> bool:
        """Whether a path of v1 has ended."""
        return self.reports_over if path.startswith("/reports") else path in ENDING and self.now.date() >= SUNSET

    def selected(self, request: Request) -> tuple[str, str]:
        """The version and the path below it."""
        version, _, rest = request.path[1:].partition("/")
        path = f"/{rest}"
        if version not in {"v1", "v2"} or (version == "v2" and path != "/things"):
            raise error(404, "no_route")
        if version == "v2" and self.bug == "nothing-in-v2":
            raise error(404, "no_route")
        begins = DEPRECATED + dt.timedelta(days=self.bug == "fresh-a-day-late")
        if path == "/fresh" and self.now.date() < begins:
            raise error(404, "no_route")
        keyed = request.headers.get("Authorization") == f"Bearer {KEY}"
        if path.startswith("/reports") and not keyed and (not self.over(path) or self.bug == "asks-for-the-key-first"):
            raise self.announced(error(401, "who"), version, path)
        return version, path

    def ended(self, path: str) -> Refused:
        """The answer after an end."""
        if not path.startswith("/reports"):
            return error(410, "gone")
        code = "over" if self.bug == "reports-end-with-another-code" else "reports_are_over"
        leads = "/v2/reports" if self.bug == "reports-point-to-nothing" else "/v2/things"
        docs = {} if self.bug == "reports-end-without-a-pointer" else {"docs": leads}
        kept = {} if self.bug == "nobody-knows-how-long" else {"Cache-Control": "no-store"}
        return Refused(reply({"error": {"code": code, "message": "Gone.", **docs}}, 410, **kept))

    def answer(self, request: Request) -> Response:
        """The answer, with what announces an end."""
        if request.path == "/v1/openapi.json" and request.method == "GET":
            return reply(self.served())
        try:
            version, path = self.selected(request)
            if version == "v1" and self.over(path) and request.method in {"GET", "HEAD"}:
                raise self.ended(path)
            response = super().answer(request)
        except Refused as refused:
            response = refused.response
        version, _, rest = request.path[1:].partition("/")
        if request.method in {"GET", "HEAD"}:
            self.announced(Refused(response), version, f"/{rest}")
        return response

    def announced(self, refused: Refused, version: str, path: str) -> Refused:
        """What tells of the end of an operation."""
        headers = refused.response.headers
        if version == "v1" and path == "/drafts" and self.bug != "drafts-are-silent":
            headers["Deprecation"] = "@1780272000" if self.bug == "drafts-announce-a-day" else "true"
        if version == "v1" and path == "/things" and self.bug == "things-announce-as-reports-do":
            headers["Deprecation"] = "@1780272000"
        if version != "v1" or path not in ENDING or not DEPRECATED <= self.now.date() < SUNSET:
            return refused
        if (path, self.bug) in {("/reports/old", "old-reports-are-silent"), ("/marked", "marked-is-silent")}:
            return refused
        since = dt.datetime(2026, 6, 1 + (self.bug == "another-day"), tzinfo=dt.UTC)
        headers["Deprecation"] = f"{since:%F}" if self.bug == "another-form" else f"@{int(since.timestamp())}"
        headers["Sunset"] = f"{SUNSET:%a, %d %b %Y} 00:00:00 GMT"
        near = self.now >= dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
        headers["X-Stage"] = "critical" if near and self.bug != "never-critical" else "warning"
        if near and refused.response.status_code == 200 and self.bug != "no-last-word":
            headers["X-Ending"] = f"ends on {SUNSET}"
        if path.startswith("/reports") and self.bug != "reports-lead-nowhere":
            language = "" if self.bug == "a-link-without-its-language" else '; hreflang="en"'
            to = "marked" if self.bug == "reports-lead-to-what-ends-with-them" else "things"
            headers["Link"] = f'</v1/{to}>; rel="successor-version"; type="application/json"{language}'
        return refused

    def served(self) -> Any:
        """The contract of the day, as it is published."""
        gone = ENDING if self.now.date() >= SUNSET else {"/reports/old"} if self.bug == "forgets-old-reports" else ()
        return {**V1, "paths": {path: item for path, item in V1["paths"].items() if path not in gone}}


def _bug(day: str, *codes: str) -> Bug:
    return Bug(day=day, codes=codes)


def _slip(code: str, **slips: tuple[str, str]) -> Bug:
    files = {"policy": "apiversion.toml", "v1": "v1.json", "lock": "apiversion.lock"}
    return Bug(day=WHILE, codes=(code,), slips={files[name]: texts for name, texts in slips.items()})


LIFE = Life(
    name="ending-parts",
    policy=POLICY,
    documents={"v1.json": V1, "v2.json": V2, "apiversion.lock": LOCK},
    make=Service,
    whole=False,
    environment={"ODD_KEY": KEY},
    honest={
        BEFORE: frozenset({"AV502"}),
        SINCE: frozenset({"AV302", "AV501", "AV502"}),
        WHILE: frozenset(
            {"AV103", "AV105", "AV110", "AV112", "AV305", "AV315"}
            | {"AV501", "AV502", "AV503", "AV504", "AV505", "AV506", "AV507", "AV604"}
        ),
        LAST: frozenset({"AV501", "AV604"}),
        AFTER: frozenset({"AV502", "AV601", "AV602", "AV606", "AV607", "AV608"}),
    },
    bugs={
        "old-reports-are-silent": _bug(WHILE, "AV501"),
        "drafts-are-silent": _bug(WHILE, "AV501"),
        "drafts-announce-a-day": _bug(WHILE, "AV503"),
        "marked-is-silent": _bug(WHILE, "AV501"),
        "things-announce-as-reports-do": _bug(WHILE, "AV502"),
        "another-form": _bug(WHILE, "AV503"),
        "another-day": _bug(WHILE, "AV504"),
        "reports-lead-nowhere": _bug(WHILE, "AV505"),
        "a-link-without-its-language": _bug(WHILE, "AV505"),
        "never-critical": _bug(WHILE, "AV506"),
        "no-last-word": _bug(WHILE, "AV507"),
        "forgets-old-reports": _bug(WHILE, "AV305"),
        "fresh-a-day-late": _bug(SINCE, "AV302"),
        "reports-end-a-day-early": _bug(LAST, "AV604"),
        "reports-end-a-day-late": _bug(AFTER, "AV601"),
        "reports-end-with-another-code": _bug(AFTER, "AV602"),
        "reports-end-without-a-pointer": _bug(AFTER, "AV602"),
        "reports-point-to-nothing": _bug(AFTER, "AV608"),
        "nobody-knows-how-long": _bug(AFTER, "AV606"),
        "asks-for-the-key-first": _bug(AFTER, "AV607"),
        "nothing-in-v2": _bug(WHILE, "AV302"),
        "notice-too-short": _slip("AV103", policy=("notice = { months = 6 }", "notice = { months = 7 }")),
        "ends-a-month-before-it-was-said": _slip("AV110", lock=("2026-12-01T", "2027-01-01T")),
        "reports-lead-to-what-ends-with-them": _slip(
            "AV105", policy=('successor = "GET /things"', 'successor = "GET /marked"')
        ),
        "drafts-lead-to-what-is-to-come": Bug(
            day=WHILE,
            codes=("AV105", "AV208"),
            reason="v2 answers, which the file says is to come",
            slips={"apiversion.toml": ('contract = "v2.json"\n', 'contract = "v2.json"\nreleased = 2027-01-01\n')},
        ),
        "nobody-says-which-day": _slip("AV112", policy=('boundary = "start-of-day"', "")),
        "contract-is-silent": _slip("AV315", v1=(_MARKED, _SILENT), lock=(_digest(V1), _OTHER)),
    },
)
