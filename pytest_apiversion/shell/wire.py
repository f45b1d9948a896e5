"""One request and its answer: what goes out exactly, and what came back, bounded in time and size.

Built on the adapter of requests, below its `Session`: a session follows `Location` far enough to read the whole body of
a redirect, keeps cookies, and merges headers of the same name.
"""

from __future__ import annotations

import http.client
import ssl
import time
from functools import cache
from importlib.metadata import version

import requests
from requests.exceptions import RequestException
from urllib3 import HTTPResponse
from urllib3._collections import HTTPHeaderDict
from urllib3.exceptions import HTTPError, ReadTimeoutError

from pytest_apiversion.core.exchange import NoAnswer, NoAnswerKind, Pairs, Request, Response
from pytest_apiversion.shell.address import Address
from pytest_apiversion.shell.connection import (
    HERE,
    Adapter,
    CannotConnectError,
    Flight,
    MalformedError,
    TooMuchError,
    chain,
    why,
)
from pytest_apiversion.shell.deadline import Watchdog
from pytest_apiversion.shell.inflate import CHUNK, UndecodableError, codings, inflate

LONGEST_CONNECT = 5.0
"""Seconds a connection may take to be made, however long a request may."""

_BODILESS = frozenset({"GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "CONNECT"})
"""Methods that go without `Content-Length: 0` when they have no body."""


class _StaleError(Exception):
    """A kept connection turned out to be closed before one byte of answer came."""


class Wire:
    """The connections of one thread to one address.

    Args:
        address: Where to.
        timeout: Seconds from the first byte sent to the last byte read.
        max_body: Bytes of decoded body that are read.
        verify: Whether certificates are verified, or the path of the authorities to verify them by.
        watchdog: Holds the deadlines.
    """

    def __init__(
        self, address: Address, *, timeout: float, max_body: int, verify: bool | str, watchdog: Watchdog
    ) -> None:
        self._address = address
        self._timeout = timeout
        self._max_body = max_body
        self._verify = verify
        self._watchdog = watchdog
        self._adapter = Adapter(pool_connections=1, pool_maxsize=1, max_retries=0)

    def close(self) -> None:
        """Close the kept connection."""
        self._adapter.close()

    def exchange(self, request: Request) -> Response | NoAnswer:
        """Send one request and read its answer.

        Raises:
            CannotConnectError: There is no connection to send it over.
            ToolError: It cannot be written as HTTP.
        """
        try:
            return self._attempt(request)
        except _StaleError:
            return self._attempt(request)

    def _attempt(self, request: Request) -> Response | NoAnswer:
        deadline = self._watchdog.deadline(self._timeout)
        flight = Flight(self._address.target(request), deadline, 8 * self._max_body + 2**20)
        HERE.flight = flight
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
        except TooMuchError:
            return NoAnswer(kind=NoAnswerKind.TOO_LARGE, detail=f"the answer is longer than {self._max_body} bytes")
        except (RequestException, HTTPError, http.client.HTTPException, OSError, UndecodableError) as error:
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

    def _read(self, raw: HTTPResponse, flight: Flight) -> bytes:
        pieces = []
        encoded = codings(raw.headers.get("content-encoding"))
        for piece in inflate(raw.stream(CHUNK, decode_content=False), encoded):
            flight.received += len(piece)
            if flight.received > self._max_body:
                raise TooMuchError
            pieces.append(piece)
        if raw.length_remaining:  # pragma: no cover  only urllib3 1.26 leaves it to us
            raise http.client.IncompleteRead(b"")
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

    def _excuse(self, flight: Flight, error: Exception, raw: HTTPResponse | None) -> NoAnswer:
        """Why there is no answer, in words of our own: theirs name objects and addresses of this process."""
        causes = [*chain(flight.error), *chain(error)]
        if flight.sent_at is None:
            raise CannotConnectError(why(error, late=False)) from error
        if flight.deadline.expired or any(isinstance(cause, TimeoutError | ReadTimeoutError) for cause in causes):
            return self._late(flight)
        reset = any(
            isinstance(cause, ConnectionResetError | ConnectionAbortedError)
            and not isinstance(cause, http.client.RemoteDisconnected)
            for cause in causes
        )
        how = "reset" if reset else "closed"
        if not flight.answered:
            if flight.reused:
                raise _StaleError from error
            return NoAnswer(kind=NoAnswerKind.CLOSED, detail=f"the connection was {how} without an answer")
        if flight.headers is None:
            detail = _bad_head(causes, how)
        elif isinstance(error, UndecodableError):
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
