"""Anomalies of an answer on the wire: what another reader may take for something else, though it could be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pytest_apiversion.core.http.messages import Pairs
from pytest_apiversion.shell.transport.response_parser import BODILESS

_STATUS = re.compile(rb"HTTP/[0-9.]{1,3} [0-9]{3}")

_LAST_CHUNK = b"0"
"""What common servers (waitress) end every answer of no known length with, to `HEAD` too: a body in which nothing is."""


def anomalies(
    method: str, status: int, headers: Pairs, rest: bytes, *, alone: bool = False
) -> Iterator[tuple[str, str]]:
    """What was wrong with an answer on the wire, in words, and what there is to see of it.

    Nothing of a body is shown: its beginning is all that was read, and half a secret cannot be masked.

    Args:
        method: The method of the request.
        status: The status of the answer.
        headers: Its headers.
        rest: The beginning of what came behind it.
        alone: Whether a carriage return stands alone in its head.
    """
    found = dict.fromkeys(name.lower() for name, _ in headers)
    if {"content-length", "transfer-encoding"} <= found.keys():
        yield "Content-Length beside Transfer-Encoding (RFC 9112 §6.3)", "both"
    if alone:
        yield "a carriage return without a line feed in its head (RFC 9112 §2.2)", "one"
    yield from ((f"a NUL in the header {name} (RFC 9110 §5.5)", "a NUL") for name, value in headers if "\0" in value)
    if not rest.strip() or (method == "HEAD" and rest.strip() == _LAST_CHUNK):
        return
    second, count = _STATUS.match(rest), f"{len(rest)} bytes or more"
    if second is not None:
        yield "a second answer behind it (RFC 9112 §6.3)", second[0].decode("ascii")
    elif method == "HEAD":
        yield "a body behind the answer to a HEAD (RFC 9110 §9.3.2)", count
    elif status in BODILESS:
        yield f"a body behind a {status} (RFC 9112 §6.3)", count
    else:
        yield "more behind its end (RFC 9112 §6.3)", count
