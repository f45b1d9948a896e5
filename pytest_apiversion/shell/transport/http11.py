"""One HTTP/1.1 request and its answer, written and read exactly, bounded in time and size."""

from __future__ import annotations

import http.client
import ssl
import time
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version

from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind, Pairs, Request, Response
from pytest_apiversion.shell.transport.anomalies import anomalies
from pytest_apiversion.shell.transport.base_url import Address
from pytest_apiversion.shell.transport.certificates import Trust, refused
from pytest_apiversion.shell.transport.connection import CannotConnectError, Line, chain, why
from pytest_apiversion.shell.transport.content_coding import CHUNK, UndecodableError, codings, inflate
from pytest_apiversion.shell.transport.deadline import Watchdog
from pytest_apiversion.shell.transport.proxies import Proxy
from pytest_apiversion.shell.transport.response_parser import Answer, Flight, MalformedError, TooMuchError

LONGEST_CONNECT = 5.0
"""Seconds a connection may take to be made, however long a request may."""

_BODILESS = frozenset({"GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "CONNECT"})
"""Methods that go without `Content-Length: 0` when they have no body."""


class _StaleError(Exception):
    """A kept connection turned out to be closed before one byte of answer came."""


class Wire:
    """The connection of one thread to one address.

    Args:
        address: Where to.
        timeout: Seconds from the first byte sent to the last byte read.
        max_body: Bytes of decoded body that are read.
        trust: The certificates to be trusted.
        proxy: Through which it is asked, if any.
        watchdog: Holds the deadlines.
    """

    def __init__(
        self,
        address: Address,
        *,
        timeout: float,
        max_body: int,
        trust: Trust,
        watchdog: Watchdog,
        proxy: Proxy | None = None,
    ) -> None:
        self._address = address
        self._timeout = timeout
        self._max_body = max_body
        self._watchdog = watchdog
        self._line = Line(address.origin, seconds=min(timeout, LONGEST_CONNECT), trust=trust, proxy=proxy)
        self._proxy = proxy

    def close(self) -> None:
        """Close the kept connection."""
        self._line.close()

    def exchange(self, request: Request) -> Response | NoAnswer:
        """Send one request and read its answer.

        Raises:
            CannotConnectError: There is no connection to send it over.
            ToolError: It cannot be written as HTTP.
        """
        data = self._written(request)
        try:
            return self._attempt(request, data)
        except _StaleError:
            return self._attempt(request, data)

    def _attempt(self, request: Request, data: bytes) -> Response | NoAnswer:
        deadline = self._watchdog.deadline(self._timeout)
        flight = Flight(deadline, 8 * self._max_body + 2**20)
        answer: Answer | None = None
        kept = False
        try:
            answer = Answer(self._line.send(data, flight), flight, request.method)
            answer.begin()
            body = self._read(answer, flight)
            deadline.release()
            if deadline.expired:
                return self._late(flight)
            received = time.monotonic()
            elapsed = received - (flight.sent_at or 0.0)
            headers, rest = flight.headers or (), answer.rest()
            kept = not answer.will_close and not rest and not flight.unsent
            return Response(
                status=answer.status,
                headers=headers,
                body=body,
                elapsed=elapsed,
                received=received,
                anomalies=tuple(anomalies(request.method, answer.status, headers, rest, alone=answer.alone)),
            )
        except TooMuchError:
            return NoAnswer(kind=NoAnswerKind.TOO_LARGE, detail=f"the answer is longer than {self._max_body} bytes")
        except (http.client.HTTPException, OSError, UndecodableError) as error:
            return self._excuse(flight, error, answer)
        finally:
            deadline.release()
            if not kept:
                self._line.close()

    def _written(self, request: Request) -> bytes:
        """The whole request, as it goes on the wire."""
        lines = [f"{request.method} {self._line.absolute}{self._address.target(request)} HTTP/1.1"]
        if request.host is None:
            lines.append(f"Host: {self._line.host}")
        lines += [f"{name}: {value}" for name, value in sent_headers(request)]
        ours = self._proxy.header if self._proxy is not None and self._line.absolute else ""
        return ("\r\n".join([*lines, ""]) + f"{ours}\r\n").encode() + (request.body or b"")

    def _read(self, answer: Answer, flight: Flight) -> bytes:
        pieces = []
        encoding = ", ".join(value for name, value in flight.headers or () if name.lower() == "content-encoding")
        stream = _pieces(answer)
        for piece in inflate(stream, codings(encoding)) if encoding else stream:
            flight.received += len(piece)
            if flight.received > self._max_body:
                raise TooMuchError
            pieces.append(piece)
        return b"".join(pieces)

    def _late(self, flight: Flight) -> NoAnswer:
        within = f"within {self._timeout:g} s"
        if not flight.answered:
            detail = f"no answer {within}"
        elif flight.headers is None:
            detail = f"the headers were not complete {within}"
        else:
            detail = f"the body was not complete {within}, {flight.received} bytes of it had come"
        return NoAnswer(kind=NoAnswerKind.TIMEOUT, detail=detail)

    def _excuse(self, flight: Flight, error: Exception, answer: Answer | None) -> NoAnswer:
        """Why there is no answer, in words of our own: theirs name objects and addresses of this process."""
        causes = [*chain(error)]
        if flight.sent_at is None:
            raise CannotConnectError(why(error, late=False)) from error
        if flight.deadline.expired or any(isinstance(cause, TimeoutError) for cause in causes):
            return self._late(flight)
        reset = any(
            isinstance(cause, ConnectionResetError | ConnectionAbortedError)
            and not isinstance(cause, http.client.RemoteDisconnected)
            for cause in causes
        )
        how = "reset" if reset else "closed"
        if not flight.answered:
            if any(refused(cause) for cause in causes):  # with TLS 1.3 it is told only after the handshake
                raise CannotConnectError(why(error, late=False)) from error
            if flight.reused:
                raise _StaleError from error
            return NoAnswer(kind=NoAnswerKind.CLOSED, detail=f"the connection was {how} without an answer")
        if any(isinstance(cause, http.client.RemoteDisconnected) for cause in causes):
            detail = f"the connection was {how} behind an interim answer"
        elif flight.headers is None:
            detail = _bad_head(causes, how)
        elif isinstance(error, UndecodableError):
            detail = str(error)
        elif reset or flight.ended or answer is None or not answer.chunked:
            detail = f"the connection was {how} amid the body, after {flight.received} bytes of it"
        else:
            detail = f"the chunked body is malformed after {flight.received} bytes of it"
        return NoAnswer(kind=NoAnswerKind.BROKEN, detail=detail)


def _pieces(answer: Answer) -> Iterator[bytes]:
    """The body as it comes, in pieces of any size but none."""
    while piece := answer.read1(CHUNK):
        yield piece
    if answer.length:
        raise http.client.IncompleteRead(b"")


def sent_headers(request: Request) -> Pairs:
    """Every header that goes out with a request, in order: ours where it has none of that name, then its own."""
    own = {name.lower() for name, _ in request.headers} | request.without
    ours = [] if request.host is None else [("Host", request.host)]
    ours += [
        pair
        for pair in (("User-Agent", user_agent()), ("Accept-Encoding", "gzip, deflate"), ("Accept", "*/*"))
        if pair[0].lower() not in own
    ]
    tail = []
    if not own & {"content-length", "transfer-encoding"} and (
        request.body is not None or request.method not in _BODILESS
    ):
        tail.append(("Content-Length", str(len(request.body or b""))))
    return (*ours, *request.headers, *tail)


@cache
def user_agent() -> str:
    """How this tool names itself."""
    return f"pytest-apiversion/{version('pytest-apiversion')}"


def _bad_head(causes: list[BaseException], how: str) -> str:
    """What is wrong with the status line or the headers."""
    for cause in causes:
        if isinstance(cause, MalformedError):
            return str(cause)
        if isinstance(cause, http.client.BadStatusLine):
            return f"the status line is not HTTP: {str(cause).strip()[:40]!a}"
        if isinstance(cause, http.client.UnknownProtocol):
            return f"the status line names a protocol that is not HTTP/1: {str(cause)[:20]!a}"
        if isinstance(cause, http.client.LineTooLong):
            return "a line of its head is longer than 65536 bytes"
        if isinstance(cause, ConnectionError | ssl.SSLError):
            return f"the connection was {how} amid the headers"
    return "it has more than 100 header lines" if any("headers" in str(c) for c in causes) else "its head is malformed"
