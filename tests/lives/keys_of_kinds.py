"""A service whose keys come in two parts, from a command, and from a token endpoint."""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import ENVELOPE, Api, document, error, operation, record, reply, versions_in_path

DAY = "2026-11-20"
KEY, TOKEN, SECRET, STAFF, PARTNER = (
    f"the-{name}-of-this-test" for name in ("key", "token", "secret", "staff", "pass")
)
POLICY = f"""{versions_in_path("Keys of kinds")}
[versions.v1]
contract = "v1.json"

[credentials.Parts]
query = {{ key = "${{SHOP_KEY}}", token = "${{SHOP_TOKEN}}" }}

[credentials.Staff]
header = "Authorization"
command = [{json.dumps(sys.executable)}, "staff.py"]

[credentials.Partner]
header = "Authorization"

[credentials.Partner.token]
url = "/oauth/token"
client_id = "contract-tests"
client_secret = "${{SHOP_SECRET}}"
{ENVELOPE}
[requests]
max_examples = 2
"""
_THINGS = {"type": "array", "items": record(id={"type": "string"})}


def _listed(scheme: str) -> Any:
    return {"get": operation({200: _THINGS, "4XX": {"type": "object"}}, security=[{scheme: []}])}


DOCUMENT: Any = document(
    {f"/{name.lower()}": _listed(name) for name in ("Parts", "Staff", "Partner")},
    servers=[{"url": "/v1"}],
    components={
        "securitySchemes": {
            "Parts": {"type": "apiKey", "in": "query", "name": "key"},
            "Staff": {"type": "http", "scheme": "bearer"},
            "Partner": {"type": "oauth2", "flows": {}},
        }
    },
)


class Service(Api):
    """The service, which opens to who has the right key."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=self.selected)
        self.bug = bug
        for path in DOCUMENT["paths"]:
            self.on("GET", path)(self.listed)

    def selected(self, request: Request) -> tuple[str, str]:
        """The path below the version."""
        if not request.path.startswith("/v1/"):
            raise error(404, "no_route")
        return "v1", request.path.removeprefix("/v1")

    def opens(self, request: Request) -> bool:
        """Whether the request may come in."""
        path = request.path.removeprefix("/v1/")
        if self.bug == f"{path}-is-open-to-all":
            return True
        if path == "parts":
            texts = (request.args.get("key"), request.args.get("token"))
            return texts == (KEY, TOKEN if self.bug != "parts-wants-another-token" else KEY)
        known = {"staff": STAFF, "partner": PARTNER}
        late = self.bug == f"{path}-takes-no-token"
        return not late and request.headers.get("Authorization") == f"Bearer {known[path]}"

    def listed(self, request: Request, _: str) -> Response:
        """Every path's list."""
        if not self.opens(request):
            raise error(401, "who")
        return reply([{"id": "a"}])

    def answer(self, request: Request) -> Response:
        """Tokens are given beside the versions."""
        if request.path != "/oauth/token":
            return super().answer(request)
        return reply({"access_token": PARTNER, "token_type": "bearer", "expires_in": 3600})


LIFE = Life(
    name="keys-of-kinds",
    policy=POLICY,
    documents={"v1.json": DOCUMENT, "staff.py": f"print({STAFF!r})\n"},
    make=Service,
    whole=False,
    environment={"SHOP_KEY": KEY, "SHOP_TOKEN": TOKEN, "SHOP_SECRET": SECRET},
    honest={DAY: frozenset({"AV302", "AV316"})},
    bugs={
        **{f"{name}-is-open-to-all": Bug(day=DAY, codes=("AV316",)) for name in ("parts", "staff", "partner")},
        "parts-wants-another-token": Bug(day=DAY, codes=("AV302",)),
        "staff-takes-no-token": Bug(day=DAY, codes=("AV302",)),
        "partner-takes-no-token": Bug(day=DAY, codes=("AV302",)),
    },
)
