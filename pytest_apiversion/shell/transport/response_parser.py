"""Parses answers as they come off the socket: counted, heads read strictly, and fast where a head is plain.

`http.client` reads answers well, and spends most of its time on a mail parser for their heads, which a plain head does not need.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import re
import socket
from email.errors import (
    FirstHeaderLineIsContinuationDefect,
    InvalidHeaderDefect,
    MalformedHeaderDefect,
    MissingHeaderBodySeparatorDefect,
)
from typing import Any

from pytest_apiversion.core.http.messages import Pairs
from pytest_apiversion.shell.transport.connection_state import peeked
from pytest_apiversion.shell.transport.deadline import Deadline

_FOLD = re.compile(r"(?<![ \t])[ \t]*+\r?\n[ \t]+")
"""How old servers broke long header values (RFC 9112 §5.2)."""

_DIGITS = re.compile(r"[0-9]{1,18}")
"""A length that something can have: Python reads no number of some thousand digits."""

_ALONE = re.compile(rb"\r(?!\n|$)")
"""A carriage return without its line feed: to some readers the end of a line (RFC 9112 §2.2)."""

_CODINGS = (["chunked"], ["identity"])
"""Transfer codings of an answer whose end can be told; others must be asked for (RFC 9112 §7.4)."""

_BROKEN_HEADERS = (
    FirstHeaderLineIsContinuationDefect,
    InvalidHeaderDefect,
    MalformedHeaderDefect,
    MissingHeaderBodySeparatorDefect,
)

_PLAIN = re.compile(
    rb"HTTP/1\.1 ([2-9][0-9][0-9])(?: [ -~\t]*)?((?:\r\n[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t -~]*){0,100})\r\n\r\n"
)
"""A final answer's head of ASCII without a fold: nothing in it can be read in two ways."""

BODILESS = frozenset({http.client.NO_CONTENT, http.client.NOT_MODIFIED})
"""Statuses of answers without a body (RFC 9112 §6.3)."""

MOMENT = 0.002
"""Seconds that are waited for a body where there must be none."""

_INTERIM = 100
"""Interim answers before the final one that are read. RFC 9110 §15.2 allows any number; a hint or a sign of life a second stays below."""

_BUFFER = 16384
"""Bytes read off the wire at once, at most."""


class TooMuchError(Exception):
    """More was read than is wanted."""


class MalformedError(http.client.HTTPException):
    """The head of an answer is malformed; the message completes a sentence about it."""


class Flight:
    """What is known of a request on its way.

    Attributes:
        deadline: When it must be over.
        allowed: Bytes of answer that will be read off the wire at most.
        reused: Whether it goes over a kept connection.
        sent_at: When sending began, on the monotonic clock; None before.
        unsent: Whether the answer came before all of the request was sent, and the rest of that never was.
        answered: Whether a first byte came.
        ended: Whether the other end finished sending.
        headers: The headers, once complete.
        received: Bytes of body so far, decoded.
    """

    def __init__(self, deadline: Deadline, allowed: int) -> None:
        self.deadline = deadline
        self.allowed = allowed
        self.reused = True
        self.sent_at: float | None = None
        self.unsent = False
        self.answered = False
        self.ended = False
        self.headers: Pairs | None = None
        self.received = 0


class _Counted(io.RawIOBase):
    """The bytes of an answer, counted: header, chunk-size and trailer lines have no end of their own."""

    def __init__(self, sock: socket.socket, flight: Flight) -> None:
        self._sock = sock
        self._flight = flight
        self._stopped = False

    def readable(self) -> bool:
        return True

    def stop(self) -> None:
        """Read no more: what is buffered is all there is."""
        self._stopped = True

    def readinto(self, buffer: Any) -> int:
        if self._stopped:
            return 0
        count = self._sock.recv_into(buffer)
        self._flight.allowed -= count
        self._flight.ended = count == 0
        if self._flight.allowed < 0:
            raise TooMuchError
        return count


class _Source:
    """What `http.client` takes for a socket."""

    def __init__(self, sock: socket.socket, flight: Flight) -> None:
        self.counted = _Counted(sock, flight)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """The bytes of the answer."""
        return io.BufferedReader(self.counted, _BUFFER)


class Answer(http.client.HTTPResponse):
    """An answer whose head is read strictly: a torn or malformed header would otherwise be dropped in silence.

    Args:
        sock: Where it comes from.
        flight: The request it is for.
        method: That request's method.

    Attributes:
        alone: Whether a carriage return stands alone in its head.
    """

    chunked: bool

    def __init__(self, sock: socket.socket, flight: Flight, method: str) -> None:
        source = _Source(sock, flight)
        super().__init__(source, method=method)  # type: ignore[arg-type]  # all that is asked of it is there
        self._counted = source.counted
        self._flight = flight
        self._sock = sock
        self._rest = b""
        self._interim = 0
        self.alone = False

    def begin(self) -> None:
        """Read up to the end of the headers of the final answer (RFC 9110 §15.2: interim ones may come first)."""
        peeked = self.fp.peek(1)
        self._flight.answered = bool(peeked)
        plain = _PLAIN.match(peeked)
        begun = plain is not None and self._begun(plain)
        if plain is None or not begun or self.length is None or len(peeked) < plain.end() + self.length:
            with contextlib.suppress(AttributeError, OSError):  # not all of it came at once, or nobody can tell yet:
                # a server that sends headers and body apart waits in between for an acknowledgement that Linux holds back
                self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        if begun:
            return
        self.alone = _ALONE.search(peeked.partition(b"\r\n\r\n")[0]) is not None
        super().begin()
        while http.client.SWITCHING_PROTOCOLS < self.status < http.client.OK:
            self.headers = self.msg = None  # type: ignore[assignment]
            super().begin()
        if self._flight.ended:
            raise MalformedError("the connection was closed amid the headers")
        if any(isinstance(defect, _BROKEN_HEADERS) for defect in self.msg.defects):
            raise MalformedError("a header line has no colon behind its name")
        coded = [text.strip().lower() for line in self.msg.get_all("transfer-encoding", ()) for text in line.split(",")]
        if coded and coded not in _CODINGS:
            raise MalformedError(f"its Transfer-Encoding is {', '.join(coded)[:40]!a}, which was not asked for")
        if coded == ["chunked"] and not self.chunked:  # http.client reads no space behind it
            self.chunked, self.chunk_left, self.length = True, None, None
        lengths = {text.strip() for line in self.msg.get_all("content-length", ()) for text in line.split(",")}
        if len(lengths) > 1 or not all(map(_DIGITS.fullmatch, lengths)):  # RFC 9112 §6.3: nobody can tell where it ends
            raise MalformedError(f"its Content-Length is {', '.join(sorted(lengths))[:40]!a}")
        self._flight.headers = tuple((name, _decoded(value)) for name, value in self.msg.items())

    def _read_status(self) -> tuple[str, int, str]:
        """What http.client calls for each status line, those of interim answers too."""
        found: tuple[str, int, str] = super()._read_status()  # type: ignore[misc]  # http.client's own
        self._interim += found[1] < http.client.OK
        if self._interim > _INTERIM:
            raise MalformedError(f"more than {_INTERIM} interim answers came before it")
        return found

    def _close_conn(self) -> None:
        """What http.client calls when an answer is over: what came behind it is kept."""
        self._keep_rest()
        super()._close_conn()  # type: ignore[misc]  # http.client's own

    def _keep_rest(self) -> None:
        if self.fp is not None:
            self._counted.stop()
            self._rest += self.fp.read()

    def rest(self) -> bytes:
        """The beginning of what came behind the whole answer, which nobody asked for; empty where nothing did.

        To the end of an answer that has no body one may come a moment later: there, and only there, this waits for it.
        """
        self._keep_rest()
        if self._rest or self.will_close:
            return self._rest
        bodiless = self._method == "HEAD" or self.status in BODILESS  # type: ignore[attr-defined]  # http.client's own
        return peeked(self._sock, MOMENT if bodiless else 0.0)

    def _begun(self, plain: re.Match[bytes]) -> bool:
        """Take over a plain head; False, and nothing done, where its framing takes more than one look."""
        pairs = []
        framing: dict[str, str] = {}
        for line in plain[2].decode("ascii").split("\r\n")[1:]:
            name, _, value = line.partition(":")
            value = value.strip(" \t")
            pairs.append((name, value))
            lowered = name.lower()
            if lowered in {"content-length", "transfer-encoding", "connection"}:
                if lowered in framing:
                    return False
                framing[lowered] = value
        length, encoding = framing.get("content-length"), framing.get("transfer-encoding")
        if (length is not None and (not _DIGITS.fullmatch(length) or encoding is not None)) or encoding not in {
            None,
            "chunked",
        }:
            return False
        self.fp.read(plain.end())
        self.version = 11
        self.status = self.code = int(plain[1])
        self.chunked = encoding is not None
        self.chunk_left = None
        empty = self.status in BODILESS or self._method == "HEAD"  # type: ignore[attr-defined]  # http.client's own
        self.length = 0 if empty else None if length is None else int(length)
        ends = "close" in framing.get("connection", "").lower()
        self.will_close = ends or (not self.chunked and self.length is None)
        self._flight.headers = tuple(pairs)
        return True


def _decoded(value: str) -> str:
    """A header value as one line of text: UTF-8 where it is, since that is how values are sent, else Latin-1."""
    value = _FOLD.sub(" ", value).strip(" \t")
    with contextlib.suppress(UnicodeError):
        return value.encode("latin-1").decode()
    return value
