"""Breaks one promise of an application from outside: a WSGI or ASGI wrapper that changes requests or answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from werkzeug.test import run_wsgi_app

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

Headers = dict[str, str]
"""Headers by lower-case name."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What can be changed of a request."""

    method: str
    path: str
    query: str
    headers: Headers


@dataclass(frozen=True, kw_only=True)
class Answered:
    """An answer."""

    status: int
    headers: Headers
    body: bytes

    @property
    def json(self) -> Any:
        """The body, where it is JSON."""
        return json.loads(self.body) if self.body and "json" in self.headers.get("content-type", "") else None

    def with_json(self, value: Any) -> Answered:
        """The answer with another body."""
        return replace(self, body=json.dumps(value).encode())


@dataclass(frozen=True, kw_only=True)
class Breakage:
    """What is done to requests and to answers."""

    request: Callable[[Asked], Asked] = lambda asked: asked
    answer: Callable[[Asked, Answered], Answered] = lambda _asked, answered: answered


def broken_wsgi(app: Any, breakage: Breakage) -> Any:
    """A WSGI application with a breakage."""

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        asked = Asked(
            method=environ["REQUEST_METHOD"],
            path=environ["PATH_INFO"],
            query=environ.get("QUERY_STRING", ""),
            headers={
                key[5:].replace("_", "-").lower(): value for key, value in environ.items() if key.startswith("HTTP_")
            },
        )
        changed = breakage.request(asked)
        inner = {key: value for key, value in environ.items() if not key.startswith("HTTP_")}
        inner |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in changed.headers.items()}
        inner |= {"REQUEST_METHOD": changed.method, "PATH_INFO": changed.path, "QUERY_STRING": changed.query}
        chunks, status, headers = run_wsgi_app(app, inner, buffered=True)
        given = Answered(
            status=int(status[:3]),
            headers={key.lower(): value for key, value in headers.items()},
            body=b"".join(chunks),
        )
        made = breakage.answer(asked, given)
        lines = [(name, value) for name, value in made.headers.items() if name != "content-length"]
        if made.status not in {204, 304}:
            lines.append(("content-length", str(len(made.body))))
        start_response(f"{made.status} Whatever", lines)
        return [made.body] if asked.method != "HEAD" else []

    return application


def broken_asgi(app: ASGIApp, breakage: Breakage) -> ASGIApp:
    """An ASGI application with a breakage."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        asked = Asked(
            method=scope["method"], path=unquote(scope["path"]), query=scope["query_string"].decode(), headers=headers
        )
        changed = breakage.request(asked)
        lines = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in changed.headers.items()]
        sent: list[Message] = []

        async def keep(message: Message) -> None:
            sent.append(message)

        inner = {
            **scope,
            "method": changed.method,
            "path": changed.path,
            "raw_path": changed.path.encode(),
            "headers": lines,
        }
        await app({**inner, "query_string": changed.query.encode()}, receive, keep)
        start = next(message for message in sent if message["type"] == "http.response.start")
        given = Answered(
            status=start["status"],
            headers={name.decode("latin-1").lower(): value.decode("latin-1") for name, value in start["headers"]},
            body=b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body"),
        )
        made = breakage.answer(asked, given)
        out = [
            (name.encode(), value.encode("latin-1")) for name, value in made.headers.items() if name != "content-length"
        ]
        if made.status not in {204, 304}:
            out.append((b"content-length", str(len(made.body)).encode()))
        await send({"type": "http.response.start", "status": made.status, "headers": out})
        await send({"type": "http.response.body", "body": made.body})

    return application
