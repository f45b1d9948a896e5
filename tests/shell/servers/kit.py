"""Small honest servers for odd APIs: routes, a way to select the version, and a folder with policy and contracts."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from werkzeug.wrappers import Request, Response

Json = Any
Handler = Callable[..., Response]


class Refused(Exception):  # noqa: N818  it is an answer
    """An answer that ends the handling of a request."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status)
        self.response = response


def reply(body: Json = None, status: int = 200, **headers: str) -> Response:
    """A JSON answer; an empty one for None."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if body is None:
        return Response(status=status, headers=named)
    return Response(json.dumps(body), status=status, headers=named, content_type="application/json")


def error(status: int, code: str = "error", **headers: str) -> Refused:
    """An error in the envelope most of these servers wear."""
    return Refused(reply({"error": {"code": code, "message": f"{status}: {code}"}}, status, **headers))


API = """
[api]
name = "Odd"
base_url = "${ODD_URL}"
"""
"""What every policy file here begins with."""


def in_path(template: str) -> str:
    """A policy file of two versions in the path, each with a contract of its own; without an envelope."""
    return f"""{API}
[versioning]
scheme = "vN"
carriers = ["path"]
path = {{ template = "{template}" }}
unknown = {{ reject = 404, code = "unknown_version" }}
malformed = {{ reject = 404, code = "unknown_version" }}
[versions.v1]
contract = "v1.json"
[versions.v2]
contract = "v2.json"
"""


PATHS = in_path("/{version}")


def versions_in_path(name: str) -> str:
    """What a policy file of an API begins with whose versions are the first segment of the path; it names no version."""
    return f"""
[api]
name = "{name}"
base_url = "${{ODD_URL}}"

[versioning]
scheme = "vN"
carriers = ["path"]
path = {{ template = "/{{version}}" }}
unknown = {{ reject = 404 }}
malformed = {{ reject = 404 }}
"""


ENVELOPE = """
[envelopes.error]
media_type = "application/json"
code = "/error/code"
[envelopes.error.schema]
type = "object"
required = ["error"]
properties = { error = { type = "object", required = ["code", "message"] } }
[errors]
envelope = "error"
"""
"""The envelope of `error`, for policy files."""


@dataclass(kw_only=True)
class Api:
    """An API in a page.

    Attributes:
        select: Takes the version off a request: gives it and the path below it, or raises `Refused`.
        routes: Handlers by method and pattern.
        missing: What a path without a route gets.
        wrong_method: What a route without the method gets, `Allow` set afterwards.
        seen: Methods and paths of all requests.
    """

    select: Callable[[Request], tuple[str, str]]
    routes: list[tuple[str, re.Pattern[str], Handler]] = field(default_factory=list)
    missing: Callable[[], Refused] = lambda: error(404, "no_route")
    wrong_method: Callable[[], Refused] = lambda: error(405, "method")
    seen: list[tuple[str, str]] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def on(self, method: str, template: str) -> Callable[[Handler], Handler]:
        """Add a handler; it gets the request, the version and the path parameters."""
        pattern = re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(template)))

        def add(handler: Handler) -> Handler:
            self.routes.append((method, pattern, handler))
            return handler

        return add

    def answer(self, request: Request) -> Response:
        """Select, route, handle."""
        version, path = self.select(request)
        matches = [
            (method, handler, match) for method, pattern, handler in self.routes if (match := pattern.fullmatch(path))
        ]
        for method, handler, match in matches:
            if method == request.method or (method == "GET" and request.method == "HEAD"):
                return handler(request, version, **match.groupdict())
        refused = self.wrong_method() if matches else self.missing()
        if matches:
            refused.response.headers["Allow"] = ", ".join(sorted({method for method, _, _ in matches}))
        raise refused

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """The WSGI entry point."""
        request = Request(environ)
        with self.lock:
            self.seen.append((request.method, request.path))
            try:
                response = self.answer(request)
            except Refused as refused:
                response = refused.response
            request.close()
        return response(environ, start_response)


def json_object(request: Request) -> dict[str, Any]:
    """The JSON object in a body, or the envelope's 400."""
    if request.mimetype != "application/json":
        raise error(415, "media_type")
    try:
        value = json.loads(request.get_data().decode("utf-8"), parse_constant=lambda name: 1 / len(name[:0]))
    except (ValueError, RecursionError, ZeroDivisionError):
        value = None
    if not isinstance(value, dict):
        raise error(400, "json")
    return value


def text_member(body: Mapping[str, Any], name: str, *, longest: int = 60, required: bool = True) -> str:
    """A text of the body between one and so many characters, or the envelope's 422."""
    value = body.get(name)
    if value is None and name not in body and not required:
        return ""
    if not isinstance(value, str) or not 1 <= len(value) <= longest:
        raise error(422, f"{name}_invalid")
    return value


def by_path(*versions: str, prefix: str = "") -> Callable[[Request], tuple[str, str]]:
    """Versions in the path behind a prefix; others are 404."""

    def select(request: Request) -> tuple[str, str]:
        match = re.fullmatch(re.escape(prefix) + r"/([^/]*)(/.*)?", request.path)
        if match is None or match[1] not in versions:
            raise error(404, "unknown_version")
        return match[1], match[2] or "/"

    return select


TEXT: Json = {"type": "string", "minLength": 1, "maxLength": 60}


def document(paths: Mapping[str, Mapping[str, Json]], **more: Json) -> Json:
    """An OpenAPI 3.1 document."""
    return {"openapi": "3.1.0", "info": {"title": "odd", "version": "1"}, "paths": paths, **more}


def operation(
    answers: Mapping[int | str, Json],
    *,
    body: Json = None,
    parameters: Iterable[Json] = (),
    media_type: str = "application/json",
    **more: Json,
) -> Json:
    """An operation: answers by status, each a schema or None for an empty body."""
    responses = {
        str(status): {
            "description": "…",
            **({"content": {"application/json": {"schema": schema}}} if schema is not None else {}),
        }
        for status, schema in answers.items()
    }
    request = {"requestBody": {"required": True, "content": {media_type: {"schema": body}}}} if body is not None else {}
    return {"parameters": list(parameters), "responses": responses, **request, **more}


def collection(path: str, shown: Json, new: Json) -> dict[str, dict[str, Json]]:
    """The paths of things that are made with `POST`, and shown, replaced and deleted by their `id`.

    Args:
        path: Where they are made, `/things`.
        shown: The schema of one in answers.
        new: The schema of one in requests.
    """
    named = [parameter("id", schema={"type": "string"})]
    return {
        path: {"post": operation({201: shown, "4XX": {}}, body=new)},
        f"{path}/{{id}}": {
            "get": operation({200: shown, "4XX": {}}, parameters=named),
            "put": operation({200: shown, "4XX": {}}, parameters=named, body=new),
            "delete": operation({204: None, "4XX": {}}, parameters=named),
        },
    }


def parameter(name: str, place: str = "path", schema: Json = None, **more: Json) -> Json:
    """A required parameter."""
    return {"name": name, "in": place, "required": True, "schema": schema or {"type": "string"}, **more}


def record(**properties: Json) -> Json:
    """A schema of an object all of whose members are required."""
    return {"type": "object", "required": list(properties), "properties": properties}


def folder(path: Path, policy: str, contracts: Mapping[str, Json]) -> Path:
    """Write a policy and its contracts and give the policy file's path."""
    for name, contract in contracts.items():
        (path / f"{name}.json").write_text(json.dumps(contract), "utf-8")
    (path / "apiversion.toml").write_text(policy, "utf-8")
    return path / "apiversion.toml"
