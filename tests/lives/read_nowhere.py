"""A service whose jobs and notes nobody can read: two operations about them end, after which they answer as for what is not there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import AFTER, BEFORE, DEPRECATED, ENDING, LAST, SUNSET, WHILE, Bug, Life
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

POLICY = f"""{versions_in_path("Read nowhere")}
[versions.v1]
contract = "v1.json"
{ENVELOPE}
[requests]
max_examples = 3

[deprecation]
headers = [{{ name = "Deprecation", dialect = "sf-date", date = "deprecated" }}]

[[lifecycle]]
operations = ["POST /jobs/{{id}}/stop", "DELETE /notes/{{id}}"]
{ENDING}
gone = {{ status = 404 }}
"""
_NAMED = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "maxLength": 40}}
_SHOWN: Mapping[int | str, Any] = {200: record(id=TEXT), "4XX": {}}
DOCUMENT = document(
    {
        "/jobs": {"post": operation({201: record(id=TEXT), "4XX": {}})},
        "/jobs/{id}/stop": {"post": operation(_SHOWN, parameters=[_NAMED])},
        "/jobs/{id}/start": {"post": operation(_SHOWN, parameters=[_NAMED])},
        "/notes/{id}": {
            "put": operation({**_SHOWN, 201: record(id=TEXT)}, parameters=[_NAMED]),
            "delete": operation({204: None, "4XX": {}}, parameters=[_NAMED]),
        },
    }
)


class Service(Api):
    """The service on a day."""

    def __init__(self, now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1"))
        self.bug, self.today = bug, now.date()
        self.jobs: set[str] = set()
        self.notes: set[str] = set()
        self.on("POST", "/jobs")(self.made)
        self.on("POST", "/jobs/{id}/stop")(self.stopped)
        self.on("POST", "/jobs/{id}/start")(self.started)
        self.on("PUT", "/notes/{id}")(self.written)
        self.on("DELETE", "/notes/{id}")(self.deleted)

    def announcement(self) -> dict[str, str]:
        """What tells of the end of a part."""
        since = dt.datetime(DEPRECATED.year, DEPRECATED.month, DEPRECATED.day, tzinfo=dt.UTC)
        return {"Deprecation": f"@{int(since.timestamp())}"} if self.today >= DEPRECATED else {}

    def part(self, name: str, *, known: bool, do: Callable[[], Response]) -> Response:
        """What an operation that ends answers."""
        early = self.bug == f"{name}-ends-a-day-early" and self.today >= SUNSET - dt.timedelta(days=1)
        if self.today >= SUNSET and self.bug != f"{name}-serves-after-its-end":
            raise error(404, "nothing")
        if early or not known:
            raise error(404, "nothing", **({} if self.bug == f"{name}-is-silent-on-its-404" else self.announcement()))
        answer = do()
        for header, text in self.announcement().items():
            answer.headers[header] = text
        return answer

    def made(self, _: Request, __: str) -> Response:
        """`POST /jobs`."""
        job = f"j{len(self.jobs) + 1}x9k"
        self.jobs.add(job)
        return reply({"id": job}, 201)

    def stopped(self, _: Request, __: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`POST /jobs/{id}/stop`."""
        return self.part("stop", known=id in self.jobs, do=lambda: reply({"id": id}))

    def started(self, _: Request, __: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`POST /jobs/{id}/start`."""
        if id not in self.jobs:
            raise error(404, "nothing", **(self.announcement() if self.bug == "start-announces-on-its-404" else {}))
        return reply({"id": id})

    def written(self, _: Request, __: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PUT /notes/{id}`."""
        status = 200 if id in self.notes else 201
        self.notes.add(id)
        return reply({"id": id}, status)

    def deleted(self, _: Request, __: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /notes/{id}`."""

        def delete() -> Response:
            self.notes.discard(id)
            return reply(None, 204)

        return self.part("delete", known=id in self.notes, do=delete)


LIFE = Life(
    name="read-nowhere",
    policy=POLICY,
    documents={"v1.json": DOCUMENT},
    make=Service,
    honest={
        BEFORE: frozenset({"AV502"}),
        WHILE: frozenset({"AV501", "AV502"}),
        LAST: frozenset({"AV501"}),
        AFTER: frozenset({"AV502", "AV601"}),
    },
    bugs={
        "stop-is-silent-on-its-404": Bug(day=WHILE, codes=("AV501",)),
        "delete-is-silent-on-its-404": Bug(day=WHILE, codes=("AV501",)),
        "start-announces-on-its-404": Bug(day=WHILE, codes=("AV502",)),
        "stop-ends-a-day-early": Bug(day=LAST, codes=("AV302",)),
        "delete-ends-a-day-early": Bug(day=LAST, codes=("AV302",)),
        "stop-serves-after-its-end": Bug(day=AFTER, codes=("AV601",)),
        "delete-serves-after-its-end": Bug(day=AFTER, codes=("AV601",)),
    },
    whole=False,
)
