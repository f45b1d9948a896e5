"""Asks an ASGI 3 application in this process, on an event loop of its own."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from typing import Any
from urllib.parse import unquote, urlsplit

from pytest_apiversion.core.checking.exchange import NoAnswer, NoAnswerKind, Request, Response
from pytest_apiversion.core.errors import ServiceUnreachable
from pytest_apiversion.shell.transport.base_url import Address
from pytest_apiversion.shell.transport.in_process import Application, Host, answer_of, arriving, crash

Message = dict[str, Any]

_SPEC = {"version": "3.0", "spec_version": "2.3"}


class AsgiHost(Host):
    """An ASGI application on an event loop in a thread; its lifespan begins with the first request and ends with `close`.

    Its start and its end may take as long as an answer, each.
    """

    def __init__(self, application: Application, address: Address, *, timeout: float, max_body: int) -> None:
        super().__init__(application, address, timeout=timeout, max_body=max_body)
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._refusal: str | None = None
        self._behind: set[asyncio.Task[None]] = set()
        self._events: asyncio.Queue[Message] = asyncio.Queue()
        self._said: asyncio.Queue[Message] = asyncio.Queue()
        self._life: asyncio.Task[None] | None = None
        self._state: Message = {}

    def close(self) -> None:
        """End the application and its loop."""
        with self._lock:
            loop, self._loop = self._loop, None
            if loop is None:
                return
            with contextlib.suppress(TimeoutError):
                asyncio.run_coroutine_threadsafe(self._shut_down(), loop).result(self._timeout)
            loop.call_soon_threadsafe(loop.stop)

    def exchange(self, request: Request) -> Response | NoAnswer:
        """Ask it one request; `Host` says what it raises."""
        scope = self._scope(request)
        loop = self._started()
        asked = asyncio.run_coroutine_threadsafe(self._ask(request, scope), loop)
        try:
            return asked.result(self._timeout)
        except TimeoutError:
            asked.cancel()
            return NoAnswer(kind=NoAnswerKind.TIMEOUT, detail=f"no answer within {self._timeout:g} s")

    def _started(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._refusal is not None:
                raise ServiceUnreachable(self._refusal)
            if self._loop is not None:
                return self._loop
            loop = asyncio.new_event_loop()
            threading.Thread(target=_run, args=(loop,), name="apiversion-app", daemon=True).start()
            try:
                problem = asyncio.run_coroutine_threadsafe(self._start_up(), loop).result(self._timeout)
            except TimeoutError:
                problem = f"it was not ready within {self._timeout:g} s"
            if problem is not None:
                loop.call_soon_threadsafe(loop.stop)
                self._refusal = f"the application did not start: {problem}"
                raise ServiceUnreachable(self._refusal)
            self._loop = loop
            return loop

    async def _start_up(self) -> str | None:
        """Why the application does not start; None where it does, or knows no lifespan."""
        scope = {"type": "lifespan", "asgi": _SPEC, "state": self._state}
        self._life = asyncio.create_task(self._application(scope, self._events.get, self._said.put))
        await self._events.put({"type": "lifespan.startup"})
        answer = await self._next_word(self._life)
        if answer is not None and answer["type"] == "lifespan.startup.failed":
            return str(answer.get("message") or "its lifespan failed").strip().splitlines()[-1][:300]
        return None

    async def _next_word(self, life: asyncio.Task[None]) -> Message | None:
        """What the lifespan says next; None where it is over."""
        said = asyncio.create_task(self._said.get())
        await asyncio.wait({said, life}, return_when=asyncio.FIRST_COMPLETED)
        if said.done():
            return said.result()
        said.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            life.exception()  # an application without a lifespan raises here, which the specification allows
        return None

    async def _shut_down(self) -> None:
        for task in self._behind:
            task.cancel()
        if self._life is not None and not self._life.done():
            await self._events.put({"type": "lifespan.shutdown"})
            await self._next_word(self._life)
            self._life.cancel()
        rest = [*self._behind, *([self._life] if self._life else [])]
        await asyncio.gather(*rest, return_exceptions=True)

    def _scope(self, request: Request) -> Message:
        path, _, query = self._address.target(request).partition("?")
        origin = urlsplit(self._address.origin)
        return {
            "type": "http",
            "asgi": _SPEC,
            "http_version": "1.1",
            "method": request.method,
            "scheme": origin.scheme,
            "path": unquote(path),
            "raw_path": path.encode("ascii"),
            "query_string": query.encode("ascii"),
            "root_path": "",
            "headers": [(name.lower().encode(), value) for name, value in arriving(request, self._address)],
            "client": ("127.0.0.1", 50000),
            "server": (origin.hostname, origin.port or (443 if origin.scheme == "https" else 80)),
            "state": dict(self._state),
        }

    async def _ask(self, request: Request, scope: Message) -> Response | NoAnswer:
        since = time.monotonic()
        answer = _Answer(request.body or b"", self._max_body)
        task = asyncio.create_task(self._application(scope, answer.receive, answer.send))
        over = asyncio.create_task(answer.over.wait())
        try:
            await asyncio.wait({task, over}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not answer.over.is_set() or answer.too_large:
                task.cancel()
            over.cancel()
            self._behind.add(task)  # what it does after its answer is its own affair
            task.add_done_callback(self._leave)
        status, headers, pieces = answer.status, answer.headers, answer.pieces
        if status is None:
            error = task.exception() if task.done() else None
            status, headers, pieces = crash(error or RuntimeError("the application ended without an answer"))
        elif not answer.over.is_set():
            return NoAnswer(kind=NoAnswerKind.BROKEN, detail="the connection was closed amid the body")
        return answer_of(request, status, headers, pieces, max_body=self._max_body, since=since)

    def _leave(self, task: asyncio.Task[None]) -> None:
        self._behind.discard(task)
        if not task.cancelled():
            task.exception()  # or asyncio tells of it on stderr


class _Answer:
    """One answer as it comes in."""

    def __init__(self, body: bytes, most: int) -> None:
        self.over = asyncio.Event()
        self.status: int | None = None
        self.headers: tuple[tuple[str, str], ...] = ()
        self.pieces: list[bytes] = []
        self.too_large = False
        self._body: bytes | None = body
        self._room = most

    async def receive(self) -> Message:
        """The body, whole; then, once the answer is over, that nobody listens any more."""
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        await self.over.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Take in a part of the answer; others get a turn, as they do where a socket takes its time."""
        await asyncio.sleep(0)
        if self.over.is_set():
            return
        if message["type"] == "http.response.start":
            self.status = int(message["status"])
            self.headers = tuple(
                (bytes(name).decode("latin-1"), bytes(value).decode("latin-1").strip(" \t"))
                for name, value in message.get("headers", ())
            )
        elif message["type"] == "http.response.body":
            if self.status is None:
                problem = "a body came before the status"
                raise RuntimeError(problem)
            piece = bytes(message.get("body", b""))
            self.pieces.append(piece)
            self._room -= len(piece)
            self.too_large = self._room < 0
            if self.too_large or not message.get("more_body", False):
                self.over.set()


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
