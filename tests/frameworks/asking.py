"""Send one request exactly as written: duplicate headers, empty hosts and odd targets included."""

from __future__ import annotations

import http.client
import json
import urllib.parse
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came back; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str | None:
        """The content type without parameters."""
        content_type = self.headers.get("content-type")
        return content_type.partition(";")[0] if content_type else None

    @property
    def json(self) -> Any:
        """The body, parsed."""
        return json.loads(self.body)


def ask(
    base_url: str,
    method: str,
    target: str,
    headers: Iterable[tuple[str, str]] = (),
    body: bytes = b"",
    content_type: str = "application/json",
) -> Answer:
    """Send one request and read the whole answer; `content_type` is sent where there is a body."""
    place = urllib.parse.urlsplit(base_url)
    assert place.hostname is not None
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=10)
    sent = tuple(headers)
    try:
        connection.putrequest(method, target, skip_host=any(name == "Host" for name, _ in sent))
        for name, value in sent:
            connection.putheader(name, value.encode())
        if body:
            connection.putheader("Content-Type", content_type)
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body or None)
        response = connection.getresponse()
        received = {name.lower(): value for name, value in response.getheaders()}
        return Answer(status=response.status, headers=received, body=response.read())
    finally:
        connection.close()
