"""Connections that keep to a deadline, count what they read, and send a target unchanged.

The classes here stand where urllib3 lets a pool choose its connection class and http.client its response class; nothing of
either is replaced. What they must know of the request at hand they find in `HERE`, since urllib3 makes them itself.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from email.errors import FirstHeaderLineIsContinuationDefect, MalformedHeaderDefect, MissingHeaderBodySeparatorDefect
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from pytest_apiversion.core.exchange import Pairs
from pytest_apiversion.shell.deadline import Deadline

_FOLD = re.compile(r"[ \t]*\r?\n[ \t]+")
"""How old servers broke long header values (RFC 9112 §5.2)."""

_DIGITS = re.compile(r"[0-9]+")

_BROKEN_HEADERS = (FirstHeaderLineIsContinuationDefect, MalformedHeaderDefect, MissingHeaderBodySeparatorDefect)


class CannotConnectError(Exception):
    """No connection could be made; the message is the reason.

    Attributes:
        late: Whether it merely took too long.
    """

    def __init__(self, reason: str, *, late: bool = False) -> None:
        super().__init__(reason)
        self.late = late


class TooMuchError(Exception):
    """More bytes came than will be read."""


class MalformedError(http.client.HTTPException):
    """The head of the answer is not HTTP; the message completes a sentence about it."""


class Flight:
    """What is known of the request this thread is sending.

    Attributes:
        target: What the request line shall hold.
        deadline: When it must be over.
        allowed: Bytes of answer that will be read off the wire at most.
        reused: Whether it goes over a kept connection; no longer once one was made for it.
        sent_at: When sending began, on the monotonic clock; None before.
        answered: Whether a first byte came.
        ended: Whether the other end finished sending.
        headers: The headers, once complete.
        received: Bytes of body so far, decoded.
        error: What went wrong while the head was read.
    """

    def __init__(self, target: str, deadline: Deadline, allowed: int) -> None:
        self.target = target
        self.deadline = deadline
        self.allowed = allowed
        self.reused = True
        self.sent_at: float | None = None
        self.answered = False
        self.ended = False
        self.headers: Pairs | None = None
        self.received = 0
        self.error: BaseException | None = None


class _Here(threading.local):
    """The flight of each thread: urllib3 makes the connections, so this is how they learn of it."""

    flight: Flight


HERE = _Here()


class _Counted(io.RawIOBase):
    """The bytes of an answer, counted: header, chunk-size and trailer lines have no end of their own."""

    def __init__(self, raw: Any, flight: Flight) -> None:
        self._raw = raw
        self._flight = flight

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count: int = self._raw.readinto(buffer)  # never None: the socket blocks
        self._flight.allowed -= count
        self._flight.ended = count == 0
        if self._flight.allowed < 0:
            raise TooMuchError
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Answer(http.client.HTTPResponse):
    """An answer whose head is read strictly: a torn or malformed header would otherwise be dropped in silence."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self._flight = HERE.flight
        self._sock = sock
        self.fp = io.BufferedReader(_Counted(self.fp.detach(), self._flight))

    def begin(self) -> None:
        """Read up to the end of the headers of the final answer (RFC 9110 §15.2: any number of interim ones first)."""
        self._flight.answered = bool(self.fp.peek(1))
        with contextlib.suppress(AttributeError, OSError):
            # A server that sends headers and body apart waits in between for an acknowledgement that Linux holds back.
            self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        super().begin()
        while http.client.SWITCHING_PROTOCOLS < self.status < http.client.OK:
            self.headers = self.msg = None  # type: ignore[assignment]
            super().begin()
        if self._flight.ended:
            raise MalformedError("the connection was closed amid the headers")
        if any(isinstance(defect, _BROKEN_HEADERS) for defect in self.msg.defects):
            raise MalformedError("a header line has no colon")
        lengths = {text.strip() for line in self.msg.get_all("content-length", ()) for text in line.split(",")}
        if len(lengths) > 1 or not all(map(_DIGITS.fullmatch, lengths)):  # RFC 9112 §6.3: nobody can tell where it ends
            raise MalformedError(f"its Content-Length is {', '.join(sorted(lengths))[:40]!a}")
        self._flight.headers = tuple((name, _decoded(value)) for name, value in self.msg.items())


class _Connection(HTTPConnection):
    """A connection that holds itself to the deadline of the flight and writes its target unchanged."""

    response_class = _Answer

    def _new_conn(self) -> socket.socket:
        sock = super()._new_conn()
        HERE.flight.reused = False
        HERE.flight.deadline.guard(sock)
        return sock

    def connect(self) -> None:
        """Connect, and shake hands where there is TLS; tells failures apart from those of an exchange."""
        try:
            super().connect()
        except Exception as error:
            late = HERE.flight.deadline.expired or any(isinstance(e, TimeoutError) for e in chain(error))
            raise CannotConnectError(why(error, late=late), late=late) from error

    def putrequest(self, method: str, url: str, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002  see the docstring
        """Begin the request; `url` is what urllib3 made of the target."""
        flight = HERE.flight
        if self.sock is None:
            self.connect()
        flight.deadline.guard(self.sock)
        self.sock.settimeout(flight.deadline.seconds)  # until here it was the time to connect
        flight.sent_at = time.monotonic()
        super().putrequest(method, flight.target, *args, **kwargs)

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # urllib3 changed the signature first
        """Read the head of the answer."""
        try:
            return super().getresponse()
        except Exception as error:
            HERE.flight.error = error
            raise


class _SecureConnection(_Connection, HTTPSConnection):
    """The same over TLS."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection

    def _validate_conn(self, conn: Any) -> None:
        """Connect early, as urllib3 does, without its warning on every request: `verify=False` was somebody's decision."""
        if conn.sock is None:
            conn.connect()


class Adapter(HTTPAdapter):
    """The adapter of requests with these connections, giving the raw response alone."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Let the pools make our connections."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}

    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:  # noqa: ARG002  theirs
        """The raw response alone: no cookies, no guesses about encodings."""
        response = requests.Response()
        response.raw = resp
        return response


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and all that led to it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def why(error: Exception, *, late: bool) -> str:
    """Why no connection was made, on one line."""
    for cause in chain(error):
        if isinstance(cause, ssl.SSLError) and not late:
            reason = (
                getattr(cause, "verify_message", "") or (cause.reason or "handshake failed").replace("_", " ").lower()
            )
            return f"TLS failed: {reason}"
        if isinstance(cause, socket.gaierror):
            return "its host name is unknown"
        if isinstance(cause, OSError) and cause.strerror and not late:
            return cause.strerror.lower()
    return "no connection in time" if late else "no connection could be made"


def _decoded(value: str) -> str:
    """A header value as one line of text: UTF-8 where it is, since that is how values are sent, else Latin-1."""
    value = _FOLD.sub(" ", value).strip(" \t")
    with contextlib.suppress(UnicodeError):
        return value.encode("latin-1").decode()
    return value
