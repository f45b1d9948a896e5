"""A service whose first version is over for everybody: for who has a key, for who has none, and where nobody needs one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import ENVELOPE, Api, by_path, document, error, operation, record, reply, versions_in_path

DAY = "2026-11-20"
POLICY = f"""{versions_in_path("Ended")}
[versions.v1]
contract = "v1.json"
sunset = 2026-01-01T00:00:00Z
[versions.v2]
contract = "v2.json"

[sunset]
code = "over"
before = ["credentials"]
{ENVELOPE}
[credentials.Key]
header = "X-Key"
value = "${{SHOP_KEY}}"

[requests]
max_examples = 2
"""
_THINGS = {"type": "array", "items": record(id={"type": "string"})}
_SHOWN: dict[int | str, Any] = {200: _THINGS, "4XX": {"type": "object"}}
DOCUMENT: Any = document(
    {
        "/prices": {"get": operation(_SHOWN)},
        "/things": {"get": operation(_SHOWN, security=[{"Key": []}])},
    },
    components={"securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}}},
)


class Service(Api):
    """The service after the end of its first version."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=self.selected)
        self.bug, self.known = bug, by_path("v1", "v2")
        self.on("GET", "/prices")(lambda _request, version: reply([{"id": version}]))
        self.on("GET", "/things")(self.things)

    def selected(self, request: Request) -> tuple[str, str]:
        """The version and the path, where it is not over."""
        version, path = self.known(request)
        if version == "v1":
            needs = {
                "everybody-needs-a-key-first": ("/prices", "/things"),
                "who-needs-a-key-needs-it-first": ("/things",),
            }
            if path in needs.get(self.bug, ()):
                self.enter(request)
            raise error(410, "over")
        return version, path

    def enter(self, request: Request) -> None:
        """Refuse who has no key."""
        if request.headers.get("X-Key") != "key-1":
            raise error(401, "key")

    def things(self, request: Request, version: str) -> Response:
        """`GET /things`."""
        self.enter(request)
        return reply([{"id": version}])


LIFE = Life(
    name="ended-for-all",
    policy=POLICY,
    documents={f"{name}.json": DOCUMENT for name in ("v1", "v2")},
    make=Service,
    whole=False,
    honest={DAY: frozenset({"AV601", "AV602", "AV607"})},
    environment={"SHOP_KEY": "key-1"},
    bugs={
        "who-needs-a-key-needs-it-first": Bug(day=DAY, codes=("AV607",)),
        "everybody-needs-a-key-first": Bug(
            day=DAY,
            codes=("AV601", "AV607"),
            reason="what nobody needs a key for asks for one, and so does all else before it is over",
        ),
    },
)
