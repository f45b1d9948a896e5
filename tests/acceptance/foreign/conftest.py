# mypy: ignore-errors
"""Starts the shelf on a real socket before anything is collected: the policy file wants its URL."""

from __future__ import annotations

import os
import threading
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

import shelf


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def pytest_configure(config: pytest.Config) -> None:
    """One server for each process, workers of pytest-xdist included: tests change what the shelf holds."""
    os.environ.setdefault("SHELF_KEY", "shelf-key-4711")
    server = make_server("127.0.0.1", 0, shelf.app, _Server, _Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ["SHELF_URL"] = f"http://127.0.0.1:{server.server_port}"

    def stop() -> None:
        del os.environ["SHELF_URL"]
        server.shutdown()
        server.server_close()

    config.add_cleanup(stop)
