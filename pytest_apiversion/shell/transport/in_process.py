"""What an application in this process and a server around it have in common: the head of a request, and the reading of an answer.

The application is called as a server would call it, so that a run over a socket and one without find the same.
"""

from __future__ import annotations

import inspect
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from email.utils import formatdate
from typing import Any

from pytest_apiversion.core.checking.exchange import NoAnswer, NoAnswerKind, Pairs, Request, Response
from pytest_apiversion.shell.transport.base_url import Address
from pytest_apiversion.shell.transport.content_coding import CHUNK, UndecodableError, codings, inflate
from pytest_apiversion.shell.transport.http11 import sent_headers

Application = Callable[..., Any]
"""A WSGI (PEP 3333) or ASGI 3 application."""

_BODILESS = frozenset({204, 304})
"""RFC 9110 §6.4.1; and what begins with 1."""

_LINE_ENDS = frozenset("\r\n\x00")


class Host(ABC):
    """An application that can be asked from any thread.

    Args:
        application: The application.
        address: Where it would be served; its `Host` and the prefix of its paths come from there.
        timeout: Seconds an answer may take.
        max_body: Bytes of decoded body that are read.
    """

    def __init__(self, application: Application, address: Address, *, timeout: float, max_body: int) -> None:
        self._application = application
        self._address = address
        self._timeout = timeout
        self._max_body = max_body

    @abstractmethod
    def exchange(self, request: Request) -> Response | NoAnswer:
        """Ask it one request.

        Raises:
            ServiceUnreachable: It does not start.
            ToolError: The request cannot be written as HTTP.
        """

    @abstractmethod
    def close(self) -> None:
        """End it."""


def is_asgi(application: Application) -> bool:
    """Whether an application is to be called as ASGI 3 asks; else it is a WSGI one."""
    if not takes(application, 3):
        return False
    called = application if inspect.isfunction(application) else getattr(application, "__call__", application)  # noqa: B004  what is called is what counts
    return inspect.iscoroutinefunction(called) or not takes(application, 2)


def takes(given: Any, count: int) -> bool:
    """Whether something can be called with so many arguments."""
    try:
        inspect.signature(given).bind(*range(count))
    except (TypeError, ValueError):
        return False
    return True


def host_of(application: Application, address: Address, *, timeout: float, max_body: int) -> Host:
    """What asks an application: the host of its kind, made of the same."""
    if is_asgi(application):
        from pytest_apiversion.shell.transport.asgi import AsgiHost  # noqa: PLC0415  WSGI applications need no event loop

        return AsgiHost(application, address, timeout=timeout, max_body=max_body)
    from pytest_apiversion.shell.transport.wsgi import WsgiHost  # noqa: PLC0415  nor ASGI ones this

    return WsgiHost(application, address, timeout=timeout, max_body=max_body)


def arriving(request: Request, address: Address) -> tuple[tuple[str, bytes], ...]:
    """The headers as they arrive at a server: names as sent, whitespace around values gone (RFC 9110 §5.5)."""
    pairs = sent_headers(request)
    if not any(name.lower() == "host" for name, _ in pairs):
        pairs = (("Host", address.origin.partition("//")[2]), *pairs)
    return tuple((name, value.encode().strip(b" \t")) for name, value in pairs)


def answer_of(
    request: Request, status: int, headers: Pairs, pieces: Iterable[bytes], *, max_body: int, since: float
) -> Response | NoAnswer:
    """What a client would have read of an answer.

    Args:
        request: What was asked.
        status: The status the application gave.
        headers: The headers it gave.
        pieces: The body it gave.
        max_body: Bytes of decoded body that are read.
        since: When asking began, on the monotonic clock.
    """
    for name, value in headers:
        if not name or _LINE_ENDS & {*name, *value}:
            return NoAnswer(kind=NoAnswerKind.BROKEN, detail=f"its header {name[:40]!a} cannot be written as HTTP")
    if not any(name.lower() == "date" for name, _ in headers):
        headers = (*headers, ("Date", formatdate(usegmt=True)))  # which servers add (RFC 9110 §6.6.1)
    bodiless = request.method == "HEAD" or status in _BODILESS or status < 200  # noqa: PLR2004
    encoding = ", ".join(value for name, value in headers if name.lower() == "content-encoding")
    body = bytearray()
    try:
        for piece in () if bodiless else inflate(_cut(pieces), codings(encoding)):
            body += piece
            if len(body) > max_body:
                return NoAnswer(kind=NoAnswerKind.TOO_LARGE, detail=f"the answer is longer than {max_body} bytes")
    except UndecodableError as error:
        return NoAnswer(kind=NoAnswerKind.BROKEN, detail=str(error))
    received = time.monotonic()
    return Response(status=status, headers=headers, body=bytes(body), elapsed=received - since, received=received)


def _cut(pieces: Iterable[bytes]) -> Iterable[bytes]:
    """Pieces of the size a socket would give; empty ones left out."""
    for piece in pieces:
        for start in range(0, len(piece), CHUNK):
            yield piece[start : start + CHUNK]


def crash(error: BaseException) -> tuple[int, Pairs, list[bytes]]:
    """What a server answers for an application that raised; the last line of the traceback, which servers log, is its body."""
    told = " ".join(str(error).split())[:300]
    text = f"Internal Server Error\n{type(error).__name__}: {told}\n"
    return 500, (("Content-Type", "text/plain; charset=utf-8"),), [text.encode("utf-8", "replace")]
