"""Sends requests: the only place that does HTTP; rate-limited, bounded, and silent once the host is gone."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import TYPE_CHECKING, ParamSpec, Self, TypeVar

from pytest_apiversion.core.errors import ServiceUnreachable, ToolError
from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind, Request, Response
from pytest_apiversion.core.policy.connection import PLAIN, Connection
from pytest_apiversion.shell.transport.base_url import Address, address, is_local
from pytest_apiversion.shell.transport.certificates import CertificateError, Trust
from pytest_apiversion.shell.transport.connection import CannotConnectError
from pytest_apiversion.shell.transport.connection_pool import ConnectionPool
from pytest_apiversion.shell.transport.curl import curl
from pytest_apiversion.shell.transport.deadline import Watchdog
from pytest_apiversion.shell.transport.http11 import Wire
from pytest_apiversion.shell.transport.proxies import Proxy, proxy_of
from pytest_apiversion.shell.transport.rate_limit import Pace, retry_after
from pytest_apiversion.shell.transport.silences import IN_A_ROW, Silences

if TYPE_CHECKING:
    from pytest_apiversion.core.policy.requests import Limits
    from pytest_apiversion.shell.transport.in_process import Application
    from pytest_apiversion.shell.transport.tokens import Tokens

Record = Callable[[Request, Response | NoAnswer], None]
"""Is told a request, as it was sent, and what came back."""

__all__ = ["Transport", "curl", "is_local"]

P = ParamSpec("P")
T = TypeVar("T")

LONGEST_PAUSE = 30.0
"""Seconds of `Retry-After` that are waited; an answer that asks for more is handed back."""

PAUSES = 3
"""How often one request is repeated because of `Retry-After`."""

_AT_ONCE = 0.005
"""Seconds an answer usually takes at most where threads wait for each other, and not for the service."""
_LATEST = 10
"""Of how many answers, about, is told how long they usually take."""
_THREADS = 2
"""Threads for each request in flight: some wait for each other's data, and none of the others should wait for them."""

AWAY = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds before each further try of a host that had answered before, and now refuses: one that is started anew is back by then."""


class Transport:
    """Sends requests to one base URL, from any number of threads.

    Nothing is remembered between requests but connections: no cookies, no redirects, no settings of the environment.

    Args:
        base_url: Where the API answers.
        timeout: Seconds from the first byte sent to the last byte read.
        max_body: Bytes of decoded body that are read before an answer counts as too large.
        rate: Requests per second, all threads together; None for no limit.
        concurrency: Requests in flight, all threads together, and connections that are kept.
        connection: Whom TLS believes, who the client is, and the proxy.
        honour_retry_after: Whether a 429 or 503 that says when to come back is asked again then.
        patience: Seconds that are waited for `Retry-After` in all, threads added up; afterwards answers are handed back.
        application: A WSGI or ASGI application that is asked in this process instead; the base URL says where it would be.
        away: Seconds before each further try of a host that had answered before, and now refuses.
        record: Is told each exchange, from any thread.
        tokens: Puts tokens in the place of their names.

    Attributes:
        exchanges: Requests sent, repetitions included.
        waited: Seconds waited because the service asked for it, threads added up.
        is_busy: Says whether as many threads ask, without those of this transport, as there may be requests in flight.

    Raises:
        ServiceUnreachable: The base URL is none, a file of certificates cannot be used, or the proxy is none.
    """

    def __init__(
        self,
        base_url: str,
        *,
        timeout: float,
        max_body: int,
        rate: float | None,
        concurrency: int,
        connection: Connection = PLAIN,
        honour_retry_after: bool = True,
        patience: float = 300.0,
        application: Application | None = None,
        away: Sequence[float] = AWAY,
        record: Record | None = None,
        tokens: Tokens | None = None,
    ) -> None:
        self.exchanges = 0
        self.waited = 0.0
        self.is_busy: Callable[[], bool] = _never
        self._address = address(base_url)
        self._timeout = timeout
        self._max_body = max_body
        self._trust, self._proxy = _means(connection, self._address) if application is None else (Trust(), None)
        self._patience = patience if honour_retry_after else 0.0
        self._pace = Pace(rate)
        self._watchdog = Watchdog()
        self._workers = ThreadPoolExecutor(_THREADS * concurrency, thread_name_prefix="apiversion")
        self._lock = threading.Lock()
        self._one_by_one = concurrency == 1
        self._connections = ConnectionPool(self._wire, concurrency)
        self._closing = threading.Event()
        self._answered = 0
        self._usual = timeout
        self._silences = Silences()
        self._away = tuple(away)
        self._down: str | None = None
        self._record, self._tokens = record, tokens
        self._filled: Callable[[Request], Request] = tokens.filled if tokens is not None else lambda each: each
        self._host = None
        if application is not None:
            from pytest_apiversion.shell.transport.application_host import host_of  # noqa: PLC0415  most runs ask over sockets

            self._host = host_of(application, self._address, timeout=timeout, max_body=max_body)

    @classmethod
    def of(
        cls,
        limits: Limits,
        base_url: str,
        *,
        application: Application | None = None,
        concurrency: int = 0,
        record: Record | None = None,
        tokens: Tokens | None = None,
    ) -> Self:
        """One that keeps to the limits of a policy, but with as many requests in flight as said, where that is said."""
        return cls(
            base_url,
            timeout=limits.timeout,
            max_body=limits.max_body,
            rate=limits.rate,
            concurrency=concurrency or limits.concurrency,
            connection=limits.connection,
            application=application,
            record=record,
            tokens=tokens,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Cut what is in flight, end the threads and close the connections."""
        self._closing.set()
        self._watchdog.close()
        self._workers.shutdown(cancel_futures=True)
        self._connections.close()
        if self._host is not None:
            self._host.close()

    def submit(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a function in one of the threads of this transport, for trials that send several requests in sequence.

        It is run at once, by who submits it, where as many others ask already as there may be requests in flight, and answers come at once:
        one thread more would only wait. With one request in flight it always is, so that requests leave in the same order each time.
        """
        if not self._one_by_one and not (self._usual < _AT_ONCE and self.is_busy()):
            return self._workers.submit(function, *args, **kwargs)
        done: Future[T] = Future()
        try:
            done.set_result(function(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  it is raised again where the result is asked for
            done.set_exception(error)
        return done

    def send(self, request: Request) -> Response | NoAnswer:
        """Send one request and give its answer, repeating it when the answer asks for that.

        Raises:
            ServiceUnreachable: The host could not be asked, now or earlier.
            ToolError: The request cannot be written as HTTP, or the transport is closed.
        """
        self._address.target(request)
        for _ in range(PAUSES):
            answer = self._exchange(request)
            pause = retry_after(answer, now=time.time())
            if pause is None or pause > LONGEST_PAUSE or not request.waits or not self._may_wait(pause):
                return answer
            self._sleep(pause)
        return self._exchange(request)

    def _may_wait(self, pause: float) -> bool:
        with self._lock:
            if self.waited + pause > self._patience:
                return False
            self.waited += pause
            return True

    def _sleep(self, seconds: float) -> None:
        if (seconds > 0 and self._closing.wait(seconds)) or self._closing.is_set():
            raise ToolError("the transport is closed")

    def _exchange(self, request: Request) -> Response | NoAnswer:
        operation = request.operation or f"{request.method} {request.path}"
        self._check(operation)  # before the wait for a turn, which may be long, and after it
        self._sleep(self._pace.delay())
        self._check(operation)
        sent = self._filled(request)  # before it counts as begun: there may be no token
        begun = self._silences.begin(operation)
        try:
            answer = self._try(sent)
            if self._tokens is not None and self._tokens.renewed(request, sent, answer):
                answer = self._try(self._filled(request))
        except CannotConnectError as error:
            answer = self._further_tries(sent, operation, error)
        silent = isinstance(answer, NoAnswer) and answer.kind is NoAnswerKind.TIMEOUT
        self._silences.end(begun, silent=silent)
        with self._lock:
            self.exchanges += 1
            self._answered += not silent
            if isinstance(answer, Response):
                self._usual += (answer.elapsed - self._usual) / _LATEST
        if self._record is not None:
            self._record(request, answer)
        return answer

    def _check(self, operation: str) -> None:
        """Raise when it is already known that the host will not answer, or not this."""
        with self._lock:
            if self._down is not None:
                raise ServiceUnreachable(self._down)
        said = f"{self._address.shown} did not answer {IN_A_ROW} requests in a row"
        if self._silences.everywhere:
            raise ServiceUnreachable(f"{said} within {self._timeout:g} s; the rest was not tried")
        if self._silences.stopped(operation):
            raise ServiceUnreachable(
                f"{said} of {operation} within {self._timeout:g} s; the rest of that was not tried"
            )

    def _try(self, request: Request) -> Response | NoAnswer:
        if self._host is not None:
            return self._host.exchange(request)
        return self._connections.exchange(request)

    def _wire(self) -> Wire:
        return Wire(
            self._address,
            timeout=self._timeout,
            max_body=self._max_body,
            trust=self._trust,
            proxy=self._proxy,
            watchdog=self._watchdog,
        )

    def _further_tries(self, request: Request, operation: str, first: CannotConnectError) -> Response | NoAnswer:
        """What to do without a connection: give up on a host that never answered, try others for a while."""
        with self._lock:
            answered = self._answered
        reason = str(first)
        if answered:
            for pause in self._away[:1] if first.late else self._away:
                self._sleep(pause)
                self._check(operation)
                with contextlib.suppress(CannotConnectError):
                    return self._try(request)
            if first.late:
                return NoAnswer(kind=NoAnswerKind.TIMEOUT, detail=reason)
        sentence = f"stopped answering after {answered} exchanges" if answered else "cannot be reached"
        with self._lock:
            self._down = self._down or f"{self._address.shown} {sentence}: {reason}"
            raise ServiceUnreachable(self._down)


def _never() -> bool:
    return False


def _means(connection: Connection, place: Address) -> tuple[Trust, Proxy | None]:
    """What a service is connected to by; files that are named are read at once, so that one sentence says what is wrong with them.

    Raises:
        ServiceUnreachable: Something is.
    """
    trust = Trust(connection)
    if place.origin.startswith("https:") and (connection.ca or connection.certificate):
        try:
            _ = trust.context
        except CertificateError as error:
            raise ServiceUnreachable(f"{place.shown} was not asked: {error}") from None
    return trust, proxy_of(connection.proxy, place.origin)
