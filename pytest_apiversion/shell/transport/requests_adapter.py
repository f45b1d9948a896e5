"""An application in this process as a place a `requests.Session` can ask."""

from __future__ import annotations

import io
from typing import Any

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPResponse

from pytest_apiversion.core.checking.exchange import NoAnswer, Request
from pytest_apiversion.shell.compat.requests_internals import HTTPHeaderDict
from pytest_apiversion.shell.transport.in_process import Host

_UNDONE = frozenset({"content-encoding", "content-length", "transfer-encoding"})
"""Headers of a body as it would have been on the wire."""


class ApplicationAdapter(BaseAdapter):
    """Sends what a session prepared to an application.

    Args:
        host: Asks the application; its address has no path.
    """

    def __init__(self, host: Host) -> None:
        super().__init__()
        self._host = host

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        """Ask the application.

        Raises:
            requests.ConnectionError: It gave no answer a client could read.
        """
        body: Any = request.body
        whole: Any = body if body is None or isinstance(body, str | bytes) else b"".join(body)
        headers = ((str(name), _text(value)) for name, value in request.headers.items())
        asked = Request(
            method=request.method or "GET",
            path=request.path_url,
            headers=tuple(pair for pair in headers if pair[0].lower() != "host"),
            body=whole.encode() if isinstance(whole, str) else whole,
            host=_text(request.headers["Host"]) if "Host" in request.headers else None,
        )
        answer = self._host.exchange(asked)
        if isinstance(answer, NoAnswer):
            raise requests.ConnectionError(answer.detail, request=request)
        found = HTTPHeaderDict()
        for name, value in answer.headers:
            if name.lower() not in _UNDONE:
                found.add(name, value)
        raw = HTTPResponse(io.BytesIO(answer.body), headers=found, status=answer.status, preload_content=False)
        return HTTPAdapter().build_response(request, raw)

    def close(self) -> None:
        """Nothing: the application outlives the session."""


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
