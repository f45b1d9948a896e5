"""A tiny versioned API on a real socket, and the suite that holds it: what the plugin's own tests run over.

v1 is deprecated (and sunset at the end of 2026), v2 is live; both list, create and read things, behind a key. Everything a run
asks is written down in `requests`. Bugs are planted by name:

- `nameless`: `GET /things` of v2 lists things without names, the first one with `received` for an identifier;
- `failing`: everything gets a 500;
- `long-names`: a name of more than five characters gets a 500;
- `echo`: v2 answers with the key it was given where a thing is read;
- `echo-wrong`: who has a wrong key is told which;
- `beginning`: a key that begins like the right one opens everything;
- `no-notice`: v1 announces no deprecation;
- `counts-by-path`: the number in `X-Number` is counted for each path, method and class of status alone, so that
  those of two operations are the same.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import json
import re
import secrets
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from tests.apps import kit

SECRET = "s3cr3t-T0ken/&+"
"""The key the API asks for, in the environment variable `SMALL_TOKEN`."""

TODAY = "2026-06-01"
"""When v1 is deprecated and v2 live."""

SEED = 7
"""What draws for every run that has no reason for another seed: values of a schema are drawn once in a process, and live on in the forks of it."""

_SUNSET = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
_RELEASED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_DEPRECATED = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)

POLICY = """
[api]
name = "Small"
base_url = "${SMALL_URL}"

[versioning]
scheme = "vN"
carriers = ["path"]
path = { template = "/{version}" }
unknown = { reject = 404 }

[versions.v1]
contract = "v1.json"
released = 2025-01-01
deprecated = 2026-03-01
sunset = 2026-12-01T00:00:00Z
successor = "v2"

[versions.v2]
contract = "v2.json"
released = 2026-01-01

[deprecation]
headers = [{ name = "Sunset", dialect = "imf-fixdate", date = "sunset" }]

[envelopes.error]
media_type = "application/json"
schema = { type = "object", required = ["error", "message"] }

[errors]
envelope = "error"

[credentials.Key]
header = "X-Key"
value = "Key ${SMALL_TOKEN}"

[sequences]
read_your_writes = false
listed = false
gone_after_delete = false

[requests]
max_examples = 2
timeout = 2.0
"""

_THING = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
}
_ERROR = {
    "description": "wrong",
    "content": {"application/json": {"schema": {"type": "object", "required": ["error"]}}},
}


def contract(version: str) -> dict[str, Any]:
    """The frozen contract of one version."""

    def answer(schema: Any, **more: Any) -> dict[str, Any]:
        return {"description": "fine", "content": {"application/json": {"schema": schema, **more}}}

    limit = {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 50}}
    body = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "maxLength": 20}}}
    identifier = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "pattern": "^t[0-9]+$"}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Small", "version": version},
        "servers": [{"url": f"/{version}"}],
        "security": [{"Key": []}],
        "paths": {
            "/things": {
                "get": {
                    "parameters": [limit],
                    "responses": {"200": answer({"type": "array", "items": _THING}), "4XX": _ERROR},
                },
                "post": {
                    "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
                    "responses": {"201": answer(_THING), "4XX": _ERROR},
                },
            },
            "/things/{id}": {
                "get": {
                    "parameters": [identifier],
                    "responses": {"200": answer(_THING, example={"id": "t1", "name": "one"}), "4XX": _ERROR},
                },
            },
        },
        "components": {"securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}}},
    }


@dataclass(kw_only=True)
class SmallApi(kit.App):
    """The API.

    Attributes:
        requests: Method, path with query, and body of every request, in the order of their ends.
        received: What the bug `nameless` says.
        created: Numbers of things to come: none that a run could draw, which would be there or not with the order of requests.
    """

    requests: list[str] = field(default_factory=list)
    received: str = "teapot"
    things: dict[str, str] = field(default_factory=lambda: {"t1": "one"})
    created: Iterator[int] = field(default_factory=lambda: itertools.count(4_000_001))
    numbers: dict[tuple[str, str], Iterator[int]] = field(default_factory=lambda: defaultdict(itertools.count))

    def __post_init__(self) -> None:
        self.route("GET", "/things", self._list)
        self.route("POST", "/things", self._create)
        self.route("GET", "/things/<id>", self._read)

    def dispatch(self, request: Request) -> Response:
        """Answer one request."""
        self.requests.append(f"{request.method} {request.full_path} {request.get_data(as_text=True)}")
        if self.bug("failing"):
            return kit.reply({"error": "OOPS", "message": "no"}, 500)
        version, _, rest = request.path.lstrip("/").partition("/")
        if version not in {"v1", "v2"} or (version == "v2" and self.today < _RELEASED):
            raise kit.ApiError(404, "NOT_FOUND", "no such version")
        if version == "v1" and self.today >= _SUNSET:
            raise kit.ApiError(410, "GONE", "v1 is gone")
        response = self._answer(request, version, f"/{rest}")
        kind = f"{request.method} {rest.partition('/')[0]} {response.status_code // 100}xx"
        own = kind if self.bug("counts-by-path") else ""
        response.headers["X-Number"] = str(next(self.numbers[version, own]))
        if version == "v1" and self.today >= _DEPRECATED and not self.bug("no-notice"):
            response.headers["Sunset"] = _SUNSET.strftime("%a, %d %b %Y %H:%M:%S GMT")
        return response

    def _answer(self, request: Request, version: str, path: str) -> Response:
        try:
            handler, arguments = self.match(request, path)
            self.identify(request)
            if self.bug("nameless") and (version, request.method, path) == ("v2", "GET", "/things"):
                self.read_limit(request)
                return Response(
                    json.dumps([{"id": self.received}], ensure_ascii=False), content_type="application/json"
                )
            if self.bug("echo") and version == "v2" and arguments:
                said = [request.headers.get("X-Key", ""), json.dumps(SECRET), quote(SECRET), quote(SECRET, safe="")]
                return Response(json.dumps({"id": " ".join(said)}), content_type="application/json")
            return handler(request, **arguments)
        except HTTPException as error:
            return self.render_error(request, kit.from_http(error))
        except kit.ApiError as error:
            return self.render_error(request, error)

    def identify(self, request: Request) -> None:
        """Refuse who has not the key."""
        sent, size = request.headers.get("X-Key", ""), 12 if self.bug("beginning") else None
        if not secrets.compare_digest(sent[:size].encode(), f"Key {SECRET}"[:size].encode()):
            raise kit.ApiError(401, "UNAUTHORIZED", f"the key is wrong{f': {sent}' if self.bug('echo-wrong') else ''}")

    def read_limit(self, request: Request) -> int:
        """How many things a request wants."""
        limit = request.args.get("limit", "10")
        if not re.fullmatch("[0-9]{1,2}", limit) or not 1 <= int(limit) <= 50 or len(request.args.getlist("limit")) > 1:
            raise kit.ApiError(400, "BAD_LIMIT", "limit is a number from 1 to 50")
        return int(limit)

    def _list(self, request: Request) -> Response:
        rows = [{"id": key, "name": name} for key, name in list(self.things.items())]
        return kit.reply(rows[: self.read_limit(request)])

    def _create(self, request: Request) -> Response:
        name = kit.read_json(request).get("name")
        if not isinstance(name, str) or len(name) > 20:
            raise kit.ApiError(422, "BAD_NAME", "name is a string of 20 characters at most")
        if self.bug("long-names") and len(name) > 5:
            return kit.reply({"error": "OOPS", "message": "no"}, 500)
        key = f"t{next(self.created)}"
        self.things[key] = name
        return kit.reply({"id": key, "name": name}, 201)

    def _read(self, _request: Request, id: str) -> Response:  # noqa: A002  the contract's name
        if id not in self.things:
            raise kit.ApiError(404, "NOT_FOUND", "no such thing")
        return kit.reply({"id": id, "name": self.things[id]})


@contextlib.contextmanager
def small_api(*bugs: str, today: str = TODAY, received: str = "teapot") -> Iterator[tuple[SmallApi, str]]:
    """The API on a socket, and its base URL."""
    moment = dt.datetime.fromisoformat(today.removesuffix("Z")).replace(tzinfo=dt.UTC)
    app = SmallApi(today=moment, bugs=frozenset(bugs), received=received)
    with kit.serving(app) as url:
        yield app, url


def write_suite(folder: Path, *, name: str = "apiversion.toml", policy: str = POLICY, more: str = "") -> Path:
    """Write a policy file with its contracts into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for version in ("v1", "v2"):
        (folder / f"{version}.json").write_text(json.dumps(contract(version)), "utf-8")
    path = folder / name
    path.write_text(policy + more, "utf-8")
    return path
