"""Proxies: which one a service is asked through, and the tunnel through it."""

from __future__ import annotations

import base64
import socket
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from pytest_apiversion.core.errors import ServiceUnreachable
from pytest_apiversion.core.policy.connection import FROM_ENVIRONMENT, wrong_proxy
from pytest_apiversion.shell.transport.base_url import is_local

_LONGEST = 65_536
"""Bytes of a proxy's answer that are read before it counts as none."""


class ProxyError(Exception):
    """A proxy did not make a connection; the message is the reason."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Proxy:
    """An HTTP proxy.

    Attributes:
        host: Its name or address.
        port: Its port.
        authorization: The value of `Proxy-Authorization`, or None.
    """

    host: str
    port: int
    authorization: str | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def header(self) -> str:
        """The line of a request's head that is for the proxy; empty where none is."""
        return "" if self.authorization is None else f"Proxy-Authorization: {self.authorization}\r\n"

    def tunnel(self, sock: socket.socket, place: str) -> None:
        """Ask for a connection to `host:port` over a connection to the proxy (RFC 9110 §9.3.6).

        Raises:
            ProxyError: It refuses, or does not speak HTTP.
            OSError: It is gone.
        """
        sock.sendall(f"CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n{self.header}\r\n".encode())
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            # a byte at a time: what comes after the head is the service's
            piece = sock.recv(1)
            if not piece or len(head) > _LONGEST:
                raise ProxyError(f"the proxy {self} gave no answer that is HTTP")
            head += piece
        line = head.partition(b"\r\n")[0].decode("latin-1")
        protocol, _, rest = line.partition(" ")
        status = rest.partition(" ")[0]
        if not protocol.startswith("HTTP/1.") or not (status.isascii() and status.isdigit()):
            raise ProxyError(f"the proxy {self} gave no answer that is HTTP")
        if not status.startswith("2"):
            raise ProxyError(f"the proxy {self} answered {status} to CONNECT {place}{_advice(status)}")


def _advice(status: str) -> str:
    return "; it wants a name and a password: http://NAME:PASSWORD@HOST:PORT" if status == "407" else ""


def proxy_of(said: str | None, origin: str) -> Proxy | None:
    """The proxy through which an origin is asked, or None.

    Args:
        said: Its address, `environment`, or None.
        origin: Scheme, host and port of the service.

    Raises:
        ServiceUnreachable: It is no address of an HTTP proxy; a password in it stays unsaid.
    """
    address, source = said, "proxy"
    if said == FROM_ENVIRONMENT:
        address, source = proxy_of_environment(origin), "proxy of the environment"
    if not address:
        return None
    wrong = wrong_proxy(address)
    if wrong is not None:
        raise ServiceUnreachable(f"{origin} was not asked: the {source} {wrong}")
    parts = urlsplit(address if "://" in address else f"http://{address}")
    authorization = None
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        authorization = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return Proxy(host=parts.hostname or "", port=parts.port or 80, authorization=authorization)


def proxy_of_environment(origin: str) -> str | None:
    """The address of the proxy that the environment names for an origin, or None; macOS and Windows have settings of their own too."""
    parts = urlsplit(origin)
    if proxy_bypass(parts.netloc) or proxy_bypass(parts.hostname or ""):
        return None
    proxies = getproxies()
    return proxies.get(parts.scheme) or proxies.get("all")


def elsewhere(said: str | None) -> bool:
    """Whether there may be a proxy on another machine, for which `localhost` is that machine."""
    if said is None:
        return False
    return said == FROM_ENVIRONMENT or not is_local(said if "://" in said else f"http://{said}")
