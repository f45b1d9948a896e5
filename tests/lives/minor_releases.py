"""A service whose first version gets a minor release: more members, a header, a tier and another document from a day on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import yaml
from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import ENVELOPE, Api, error, reply, versions_in_path

BEFORE, LAST, AFTER, LATER = "2026-09-01", "2026-09-30T23:59:59", "2026-10-01", "2026-12-01"
POLICY = f"""{versions_in_path("Releases")}
[versions.v1]
contract = "v1.3.json"
served = "/v1/openapi.json"

[[versions.v1.releases]]
version = "1.4.0"
from = 2026-10-01
contract = "v1.4.json"
copies = [["v1.4.json", "docs.json"]]
headers = [{{ name = "X-Total", pattern = "[0-9]+", on = ["2xx"], methods = ["GET"] }}]
tiers = [{{ credential = "gold", members = ["owner"], operations = ["GET /things"] }}]

[[versions.v1.releases]]
version = "1.4.1"
from = 2026-12-01
contract = "v1.4.1.json"

[service.version]
operation = "GET /version"
version = "/release"

[credentials.plain]
header = "Authorization"
value = "Bearer ${{ODD_PLAIN}}"
scheme = "key"

[credentials.gold]
header = "Authorization"
value = "Bearer ${{ODD_GOLD}}"
scheme = "key"
{ENVELOPE}
[requests]
max_examples = 2
"""
PLAIN, GOLD = "plain-key-of-this-test", "gold-key-of-this-test"
_ERROR = {"description": "An error.", "content": {"application/json": {"schema": {"type": "object"}}}}


def document(release: str) -> dict[str, Any]:
    """The contract of a release."""
    thing: dict[str, Any] = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
    if release >= "1.4":
        thing["required"].append("colour")
        thing["properties"] |= {"colour": {"type": "string"}, "owner": {"type": "string"}}
    told = {"type": "object", "required": ["release"], "properties": {"release": {"type": "string"}}}

    def answers(schema: Any) -> dict[str, Any]:
        ok = {"description": "It.", "content": {"application/json": {"schema": schema}}}
        return {"get": {"responses": {"200": ok, "4XX": _ERROR}}}

    return {
        "openapi": "3.1.0",
        "info": {"title": "Releases", "version": release},
        "servers": [{"url": "/v1"}],
        "security": [{"key": []}],
        "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
        "paths": {"/things": answers({"type": "array", "items": thing}), "/version": answers(told)},
    }


class Service(Api):
    """The service at an instant."""

    def __init__(self, now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=self.selected)
        self.bug = bug
        day = now.date() + dt.timedelta(days=bug == "a-day-early") - dt.timedelta(days=bug == "a-day-late")
        self.release = "1.3.0" if day < dt.date(2026, 10, 1) else "1.4.0" if day < dt.date(2026, 12, 1) else "1.4.1"
        self.on("GET", "/things")(self.things)
        self.on("GET", "/version")(lambda _request, _version: reply({"release": self.told("says-the-old-release")}))

    def told(self, bug: str) -> str:
        """The release, or with a bug the one before it."""
        return "1.3.0" if self.bug == bug else self.release

    def selected(self, request: Request) -> tuple[str, str]:
        """The version and the path below it."""
        version, _, path = request.path[1:].partition("/")
        if version != "v1":
            raise error(404, "no_version")
        if path != "openapi.json" and request.headers.get("Authorization") not in {f"Bearer {PLAIN}", f"Bearer {GOLD}"}:
            raise error(401, "who")
        return version, f"/{path}"

    def answer(self, request: Request) -> Response:
        """Its own document, or what a route answers."""
        if request.path == "/v1/openapi.json" and request.method == "GET":
            found = document(self.release)
            found["info"]["version"] = self.told("serves-the-old-number")
            if self.bug == "yaml-of-the-old-number":
                found["info"]["version"] = "1.3.0"
            if self.bug.startswith("yaml"):
                return Response(yaml.safe_dump(found), 200, content_type="application/yaml")
            return reply(found)
        response = super().answer(request)
        if self.release >= "1.4" and self.bug != "without-the-total":
            response.headers["X-Total"] = "1"
        return response

    def things(self, request: Request, _version: str) -> Response:
        """`GET /things`."""
        thing = {"id": "t1"}
        if self.release >= "1.4":
            thing["colour"] = "red"
        gold = request.headers.get("Authorization") == f"Bearer {GOLD}"
        if self.release >= "1.4" and self.bug != "no-tier" and (gold or self.bug == "a-tier-for-all"):
            thing["owner"] = "me"
        return reply([thing])


_AS_1_3 = ('"version": "1.4.0"', '"version": "1.3.0"')
_RENAMED = ('"id"', '"key"')

LIFE = Life(
    name="minor-releases",
    policy=POLICY,
    documents={
        f"v{name}.json": document(release) for name, release in (("1.3", "1.3.0"), ("1.4", "1.4.0"), ("1.4.1", "1.4.1"))
    }
    | {"docs.json": document("1.4.0")},
    make=Service,
    whole=False,
    environment={"ODD_PLAIN": PLAIN, "ODD_GOLD": GOLD},
    honest={
        BEFORE: frozenset({"AV301", "AV305", "AV306", "AV702"}),
        LAST: frozenset({"AV301", "AV702"}),
        AFTER: frozenset({"AV114", "AV301", "AV305", "AV306", "AV317", "AV701", "AV702"}),
        LATER: frozenset({"AV114", "AV301", "AV305", "AV317", "AV701", "AV702"}),
    },
    bugs={
        "a-day-early": Bug(day=LAST, codes=("AV702",)),
        "a-day-late": Bug(
            day=AFTER,
            codes=("AV114", "AV301", "AV305", "AV317", "AV701", "AV702"),
            reason="the contract, the served document, the tier, the header and the release are those of yesterday",
        ),
        "without-the-total": Bug(day=AFTER, codes=("AV701",)),
        "no-tier": Bug(day=AFTER, codes=("AV317",)),
        "a-tier-for-all": Bug(day=LATER, codes=("AV317",)),
        "serves-the-old-number": Bug(day=AFTER, codes=("AV114",)),
        "yaml-of-the-old-number": Bug(day=AFTER, codes=("AV114",)),
        "says-the-old-release": Bug(day=LATER, codes=("AV702",)),
        "contract-of-another-number": Bug(
            day=AFTER, codes=("AV114",), slips={"v1.4.json": _AS_1_3, "docs.json": _AS_1_3}
        ),
        "a-minor-that-breaks": Bug(
            day=BEFORE, codes=("AV306",), slips={"v1.4.json": _RENAMED, "v1.4.1.json": _RENAMED, "docs.json": _RENAMED}
        ),
        "a-copy-of-yesterday": Bug(day=AFTER, codes=("AV308",), slips={"docs.json": _AS_1_3}),
    },
)
