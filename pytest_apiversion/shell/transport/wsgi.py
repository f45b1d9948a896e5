"""Asks a WSGI application (PEP 3333) in this process."""

from __future__ import annotations

import contextlib
import io
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from pytest_apiversion.core.checking.exchange import NoAnswer, NoAnswerKind, Pairs, Request, Response
from pytest_apiversion.shell.transport.base_url import Address
from pytest_apiversion.shell.transport.in_process import Application, Host, answer_of, arriving, crash

Answer = Response | NoAnswer


class _Hand:
    """A thread that calls things one after the other, and that can be left behind when a call does not end."""

    def __init__(self) -> None:
        self._work: queue.SimpleQueue[tuple[Callable[[], Answer], Future[Answer]] | None] = queue.SimpleQueue()
        threading.Thread(target=self._run, name="apiversion-app", daemon=True).start()

    def call(self, function: Callable[[], Answer], seconds: float) -> Answer | None:
        """What a function gives; None where it takes too long."""
        future: Future[Answer] = Future()
        self._work.put((function, future))
        try:
            return future.result(seconds)
        except TimeoutError:
            if future.done():
                raise
            return None

    def end(self) -> None:
        """Let the thread end once it has nothing more to do."""
        self._work.put(None)

    def _run(self) -> None:
        while (given := self._work.get()) is not None:
            function, future = given
            try:
                future.set_result(function())
            except BaseException as error:  # noqa: BLE001  who waits raises it
                future.set_exception(error)


class WsgiHost(Host):
    """A WSGI application, asked in a thread of its own for each thread that asks.

    A call that takes longer than an answer may is left behind, since no thread can be stopped.
    """

    def __init__(self, application: Application, address: Address, *, timeout: float, max_body: int) -> None:
        super().__init__(application, address, timeout=timeout, max_body=max_body)
        self._local = threading.local()
        self._hands: list[_Hand] = []

    def close(self) -> None:
        """Let the threads end."""
        for hand in self._hands:
            hand.end()

    def exchange(self, request: Request) -> Answer:
        """Ask it one request; `Host` says what it raises."""
        environ = self._environ(request)
        hand = getattr(self._local, "hand", None)
        if hand is None:
            hand = self._local.hand = _Hand()
            self._hands.append(hand)
        found: Answer | None = hand.call(lambda: self._call(request, environ), self._timeout)
        if found is None:
            del self._local.hand
            found = NoAnswer(kind=NoAnswerKind.TIMEOUT, detail=f"no answer within {self._timeout:g} s")
        return found

    def _environ(self, request: Request) -> dict[str, Any]:
        target = self._address.target(request)
        path, _, query = target.partition("?")
        origin = urlsplit(self._address.origin)
        environ: dict[str, Any] = {
            "REQUEST_METHOD": request.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "REQUEST_URI": target,
            "RAW_URI": target,
            "SERVER_NAME": origin.hostname or "localhost",
            "SERVER_PORT": str(origin.port or (443 if origin.scheme == "https" else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": origin.scheme,
            "wsgi.input": io.BytesIO(request.body or b""),
            "wsgi.input_terminated": True,
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in arriving(request, self._address):
            if "_" in name:  # which would be another name's; servers drop it
                continue
            key = name.upper().replace("-", "_")
            key = key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"
            text = value.decode("latin-1")
            joint = "; " if key == "HTTP_COOKIE" else ", "
            environ[key] = f"{environ[key]}{joint}{text}" if key in environ else text
        return environ

    def _call(self, request: Request, environ: dict[str, Any]) -> Answer:
        since = time.monotonic()
        head: list[Any] = []
        written: list[bytes] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None
        ) -> Callable[[bytes], None]:
            if head and exc_info is None:
                message = "start_response was called twice"
                raise AssertionError(message)
            head[:] = [status, tuple(headers)]
            return written.append

        pieces: Any = ()
        try:
            pieces = self._application(environ, start_response)
            read = _bounded(pieces, self._max_body)
            first = next(read, None)  # a generator begins its answer with its first piece
            if not head:
                status, headers, body = crash(AssertionError("start_response was not called"))
                return answer_of(request, status, headers, body, max_body=self._max_body, since=since)
            code, _, _ = str(head[0]).partition(" ")
            if not (code.isascii() and code.isdigit() and len(code) == 3):  # noqa: PLR2004  RFC 9112 §4
                return NoAnswer(kind=NoAnswerKind.BROKEN, detail=f"the status line is not HTTP: {head[0]!a:.40}")
            status, headers = int(code), head[1]
            body = [*written, *(() if first is None else (first,)), *read]
        except Exception as error:  # noqa: BLE001  whatever the application does is an answer of 500
            status, headers, body = crash(error)
        finally:
            with contextlib.suppress(Exception):
                getattr(pieces, "close", lambda: None)()
        return answer_of(request, status, _texts(headers), body, max_body=self._max_body, since=since)


def _bounded(pieces: Any, most: int) -> Iterator[bytes]:
    """The pieces of a body, until there are more bytes than will be read."""
    received = 0
    for piece in pieces:
        yield piece
        received += len(piece)
        if received > most:
            return


def _texts(headers: Any) -> Pairs:
    return tuple((str(name), str(value).strip(" \t")) for name, value in headers)
