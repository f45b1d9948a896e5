"""A service of sixty operations in three versions on a real socket, with faults in the one place that all answers pass.

v1 is sunset, v2 deprecated, v3 live; twelve kinds of things can be listed, created, read, replaced and deleted. The version stands in
the path or in a header. Each fault is a line of middleware:

- `notice-on-200`: a deprecated version announces that on a 200 only;
- `starts-with`: whatever starts with a live version is taken for it;
- `bare-errors`: errors are plain text;
- `any-version`: what is no version is served as v3;
- `no-trace`: the trace of a request is on no error;
- `gone-is-404`: what is sunset gets a 404;
- `strings`: every number in a body is a text;
- `crash`: whatever is refused gets a 500.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from tests.apps import kit

TODAY = "2026-06-01"
KINDS = ("apple", "bench", "cloud", "desk", "engine", "fence", "gate", "hill", "island", "jar", "kite", "lamp")
FAULTS = ("notice-on-200", "starts-with", "bare-errors", "any-version", "no-trace", "gone-is-404", "strings", "crash")

_STAGES = {"v1": "sunset", "v2": "deprecated", "v3": "live"}
_SUNSET = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
_DEPRECATED = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
_NOTICE = {
    "Deprecation": f"@{int(_DEPRECATED.timestamp())}",
    "Sunset": _SUNSET.strftime("%a, %d %b %Y %H:%M:%S GMT"),
}

POLICY = """
[api]
name = "Sixty"
base_url = "{url}"

[versioning]
scheme = "vN"
carriers = ["path", "header"]
path = {{ template = "/{{version}}" }}
header = {{ name = "X-Version" }}
unknown = {{ reject = 404, code = "NO_VERSION" }}
malformed = {{ reject = 404, code = "NO_VERSION" }}
missing = {{ reject = 404, code = "NO_VERSION" }}

[versions.v1]
contract = "v1.json"
released = 2023-01-01
deprecated = 2024-01-01
sunset = 2025-01-01T00:00:00Z

[versions.v2]
contract = "v2.json"
released = 2024-01-01
deprecated = 2026-03-01
sunset = 2026-12-01T00:00:00Z
successor = "v3"

[versions.v3]
contract = "v3.json"
released = 2026-01-01

[deprecation]
headers = [
    {{ name = "Sunset", dialect = "imf-fixdate", date = "sunset" }},
    {{ name = "Deprecation", dialect = "sf-date", date = "deprecated" }},
]

[sunset]
status = 410
code = "GONE"

[[headers]]
name = "X-Trace"

[envelopes.error]
media_type = "application/json"
code = "/error"
schema = {{ type = "object", required = ["error", "message"] }}

[errors]
envelope = "error"

[requests]
max_examples = 2
"""


def _contract(version: str, kinds: Sequence[str]) -> dict[str, Any]:
    def answer(schema: Any) -> dict[str, Any]:
        return {"description": "fine", "content": {"application/json": {"schema": schema}}}

    error = answer({"type": "object", "required": ["error", "message"]})
    refused = {"4XX": error}
    paths: dict[str, Any] = {}
    for kind in kinds:
        mine = f"{kind}_size" if version == "v3" else "size"
        new: dict[str, Any] = {
            "type": "object",
            "required": ["name"],
            "properties": {"name": {"type": "string", "maxLength": 20}},
        }
        new["properties"][mine] = {"type": "integer", "minimum": 0, "maximum": 1000, "default": 1}
        new["additionalProperties"] = False
        known = {**new, "required": ["id", "name", mine], "properties": {"id": {"type": "string"}, **new["properties"]}}
        body = {"required": True, "content": {"application/json": {"schema": new}}}
        identifier = {
            "name": "id",
            "in": "path",
            "required": True,
            "schema": {"type": "string", "pattern": f"^{kind}-[0-9]+$"},
        }
        paths[f"/{kind}s"] = {
            "get": {"responses": {"200": answer({"type": "array", "items": known}), **refused}},
            "post": {"requestBody": body, "responses": {"201": answer(known), **refused}},
        }
        paths[f"/{kind}s/{{id}}"] = {
            "parameters": [identifier],
            "get": {"responses": {"200": answer(known), **refused}},
            "put": {"requestBody": body, "responses": {"200": answer(known), **refused}},
            "delete": {"responses": {"204": {"description": "gone"}, **refused}},
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Sixty", "version": version},
        "servers": [{"url": f"/{version}"}],
        "paths": paths,
    }


@dataclass(kw_only=True)
class Sixty(kit.App):
    """The service."""

    things: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    number: int = 1

    def __post_init__(self) -> None:
        for kind in KINDS:
            self.things[f"{kind}s"] = {f"{kind}-1": {"id": f"{kind}-1", "name": "first", "size": 1}}
        self.route("GET POST", "/<kind>", self._all)
        self.route("GET PUT DELETE", "/<kind>/<id>", self._one)

    def dispatch(self, request: Request) -> Response:
        """Answer one request."""
        version = ""
        try:
            version, path = self._version(request)
            handler, arguments = self.match(request, path)
            response = handler(request, version=version, **arguments)
        except HTTPException as error:
            response = self.render_error(request, kit.from_http(error))
        except kit.ApiError as error:
            response = self.render_error(request, error)
        if _STAGES.get(version) == "deprecated" and not (self.bug("notice-on-200") and response.status_code != 200):
            response.headers.extend(_NOTICE)
        if not (self.bug("no-trace") and response.status_code >= 400):
            response.headers["X-Trace"] = "t1"
        return response

    def render_error(self, request: Request, error: kit.ApiError) -> Response:
        """An error in the envelope."""
        if self.bug("crash") and error.status in {400, 405, 415, 422}:
            return kit.reply({"error": "OOPS", "message": "no"}, 500)
        if self.bug("bare-errors"):
            return Response(f"{error.code}: {error.message}", status=error.status, content_type="text/plain")
        response = super().render_error(request, error)
        if "allow" in error.details:
            response.headers["Allow"] = error.details["allow"]
        return response

    def _version(self, request: Request) -> tuple[str, str]:
        first, _, rest = request.path.lstrip("/").partition("/")
        if first in self.things:
            text, path = request.headers.get("X-Version", ""), request.path
        else:
            text, path = first, f"/{rest}"
        if text not in _STAGES:
            text = self._taken_for(text)
        if _STAGES[text] == "sunset":
            if self.bug("gone-is-404"):
                raise kit.ApiError(404, "NOT_FOUND", "nothing here")
            raise kit.ApiError(410, "GONE", f"{text} is gone")
        return text, path

    def _taken_for(self, text: str) -> str:
        if self.bug("any-version"):
            return "v3"
        if self.bug("starts-with") and (found := re.match("v[23]", text)):
            return found[0]
        raise kit.ApiError(404, "NO_VERSION", f"{text} is no version")

    def _all(self, request: Request, *, version: str, kind: str) -> Response:
        there = self._there(kind)
        if request.method == "POST":
            new = self._read(request, version, kind)
            self.number += 1
            key = f"{kind[:-1]}-{self.number}"
            there[key] = {"id": key, **new}
            return self._reply(_shown(there[key], version, kind), 201)
        return self._reply([_shown(each, version, kind) for each in there.values()])

    def _one(self, request: Request, *, version: str, kind: str, id: str) -> Response:  # noqa: A002  the contract's name
        there = self._there(kind)
        if id not in there:
            raise kit.ApiError(404, "NOT_FOUND", "no such thing")
        if request.method == "DELETE":
            del there[id]
            return Response(status=204)
        if request.method == "PUT":
            there[id] = {"id": id, **self._read(request, version, kind)}
        return self._reply(_shown(there[id], version, kind))

    def _there(self, kind: str) -> dict[str, dict[str, Any]]:
        if kind not in self.things:
            raise kit.ApiError(404, "NOT_FOUND", "no such kind")
        return self.things[kind]

    def _reply(self, body: Any, status: int = 200) -> Response:
        text = json.dumps(body)
        if self.bug("strings"):
            text = re.sub(r": ([0-9]+)", r': "\1"', text)
        return Response(text, status=status, content_type="application/json")

    def _read(self, request: Request, version: str, kind: str) -> dict[str, Any]:
        body = kit.read_json(request)
        mine = _size(version, kind)
        name, size = body.get("name"), body.get(mine, 1)
        if not isinstance(name, str) or len(name) > 20 or set(body) - {"name", mine}:
            raise kit.ApiError(422, "BAD_NAME", "name is a string of 20 characters at most")
        if isinstance(size, bool) or not isinstance(size, int) or not 0 <= size <= 1000:
            raise kit.ApiError(422, "BAD_SIZE", "a size is a number up to 1000")
        return {"name": name, "size": size}


def _size(version: str, kind: str) -> str:
    return f"{kind[:-1]}_size" if version == "v3" else "size"


def _shown(thing: dict[str, Any], version: str, kind: str) -> dict[str, Any]:
    return {"id": thing["id"], "name": thing["name"], _size(version, kind): thing["size"]}


@contextlib.contextmanager
def sixty(folder: Path, *faults: str, kinds: int = len(KINDS)) -> Iterator[str]:
    """The service on a socket with its suite in a folder, whose contracts have so many kinds of things; gives its base URL."""
    today = dt.datetime.fromisoformat(TODAY).replace(tzinfo=dt.UTC)
    with kit.serving(Sixty(today=today, bugs=frozenset(faults))) as url:
        for version in _STAGES:
            (folder / f"{version}.json").write_text(json.dumps(_contract(version, KINDS[:kinds])), "utf-8")
        (folder / "apiversion.toml").write_text(POLICY.format(url=url), "utf-8")
        yield url
