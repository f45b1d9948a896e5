"""Odd answers: errors with status 200, plain-text routers, empty 405s, 202s, 429s, forms, XML, and nothing to read."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.sax.saxutils import escape

from werkzeug.wrappers import Request, Response

from tests.shell.servers.chains import INT, NAMED
from tests.shell.servers.kit import (
    API,
    ENVELOPE,
    PATHS,
    TEXT,
    Api,
    Refused,
    by_path,
    document,
    error,
    json_object,
    operation,
    parameter,
    record,
    reply,
    text_member,
)
from tests.shell.servers.odd import Odd
from tests.shell.servers.selecting import crud, crud_document


def always_200() -> Odd:
    """Whatever goes wrong is a 200 with an error in it; every operation is a POST."""

    def refused(code: str) -> Refused:
        return Refused(reply({"ok": False, "error": code}))

    def select(request: Request) -> tuple[str, str]:
        match = re.fullmatch(r"/rpc/([^/]*)(/.*)", request.path)
        if match is None or match[1] not in {"v1", "v2"}:
            raise refused("unknown_version")
        return match[1], match[2]

    api = Api(select=select, missing=lambda: refused("unknown_method"), wrong_method=lambda: refused("unknown_method"))
    notes: dict[str, str] = {}

    def body_of(request: Request) -> dict[str, Any]:
        try:
            return json_object(request)
        except Refused:
            raise refused("bad_request") from None

    @api.on("POST", "/notes.add")
    def add(request: Request, _version: str) -> Response:
        text = body_of(request).get("text")
        if not isinstance(text, str) or not 1 <= len(text) <= 60:
            raise refused("bad_request")
        notes[f"n{len(notes)}"] = text
        return reply({"ok": True, "id": f"n{len(notes) - 1}"})

    @api.on("POST", "/notes.count")
    def count(_request: Request, _version: str) -> Response:
        return reply({"ok": True, "count": len(notes)})

    failed = {
        "type": "object",
        "required": ["ok", "error"],
        "properties": {"ok": {"const": False}, "error": {"type": "string"}},
    }

    def ok(**members: Any) -> Any:
        return {"oneOf": [record(ok={"const": True}, **members), failed]}

    contract = document(
        {
            "/notes.add": {"post": operation({200: ok(id={"type": "string"})}, body=record(text=TEXT))},
            "/notes.count": {"post": operation({200: ok(count={"type": "integer"})})},
        }
    )
    policy = """
[versioning]
scheme = "vN"
carriers = ["path"]
path = { template = "/rpc/{version}" }
missing = { reject = 200, code = "unknown_version" }
unknown = { reject = 200, code = "unknown_version" }
malformed = { reject = 200, code = "unknown_version" }
[versions.v1]
contract = "c.json"
[versions.v2]
contract = "c.json"
[envelopes.failed]
media_type = "application/json"
code = "/error"
[envelopes.failed.schema]
type = "object"
required = ["ok", "error"]
properties = { ok = { const = false } }
[errors]
envelope = "failed"
"""
    return Odd(app=api, policy=API + policy, contracts={"c": contract})


def plain_router() -> Odd:
    """The router's 404 is plain text, its 405 empty; HEAD is not supported; the API's own errors are JSON."""

    def plain() -> Refused:
        return Refused(Response("404 page not found\n", status=404, content_type="text/plain; charset=utf-8"))

    def select(request: Request) -> tuple[str, str]:
        match = re.fullmatch(r"/([^/]*)(/.*)?", request.path)
        if match is None or match[1] not in {"v1", "v2"}:
            raise plain()
        if request.method in {"HEAD", "OPTIONS"}:
            raise Refused(Response(status=405, headers={"Allow": "GET"}))
        return match[1], match[2] or "/"

    api = Api(select=select, missing=plain, wrong_method=lambda: Refused(Response(status=405)))
    crud(api)
    policy = (
        PATHS.replace(', code = "unknown_version"', ', envelope = "plain"')
        + ENVELOPE
        + """
classes = [{ status = [405], envelope = "nothing" }, { status = [404], envelope = "json_or_plain" }]
[envelopes.nothing]
empty = true
[envelopes.plain]
media_type = "text/plain"
[envelopes.json_or_plain]
media_type = ["application/json", "text/plain"]
"""
    )
    return Odd(app=api, policy=policy, contracts={"v1": crud_document(), "v2": crud_document()})


def later() -> Odd:
    """Creation answers 202 and where its progress is told; the thing is there at once, under a key of its own."""
    api = Api(select=by_path("v1", "v2"))
    builds: dict[str, str] = {}

    @api.on("POST", "/builds")
    def create(request: Request, version: str) -> Response:
        name = text_member(json_object(request), "name")
        number = len(builds)
        builds[f"b{number}"] = name
        return reply({"id": f"job-{number}", "build": f"b{number}"}, 202, Location=f"/{version}/jobs/job-{number}")

    @api.on("GET", "/builds/{build}")
    def read(_request: Request, _version: str, build: str) -> Response:
        if build not in builds:
            raise error(404, "no_build")
        return reply({"name": builds[build]})

    @api.on("GET", "/jobs/{job_id}")
    def job(_request: Request, _version: str, job_id: str) -> Response:
        if not re.fullmatch(r"job-[0-9]+", job_id, re.ASCII) or job_id.replace("job-", "b") not in builds:
            raise error(404, "no_job")
        return reply({"id": job_id, "done": True})

    job_shape = record(id={"type": "string"}, done={"type": "boolean"})
    accepted = operation({202: record(id={"type": "string"}, build={"type": "string"})}, body=NAMED)
    accepted["responses"]["202"]["links"] = {
        "job": {"operationId": "readJob", "parameters": {"job_id": "$response.body#/id"}}
    }
    contract = document(
        {
            "/jobs/{job_id}": {
                "get": operation({200: job_shape}, parameters=[parameter("job_id")], operationId="readJob")
            },
            "/builds": {"post": accepted},
            "/builds/{build}": {"get": operation({200: NAMED}, parameters=[parameter("build")])},
        }
    )
    return Odd(app=api, policy=PATHS + ENVELOPE, contracts={"v1": contract, "v2": contract})


def limited() -> Odd:
    """Every ninth request is one too many: 429 with `Retry-After: 0`."""
    api = Api(select=by_path("v1", "v2"))
    crud(api)
    original, count = api.answer, iter(range(1, 10**9))

    def answer(request: Request) -> Response:
        if next(count) % 9 == 0:
            raise error(429, "slow_down", Retry_After="0")
        return original(request)

    api.answer = answer  # type: ignore[method-assign]
    return Odd(app=api, policy=PATHS + ENVELOPE, contracts={"v1": crud_document(), "v2": crud_document()})


ALTERED = """
[operations.rules."PUT /text"]
harmless = true
"""
"""That the one text may be replaced."""


def bodies() -> Odd:  # noqa: C901  an API on one page
    """Forms, files and texts are taken; XML and nothing are given."""
    api = Api(select=by_path("v1"))
    notes: dict[str, str] = {}

    @api.on("POST", "/forms")
    def form(request: Request, _version: str) -> Response:
        if request.mimetype != "application/x-www-form-urlencoded":
            raise error(415, "media_type")
        names = request.form.getlist("name")
        if len(names) != 1 or not 1 <= len(names[0]) <= 60:
            raise error(400, "name")
        notes[f"n{len(notes)}"] = names[0]
        return Response(f"<note><id>n{len(notes) - 1}</id></note>", status=201, content_type="application/xml")

    @api.on("GET", "/forms/{form_id}")
    def read(_request: Request, _version: str, form_id: str) -> Response:
        if form_id not in notes:
            raise error(404, "no_form")
        kept = "".join(char for char in notes[form_id] if char.isprintable())
        return Response(f"<form>{escape(kept)}</form>", content_type="application/xml; charset=utf-8")

    @api.on("POST", "/uploads")
    def upload(request: Request, _version: str) -> Response:
        if request.mimetype != "multipart/form-data":
            raise error(415, "media_type")
        if "file" not in request.files and "file" not in request.form:
            raise error(400, "file")
        return reply(status=204)

    @api.on("PUT", "/text")
    def text(request: Request, _version: str) -> Response:
        if request.mimetype != "text/plain":
            raise error(415, "media_type")
        return reply(status=204)

    @api.on("GET", "/ping")
    def ping(_request: Request, _version: str) -> Response:
        return reply(status=204)

    xml = {"type": "object"}

    def as_xml(made: Any, status: str) -> Any:
        made["responses"][status]["content"] = {"application/xml": {"schema": xml}}
        return made

    contract = document(
        {
            "/forms": {
                "post": as_xml(operation({201: xml}, body=NAMED, media_type="application/x-www-form-urlencoded"), "201")
            },
            "/forms/{form_id}": {"get": as_xml(operation({200: xml}, parameters=[parameter("form_id")]), "200")},
            "/uploads": {
                "post": operation(
                    {204: None},
                    body=record(file={"type": "string", "format": "binary"}),
                    media_type="multipart/form-data",
                )
            },
            "/text": {"put": operation({204: None}, body={"type": "string"}, media_type="text/plain")},
            "/ping": {"get": operation({204: None})},
        }
    )
    policy = PATHS.partition("[versions.v2]")[0]
    return Odd(app=api, policy=policy + ENVELOPE + ALTERED, contracts={"v1": contract})


def numbered() -> Odd:  # noqa: C901  an API on one page
    """Whole numbers everywhere: as identifiers, in a required query parameter, in a header; deleting what never was is 404."""
    api = Api(select=by_path("v1", "v2"))
    boxes: dict[int, int] = {1: 0, 2: 0}

    def box_of(text: str | None) -> int:
        if text is None or not re.fullmatch(r"[1-9][0-9]{0,8}", text, re.ASCII):
            raise error(422, "number")
        if int(text) not in boxes:
            raise error(404, "no_box")
        return int(text)

    @api.on("GET", "/boxes")
    def listing(_request: Request, _version: str) -> Response:
        return reply({"boxes": [{"id": box} for box in list(boxes)[:10]], "total": len(boxes)})

    @api.on("GET", "/boxes/{box_id}")
    def read(_request: Request, _version: str, box_id: str) -> Response:
        return reply({"id": box_of(box_id)})

    @api.on("DELETE", "/boxes/{box_id}")
    def delete(request: Request, _version: str, box_id: str) -> Response:
        box = box_of(box_id)
        if not re.fullmatch(r"[0-9]{1,9}", request.headers.get("If-Revision", ""), re.ASCII):
            raise error(428, "revision")
        del boxes[box]
        return reply(status=204)

    @api.on("POST", "/boxes")
    def create(request: Request, _version: str) -> Response:
        size = json_object(request).get("size")
        if isinstance(size, bool) or not isinstance(size, int | float) or size != int(size) or not 1 <= size <= 99:
            raise error(422, "size")
        boxes[max(boxes, default=0) + 1] = int(size)
        return reply({"id": max(boxes)}, 201)

    @api.on("GET", "/contents")
    def contents(request: Request, _version: str) -> Response:
        return reply({"box": box_of(request.args.get("box_id"))})

    number = {"type": "integer", "minimum": 1, "maximum": 999_999_999}
    box = parameter("box_id", schema=number)
    revision = parameter("If-Revision", "header", schema={"type": "integer", "minimum": 0, "maximum": 99})
    contract = document(
        {
            "/boxes": {
                "get": operation({200: record(boxes={"type": "array", "items": record(id=INT)})}),
                "post": operation(
                    {201: record(id=INT)}, body=record(size={"type": "integer", "minimum": 1, "maximum": 99})
                ),
            },
            "/boxes/{box_id}": {
                "delete": operation({204: None}, parameters=[box, revision]),
                "get": operation({200: record(id=INT)}, parameters=[box]),
            },
            "/contents": {
                "get": operation({200: record(box=INT)}, parameters=[parameter("box_id", "query", schema=number)])
            },
        }
    )
    assert json.dumps(contract)
    return Odd(app=api, policy=PATHS + ENVELOPE, contracts={"v1": contract, "v2": contract})
