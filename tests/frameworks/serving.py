"""Run an ASGI application on a real socket inside the test process; `tests.apps.kit` does the same for WSGI."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import uvicorn

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
            raise RuntimeError("uvicorn did not start")
        time.sleep(0.005)
    port: int = server.servers[0].sockets[0].getsockname()[1]
    return port
