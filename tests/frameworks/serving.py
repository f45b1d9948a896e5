"""Run an ASGI or a WSGI application on a real socket inside the test process."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import uvicorn
from waitress.server import create_server

if TYPE_CHECKING:
    from starlette.types import ASGIApp

START_SECONDS = 20.0
"""How long an application may take to start before the test fails."""


@contextlib.contextmanager
def serving_asgi(app: ASGIApp) -> Iterator[str]:
    """Run an ASGI application under uvicorn in a thread and give its base URL.

    Raises:
        RuntimeError: when the server is not up after `START_SECONDS`.
    """
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{_port_of(server, thread)}"
    finally:
        server.should_exit = True
        thread.join(START_SECONDS)


def _port_of(server: uvicorn.Server, thread: threading.Thread) -> int:
    """The port the operating system gave to `server`, once it listens."""
    deadline = time.monotonic() + START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            message = "uvicorn did not start"
            raise RuntimeError(message)
        time.sleep(0.005)
    port: int = server.servers[0].sockets[0].getsockname()[1]
    return port


@contextlib.contextmanager
def serving_wsgi(app: Callable[..., Iterable[bytes]]) -> Iterator[str]:
    """Run a WSGI application under waitress in a thread (keep-alive, 8 workers) and give its base URL."""
    sockets: dict[int, Any] = {}
    server = create_server(app, host="127.0.0.1", port=0, threads=8, map=sockets, ident=None)
    server.adj.asyncore_loop_timeout = 0.05  # how long the last look at the sockets takes when the server closes
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        thread.join(5)
