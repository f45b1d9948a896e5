"""The base URL taken apart once, and the exact target of a request below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from requests import PreparedRequest
from requests.exceptions import RequestException

from pytest_apiversion.core.errors import ServiceUnreachable, ToolError
from pytest_apiversion.core.http.inner_hosts import is_loopback
from pytest_apiversion.core.http.messages import Request
from pytest_apiversion.shell.texts.shown_addresses import without_user

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""A method or a header name (RFC 9110 §5.6.2)."""

_TARGET = re.compile(r"/[!-\"$-~]*")
"""What can stand in a request line: visible ASCII, and no `#`, which would begin a fragment."""

_FORBIDDEN = re.compile(r"[\r\n\x00\ud800-\udfff]")
"""What no header value can hold: line ends and NUL (RFC 9110 §5.5), and halves of characters."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """A base URL.

    Attributes:
        shown: As reports name it: without the slash at its end.
        origin: Scheme, host and port, the host in ASCII.
        prefix: What stands before every path; empty or `/…` without a slash at its end.
    """

    shown: str
    origin: str
    prefix: str

    def target(self, request: Request) -> str:
        """Path and query of a request as they go into the request line, not one byte of them changed.

        Raises:
            ToolError: The request cannot be written as HTTP; says which part of it.
        """
        try:
            target = self.prefix + request.target
        except UnicodeEncodeError:
            raise unsendable(request, "its query holds half a character (a lone surrogate)") from None
        if not request.path.startswith("/") or not _TARGET.fullmatch(target):
            raise unsendable(request, "its path is not percent-encoded, or does not begin with a slash")
        if not _TOKEN.fullmatch(request.method):
            raise unsendable(request, "its method is not a token")
        for name, value in (*request.headers, *((("Host", request.host),) if request.host is not None else ())):
            if not _TOKEN.fullmatch(name):
                raise unsendable(request, f"{name!a} is not a header name")
            if found := _FORBIDDEN.search(value):
                raise unsendable(request, f"the value of its header {name} holds {found.group()!a}")
        return target


def unsendable(request: Request, reason: str) -> ToolError:
    """The error for a request that cannot be written as HTTP; its values stay unsaid, since one may be a secret."""
    place = f"{request.method} {request.path}".encode("ascii", "backslashreplace").decode()
    return ToolError(f"{place[:200]} cannot be sent: {reason}")


def address(base_url: str) -> Address:
    """Take a base URL apart.

    Raises:
        ServiceUnreachable: It is not an `http` or `https` URL of a host, or holds more than scheme, host, port and path.
    """
    shown = without_user(base_url.partition("?")[0].rstrip("/"))
    try:
        parts = urlsplit(base_url)
        extra = [name for name in ("query", "fragment") if getattr(parts, name)]
        port = parts.port
    except ValueError as error:
        raise ServiceUnreachable(f"the base URL {shown!r} is not a URL: {error}") from None
    if parts.username is not None:
        raise ServiceUnreachable(f"the base URL {shown!r} holds a user name; say who asks under `credentials`")
    if extra:
        raise ServiceUnreachable(f"the base URL {shown!r} holds a {extra[0]}; it may hold scheme, host, port and path")
    prepared = PreparedRequest()
    try:
        prepared.prepare_url(base_url, None)
        ready = urlsplit(prepared.url or "")
    except (RequestException, ValueError):
        ready = urlsplit("")
    if parts.scheme not in {"http", "https"} or not ready.hostname or port == 0:
        raise ServiceUnreachable(f"the base URL {shown!r} is not an http or https URL of a host")
    return Address(shown=shown, origin=f"{ready.scheme}://{ready.netloc}", prefix=ready.path.rstrip("/"))


def is_local(base_url: str) -> bool:
    """Whether a URL's host is this machine by its name: `localhost`, below `.localhost`, or a loopback address.

    Names are not looked up: a name that happens to lead here counts as another machine.
    """
    try:
        return is_loopback((urlsplit(base_url).hostname or "").rstrip("."))
    except ValueError:
        return False
