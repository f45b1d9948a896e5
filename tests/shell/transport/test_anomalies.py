"""Answers that can be read, and that another reader may take for something else."""

from __future__ import annotations

import time

import pytest

from pytest_apiversion.core.http.messages import Request, Response
from pytest_apiversion.shell.transport.sender import Transport
from tests.shell.hostile import Behaviour, Peer, answering, reply, serving

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n"
_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
_NO_CONTENT = b"HTTP/1.1 204 No Content\r\n\r\n"

ODD = {
    "body-behind-head": ("HEAD", _HEAD + b"{}", "a body behind the answer to a HEAD", b"{}"),
    "a-chunk-behind-head": ("HEAD", _CHUNKED, "a body behind the answer to a HEAD", b""),
    "body-behind-204": ("DELETE", _NO_CONTENT + b'{"ok": 1}', "a body behind a 204", b""),
    "body-of-a-length-behind-204": (
        "DELETE",
        b"HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n{}",
        "a body behind a 204",
        b"",
    ),
    "body-behind-304": ("GET", b"HTTP/1.1 304 Not Modified\r\n\r\nunchanged", "a body behind a 304", b""),
    "two-answers": ("GET", reply() + reply(b"[1]"), "a second answer behind it", b"{}"),
    "two-chunked-answers": ("GET", _CHUNKED + _CHUNKED, "a second answer behind it", b"{}"),
    "answer-behind-head": ("HEAD", _HEAD + _NO_CONTENT, "a second answer behind it", b""),
    "more-than-its-length": ("GET", reply() + b"{}", "more behind its end", b"{}"),
    "length-beside-chunked": (
        "GET",
        _CHUNKED.replace(b"chunked", b"chunked\r\nContent-Length: 5", 1),
        "Content-Length beside Transfer-Encoding",
        b"{}",
    ),
    "carriage-return-in-a-header": (
        "GET",
        reply(b"{}", "X-Note: a\rX-Other: b"),
        "a carriage return without a line feed in its head",
        b"{}",
    ),
    "nul-in-a-header": ("GET", reply(b"{}", "X-Note: a\0b"), "a NUL in the header X-Note", b"{}"),
}
HONEST = {
    "head-with-a-length": ("HEAD", _HEAD),
    "head-chunked": ("HEAD", _CHUNKED.partition(b"2\r\n{}")[0]),
    "head-chunked-with-the-last-chunk": ("HEAD", _CHUNKED.replace(b"2\r\n{}\r\n", b"")),
    "no-content": ("DELETE", _NO_CONTENT),
    "not-modified-with-a-length": ("GET", b"HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\n"),
    "chunked": ("GET", _CHUNKED),
    "early-hints": ("GET", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + reply()),
    "a-blank-line-behind-it": ("GET", reply() + b"\r\n"),
    "it-closes-then": ("GET", b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"),
}


def _asked(behaviour: Behaviour, method: str, times: int = 1) -> list[Response]:
    with (
        serving(behaviour) as server,
        Transport(server.base_url, timeout=10, max_body=100_000, rate=None, concurrency=1) as transport,
    ):
        found = [transport.send(Request(method=method, path="/")) for _ in range(times)]
    return [each for each in found if isinstance(each, Response)]


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_told(name: str) -> None:
    """What a cache may read otherwise is told in words, and the answer is read as the standard says all the same, each time."""
    method, data, words, body = ODD[name]
    found = _asked(answering(data), method, times=3)

    assert [[text.partition(" (")[0] for text, _ in each.anomalies] for each in found] == [[words]] * 3
    assert {each.body for each in found} == {b"" if method == "HEAD" else body}


@pytest.mark.parametrize("name", HONEST)
def test_what_is_not_odd_is_not_told(name: str) -> None:
    """What the standard allows is no anomaly."""
    method, data = HONEST[name]

    assert [each.anomalies for each in _asked(answering(data), method, times=2)] == [(), ()]


def test_a_body_may_come_a_moment_later() -> None:
    """A server that writes head and body apart is seen to send a body behind the answer to a HEAD."""

    def apart(peer: Peer) -> None:
        while peer.read():
            peer.sock.sendall(_HEAD)
            time.sleep(0.0002)
            peer.sock.sendall(b"{}")

    assert any(each.anomalies for each in _asked(apart, "HEAD", times=20))
