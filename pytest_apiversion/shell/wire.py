"""One request over one connection: what goes out exactly, and what came back, bounded in time and size.

Built on the adapter of requests, below its `Session`: a session follows `Location` far enough to read the whole body of
a redirect, keeps cookies, and merges headers of the same name. The classes here stand where urllib3 lets a pool choose
its connection class; nothing of either library is replaced.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from email.errors import FirstHeaderLineIsContinuationDefect, MalformedHeaderDefect, MissingHeaderBodySeparatorDefect
from functools import cache
from importlib.metadata import version
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.exceptions import RequestException
from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool
from urllib3._collections import HTTPHeaderDict
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ReadTimeoutError

from pytest_apiversion.core.exchange import NoAnswer, NoAnswerKind, Pairs, Request, Response
from pytest_apiversion.shell.address import Address
from pytest_apiversion.shell.deadline import Deadline, Watchdog
from pytest_apiversion.shell.inflate import CHUNK, Undecodable, codings, inflate

LONGEST_CONNECT = 5.0
"""Seconds a connection may take to be made, however long a request may."""

_BODILESS = frozenset({"GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "CONNECT"})
"""Methods that go without `Content-Length: 0` when they have no body."""

_BROKEN_HEADERS = (FirstHeaderLineIsContinuationDefect, MalformedHeaderDefect, MissingHeaderBodySeparatorDefect)


class CannotConnect(Exception):
    """No connection could be made; the message is the reason.

    Attributes:
        late: Whether it merely took too long.
    """

    def __init__(self, reason: str, *, late: bool = False) -> None:
        super().__init__(reason)
        self.late = late


class _TooMuch(Exception):
    """More bytes came than will be read."""


class _Stale(Exception):
    """A kept connection turned out to be closed before one byte of answer came."""


class _Malformed(http.client.HTTPException):
    """The head of the answer is not HTTP; the message completes a sentence about it."""


class _Flight:
    """What is known of the request this thread is sending.

    Attributes:
        target: What the request line shall hold.
        deadline: When it must be over.
        allowed: Bytes of answer that will be read off the wire at most.
        reused: Whether it went over a kept connection.
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
        self.reused = False
        self.sent_at: float | None = None
        self.answered = False
        self.ended = False
        self.headers: Pairs | None = None
        self.received = 0
        self.error: BaseException | None = None


class _Here(threading.local):
    """The flight of each thread: urllib3 makes the connections, so this is how they learn of it."""

    flight: _Flight


_HERE = _Here()


class _Counted(io.RawIOBase):
    """The bytes of an answer, counted: header, chunk-size and trailer lines have no end of their own."""

    def __init__(self, raw: Any, flight: _Flight) -> None:
        self._raw = raw
        self._flight = flight

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        count: int | None = self._raw.readinto(buffer)
        if count is not None:
            self._flight.allowed -= count
            self._flight.ended = count == 0
            if self._flight.allowed < 0:
                raise _TooMuch
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Answer(http.client.HTTPResponse):
    """An answer whose head is read strictly: a torn or malformed header would otherwise be dropped in silence."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self._flight = _HERE.flight
        self.fp = io.BufferedReader(_Counted(self.fp.detach(), self._flight))

    def begin(self) -> None:
        """Read up to the end of the headers of the final answer (RFC 9110 §15.2: any number of interim ones first)."""
        self._flight.answered = bool(self.fp.peek(1))
        super().begin()
        while http.client.SWITCHING_PROTOCOLS < self.status < http.client.OK:
            self.headers = self.msg = None  # type: ignore[assignment]
            super().begin()
        if self._flight.ended:
            raise _Malformed("the connection was closed amid the headers")
        if any(isinstance(defect, _BROKEN_HEADERS) for defect in self.msg.defects):
            raise _Malformed("a header line has no colon")
        self._flight.headers = tuple((name, _decoded(value)) for name, value in self.msg.items())


class _Connection(HTTPConnection):
    """A connection that holds itself to the deadline of the flight and writes its target unchanged."""

    response_class = _Answer

    def _new_conn(self) -> socket.socket:
        sock = super()._new_conn()
        _HERE.flight.deadline.guard(sock)
        return sock

    def connect(self) -> None:
        """Connect, and shake hands where there is TLS; tells failures apart from those of an exchange."""
        try:
            super().connect()
        except Exception as error:
            late = _HERE.flight.deadline.expired or any(isinstance(e, TimeoutError) for e in _chain(error))
            raise CannotConnect(_why(error, late=late), late=late) from error

    def putrequest(self, method: str, url: str, *args: Any, **kwargs: Any) -> None:
        """Begin the request; `url` is what urllib3 made of the target."""
        flight = _HERE.flight
        flight.reused = self.sock is not None
        if self.sock is None:
            self.connect()
        flight.deadline.guard(self.sock)
        flight.sent_at = time.monotonic()
        super().putrequest(method, flight.target, *args, **kwargs)

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # urllib3 changed the signature first
        """Read the head of the answer."""
        try:
            return super().getresponse()
        except Exception as error:
            _HERE.flight.error = error
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


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}

    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:
        """The raw response alone: no cookies, no guesses about encodings."""
        response = requests.Response()
        response.raw = resp
        return response


class Wire:
    """The connections of one thread to one address.

    Args:
        address: Where to.
        timeout: Seconds from the first byte sent to the last byte read.
        max_body: Bytes of decoded body that are read.
        verify: Whether certificates are verified, or the path of the authorities to verify them by.
        watchdog: Holds the deadlines.
    """

    def __init__(self, address: Address, *, timeout: float, max_body: int, verify: bool | str, watchdog: Watchdog) -> None:
        self._address = address
        self._timeout = timeout
        self._max_body = max_body
        self._verify = verify
        self._watchdog = watchdog
        self._adapter = _Adapter(pool_connections=1, pool_maxsize=1, max_retries=0)

    def close(self) -> None:
        """Close the kept connection."""
        self._adapter.close()

    def exchange(self, request: Request) -> Response | NoAnswer:
        """Send one request and read its answer.

        Raises:
            CannotConnect: There is no connection to send it over.
            ToolError: It cannot be written as HTTP.
        """
        try:
            return self._attempt(request)
        except _Stale:
            return self._attempt(request)

    def _attempt(self, request: Request) -> Response | NoAnswer:
        deadline = self._watchdog.deadline(self._timeout)
        flight = _Flight(self._address.target(request), deadline, 8 * self._max_body + 2**20)
        _HERE.flight = flight
        raw: HTTPResponse | None = None
        whole = False
        try:
            prepared = self._prepared(request)
            limits = (min(self._timeout, LONGEST_CONNECT), self._timeout)
            raw = self._adapter.send(prepared, stream=True, timeout=limits, verify=self._verify).raw
            body = self._read(raw, flight)
            deadline.release()
            if deadline.expired:
                return self._late(flight)
            whole = True
            elapsed = time.monotonic() - (flight.sent_at or 0.0)
            return Response(status=raw.status, headers=flight.headers or (), body=body, elapsed=elapsed)
        except _TooMuch:
            return NoAnswer(kind=NoAnswerKind.TOO_LARGE, detail=f"the answer is longer than {self._max_body} bytes")
        except (RequestException, HTTPError, http.client.HTTPException, OSError, Undecodable) as error:
            return self._excuse(flight, error, raw)
        finally:
            deadline.release()
            if raw is not None and not whole:
                raw.close()
            if raw is not None:
                raw.release_conn()

    def _prepared(self, request: Request) -> requests.PreparedRequest:
        prepared = requests.PreparedRequest()
        prepared.method = request.method
        prepared.url = f"{self._address.origin}/"
        prepared.body = request.body
        prepared.headers = HTTPHeaderDict()  # type: ignore[assignment]  # which, unlike theirs, can hold a name twice
        for name, value in sent_headers(request):
            prepared.headers.add(name, value.encode().decode("latin-1"))  # type: ignore[attr-defined]
        return prepared

    def _read(self, raw: HTTPResponse, flight: _Flight) -> bytes:
        pieces = []
        encoded = codings(raw.headers.get("content-encoding"))
        for piece in inflate(raw.stream(CHUNK, decode_content=False), encoded):
            flight.received += len(piece)
            if flight.received > self._max_body:
                raise _TooMuch
            pieces.append(piece)
        if raw.length_remaining:
            raise http.client.IncompleteRead(b"")
        return b"".join(pieces)

    def _late(self, flight: _Flight) -> NoAnswer:
        within = f"within {self._timeout:g} s"
        if not flight.answered:
            detail = f"no answer {within}"
        elif flight.headers is None:
            detail = f"the headers were not complete {within}"
        else:
            detail = f"the body was not complete {within}, {flight.received} bytes of it had come"
        return NoAnswer(kind=NoAnswerKind.TIMEOUT, detail=detail)

    def _excuse(self, flight: _Flight, error: Exception, raw: HTTPResponse | None) -> NoAnswer:
        """Why there is no answer, in words of our own: theirs name objects and addresses of this process."""
        causes = [*_chain(flight.error), *_chain(error)]
        if flight.sent_at is None:
            raise CannotConnect(_why(error, late=False)) from error
        if flight.deadline.expired or any(isinstance(cause, TimeoutError | ReadTimeoutError) for cause in causes):
            return self._late(flight)
        reset = any(isinstance(cause, ConnectionResetError | ConnectionAbortedError) for cause in causes)
        how = "reset" if reset else "closed"
        if not flight.answered:
            if flight.reused:
                raise _Stale from error
            return NoAnswer(kind=NoAnswerKind.CLOSED, detail=f"the connection was {how} without an answer")
        if flight.headers is None:
            detail = _bad_head(causes, how)
        elif isinstance(error, Undecodable):
            detail = str(error)
        elif reset or flight.ended or raw is None or not raw.chunked:
            detail = f"the connection was {how} amid the body, after {flight.received} bytes of it"
        else:
            detail = f"the chunked body is malformed after {flight.received} bytes of it"
        return NoAnswer(kind=NoAnswerKind.BROKEN, detail=detail)


def sent_headers(request: Request) -> Pairs:
    """Every header that goes out with a request, in order: ours where it has none of that name, then its own."""
    own = {name.lower() for name, _ in request.headers}
    ours = [] if request.host is None else [("Host", request.host)]
    ours += [pair for pair in (("User-Agent", user_agent()), ("Accept-Encoding", "gzip, deflate"), ("Accept", "*/*"))
             if pair[0].lower() not in own]
    tail = []
    if not own & {"content-length", "transfer-encoding"} and (request.body is not None or request.method not in _BODILESS):
        tail.append(("Content-Length", str(len(request.body or b""))))
    return (*ours, *request.headers, *tail)


@cache
def user_agent() -> str:
    """How this tool names itself."""
    return f"pytest-apiversion/{version('pytest-apiversion')}"


def _decoded(value: str) -> str:
    """A header value as text: UTF-8 where it is, since that is how values are sent, else Latin-1."""
    with contextlib.suppress(UnicodeError):
        return value.encode("latin-1").decode()
    return value


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and all that led to it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _bad_head(causes: list[BaseException], how: str) -> str:
    """What is wrong with the status line or the headers."""
    for cause in causes:
        if isinstance(cause, _Malformed):
            return str(cause)
        if isinstance(cause, http.client.BadStatusLine):
            return f"the status line is not HTTP: {str(cause).strip()[:40]!a}"
        if isinstance(cause, http.client.UnknownProtocol):
            return f"the status line names a protocol that is not HTTP/1: {str(cause)[:20]!a}"
        if isinstance(cause, http.client.LineTooLong):
            return "a line of its head is longer than 65536 bytes"
        if isinstance(cause, OSError):
            return f"the connection was {how} amid the headers"
    return "it has more than 100 header lines" if any("headers" in str(c) for c in causes) else "its head is malformed"


def _why(error: Exception, *, late: bool) -> str:
    """Why no connection was made, on one line."""
    for cause in _chain(error):
        if isinstance(cause, ssl.SSLError) and not late:
            reason = getattr(cause, "verify_message", "") or (cause.reason or "handshake failed").replace("_", " ").lower()
            return f"TLS failed: {reason}"
        if isinstance(cause, socket.gaierror):
            return "its host name is unknown"
        if isinstance(cause, OSError) and cause.strerror and not late:
            return cause.strerror.lower()
    return "no connection in time" if late else "no connection could be made"
