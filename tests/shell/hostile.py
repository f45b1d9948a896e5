"""Servers on raw sockets that do what no framework lets a server do, and one that writes down what it is sent.

`with hostile("drips-body") as base_url:` answers every request in one bad way; `KINDS` names them all. `with
serving(behaviour) as server:` takes any function of a `Peer`, and `server.requests` holds the bytes that came.
"""

from __future__ import annotations

import contextlib
import gzip
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

BEAT = 0.1
"""Seconds between two drops of a server that drips."""

_LENGTH = re.compile(rb"^content-length: *(\d+)", re.IGNORECASE | re.MULTILINE)
_CHUNKED = re.compile(rb"^transfer-encoding: *chunked", re.IGNORECASE | re.MULTILINE)


def reply(body: bytes = b"{}", *headers: str, status: str = "200 OK") -> bytes:
    """A good answer, as bytes."""
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/json", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


@dataclass
class Peer:
    """One connection, from the server's side."""

    server: Server
    sock: socket.socket
    rest: bytes = b""

    def read(self) -> bytes:
        """One request, head and body; empty when the client is done."""
        while b"\r\n\r\n" not in self.rest:
            if not self._more():
                return b""
        head, _, self.rest = self.rest.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        size = int(length.group(1)) if length else 0
        while len(self.rest) < size or (_CHUNKED.search(head) and not self.rest.endswith(b"0\r\n\r\n")):
            if not self._more():
                return b""
        size = len(self.rest) if _CHUNKED.search(head) else size
        body, self.rest = self.rest[:size], self.rest[size:]
        whole = head + b"\r\n\r\n" + body
        self.server.requests.append(whole)
        return whole

    def _more(self) -> bool:
        found = self.sock.recv(65536)
        self.rest += found
        return bool(found)

    def drip(self, data: bytes) -> None:
        """Send a byte a beat."""
        for byte in data:
            self.sock.sendall(bytes([byte]))
            if self.server.stopping.wait(BEAT):
                return

    def pour(self, data: bytes) -> None:
        """Send the same bytes for ever."""
        while not self.server.stopping.is_set():
            self.sock.sendall(data)

    def wait(self) -> None:
        """Do nothing until the server is stopped."""
        self.server.stopping.wait()

    def reset(self) -> None:
        """Close without the courtesy of a FIN."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()


Behaviour = Callable[[Peer], object]
"""Deals with one connection; the connection is closed when it returns."""


@dataclass
class Server:
    """A listening socket and what came through it.

    Attributes:
        behaviour: What is done with each connection.
        port: Where to listen; 0 for any free port.
        base_url: Where it listens.
        requests: Every request, head and body, as bytes, in the order of their ends.
        connections: How many were accepted.
        stopping: Set when everything shall end.
        sockets: The accepted connections.
        threads: What serves them.
    """

    behaviour: Behaviour
    port: int = 0
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0
    stopping: threading.Event = field(default_factory=threading.Event)
    sockets: list[socket.socket] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", self.port), backlog=64)
        self.base_url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self._start(self._accept)

    def _start(self, work: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=work, args=args, daemon=True)
        self.threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                sock, _ = self.listener.accept()
                self.connections += 1
                self.sockets.append(sock)
                self._start(self._serve, sock)

    def _serve(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError), sock:
            self.behaviour(Peer(self, sock))

    def refuse(self) -> None:
        """Take no more connections."""
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def stop(self) -> None:
        """Close everything and wait for the threads."""
        self.stopping.set()
        self.refuse()
        for sock in self.sockets:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self.threads:
            thread.join(5)


@contextlib.contextmanager
def serving(behaviour: Behaviour, port: int = 0) -> Iterator[Server]:
    """A server that treats every connection so, at a free port or the one named."""
    server = Server(behaviour, port)
    try:
        yield server
    finally:
        server.stop()


@contextlib.contextmanager
def hostile(kind: str) -> Iterator[str]:
    """A server that answers every request in the bad way of this name; gives its base URL."""
    if kind.endswith("zip-bomb"):
        _bomb(2)  # not while a client is waiting for it
    with serving(KINDS[kind]) as server:
        yield server.base_url


@contextlib.contextmanager
def refusing() -> Iterator[str]:
    """A base URL at which nothing listens, for as long as the context lasts."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"


def answering(*replies: bytes) -> Behaviour:
    """Keeps connections and gives these replies in turn, over all connections; the last one again and again."""
    given = 0

    def behave(peer: Peer) -> None:
        nonlocal given
        while peer.read():
            given += 1
            peer.sock.sendall(replies[min(given, len(replies)) - 1])

    return behave


def _then(start: bytes, *acts: Callable[[Peer], object]) -> Behaviour:
    """Reads a request, sends a start, and goes on as said."""

    def behave(peer: Peer) -> None:
        if peer.read():
            peer.sock.sendall(start)
            for act in acts:
                act(peer)

    return behave


def _nothing(peer: Peer) -> None:
    """Closes before a byte was read."""


def _dies(peer: Peer) -> None:
    """Answers three requests, one a connection, and those that were on their way; then it is gone."""
    if len(peer.server.requests) >= 2:
        peer.server.refuse()
    peer.read()
    peer.sock.sendall(reply(b"{}", "Connection: close"))


@cache
def _bomb(times: int) -> bytes:
    return gzip.compress(_bomb(times - 1), 1) if times else bytes(50_000_000)


def _zip_bomb(times: int) -> Behaviour:
    coding = f"Content-Encoding: {', '.join(['gzip'] * times)}"

    def behave(peer: Peer) -> None:
        peer.read()
        peer.sock.sendall(reply(_bomb(times), coding))

    return behave


_CHUNKS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
_OPEN = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
_OF_1000 = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"

KINDS: dict[str, Behaviour] = {
    # never in time
    "hangs": _then(b"", Peer.wait),
    "drips-status": _then(b"", lambda peer: peer.drip(reply())),
    "drips-headers": _then(b"HTTP/1.1 200 OK\r\n", lambda peer: peer.drip(b"X-Filler: " + b"x" * 1000)),
    "drips-body": _then(_OF_1000, lambda peer: peer.drip(b"x" * 1000)),
    "drips-open-body": _then(_OPEN, lambda peer: peer.drip(b"x" * 1000)),
    "drips-chunks": _then(_CHUNKS, lambda peer: peer.drip(b"1\r\nx\r\n" * 200)),
    "drips-interim": _then(b"", lambda peer: peer.drip(b"HTTP/1.1 100 Continue\r\n\r\n" * 40)),
    "stalls-amid-body": _then(_OF_1000 + b"x" * 10, Peer.wait),
    # no answer
    "closes": _then(b""),
    "closes-at-once": _nothing,
    "resets": _then(b"", Peer.reset),
    # not an answer
    "garbage": _then(b"220 mail.example.org ESMTP\r\n\r\n"),
    "other-protocol": _then(b"HTTP/3.0 200 OK\r\n\r\n"),
    "no-status": _then(b"HTTP/1.1 fine\r\n\r\n"),
    "truncated": _then(_OF_1000 + b"x" * 10),
    "truncated-headers": _then(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-A: b"),
    "resets-amid-headers": _then(b"HTTP/1.1 200 OK\r\nX-A: b\r\n", lambda peer: peer.drip(b"X"), Peer.reset),
    "resets-amid-body": _then(_OF_1000 + b"x" * 10, lambda peer: peer.drip(b"x"), Peer.reset),
    "no-colon": _then(b"HTTP/1.1 200 OK\r\nContent-Length 2\r\nX-A: b\r\n\r\n{}"),
    "two-lengths": _then(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
    "long-header": _then(b"HTTP/1.1 200 OK\r\nX-A: " + b"b" * 70_000 + b"\r\n\r\n"),
    "many-headers": _then(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 200 + b"\r\n"),
    "bad-chunks": _then(_CHUNKS + b"2\r\n{}\r\nzz\r\n", Peer.wait),
    "truncated-chunks": _then(_CHUNKS + b"2\r\n{}\r\nff\r\n{"),
    "bad-gzip": _then(reply(b"this is not gzip", "Content-Encoding: gzip")),
    "truncated-gzip": _then(reply(gzip.compress(b"{}" * 99)[:-12], "Content-Encoding: gzip")),
    "other-coding": _then(reply(b"\x0b\x02\x80{}\x03", "Content-Encoding: br")),
    "many-codings": _then(reply(b"{}", "Content-Encoding: gzip, gzip, gzip, gzip, gzip")),
    # too much
    "50mb": _then(reply(bytes(50_000_000))),
    "zip-bomb": _zip_bomb(1),
    "nested-zip-bomb": _zip_bomb(2),
    "endless": _then(_OPEN, lambda peer: peer.pour(b"x" * 65536)),
    "endless-chunks": _then(_CHUNKS, lambda peer: peer.pour(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")),
    "endless-chunk-line": _then(_CHUNKS, lambda peer: peer.pour(b"0" * 65536)),
    "endless-trailers": _then(_CHUNKS + b"0\r\n", lambda peer: peer.pour(b"x" * 65536)),
    "endless-interim": _then(
        b"", lambda peer: peer.pour(b"HTTP/1.1 100 Continue\r\nX-A: " + b"x" * 2000 + b"\r\n\r\n")
    ),
    # rude, but within the rules
    "dies": _dies,
    "redirects": answering(reply(b"{}", "Location: /elsewhere", status="302 Found")),
    "busy": answering(reply(b"{}", "Retry-After: 0", status="429 Too Many Requests")),
    "busy-for-long": answering(reply(b"{}", "Retry-After: 86400", status="503 Service Unavailable")),
    "forgets": _then(reply()),
}
"""Name -> what a server of that kind does with a connection."""
