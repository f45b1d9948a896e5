"""What the five reference servers share: routing, parsing, a date, planted bugs, and a real server to run on.

A server is a plain WSGI application built from an `App`. It knows the date it lives at (`today`) and the bugs planted in
it (`bugs`); with no bug planted it keeps every promise of its policy. Nothing here knows a policy.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from waitress import wasyncore
from waitress.server import create_server
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

Json = Any
Handler = Callable[..., Response]

MAX_BODY = 1_000_000
"""Bytes of request body a server reads before it answers 413."""


class ApiError(Exception):
    """An error the API itself decided on; each server renders it in its own envelope."""

    def __init__(self, status: int, code: str, message: str, **details: Json) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.details = details


@dataclass(kw_only=True)
class App:
    """One reference server: routes, state, date and planted bugs.

    Subclasses add routes with `route` and override `dispatch` (version selection and lifecycle) and `render_error`
    (the envelope). Every way a request can fail ends in `render_error`, the router's own errors included.
    """

    today: dt.datetime
    bugs: frozenset[str] = frozenset()
    handlers: dict[str, Handler] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def bug(self, name: str) -> bool:
        """Whether this bug is planted."""
        return name in self.bugs

    def route(self, methods: str, path: str, handler: Handler) -> None:
        """Add `handler` for each of the space-separated `methods` on a werkzeug path such as `/things/<id>`."""
        self.handlers[f"{methods} {path}"] = handler

    def match(self, request: Request, path: str) -> tuple[Handler, Mapping[str, Any]]:
        """The handler for `path`, or werkzeug's NotFound / MethodNotAllowed."""
        adapter = _routing(tuple(self.handlers)).bind("localhost", path_info=path, default_method=request.method)
        endpoint, arguments = adapter.match(path, request.method)
        return self.handlers[endpoint], arguments

    def dispatch(self, request: Request) -> Response:
        """Answer one request. Overridden by each server."""
        handler, arguments = self.match(request, request.path)
        return handler(request, **arguments)

    def render_error(self, request: Request, error: ApiError) -> Response:
        """Write an error in the server's envelope. Overridden by each server."""
        return reply({"error": error.code, "message": error.message}, error.status)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """The WSGI entry point."""
        request = Request(environ)
        request.max_content_length = MAX_BODY
        try:
            with self.lock:
                response = self.dispatch(request)
        except ApiError as error:
            response = self.render_error(request, error)
        except HTTPException as error:
            response = self.render_error(request, from_http(error))
        return response(environ, start_response)


@functools.lru_cache
def _routing(endpoints: tuple[str, ...]) -> Map:
    """The routing table of these methods and paths, built once for all servers that have them."""
    rules = [
        Rule(f"/{path}", endpoint=endpoint, methods=methods.split(), strict_slashes=True)
        for endpoint in endpoints
        for methods, _, path in (endpoint.partition(" /"),)
    ]
    return Map(rules, redirect_defaults=False, merge_slashes=False)


def from_http(error: HTTPException) -> ApiError:
    """A werkzeug error (404, 405, 400, 413 …) as an `ApiError`, keeping `Allow`."""
    status = error.code or 500
    code = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED", 400: "BAD_REQUEST", 413: "PAYLOAD_TOO_LARGE"}
    methods = getattr(error, "valid_methods", None)
    details = {"allow": ", ".join(sorted(methods))} if methods else {}
    return ApiError(status, code.get(status, "ERROR"), error.description or error.name, **details)


def reply(body: Json, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON response; `body=None` makes an empty one."""
    if body is None:
        return Response(status=status, headers=dict(headers or {}))
    return Response(json.dumps(body), status=status, headers=dict(headers or {}), content_type="application/json")


def _no_constant(name: str) -> Json:
    """Refuse `NaN` and `Infinity`, which Python reads and JSON does not know."""
    raise ValueError(name)


def read_json(request: Request) -> Json:
    """The JSON object in the body.

    Raises:
        ApiError: 415 when the content type is not JSON, 400 when the body does not parse or is not an object.
    """
    if request.mimetype != "application/json":
        raise ApiError(415, "UNSUPPORTED_MEDIA_TYPE", "send application/json")
    return read_body(request)


def read_body(request: Request) -> Json:
    """The JSON object in the body, whatever its content type says.

    Raises:
        ApiError: 400 when the body does not parse or is not an object.
    """
    try:
        value = json.loads(request.get_data().decode("utf-8"), parse_constant=_no_constant)
    except (
        ValueError,
        RecursionError,
    ) as error:  # ValueError: not UTF-8, not JSON, NaN, or an integer of > 4300 digits
        raise ApiError(400, "INVALID_JSON", "the body is not valid JSON") from error
    if not isinstance(value, dict):
        raise ApiError(400, "INVALID_JSON", "the body must be a JSON object")
    return value


def read_yaml(path: Path) -> dict[str, Any]:
    """A document of YAML, by the parser in C where there is one: it takes a tenth of the time."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=loader)  # noqa: S506  both are safe
    return document


@contextlib.contextmanager
def serving(app: Callable[..., Iterable[bytes]], *, port: int = 0) -> Iterator[str]:
    """Run a WSGI application on a real socket (keep-alive, 8 threads) and give its base URL."""
    sockets: dict[int, Any] = {}
    server = create_server(
        app, host="127.0.0.1", port=port, threads=8, map=sockets, ident=None, clear_untrusted_proxy_headers=True
    )
    ended = threading.Event()

    def loop() -> None:
        while not ended.is_set():
            wasyncore.loop(timeout=1, map=sockets, count=1)

    thread = threading.Thread(target=loop, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.task_dispatcher.shutdown()  # or its threads outlive the server
        ended.set()
        server.pull_trigger()  # wakes the loop; the sockets are closed once nobody waits on them
        thread.join(5)
        wasyncore.close_all(sockets)
