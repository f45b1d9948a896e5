"""Bugs of the bytes on the wire, which no framework lets an application write: a relay stands before the honest server."""

from __future__ import annotations

import contextlib
import http.client
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlsplit

from tests.detection.forms import says
from tests.detection.plants import Plant
from tests.shell.hostile import Peer, serving

Edit = Callable[[str, str, bytes], bytes]
"""Given the method, the path and a whole answer as bytes, gives what is sent instead."""


def _as_it_is(_method: str, _target: str, answer: bytes) -> bytes:
    return answer


def _relayed(
    edit: Edit = _as_it_is, *, drops: Callable[[str], bool] = lambda _: False
) -> Callable[[str], contextlib.AbstractContextManager[str]]:
    """A relay that changes the bytes of answers, and does not pass on all headers of requests, by their names."""

    @contextlib.contextmanager
    def front(url: str) -> Iterator[str]:
        def relay(peer: Peer) -> None:
            upstream = http.client.HTTPConnection(urlsplit(url).netloc)
            with contextlib.closing(upstream):
                while request := peer.read():
                    peer.sock.sendall(_passed_on(upstream, request, edit, drops))

        with serving(relay) as server:
            yield server.base_url

    return front


def _passed_on(upstream: http.client.HTTPConnection, request: bytes, edit: Edit, drops: Callable[[str], bool]) -> bytes:
    head, _, body = request.partition(b"\r\n\r\n")
    line, *lines = head.decode("utf-8").split("\r\n")
    method, target, _ = line.split(" ", 2)
    upstream.putrequest(method, target.encode("utf-8").decode("latin-1"), skip_host=True, skip_accept_encoding=True)
    for each in lines:
        name, _, value = each.partition(": ")
        if not drops(name):
            upstream.putheader(name, value.encode("utf-8"))
    upstream.endheaders(body or None)
    answer = upstream.getresponse()
    told = [f"{name}: {value}" for name, value in answer.getheaders() if name.lower() not in {"connection", "date"}]
    text = "\r\n".join([f"HTTP/1.1 {answer.status} {answer.reason}", *told, "", ""]).encode("latin-1")
    return edit(method, target, text + answer.read())


def _of(method: str, below: str, edit: Callable[[bytes], bytes]) -> Plant:
    """What changes the answers to one method below one path."""
    return Plant(
        front=_relayed(lambda asked, target, data: edit(data) if asked == method and target.startswith(below) else data)
    )


_SECOND = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
_HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"


def _chunked(data: bytes) -> bytes:
    """The same body in one chunk, and its length in a header all the same."""
    head, _, body = data.partition(b"\r\n\r\n")
    return head + b"\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


def _in_another_case(name: str) -> bool:
    """A proxy that knows the header of the version as it is documented, and in no other case."""
    return name.lower() == "x-api-version" and name != "X-API-Version"


PLAIN_ACCEPT = says("[versioning.accept]\n", "[versioning.accept]\nother_forms = false\n")
"""Aragora's policy, that promises of `Accept` its plainest form only."""

WIRE: Mapping[tuple[str, str], Plant] = {
    ("girard", "honest-early-hints"): Plant(front=_relayed(lambda _, __, data: _HINTS + data)),
    ("aragora", "header-is-read-in-one-case"): Plant(front=_relayed(drops=_in_another_case), folder=PLAIN_ACCEPT),
    ("girard", "workflows-answered-twice"): _of("GET", "/api/v2/workflows", lambda data: data + _SECOND),
    ("girard", "head-has-a-body"): _of("HEAD", "/api/v1/workflows", lambda data: data + b'{"success": true}'),
    ("girard", "deleted-with-a-body"): _of("DELETE", "/api/v2/workflows", lambda data: data + b'{"success": true}'),
    ("girard", "length-beside-chunked"): _of("GET", "/api/v2/workflows", _chunked),
    ("girard", "nul-in-a-header"): _of(
        "GET", "/api/v2/workflows", lambda data: data.replace(b"\r\n", b"\r\nX-Node: a\0b\r\n", 1)
    ),
}
"""By policy and name of the bug."""
