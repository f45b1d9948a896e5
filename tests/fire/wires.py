"""Odd wires: servers that are wrong, rude or merely unusual between the bytes of a request and those of its answer; whether each has answered."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass

from tests.shell.hostile import Behaviour, Peer, answering, reply

_GOOD = reply(b"[]")
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
_CHUNKED = _HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
_HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"
_WAIT = b"HTTP/1.1 100 Continue\r\n\r\n"
_DIGITS = b"9" * 5000
"""More than Python makes a number of."""


@dataclass(frozen=True, kw_only=True)
class Wire:
    """One way to answer.

    Attributes:
        behaviour: What a server does with a connection.
        answers: Whether that is an answer: one that a client reads, and that is held to what is promised.
    """

    behaviour: Behaviour
    answers: bool


def _sent(data: bytes, *, answers: bool = True, stays: bool = False) -> Wire:
    """The same bytes for each request; then the connection is closed, or stays."""

    def behave(peer: Peer) -> None:
        while peer.read():
            peer.sock.sendall(data)
            if not stays:
                return

    return Wire(behaviour=behave, answers=answers)


def _json(body: str | bytes, *headers: str, status: str = "200 OK", answers: bool = True) -> Wire:
    """An answer of another body."""
    return Wire(
        behaviour=answering(
            reply(body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass"), *headers, status=status)
        ),
        answers=answers,
    )


def _dripped(data: bytes, *, answers: bool) -> Wire:
    def behave(peer: Peer) -> None:
        if peer.read():
            peer.drip(data)

    return Wire(behaviour=behave, answers=answers)


def _unread(peer: Peer) -> None:
    """Answers as soon as it is connected, and reads the request afterwards."""
    peer.sock.sendall(_GOOD)
    peer.read()


def _half_closed(peer: Peer) -> None:
    """Sends its answer and the end of it, and goes on reading."""
    if peer.read():
        peer.sock.sendall(_GOOD)
        peer.sock.shutdown(1)
        peer.read()


def _stale(peer: Peer) -> None:
    """Says a moment after its answer what nobody asked for."""
    while peer.read():
        peer.sock.sendall(_GOOD)
        peer.server.stopping.wait(0.01)
        peer.sock.sendall(b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")


def _one_by_one(peer: Peer) -> None:
    """An answer whose bytes come one a packet, in time."""
    if peer.read():
        for byte in _GOOD:
            peer.sock.sendall(bytes([byte]))


_BOTH = _HEAD + b"Content-Length: 2\r\n"
_DEEP = 3000

WIRES: dict[str, Wire] = {
    # before the answer
    "early hints": _sent(_HINTS + _GOOD),
    "continue, unasked": _sent(_WAIT + _GOOD),
    "interim answers of every kind": _sent(b"HTTP/1.1 102 Processing\r\n\r\n" + _HINTS * 5 + _WAIT + _GOOD),
    "an unknown interim status": _sent(b"HTTP/1.1 199 Almost\r\n\r\n" + _GOOD),
    "a hundred interim answers": _sent(_HINTS * 50 + _WAIT * 50 + _GOOD),
    "more of them than anybody needs": _sent((_WAIT + _HINTS) * 50 + _WAIT + _GOOD, answers=False),
    "interim, then closed": _sent(_HINTS, answers=False),
    "interim, then nothing": _sent(_WAIT, answers=False, stays=True),
    "another protocol from here on": _sent(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n\0\0\0"),
    "blank lines before it": _sent(b"\r\n\r\n" + _GOOD, answers=False),
    "answers before it is asked": Wire(behaviour=_unread, answers=True),
    # its first line
    "HTTP/0.9": _sent(b"[]", answers=False),
    "HTTP/1.0": _sent(b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n[]"),
    "HTTP/2 without being asked": _sent(b"\0\0\6\4\0\0\0\0\0\0\5\0\0\x40\0", answers=False),
    "no reason": _sent(_GOOD.replace(b"200 OK", b"200")),
    "a long reason": _sent(_GOOD.replace(b"OK", b"O" + b"K" * 60_000)),
    "a reason that is no text": _sent(_GOOD.replace(b"OK", b"\xff\xfe\x1b[2J")),
    "status of two digits": _sent(_GOOD.replace(b"200", b"20"), answers=False),
    "status of four digits": _sent(_GOOD.replace(b"200", b"2000"), answers=False),
    "status 0": _sent(_GOOD.replace(b"200", b"000"), answers=False),
    "lines that end alone": _sent(_GOOD.replace(b"\r\n", b"\n")),
    # its headers
    "folded": _sent(_GOOD.replace(b"\r\n\r\n", b"\r\nX-Long: a\r\n  b\r\n\tc\r\n\r\n")),
    "a fold before any header": _sent(b"HTTP/1.1 200 OK\r\n  X-A: b\r\n\r\n[]", answers=False),
    "the same name in three cases": _json("[]", "X-Id: a", "x-id: b", "X-ID: c"),
    "two types": _json("[]", "content-type: text/html"),
    "a name with a space": _sent(_GOOD.replace(b"Content-Type:", b"Content-Type :"), answers=False),
    "a name that is empty": _sent(_GOOD.replace(b"\r\n\r\n", b"\r\n: x\r\n\r\n"), answers=False),
    "a NUL in a value": _json("[]", "X-A: a\0b"),
    "a carriage return in a value": _sent(_GOOD.replace(b"\r\n\r\n", b"\r\nX-A: a\rX-B: c\r\n\r\n")),
    "a header of 60 kB": _json("[]", f"X-A: {'a' * 60_000}"),
    "99 headers": _json("[]", *(f"X-{number}: {number}" for number in range(97))),
    "dates that are none": _json("[]", "Date: yesterday", "Last-Modified: 0", "Expires: -1", "Age: -1"),
    "a date in the year 9999": _json("[]", "Date: Fri, 31 Dec 9999 23:59:59 GMT"),
    "numbers of 5000 digits": _json(
        "[]",
        *(f"{name}: {'9' * 5000}" for name in ("Age", "Retry-After", "RateLimit-Reset", "X-RateLimit-Remaining")),
        f"Deprecation: @{'9' * 5000}",
    ),
    # how long it is
    "a length of 5000 digits": _sent(_HEAD + b"Content-Length: " + _DIGITS + b"\r\n\r\n[]", answers=False),
    "a negative length": _sent(_HEAD + b"Content-Length: -2\r\n\r\n[]", answers=False),
    "a length with a sign": _sent(_HEAD + b"Content-Length: +2\r\n\r\n[]", answers=False),
    "a length that is a fraction": _sent(_HEAD + b"Content-Length: 2.0\r\n\r\n[]", answers=False),
    "a length in other digits": _sent(_HEAD + "Content-Length: ٢\r\n\r\n[]".encode(), answers=False),
    "the same length twice": _sent(_BOTH + b"Content-Length: 2\r\n\r\n[]"),
    "a length that is too small": _sent(_HEAD + b"Content-Length: 1\r\n\r\n[]"),
    "a length beside chunks": _sent(_BOTH + b"Transfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n"),
    "chunked, and a space": _sent(_HEAD + b"Transfer-Encoding: chunked \r\nX-A: a\r\n b\r\n\r\n2\r\n[]\r\n0\r\n\r\n"),
    "gzip and chunked": _sent(_HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n", answers=False),
    "the identity, as it once was": _sent(_HEAD + b"Transfer-Encoding: identity\r\n\r\n[]"),
    "an unknown transfer coding": _sent(_HEAD + b"Transfer-Encoding: zip\r\n\r\n[]", answers=False),
    "chunked twice": _sent(_HEAD + b"Transfer-Encoding: chunked, chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n", answers=False),
    "a body with a 204": _sent(_GOOD.replace(b"200 OK", b"204 No Content"), stays=True),
    "a body with a 304": _sent(_GOOD.replace(b"200 OK", b"304 Not Modified"), stays=True),
    # its chunks
    "trailers": _sent(_CHUNKED + b"2\r\n[]\r\n0\r\nX-Sum: 1\r\nContent-Type: text/html\r\n\r\n"),
    "chunks with extensions": _sent(_CHUNKED + b'2;a=b;c="d;e"\r\n[]\r\n0;f\r\n\r\n'),
    "a chunk of negative size": _sent(_CHUNKED + b"-1\r\n[]\r\n0\r\n\r\n", answers=False),
    "a chunk of 5000 digits": _sent(_CHUNKED + _DIGITS + b"\r\n[]\r\n", answers=False),
    "a chunk that is longer than it says": _sent(_CHUNKED + b"1\r\n[]\r\n0\r\n\r\n", answers=False),
    "no last chunk": _sent(_CHUNKED + b"2\r\n[]\r\n", answers=False),
    "a byte a chunk": _sent(_CHUNKED + b"".join(b"1\r\n%c\r\n" % each for each in b"[" + b" " * 5000 + b"]") + b"0\r\n\r\n"),
    # when it comes
    "a byte a packet": Wire(behaviour=_one_by_one, answers=True),
    "a drip that is late": _dripped(_GOOD, answers=False),
    "half closed": Wire(behaviour=_half_closed, answers=True),
    "stale bytes on a kept connection": Wire(behaviour=_stale, answers=True),
    "a second answer behind it": _sent(_GOOD + _GOOD, stays=True),
    "garbage behind it": _sent(_GOOD + b"\0" * 100, stays=True),
    # its coding
    "gzip that is none, by another name": _json("[]", "Content-Encoding: x-gzip", answers=False),
    "gzip of two members": _json(gzip.compress(b"[") + gzip.compress(b"]"), "Content-Encoding: gzip"),
    "gzip and padding": _json(gzip.compress(b"[]") + bytes(512), "Content-Encoding: gzip"),
    "gzip that nobody tells": _json(gzip.compress(b"[]")),
    "gzip of nothing": _json(b"", "Content-Encoding: gzip"),
    "deflate without a frame": _json(zlib.compress(b"[]")[2:-4], "Content-Encoding: deflate"),
    "told twice, coded once": _json(gzip.compress(b"[]"), "Content-Encoding: gzip", "Content-Encoding: gzip", answers=False),
    "a coding that is empty": _json("[]", "Content-Encoding: ,, identity,"),
    "harmless bomb": _json(gzip.compress(b"[" + b" " * 2_000_000 + b"]"), "Content-Encoding: gzip", answers=False),
    # what it says of its text
    "UTF-16 by its own word": _json("[]".encode("utf-16"), "X-A: b"),
    "UTF-32 with a mark": _json(b"\xff\xfe\0\0" + "[]".encode("utf-32-le")),
    "a mark of UTF-8": _json(b"\xef\xbb\xbf[]"),
    "Latin-1 that says UTF-8": _json('["é"]'.encode("latin-1")),
    "half a pair of surrogates": _json('[{"id": "\\ud800", "name": "\\udfff"}]'),
    "surrogates in UTF-8": _json('[{"id": "\ud800", "name": "x"}]'),
    "members twice": _json('[{"id": "a", "id": 1, "name": "x", "name": null}]'),
    "numbers that are none": _json('[{"id": NaN, "name": -Infinity}]'),
    "a number of 5000 digits": _json(b'[{"id": ' + _DIGITS + b"}]"),
    "a number beyond all": _json('[{"id": 1e999999}]'),
    "minus zero": _json('[{"id": -0.0, "name": -0}]'),
    "deep": _json("[" * _DEEP + "]" * _DEEP),
    "deep objects": _json('{"a":' * _DEEP + "1" + "}" * _DEEP),
    "lines of JSON": _json('{"id": "a"}\n{"id": "b"}\n'),
    "a comma too many": _json('[{"id": "a", "name": "x"},]'),
    # where it sends to
    "a redirect to itself": _json("", "Location: /v2/things", status="302 Found"),
    "a redirect to another scheme": _json("", "Location: gopher://127.0.0.1:70/", status="301 Moved Permanently"),
    "a redirect to nowhere": _json("", "Location:", status="307 Temporary Redirect"),
    "a redirect of 8 kB": _json("", f"Location: /{'a/' * 4000}", status="308 Permanent Redirect"),
    # when to come back
    "back before it was asked": _json("{}", "Retry-After: -5", status="429 Too Many Requests"),
    "back never": _json("{}", f"Retry-After: {'9' * 400}", status="503 Service Unavailable"),
    "back in a while": _json("{}", "Retry-After: soon", status="503 Service Unavailable"),
    "back in the year 9999": _json("{}", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT", status="429 Too Many Requests"),
    "back before Christ": _json("{}", "Retry-After: Sat, 01 Jan 0000 00:00:00 GMT", status="429 Too Many Requests"),
    "back at two times": _json("{}", "Retry-After: 0", "Retry-After: 1", status="429 Too Many Requests"),
}  # fmt: skip
"""By name."""
