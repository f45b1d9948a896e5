"""What goes out byte for byte, and good answers of every form that must be read."""

from __future__ import annotations

import gzip
import zlib

import pytest

from pytest_apiversion.core.errors import ServiceUnreachable, ToolError
from pytest_apiversion.core.http.messages import Request, Response
from pytest_apiversion.shell.transport.content_coding import CHUNK, inflate
from pytest_apiversion.shell.transport.sender import Transport, is_local
from tests.fire.wires import WIRES
from tests.shell.hostile import Peer, answering, refusing, reply, serving


def transport(base_url: str) -> Transport:
    """A transport to a server that answers well."""
    return Transport(base_url, timeout=10, max_body=100_000, rate=None, concurrency=1)


def on_the_wire(request: Request, base_path: str = "") -> tuple[str, list[str], bytes]:
    """Request line, header lines and body of a request as a server gets them."""
    with serving(answering(reply())) as server, transport(server.base_url + base_path) as sender:
        sender.send(request)
        head, _, body = server.requests[0].partition(b"\r\n\r\n")
        line, *headers = head.decode("utf-8").split("\r\n")
        return line, headers, body


def answer_to(*replies: bytes, method: str = "GET") -> Response:
    """What the transport makes of the last of these replies, asked for in turn."""
    with serving(answering(*replies)) as server, transport(server.base_url) as sender:
        answers = [sender.send(Request(method=method, path="/")) for _ in replies]
        assert isinstance(answers[-1], Response), answers[-1]
        return answers[-1]


@pytest.mark.parametrize("name", WIRES)
def test_an_odd_wire(name: str) -> None:
    """What standard clients read is an answer; what nobody can read for sure is none, in one sentence; the next request fares no worse."""
    wire = WIRES[name]
    with (
        serving(wire.behaviour) as server,
        Transport(
            server.base_url,
            timeout=10 if wire.answers else 0.4,
            max_body=100_000,
            rate=None,
            concurrency=1,
            patience=2.0,
        ) as sender,
    ):
        answers = [sender.send(Request(method="GET", path="/")) for _ in range(1 + wire.answers)]

    assert [isinstance(each, Response) for each in answers] == [wire.answers] * len(answers)
    for each in answers:
        if not isinstance(each, Response):
            assert each.kind.value
            assert len(each.detail) < 100
            assert each.detail.isprintable()


SENTENCES = {
    "more of them than anybody needs": "more than 100 interim answers came before it",
    "interim, then closed": "the connection was closed behind an interim answer",
    "a name that is empty": "a header line has no colon behind its name",
    "an unknown transfer coding": "its Transfer-Encoding is 'zip', which was not asked for",
    "a length of 5000 digits": "its Content-Length is '9999999999999999999999999999999999999999'",
}


@pytest.mark.parametrize("name", SENTENCES)
def test_what_an_odd_wire_is_told_as(name: str) -> None:
    """What is wrong is said in the words of HTTP, whatever the library that reads it calls it."""
    with serving(WIRES[name].behaviour) as server, transport(server.base_url) as sender:
        assert getattr(sender.send(Request(method="GET", path="/")), "detail", "") == SENTENCES[name]


@pytest.mark.parametrize("first", [b"", b"HTTP/1.1 102 Processing\r\n\r\n"], ids=["at-once", "behind-an-interim"])
def test_an_answer_before_the_request_was_read(first: bytes) -> None:
    """A server that has answered need not read the rest of a long body; one that is only at work is sent all of it."""

    def early(peer: Peer) -> None:
        peer.sock.sendall(first or reply(status="413 Content Too Large"))
        if first:
            peer.read()
            peer.sock.sendall(reply(b"{}", "Connection: close", status="201 Created"))
        else:
            peer.wait()

    with serving(early) as server, transport(server.base_url) as sender:
        answers = [sender.send(Request(method="POST", path="/", body=bytes(8_000_000))) for _ in range(2)]

    assert [getattr(each, "status", each) for each in answers] == [201 if first else 413] * 2


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "//",
        "//a//b/",
        "/a/../b",
        "/a/./b",
        "/%2e%2e/b",
        "/a%2fb",
        "/a%2Fb",
        "/%e2%82%ac",
        "/a;b=c,d",
        "/a:b@c",
        '/[{x}]|^`"<>\\',
        "/%zz",
        "/a?b?c",
        "/~user/!$&'()*+",
    ],
)
def test_a_path_goes_out_as_it_is(path: str) -> None:
    """No library tidies a path on its way: that would ask for something else."""
    assert on_the_wire(Request(method="GET", path=path))[0] == f"GET {path} HTTP/1.1"


def test_a_query_is_encoded_once() -> None:
    """Decoded pairs are encoded, in order and as often as they come."""
    query = (("api version", "2+3&x=ü%20"), ("a", ""), ("a", "1"), ("a", "1"))

    assert on_the_wire(Request(method="GET", path="/x", query=query))[0] == (
        "GET /x?api%20version=2%2B3%26x%3D%C3%BC%2520&a=&a=1&a=1 HTTP/1.1"
    )


@pytest.mark.parametrize("base_path", ["/api", "/api/"])
def test_paths_lie_below_the_base_url(base_path: str) -> None:
    """A base URL with a path stands before every path, whether it ends in a slash or not."""
    assert on_the_wire(Request(method="GET", path="/x"), base_path)[0] == "GET /api/x HTTP/1.1"


@pytest.mark.parametrize(
    ("headers", "lines"),
    [
        pytest.param((("X-V", "1"), ("X-V", "2")), ["X-V: 1", "X-V: 2"], id="twice"),
        pytest.param((("X-V", "1"), ("X-V", "1")), ["X-V: 1", "X-V: 1"], id="twice-the-same"),
        pytest.param((("X-V", ""),), ["X-V: "], id="empty"),
        pytest.param((("X-V", "v٢ \uff12 ß\t€"),), ["X-V: v٢ \uff12 ß\t€"], id="utf-8"),
        pytest.param((("x-LOWER", "\x01\x7f"),), ["x-LOWER: \x01\x7f"], id="control-characters"),
        pytest.param((("Accept", "a/b"), ("Accept", "c/d")), ["Accept: a/b", "Accept: c/d"], id="our-own-given-way"),
        pytest.param((("Cookie", "a=b; c=d"),), ["Cookie: a=b; c=d"], id="cookie"),
        pytest.param(
            (("User-Agent", "me"), ("Accept-Encoding", "x")), ["User-Agent: me", "Accept-Encoding: x"], id="ours"
        ),
    ],
)
def test_headers_go_out_as_they_are(headers: tuple[tuple[str, str], ...], lines: list[str]) -> None:
    """Each header once for each time it was given, with exactly its value."""
    names = {name.lower() for name, _ in headers}
    sent = [
        line
        for line in on_the_wire(Request(method="GET", path="/", headers=headers))[1]
        if line.split(":")[0].lower() in names
    ]

    assert sent == lines


def test_what_a_request_brings_along() -> None:
    """A plain request has a host, our name, what we can read, and nothing else."""
    _, headers, body = on_the_wire(Request(method="GET", path="/"))

    assert [line.partition(":")[0] for line in headers] == ["Host", "User-Agent", "Accept-Encoding", "Accept"]
    assert headers[1].startswith("User-Agent: pytest-apiversion/")
    assert headers[2:] == ["Accept-Encoding: gzip, deflate", "Accept: */*"]
    assert body == b""


def test_a_host_can_be_asked_for() -> None:
    """`Request.host` stands in place of the base URL's host, once."""
    _, headers, _ = on_the_wire(Request(method="GET", path="/", host="v2.api.example.org"))

    assert [line for line in headers if line.lower().startswith("host:")] == ["Host: v2.api.example.org"]


@pytest.mark.parametrize(
    ("method", "body", "length"),
    [
        ("GET", None, []),
        ("DELETE", None, []),
        ("POST", None, ["Content-Length: 0"]),
        ("PURGE", None, ["Content-Length: 0"]),
        ("GET", b"", ["Content-Length: 0"]),
        ("GET", b"{}", ["Content-Length: 2"]),
        ("PATCH", b"\x00\xff\r\n\r\n", ["Content-Length: 6"]),
    ],
)
def test_bodies_go_out_with_their_length(method: str, body: bytes | None, length: list[str]) -> None:
    """A body is framed by its length, with any method; methods that usually have one say when there is none."""
    line, headers, sent = on_the_wire(Request(method=method, path="/", body=body))

    assert line.startswith(f"{method} ")
    assert [header for header in headers if header.startswith("Content-Length")] == length
    assert sent == (body or b"")


def test_nothing_is_remembered_and_nothing_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cookies are not kept, and proxies of the environment are not used: the answers must be the service's own."""
    with refusing() as proxy, serving(answering(reply(b"{}", "Set-Cookie: a=b; Path=/"))) as server:
        monkeypatch.setenv("HTTP_PROXY", proxy)
        monkeypatch.setenv("ALL_PROXY", proxy)
        with transport(server.base_url) as sender:
            for _ in range(2):
                assert isinstance(sender.send(Request(method="GET", path="/")), Response)
        assert all(b"ookie" not in request for request in server.requests)


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        pytest.param(Request(method="GET", path="/ä"), "its path is not percent-encoded", id="path-not-ascii"),
        pytest.param(Request(method="GET", path="/a b"), "its path is not percent-encoded", id="path-with-space"),
        pytest.param(Request(method="GET", path="/a#b"), "its path is not percent-encoded", id="path-with-fragment"),
        pytest.param(
            Request(method="GET", path="/a\r\nX-A: b"), "its path is not percent-encoded", id="path-with-line"
        ),
        pytest.param(Request(method="GET", path="x"), "does not begin with a slash", id="path-relative"),
        pytest.param(
            Request(method="GET", path="/", query=(("a", "\udc80"),)), "its query holds half a char", id="query"
        ),
        pytest.param(Request(method="G T", path="/"), "its method is not a token", id="method"),
        pytest.param(Request(method="GET", path="/", headers=(("X V", "1"),)), "'X V' is not a header name", id="name"),
        pytest.param(
            Request(method="GET", path="/", headers=(("X-V", "s3cret\udc80"),)), "header X-V holds", id="half"
        ),
        pytest.param(Request(method="GET", path="/", headers=(("X-V", "s3cret\n"),)), r"holds '\\n'", id="line-end"),
        pytest.param(Request(method="GET", path="/", headers=(("X-V", "s3cret\r\n x"),)), "X-V holds", id="folded"),
        pytest.param(Request(method="GET", path="/", host="a\nb"), "header Host holds", id="host"),
    ],
)
def test_what_cannot_be_sent_is_our_own_mistake(request_: Request, reason: str) -> None:
    """A request that HTTP cannot carry is never blamed on the service, and the error does not tell the value."""
    with serving(answering(reply())) as server, transport(server.base_url) as sender:
        with pytest.raises(ToolError, match=f" cannot be sent: .*{reason}") as caught:
            sender.send(request_)
        assert "s3cret" not in str(caught.value)
        assert server.connections == 0


BODY = b'{"a": 1}' * 100


@pytest.mark.parametrize(
    "wire",
    [
        pytest.param(reply(BODY), id="plain"),
        pytest.param(b"HTTP/1.0 200 OK\r\nContent-Length: 800\r\n\r\n" + BODY, id="http-1.0"),
        pytest.param(b"HTTP/1.1 200\r\nContent-Length: 800\r\n\r\n" + BODY, id="no-reason"),
        pytest.param(reply(BODY, "Content-Length: 800"), id="length-twice-the-same"),
        pytest.param(reply(gzip.compress(BODY), "Content-Encoding: gzip"), id="gzip"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
            + b"".join(b"1\r\n%c\r\n" % byte for byte in gzip.compress(BODY))
            + b"0\r\n\r\n",
            id="gzip-in-tiny-chunks",
        ),
        pytest.param(reply(gzip.compress(BODY), "Content-Encoding: X-GZIP"), id="x-gzip"),
        pytest.param(
            reply(gzip.compress(BODY[:9]) + gzip.compress(BODY[9:]), "Content-Encoding: gzip"), id="two-members"
        ),
        pytest.param(reply(gzip.compress(BODY) + bytes(20), "Content-Encoding: gzip"), id="padded-gzip"),
        pytest.param(reply(zlib.compress(BODY), "Content-Encoding: deflate"), id="deflate"),
        pytest.param(reply(zlib.compress(BODY)[2:-4], "Content-Encoding: deflate"), id="bare-deflate"),
        pytest.param(reply(gzip.compress(zlib.compress(BODY)), "Content-Encoding: deflate, gzip"), id="two-codings"),
        pytest.param(reply(BODY, "Content-Encoding: identity"), id="identity"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64;x=y\r\n"
            + BODY[:100]
            + b"\r\n2BC\r\n"
            + BODY[100:]
            + b"\r\n0\r\nX-Trailer: a\r\n\r\n",
            id="chunked",
        ),
        pytest.param(
            b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + reply(BODY), id="interim"
        ),
    ],
)
def test_good_answers_of_every_form_are_read(wire: bytes) -> None:
    """However an answer is framed and encoded, its body is the same, and the connection serves the next one."""
    answer = answer_to(wire, wire)

    assert (answer.status, answer.body) == (200, BODY)
    assert 0 < answer.elapsed < 10


def test_a_bomb_comes_apart_in_small_pieces() -> None:
    """Megabytes of zeros in one small piece are never in memory at once, nested or not."""
    bomb = gzip.compress(bytes(10_000_000))

    assert max(map(len, inflate([bomb], ("gzip",)))) <= CHUNK
    assert max(map(len, inflate([gzip.compress(bomb)], ("gzip", "gzip")))) <= CHUNK


def test_an_answer_may_end_with_its_connection() -> None:
    """Without length and chunks the body goes up to the end (RFC 9112 §6.3)."""

    def behave(peer: Peer) -> None:
        peer.read()
        peer.sock.sendall(b"HTTP/1.1 200 OK\r\n\r\n{}")

    with serving(behave) as server, transport(server.base_url) as sender:
        answer = sender.send(Request(method="GET", path="/"))

    assert isinstance(answer, Response)
    assert answer.body == b"{}"


@pytest.mark.parametrize(
    ("method", "wire"),
    [
        ("HEAD", b"HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\nContent-Encoding: gzip\r\n\r\n"),
        ("HEAD", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
        ("GET", b"HTTP/1.1 204 No Content\r\n\r\n"),
        ("GET", b"HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\nContent-Encoding: gzip\r\n\r\n"),
        ("GET", b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Encoding: br\r\n\r\n"),
    ],
    ids=["head", "head-chunked", "204", "304", "empty"],
)
def test_answers_without_a_body_are_not_waited_for(method: str, wire: bytes) -> None:
    """Some answers have no body, whatever their headers say (RFC 9112 §6.3), and the next answer is not taken for it."""
    assert answer_to(wire, wire, method=method).body == b""


def test_headers_come_in_as_they_are() -> None:
    """In order, as often as sent, trimmed, unfolded, UTF-8 read as such and anything else as Latin-1."""
    wire = b"HTTP/1.1 200 OK\r\nLink: <a>\r\nX-A:  b c \r\nlink: <b>\r\nX-F: a\r\n b\r\nX-U: \xc3\xa9\r\nX-L: \xe9\r\nContent-Length: 0\r\n\r\n"

    assert answer_to(wire).headers == (
        ("Link", "<a>"),
        ("X-A", "b c"),
        ("link", "<b>"),
        ("X-F", "a b"),
        ("X-U", "é"),
        ("X-L", "é"),
        ("Content-Length", "0"),
    )


@pytest.mark.parametrize(
    ("base_url", "local"),
    [
        ("http://localhost:8000", True),
        ("http://LOCALHOST./api", True),
        ("https://v2.api.localhost", True),
        ("http://127.0.0.1", True),
        ("http://127.8.9.1:1", True),
        ("http://[::1]:8000", True),
        ("http://[::ffff:127.0.0.1]", True),
        ("http://0.0.0.0:8000", True),
        ("http://localhost.example.org", False),
        ("http://127.0.0.1.example.org", False),
        ("http://notlocalhost", False),
        ("http://10.0.0.1", False),
        ("http://[2001:db8::1]", False),
        ("http://user@example.org@localhost:1", True),
        ("http://localhost@example.org", False),
        ("http://", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_this_machine_is_told_from_others(base_url: str, local: bool) -> None:  # noqa: FBT001  a table's column
    """Unsafe methods go to this machine only, so nothing else may look like it."""
    assert is_local(base_url) is local


@pytest.mark.parametrize(
    ("base_url", "reason"),
    [
        ("", "is not an http or https URL"),
        ("localhost:8000", "is not an http or https URL"),
        ("ftp://example.org", "is not an http or https URL"),
        ("http://", "is not an http or https URL"),
        ("http://[::1", "is not a URL"),
        ("http://example.org:99999", "is not a URL"),
        ("http://me:s3cret@example.org", "holds a user name"),
        ("http://example.org/?key=s3cret", "holds a query"),
        ("http://example.org/#a", "holds a fragment"),
        ("http://me:s3cret@[::1", "is not a URL"),
    ],
)
def test_a_base_url_that_is_none_is_said_to_be_one(base_url: str, reason: str) -> None:
    """Nothing is guessed about a base URL, and a secret in it is not repeated."""
    with pytest.raises(ServiceUnreachable, match=reason) as caught:
        transport(base_url)
    assert "s3cret" not in str(caught.value)


def test_an_international_name_is_asked_for_in_ascii() -> None:
    """A host name beyond ASCII is looked up by its IDNA form, and shown as it was written."""
    with (
        transport("http://bücher.invalid") as sender,
        pytest.raises(ServiceUnreachable, match=r"http://bücher\.invalid cannot"),
    ):
        sender.send(Request(method="GET", path="/"))
