"""A service of one path that does several things, told apart by a query: of one a parameter and a value end, of another a member of answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import AFTER, ANNOUNCED, BEFORE, DEPRECATED, ENDING, LAST, SUNSET, WHILE, Bug, Life
from tests.shell.servers.kit import (
    ENVELOPE,
    TEXT,
    Api,
    by_path,
    document,
    error,
    operation,
    record,
    reply,
    versions_in_path,
)

POLICY = f"""{versions_in_path("Queried elements")}
[versions.v1]
contract = "v1.json"
{ENVELOPE}
[requests]
max_examples = 6

[deprecation]
documented = true
{ANNOUNCED}

[[lifecycle]]
operations = ["GET /search?type=old"]
parameters = ["owner", {{ name = "sort", values = ["age"] }}]
{ENDING}
gone = {{ status = 400, code = "is_gone" }}

[[lifecycle]]
operations = ["GET /search?type=new"]
response_members = ["/took"]
{ENDING}
"""
_FOUND = {
    "type": "object",
    "required": ["found"],
    "properties": {"found": TEXT, "took": {"type": "integer"}},
}
DOCUMENT: Any = document(
    {
        "/search": {
            "get": operation(
                {200: _FOUND, "4XX": record(error={"type": "object"})},
                parameters=[
                    {"name": "type", "in": "query", "schema": {"enum": ["old", "new", "all"]}},
                    {"name": "owner", "in": "query", "schema": {"enum": ["me", "you"]}},
                    {"name": "sort", "in": "query", "schema": {"enum": ["name", "age"]}},
                ],
            )
        }
    }
)


class Service(Api):
    """The search on a day."""

    def __init__(self, now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1"))
        self.bug, self.today = bug, now.date()
        self.on("GET", "/search")(self.found)

    def found(self, request: Request, _: str) -> Response:
        """`GET /search`."""
        given = request.args
        kind, owner, sort = given.get("type", "all"), given.get("owner"), given.get("sort")
        if kind not in {"old", "new", "all"} or owner not in {None, "me", "you"} or sort not in {None, "name", "age"}:
            raise error(422, "query")
        late = self.bug == "owner-of-old-ends-a-day-late" and owner is not None
        over = self.today >= SUNSET + dt.timedelta(days=late)
        ending = kind == "old" or self.bug == "owner-of-all-ends-too"
        used = [*(["owner"] if owner else []), *(["age"] if sort == "age" else [])] if ending else []
        if used and over:
            raise error(400, "is_gone")
        kept = not over or self.bug == "took-of-new-is-kept"
        answer = reply({"found": "nothing", **({"took": 1} if kind != "new" or kept else {})})
        told = [*used, *(["took"] if kind == "new" else [])]
        silent = {"owner-of-old-is-silent": "owner", "took-of-new-is-silent": "took"}.get(self.bug)
        if self.bug == "owner-of-all-is-announced" and owner:
            told = ["all"]
        if self.today >= DEPRECATED and not over and any(each != silent for each in told):
            self.announce(answer)
        return answer

    def announce(self, answer: Response) -> None:
        """What tells of the end."""
        instant = dt.datetime(DEPRECATED.year, DEPRECATED.month, DEPRECATED.day, tzinfo=dt.UTC)
        answer.headers["Deprecation"] = f"@{int(instant.timestamp())}"
        answer.headers["Sunset"] = f"{SUNSET:%a, %d %b %Y} 00:00:00 GMT"


LIFE = Life(
    name="queried-elements",
    policy=POLICY,
    documents={"v1.json": DOCUMENT},
    make=Service,
    honest={
        BEFORE: frozenset({"AV301", "AV502"}),
        WHILE: frozenset({"AV301", "AV501", "AV502", "AV503", "AV504", "AV604"}),
        LAST: frozenset({"AV501", "AV604"}),
        AFTER: frozenset({"AV502", "AV601", "AV602"}),
    },
    bugs={
        "owner-of-old-is-silent": Bug(day=WHILE, codes=("AV501",)),
        "owner-of-all-is-announced": Bug(day=WHILE, codes=("AV502",)),
        "took-of-new-is-silent": Bug(day=WHILE, codes=("AV501",)),
        "owner-of-old-ends-a-day-late": Bug(day=AFTER, codes=("AV601",)),
        "took-of-new-is-kept": Bug(day=AFTER, codes=("AV601",)),
        "owner-of-all-ends-too": Bug(
            day=AFTER, codes=("AV302",), reason="400 is what a refusal gets, so that it tells of no end"
        ),
    },
    whole=False,
)
