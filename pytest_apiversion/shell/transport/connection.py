"""A connection with a deadline, through a proxy where there is one, and requests sent unchanged."""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from pytest_apiversion.shell.transport.certificates import CertificateError, Trust, explained
from pytest_apiversion.shell.transport.connection_state import peeked, readable, writable
from pytest_apiversion.shell.transport.deadline import Deadline, handle
from pytest_apiversion.shell.transport.proxies import Proxy, ProxyError
from pytest_apiversion.shell.transport.response_parser import Flight

_AT_ONCE = 65536
"""Bytes of a request that are sent without a look at what comes back."""

_INTERIM = re.compile(rb"HTTP/1\.[01] 1")
"""How an answer begins that is not the last word: the rest of the request is waited for."""

_LOOK = 0.05
"""Seconds between two looks while nothing can be sent."""


class CannotConnectError(Exception):
    """No connection could be made; the message is the reason.

    Attributes:
        late: Whether there was none in time.
    """

    def __init__(self, reason: str, *, late: bool = False) -> None:
        super().__init__(reason)
        self.late = late


class Line:
    """One connection to one place, made when it is first needed and again when it was closed.

    Args:
        origin: Scheme, host and port.
        seconds: How long connecting may take.
        trust: Gives the certificates to be trusted.
        proxy: Through which it is asked, if any.

    Attributes:
        host: As `Host` names it.
        absolute: What stands before the target in a request line: the origin, where a proxy reads the request, else nothing.
    """

    def __init__(self, origin: str, *, seconds: float, trust: Trust, proxy: Proxy | None = None) -> None:
        parts = urlsplit(origin)
        self._secure = parts.scheme == "https"
        self._host = parts.hostname or ""
        standard = 443 if self._secure else 80
        self._port = parts.port or standard
        bracketed = f"[{self._host}]" if ":" in self._host else self._host
        self.host = bracketed if self._port == standard else f"{bracketed}:{self._port}"
        self._seconds = seconds
        self._trust = trust
        self._proxy = proxy
        self._place = f"{bracketed}:{self._port}"
        self.absolute = f"{parts.scheme}://{self.host}" if proxy is not None and not self._secure else ""
        self._sock: socket.socket | None = None
        self._handle: socket.socket | None = None

    def close(self) -> None:
        """Close the connection, which no deadline may hold any more."""
        for each in (self._sock, self._handle):
            if each is not None:
                each.close()
        self._sock = self._handle = None

    def send(self, data: bytes, flight: Flight) -> socket.socket:
        """Send a whole request, and give the socket its answer will come from.

        Raises:
            CannotConnectError: There is no connection.
            OSError: It could not be sent.
        """
        if self._sock is not None and readable(self._sock):  # closed meanwhile, or full of what nobody asked for
            self.close()
        if self._sock is None or self._handle is None:
            self._sock, self._handle = self._connected(flight)
        flight.deadline.guard(self._handle)
        flight.sent_at = time.monotonic()
        with contextlib.suppress(
            BrokenPipeError, ConnectionResetError, ssl.SSLEOFError
        ):  # it may have answered before it closed
            flight.unsent = not _sent(self._sock, data, flight.deadline.seconds)
        return self._sock

    def _connected(self, flight: Flight) -> tuple[socket.socket, socket.socket]:
        """A new connection and a handle of it, hands shaken where there is TLS; tells failures apart from those of an exchange."""
        flight.reused = False
        sock: socket.socket | None = None
        watched: socket.socket | None = None
        try:
            there = (self._host, self._port) if self._proxy is None else (self._proxy.host, self._proxy.port)
            sock = socket.create_connection(there, self._seconds)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            watched = handle(sock)
            flight.deadline.guard(watched)
            if self._proxy is not None and self._secure:
                self._proxy.tunnel(sock, self._place)
            if self._secure:
                sock = self._trust.context.wrap_socket(sock, server_hostname=self._host.rstrip("."))
            sock.settimeout(_longest_wait(flight.deadline))  # until here it was the time to connect
        except Exception as error:
            flight.deadline.release()
            for each in (sock, watched):
                if each is not None:
                    each.close()
            late = flight.deadline.expired or any(isinstance(each, TimeoutError) for each in chain(error))
            through = (
                "" if self._proxy is None or isinstance(error, ProxyError) else f" (through the proxy {self._proxy})"
            )
            raise CannotConnectError(why(error, late=late) + through, late=late) from error
        return sock, watched


def _longest_wait(deadline: Deadline) -> float | None:
    """How long one call on a connected socket may take by itself: no limit where a deadline's shutdown is sure to wake it.

    With a limit of its own each call looks at the socket first, and lets all other threads run twice.
    """
    return None if sys.platform == "linux" else deadline.seconds


def _sent(sock: socket.socket, data: bytes, seconds: float) -> bool:
    """Send a request, and no more of it once an answer has begun (RFC 9112 §9.5): who has answered may read nothing more.

    Under TLS what comes may be no answer, and all is sent.

    Returns:
        Whether all was sent.

    Raises:
        OSError: It could not be sent.
    """
    rest = memoryview(data)
    if len(rest) > _AT_ONCE and not isinstance(sock, ssl.SSLSocket):
        end = time.monotonic() + seconds
        while rest and time.monotonic() < end:
            if readable(sock):
                if _INTERIM.match(peeked(sock, 0.0)) is None:
                    return False
                break
            if writable(sock, _LOOK):
                rest = rest[sock.send(rest[:_AT_ONCE]) :]
    sock.sendall(rest)
    return True


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and all that led to it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def why(error: Exception, *, late: bool) -> str:
    """Why no connection was made, on one line."""
    for cause in chain(error):
        if isinstance(cause, ProxyError | CertificateError) and not late:
            return str(cause)
        if isinstance(cause, ssl.SSLError) and not late:
            return explained(cause)
        if isinstance(cause, socket.gaierror):
            return "its host name is unknown"
        if isinstance(cause, ConnectionRefusedError) and not late:
            return "connection refused"
        if isinstance(cause, OSError) and cause.strerror and not late:
            return cause.strerror.lower()
    return "no connection in time" if late else "no connection could be made"
