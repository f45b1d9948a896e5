"""Jobs whose contract is put together from parts, as teams write OpenAPI 3.0 by hand, and whose path parameter has another name in each version.

Answers are an envelope and a thing (`allOf`) that is itself what was sent and some more; what sets a job off is one of two kinds (`oneOf`).
"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import (
    ENVELOPE,
    PATHS,
    Api,
    Refused,
    by_path,
    error,
    json_object,
    reply,
)

DAY = "2026-11-20"
POLICY = f"""{PATHS}{ENVELOPE}
[operations]
isolated = true

[[fields]]
v1 = "limit"
v2 = "limits.tokens"

[sequences]
read_your_writes = true
gone_after_delete = true
across = true
nulls = true

[requests]
max_examples = 6
"""
_IDS = {"v1": "id", "v2": "jobId"}
_NAME: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": 40}
_REMARK: dict[str, Any] = {"type": "string", "nullable": True, "maxLength": 60}
_LIMIT: dict[str, Any] = {"type": "integer", "minimum": 1, "maximum": 32000}
_STARTS: list[dict[str, dict[str, Any]]] = [
    {"kind": {"enum": ["time"]}, "cron": {"type": "string", "enum": ["hourly", "daily"]}},
    {"kind": {"enum": ["event"]}, "event": {"type": "string", "enum": ["push", "tag"]}, "label": _REMARK},
]
_LEVELS = ["low", "normal", "high"]


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _schemas(version: str) -> dict[str, Any]:
    limit = (
        {"limit": _LIMIT}
        if version == "v1"
        else {"limits": {"type": "object", "required": ["tokens"], "properties": {"tokens": _LIMIT}}}
    )
    sent = {
        "name": _NAME,
        "remark": _REMARK,
        "level": {"allOf": [_ref("Level"), {"description": "How soon."}]},
        **limit,
    }
    return {
        "Level": {"type": "string", "enum": _LEVELS},
        "Levels": {"type": "array", "items": _ref("Level")},
        "JobInput": {"type": "object", "required": ["name", "remark", "level"], "properties": sent},
        "Job": {"allOf": [_ref("JobInput"), {"required": ["id", *limit], "properties": {"id": {"type": "string"}}}]},
        "Success": {"type": "object", "required": ["success"], "properties": {"success": {"type": "boolean"}}},
        "StartInput": {"oneOf": [{"type": "object", "required": list(each), "properties": each} for each in _STARTS]},
        "Start": {"allOf": [_ref("StartInput"), {"required": ["id", "label"], "properties": {"id": {"type": "string"}, "label": _REMARK}}]},
    }  # fmt: skip


def _operation(status: int, shown: str = "", sent: str = "") -> dict[str, Any]:
    whole = {"allOf": [_ref("Success"), {"required": ["data"], "properties": {"data": _ref(shown)}}]}
    answer = {"content": {"application/json": {"schema": whole}}} if shown else {}
    body = {"requestBody": {"required": True, "content": {"application/json": {"schema": _ref(sent)}}}} if sent else {}
    return {**body, "responses": {f"{status}": {"description": "Done.", **answer}, "4XX": {"description": "Refused."}}}


def _contract(version: str) -> Any:
    def named(*names: str) -> list[dict[str, Any]]:
        return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]

    job = _IDS[version]
    shown, changed = _operation(200, "Job"), _operation(200, "Job", "JobInput")
    one = {"parameters": named(job), "get": shown, "put": changed, "delete": _operation(204)}
    starts = {"parameters": named(job), "post": _operation(201, "Start", "StartInput")}
    paths = {
        "/jobs": {"post": _operation(201, "Job", "JobInput")},
        f"/jobs/{{{job}}}": one,
        f"/jobs/{{{job}}}/starts": starts,
        f"/jobs/{{{job}}}/starts/{{start}}": {"parameters": named(job, "start"), "get": _operation(200, "Start")},
    }
    if version == "v2":
        paths["/levels"] = {"get": _operation(200, "Levels")}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Jobs", "version": version.removeprefix("v")},
        "paths": paths,
        "components": {"schemas": _schemas(version)},
    }


class Service(Api):
    """The jobs, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug, self.numbers = bug, itertools.count(1)
        self.jobs: dict[str, dict[str, Any]] = {}
        self.starts: dict[tuple[str, str], dict[str, Any]] = {}
        self.on("POST", "/jobs")(self.made)
        self.on("GET", "/jobs/{id}")(lambda _, version, id: reply(self.job(id, version)))  # noqa: A006
        self.on("PUT", "/jobs/{id}")(self.replaced)
        self.on("DELETE", "/jobs/{id}")(self.deleted)
        self.on("GET", "/levels")(self.levels)
        self.on("POST", "/jobs/{id}/starts")(self.begun)
        self.on("GET", "/jobs/{id}/starts/{start}")(self.start)

    def answer(self, request: Request) -> Response:
        """The answer."""
        try:
            return super().answer(request)
        except Refused as refused:
            if self.bug == "nothing-is-a-success" and b"no_" in refused.response.data:
                refused.response.status_code = 200
            raise

    def levels(self, _: Request, version: str) -> Response:
        """`GET /levels`, of the second version alone."""
        if version == "v1":
            raise self.missing()
        return reply({"success": True, "data": _LEVELS})

    def known(self, key: str) -> dict[str, Any]:
        """What is stored of a job."""
        if key not in self.jobs:
            raise error(404, "no_job")
        return self.jobs[key]

    def job(self, key: str, version: str) -> dict[str, Any]:
        """A job as a version shows it."""
        job = {"id": key, **self.known(key)}
        foreign, limit = job.pop("of") == "v1" and version == "v2", job.pop("limit")
        if self.bug == "v2-shows-no-null-of-v1" and foreign:
            job["remark"] = job["remark"] or ""
        if self.bug == "v2-shows-another-level-of-v1" and foreign:
            job["level"] = _LEVELS[_LEVELS.index(job["level"]) - 1]
        job |= {"limit": limit} if version == "v1" else {"limits": {"tokens": limit}}
        return {"success": True, "data": job}

    def told(self, request: Request, version: str) -> dict[str, Any]:
        """What a body says, as it is stored."""
        body = json_object(request)
        limit: Any = body.get("limit", 1) if version == "v1" else body.get("limits", {"tokens": 1})
        limit = limit.get("tokens") if isinstance(limit, dict) else limit
        told = {"name": body.get("name"), "remark": body.get("remark"), "level": body.get("level"), "limit": limit}
        text = told["name"]
        size = len(text.encode() if self.bug == "names-are-counted-in-bytes" else text) if isinstance(text, str) else 0
        if not 0 < size <= _NAME["maxLength"] or not isinstance(text, str) or "remark" not in body:
            raise error(422, "name")
        remark = told["remark"]
        if remark is not None and not (isinstance(remark, str) and len(remark) <= _REMARK["maxLength"]):
            raise error(422, "remark")
        whole = isinstance(limit, int | float) and not isinstance(limit, bool) and limit == int(limit)
        if told["level"] not in _LEVELS or not whole or not 1 <= limit <= _LIMIT["maximum"]:
            raise error(422, "level")
        if self.bug == "only-latin-is-kept":
            told["name"] = text.encode("latin-1", "replace").decode("latin-1")
        if self.bug == "limits-are-cut":
            told["limit"] = min(limit, _LIMIT["maximum"] - 1)
        return {**told, "of": version}

    def made(self, request: Request, version: str) -> Response:
        """`POST /jobs`."""
        told = self.told(request, version)
        if self.bug == "another-level-is-kept":
            told["level"] = _LEVELS[_LEVELS.index(told["level"]) - 1]
        self.jobs[key := f"j{next(self.numbers)}"] = told
        answer = self.job(key, version)
        if self.bug == "all-that-is-sent-is-shown":
            answer["data"] |= json_object(request)
        return reply(answer, 201)

    def replaced(self, request: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PUT /jobs/{id}`."""
        self.known(id)
        self.jobs[id] = self.told(request, version)
        return reply(self.job(id, version))

    def deleted(self, _: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /jobs/{id}`."""
        self.known(id)
        del self.jobs[id]
        return reply(None, 204)

    def begun(self, request: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`POST /jobs/{id}/starts`."""
        body = json_object(request)
        self.known(id)
        kinds = [
            each for each in _STARTS if all(body.get(name) in each[name]["enum"] for name in each if name != "label")
        ]
        if len(kinds) != 1 or ("label" in kinds[0] and "label" not in body):
            raise error(422, "kind")
        if (label := body.get("label")) is not None and not (
            isinstance(label, str) and len(label) <= _REMARK["maxLength"]
        ):
            raise error(422, "label")
        start = {
            "id": f"s{next(self.numbers)}",
            **{name: body[name] for name in kinds[0] if name in body},
            "label": label if "label" in kinds[0] else None,
        }
        if self.bug == "starts-are-timed":
            start |= {"kind": "time", "cron": start.get("cron", "daily")}
        if self.bug == "label-is-lost":
            start["label"] = None
        if self.bug == "label-is-never-null":
            start["label"] = start["label"] or ""
        self.starts[id, start["id"]] = start
        return reply({"success": True, "data": start}, 201)

    def start(self, _: Request, version: str, id: str, start: str) -> Response:  # noqa: A002  the contract's name
        """`GET /jobs/{id}/starts/{start}`."""
        if (id, start) not in self.starts:
            raise error(404, "no_start")
        return reply({"success": True, "data": self.starts[id, start]})


LIFE = Life(
    name="composed-answers",
    policy=POLICY,
    documents={"v1.json": _contract("v1"), "v2.json": _contract("v2")},
    make=Service,
    honest={DAY: frozenset({"AV318", "AV319", "AV320"})},
    bugs={
        "all-that-is-sent-is-shown": Bug(day=DAY, codes=("AV311",)),
        "names-are-counted-in-bytes": Bug(day=DAY, codes=("AV302",)),
        "nothing-is-a-success": Bug(day=DAY, codes=("AV406",)),
        "starts-are-timed": Bug(day=DAY, codes=("AV318",)),
        "label-is-lost": Bug(day=DAY, codes=("AV318",)),
        "label-is-never-null": Bug(day=DAY, codes=("AV318",)),
        "limits-are-cut": Bug(day=DAY, codes=("AV318",)),
        "only-latin-is-kept": Bug(day=DAY, codes=("AV318",)),
        "another-level-is-kept": Bug(day=DAY, codes=("AV318",)),
        "v2-shows-another-level-of-v1": Bug(day=DAY, codes=("AV320",)),
        "v2-shows-no-null-of-v1": Bug(day=DAY, codes=("AV320",)),
    },
)
