"""`requests` as a policy says: over its connection, or to an application in this process."""

from __future__ import annotations

import io
import ssl
from typing import Any

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPResponse

from pytest_apiversion.core.errors import ServiceUnreachable
from pytest_apiversion.core.http.messages import NoAnswer, Request
from pytest_apiversion.core.policy.connection import FROM_ENVIRONMENT, Connection
from pytest_apiversion.shell.compat.requests_internals import HTTPHeaderDict
from pytest_apiversion.shell.transport.certificates import CertificateError, Trust
from pytest_apiversion.shell.transport.in_process import Host
from pytest_apiversion.shell.transport.proxies import proxy_of_environment

_UNDONE = frozenset({"content-encoding", "content-length", "transfer-encoding"})
"""Headers of a body as it would have been on the wire."""


class _TrustingAdapter(HTTPAdapter):
    """Shakes hands with a client certificate whose key needs a password, which requests cannot say.

    Args:
        context: What wraps a socket.
    """

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **more: Any) -> None:
        """As requests has it, with the context."""
        super().init_poolmanager(*arguments, **more, ssl_context=self._context)

    def proxy_manager_for(self, proxy: Any, **more: Any) -> Any:
        """As requests has it, with the context."""
        return super().proxy_manager_for(proxy, **more, ssl_context=self._context)


def connect(session: requests.Session, connection: Connection, base_url: str) -> None:
    """Let a session connect as a policy says, and as nothing else does.

    Args:
        session: It.
        connection: What the policy says.
        base_url: Where the API answers; the environment's proxy for it is taken where that is asked for.

    Raises:
        ServiceUnreachable: The client's certificate cannot be used.
    """
    session.trust_env = False
    session.verify = (connection.ca or True) if connection.verify else False
    if connection.certificate is not None and connection.password is None:
        session.cert = connection.certificate if connection.key is None else (connection.certificate, connection.key)
    elif connection.certificate is not None:
        try:
            session.mount("https://", _TrustingAdapter(Trust(connection).context))
        except CertificateError as error:
            raise ServiceUnreachable(f"the API was not asked: {error}") from None
    proxy = proxy_of_environment(base_url) if connection.proxy == FROM_ENVIRONMENT else connection.proxy
    if proxy is not None:
        session.proxies = {"http": proxy, "https": proxy}


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
