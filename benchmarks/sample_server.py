"""Serves the made-up API of `sample`: `python -m benchmarks.sample_server VERSIONS [--latency SECONDS] [--renamed]`.

One process, one thread, one small asyncio protocol and no framework, so that it answers several times as fast as any client here
asks. Bodies and parameters are held to the contract by compiled validators. It prints its URL, ends with its standard input, and
says at `/count` how many requests it answered beside those, and how many of its operations, of all versions, were asked.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
from collections.abc import Callable
from functools import cache
from typing import Any, Protocol
from urllib.parse import parse_qs

import jsonschema_rs

from benchmarks.sample import LONGEST, THINGS, body_schema, place

_REASONS = {
    200: "OK",
    201: "Created",
    204: "No Content",
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    410: "Gone",
}
_LIMIT = 100
_NO_CONTENT = 204
_LAST_CHUNK = b"0\r\n\r\n"


class Service:
    """What answers; the number of answers is all it remembers."""

    def __init__(self, versions: int, latency: float, *, renamed: bool = False) -> None:
        self.latency = latency
        self._renamed = renamed
        self._versions = {f"v{number}": number for number in range(1, versions + 1)}
        self.count = 0
        self._asked: set[tuple[str, str, str]] = set()

    def answer(self, method: str, target: str, media_type: str, body: bytes) -> bytes:
        """The whole answer to one request, as it goes on the wire."""
        path, _, query = target.partition("?")
        if path == "/count":
            return written(200, {"count": self.count, "operations": len(self._asked)})
        self.count += 1
        parts = path.split("/")
        if len(parts) not in {3, 4} or parts[1] not in self._versions or not re.fullmatch("[rs][0-9]{1,4}", parts[2]):
            return written(404, {"code": "no_route"})
        version, number = self._versions[parts[1]], int(parts[2][1:])
        if self._renamed and version == 1:
            return written(410, {"code": "gone"})
        if f"/{parts[2]}" != place(number, version, renamed=self._renamed):
            return written(404, {"code": "no_route"})
        member = len(parts) > len(("", "v1", "r1"))
        if method in ("GET", "PUT", "DELETE") if member else method in ("GET", "POST"):
            self._asked.add((f"{method} member" if member else method, parts[1], parts[2]))
        if not member:
            return self._collection(method, version, number, query, media_type, body)
        return self._member(method, version, number, parts[3], media_type, body)

    def _collection(self, method: str, version: int, number: int, query: str, media_type: str, body: bytes) -> bytes:
        if method == "GET":
            items = [_thing(version, number, each) for each in (1, 2)]
            return written(200, {"items": items}) if _query_fits(number, query) else written(400, {"code": "bad_query"})
        if method == "POST":
            fine = _body_fits(version, number, media_type, body)
            return written(201, _thing(version, number, 1)) if fine else written(400, {"code": "bad_body"})
        return written(405, {"code": "bad_method"})

    def _member(self, method: str, version: int, number: int, text: str, media_type: str, body: bytes) -> bytes:
        if not re.fullmatch("0*[1-9][0-9]{0,99}", text):
            return written(400, {"code": "bad_id"})
        if method == "PUT" and not _body_fits(version, number, media_type, body):
            return written(400, {"code": "bad_body"})
        if int(text) > THINGS:
            return written(404, {"code": "not_there"})
        if method in {"GET", "PUT"}:
            return written(200, _thing(version, number, int(text)))
        return written(204, None) if method == "DELETE" else written(405, {"code": "bad_method"})


def _thing(version: int, number: int, identifier: int) -> dict[str, Any]:
    made = {"id": identifier, "name": "a thing", "number": number}
    return made | {f"since{each}": each for each in range(2, version + 1)}


@cache
def _validator(number: int, version: int) -> Callable[[Any], bool]:
    held: Callable[[Any], bool] = jsonschema_rs.validator_for(body_schema(number, version)).is_valid
    return held


def _body_fits(version: int, number: int, media_type: str, body: bytes) -> bool:
    try:
        return media_type.startswith("application/json") and _validator(number, version)(json.loads(body))
    except ValueError:
        return False


def _query_fits(number: int, query: str) -> bool:
    if not query:
        return True
    given = parse_qs(query, keep_blank_values=True)
    limits = given.get("limit", [])
    return (
        all(len(values) == 1 for name, values in given.items() if name in {"limit", "q", f"sort{number}"})
        and all(text.isascii() and text.isdigit() and 1 <= int(text) <= _LIMIT for text in limits)
        and all(len(text) <= LONGEST + number for text in given.get("q", []))
        and all(text in {"name", "price"} for text in given.get(f"sort{number}", []))
    )


def written(status: int, value: Any) -> bytes:
    """An answer as it goes on the wire."""
    body = b"" if value is None else json.dumps(value).encode()
    head = f"HTTP/1.1 {status} {_REASONS.get(status, 'Done')}\r\n"
    if value is not None:
        head += "Content-Type: application/json\r\n"
    if status != _NO_CONTENT:
        head += f"Content-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


class Answering(Protocol):
    """What answers."""

    latency: float

    def answer(self, method: str, target: str, media_type: str, body: bytes, /) -> bytes:
        """The whole answer to one request, as it goes on the wire."""


class Connection(asyncio.Protocol):
    """One connection: requests come one after the other, bodies by their length."""

    def __init__(self, service: Answering) -> None:
        self._service = service
        self._buffer = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where answers go."""
        if isinstance(transport, asyncio.WriteTransport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer what is there whole."""
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            line, *lines = self._buffer[:end].decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in lines)}
            stop = end + 4 + int(headers.get("content-length", 0))
            if "chunked" in headers.get("transfer-encoding", ""):  # what requests makes of a body of no bytes
                last = self._buffer.find(_LAST_CHUNK, end + 4)
                stop = last + len(_LAST_CHUNK) if last >= 0 else len(self._buffer) + 1
            if len(self._buffer) < stop:
                return
            body, self._buffer = self._buffer[end + 4 : stop], self._buffer[stop:]
            method, target, _ = line.split(" ", 2)
            answer = self._service.answer(method, target, headers.get("content-type", ""), body)
            if method == "HEAD":  # RFC 9110 §9.3.2
                answer = answer[: answer.index(b"\r\n\r\n") + 4]
            if self._service.latency:
                asyncio.get_running_loop().call_later(self._service.latency, self._send, answer)
            else:
                self._send(answer)

    def _send(self, answer: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(answer)


async def serve(service: Answering) -> None:
    """Serve at a free port, whose URL is printed, until standard input ends."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(service), "127.0.0.1", 0)
    sys.stdout.write(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await loop.run_in_executor(None, sys.stdin.read)


def main() -> None:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sample_server")
    parser.add_argument("versions", type=int, help="how many versions it has")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument(
        "--renamed", action="store_true", help="the first version is sunset, and some paths are renamed"
    )
    given = parser.parse_args()
    asyncio.run(serve(Service(given.versions, given.latency, renamed=given.renamed)))


if __name__ == "__main__":
    main()
