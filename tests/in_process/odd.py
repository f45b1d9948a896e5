"""A WSGI and an ASGI application that tell what reached them, and that answer in every odd way an application can."""

from __future__ import annotations

import asyncio
import gzip
import json
import time
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

ENDLESS = b"x" * 1000


def told(method: str, path: bytes, query: bytes, headers: Iterable[tuple[str, bytes]], body: bytes) -> bytes:
    """What a request was, as JSON; the headers of the connection left out."""
    skipped = {"connection", "host"}
    rows = sorted((name.lower(), value.decode("latin-1")) for name, value in headers if name.lower() not in skipped)
    said = {
        "method": method,
        "path": path.decode("latin-1"),
        "query": query.decode("latin-1"),
        "headers": rows,
        "body": body.decode("latin-1"),
    }
    return json.dumps(said).encode()


def wsgi(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The WSGI one."""
    path = environ["PATH_INFO"].encode("latin-1")
    answers = {
        b"/gzip": ("200 OK", [("Content-Encoding", "gzip")], [gzip.compress(b"hello")]),
        b"/empty": ("204 No Content", [], [b"not to be read"]),
        b"/twice": ("200 OK", [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")], [b"", b"ab", b"cd"]),
        b"/line-end": ("200 OK", [("X-Broken", "a\r\nb")], [b""]),
    }
    if path == b"/crash":
        raise LookupError("no such row")
    if path == b"/slow":
        time.sleep(2)
    if path == b"/endless":
        start_response("200 OK", [])
        return iter(lambda: ENDLESS, b"")
    if path in answers:
        status, headers, body = answers[path]
        start_response(status, headers)
        return body
    names = {"CONTENT_TYPE": "content-type", "CONTENT_LENGTH": "content-length"}
    lines = [
        (names.get(name, name.removeprefix("HTTP_").replace("_", "-")), value.encode("latin-1"))
        for name, value in environ.items()
        if name.startswith("HTTP_") or (name in names and value)
    ]
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body = environ["wsgi.input"].read(length)
    said = told(environ["REQUEST_METHOD"], path, environ["QUERY_STRING"].encode("latin-1"), lines, body)
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(said)))])
    return [said]


class Asgi:
    """The ASGI one; it answers only between its start and its end.

    Attributes:
        life: What its lifespan went through.
    """

    def __init__(self, *, refuses: bool = False) -> None:
        self.life: list[str] = []
        self._refuses = refuses

    async def __call__(
        self, scope: MutableMapping[str, Any], receive: Callable[[], Awaitable[Any]], send: Send
    ) -> None:
        """The entry point."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        assert self.life == ["startup"]
        path = scope["path"].encode()
        if path == b"/crash":
            raise LookupError("no such row")
        if path == b"/silent":
            return
        if path == b"/slow":
            await asyncio.sleep(2)
        if path == b"/endless":
            await self._start(send, 200)
            while True:
                await send({"type": "http.response.body", "body": ENDLESS, "more_body": True})
        if path == b"/half":
            await self._start(send, 200)
            await send({"type": "http.response.body", "body": b"half", "more_body": True})
            raise LookupError("no such row")
        await self._answer(path, scope, (await receive())["body"], send)

    async def _answer(self, path: bytes, scope: MutableMapping[str, Any], body: bytes, send: Send) -> None:
        answers: dict[bytes, tuple[int, list[tuple[bytes, bytes]], list[bytes]]] = {
            b"/gzip": (200, [(b"content-encoding", b"gzip")], [gzip.compress(b"hello")]),
            b"/empty": (204, [], [b""]),
            b"/twice": (200, [(b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")], [b"", b"ab", b"cd"]),
        }
        headers = [(name.decode(), value) for name, value in scope["headers"]]
        said = told(scope["method"], path, scope["query_string"], headers, body)
        known = (200, [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(said))], [said])
        status, lines, pieces = answers.get(path, known)
        await self._start(send, status, *lines)
        for piece in pieces[:-1]:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": pieces[-1]})

    async def _start(self, send: Send, status: int, *headers: tuple[bytes, bytes]) -> None:
        await send({"type": "http.response.start", "status": status, "headers": list(headers)})

    async def _live(self, receive: Callable[[], Awaitable[Any]], send: Send) -> None:
        await receive()
        if self._refuses:
            await send({"type": "lifespan.startup.failed", "message": "no database"})
            return
        self.life.append("startup")
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.life.append("shutdown")
        await send({"type": "lifespan.shutdown.complete"})


async def without_lifespan(scope: dict[str, Any], receive: Any, send: Send) -> None:
    """An application that knows requests only."""
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"here"})
