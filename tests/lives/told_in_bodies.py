"""A service that tells of ends in its bodies: a version in a member of its own, an operation among other warnings."""

from __future__ import annotations

import datetime as dt
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import ENVELOPE, Api, by_path, document, error, operation, record, reply, versions_in_path

SINCE, LATE = "2026-11-20", "2026-12-20"
ENDS = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
POLICY = f"""{versions_in_path("Told in bodies")}
[versions.v1]
contract = "v1.json"
deprecated = 2026-06-01
sunset = 2027-01-01T00:00:00Z
successor = "v2"

[versions.v2]
contract = "v2.json"
{ENVELOPE}
[deprecation]
documented = true
members = [
  {{ pointer = "/meta/ends", dialect = "iso-date", date = "sunset" }},
  {{ pointer = "/meta/urgency", levels = [{{ level = "soon" }}, {{ level = "now", days = 30 }}] }},
]

[[lifecycle]]
operations = ["GET /files"]
versions = ["v2"]
deprecated = 2026-09-01
sunset = 2027-06-01T00:00:00Z
members = [{{ pointer = "/meta/warnings/*", pattern = "method_deprecated" }}]

[requests]
max_examples = 3
"""
_META = {"type": "object", "properties": {"warnings": {"type": "array", "items": {"type": "string"}}}}
_ANSWERS: dict[int | str, Any] = {200: record(count={"type": "integer"}, meta=_META), "4XX": {"type": "object"}}
_PAGE = {"name": "page", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 9}}
_NAMES: dict[int | str, Any] = {200: {"type": "array", "items": {"type": "string"}}, "4XX": {"type": "object"}}


def _document(*marked: str) -> Any:
    answers = {"files": _ANSWERS, "users": _ANSWERS, "old": _ANSWERS, "names": _NAMES}
    parameters = {"files": [_PAGE], "users": [_PAGE]}
    return document(
        {
            f"/{name}": {
                "get": {
                    **operation(each, parameters=parameters.get(name, ())),
                    **({"deprecated": True} if name in marked else {}),
                }
            }
            for name, each in answers.items()
        }
    )


class Service(Api):
    """The service on a day."""

    def __init__(self, now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.now, self.bug = now, bug
        for name in ("files", "users"):
            self.on("GET", f"/{name}")(self.listed)

        self.on("GET", "/old")(self.old)
        self.on("GET", "/names")(lambda _request, _version: reply(["a", "b"]))

    def listed(self, request: Request, version: str) -> Response:
        """A list, and what there is to say of it."""
        page = request.args.get("page", "1")
        if page not in set("123456789"):
            raise error(422, "page")
        of_files = request.path.endswith("/files")
        return reply(
            {
                "count": 2,
                "meta": {
                    **self.ending(version, of_files=of_files),
                    "warnings": self.warnings(version, of_files=of_files),
                },
            }
        )

    def old(self, _: Request, version: str) -> Response:
        """`GET /old`, which v2's contract marks, and of which nobody says when it ends."""
        if version == "v2":
            return reply({"count": 0, "meta": {} if self.bug == "old-is-silent" else {"urgency": "soon"}})
        return reply({"count": 0, "meta": self.ending(version, of_files=False)})

    def ending(self, version: str, *, of_files: bool) -> dict[str, Any]:
        """What v1 says of its end; v2 has none, and says so."""
        if version == "v2":
            return {"ends": "2027-01-01" if self.bug == "v2-ends-too" else None, "urgency": ""}
        if self.bug == "v1-is-silent" and of_files:
            return {"urgency": "soon"}
        urgent = ENDS - self.now <= dt.timedelta(days=30) and self.bug != "never-urgent"
        ends = {"another-day": "2027-01-02", "another-form": "01/01/2027"}.get(self.bug, "2027-01-01")
        return {"ends": ends, "urgency": "now" if urgent else "soon"}

    def warnings(self, version: str, *, of_files: bool) -> list[str]:
        """What is wrong with a request, an old method among it."""
        told = (
            version == "v2" and self.bug != "files-are-silent" and (of_files or self.bug == "users-are-told-of-files")
        )
        return ["missing_charset", *["method_deprecated"] * told]


LIFE = Life(
    name="told-in-bodies",
    policy=POLICY,
    documents={"v1.json": _document("files", "users", "old", "names"), "v2.json": _document("files", "old")},
    make=Service,
    whole=False,
    honest={
        SINCE: frozenset({"AV501", "AV503", "AV504", "AV506", "AV315"}),
        LATE: frozenset({"AV501", "AV506"}),
    },
    bugs={
        "v1-is-silent": Bug(day=SINCE, codes=("AV501",)),
        "v2-ends-too": Bug(day=SINCE, codes=("AV502",)),
        "another-form": Bug(day=SINCE, codes=("AV503",)),
        "another-day": Bug(day=SINCE, codes=("AV504",)),
        "never-urgent": Bug(day=LATE, codes=("AV506",)),
        "old-is-silent": Bug(day=SINCE, codes=("AV315",)),
        "files-are-silent": Bug(day=SINCE, codes=("AV501",)),
        "users-are-told-of-files": Bug(day=SINCE, codes=("AV502",)),
    },
)
