"""The printed line, run by a real shell, sends what the transport sends."""

from __future__ import annotations

import os
import shutil
import subprocess
from itertools import product
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_apiversion.core.http.messages import Pairs, Request
from pytest_apiversion.shell.transport.sender import Transport, curl
from tests.shell.hostile import Server, answering, reply, serving
from tests.thorough import drawn, sample

CURL = shutil.which("curl")
SHELLS = [shell for shell in ("bash", "dash", "zsh") if shutil.which(shell)]
needs_curl = pytest.mark.skipif(CURL is None or not SHELLS, reason="curl and a POSIX shell are not on this machine")

OURS = {"user-agent", "accept-encoding"}
"""Headers in which the two may differ."""


def seen(server: Server) -> tuple[str, list[tuple[str, str]], bytes]:
    """The last request a server got: line, headers but `OURS` in an order of their own, body."""
    head, _, body = server.requests[-1].partition(b"\r\n\r\n")
    line, *rest = head.decode().split("\r\n")
    headers = [(name.lower(), value.strip(" \t")) for name, _, value in (header.partition(":") for header in rest)]
    return line, sorted(pair for pair in headers if pair[0] not in OURS), body


def run(line: str, shell: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Paste a line into a shell."""
    environment = {"PATH": os.environ["PATH"], "HOME": os.devnull, "LC_ALL": "C.UTF-8", **variables}
    return subprocess.run([shell], input=line, env=environment, capture_output=True, text=True, timeout=20, check=False)


def both(server: Server, request: Request, shell: str = SHELLS[0] if SHELLS else "", **variables: str) -> str:
    """Send a request by the transport and by the printed line, compare, and give the line."""
    with Transport(server.base_url, timeout=5, max_body=1000, rate=None, concurrency=1) as sender:
        sender.send(request)
    wanted = seen(server)
    line = curl(request, server.base_url)
    found = run(line, shell, **variables)

    assert found.returncode == 0, (line[:2000], found.stderr)
    assert found.stdout.startswith("HTTP/1.1 200 OK")
    assert seen(server) == wanted
    assert len(server.requests) == 2
    assert "\n" not in line
    return line


EVIL = 'it\'s "quoted" $HOME `id` $(id) \\n \\ !x %s %d * ? [a] {b} ~ # & | ; < > ü €'

REQUESTS = {
    "get": Request(method="GET", path="/things"),
    "root": Request(method="GET", path="/"),
    "query": Request(method="GET", path="/a", query=(("q", EVIL), ("", ""), ("q", "2"))),
    "query-before-body": Request(method="PUT", path="/a", query=(("a&b", "="),), body=b"x"),
    "dots": Request(method="GET", path="/a/../b/./c"),
    "encoded-dots": Request(method="GET", path="/a/%2e%2E/b"),
    "last-dots": Request(method="GET", path="/a/.."),
    "slashes": Request(method="GET", path="//a//b/"),
    "encoded-slash": Request(method="GET", path="/a%2fb%2Fc"),
    "brackets": Request(method="GET", path="/a[1-3]/{b,c}"),
    "other-characters": Request(method="GET", path="/~a/!$&'()*+,;=:@"),
    "rude-characters": Request(method="GET", path='/"<>\\^`|'),
    "question-marks": Request(method="GET", path="/a??b?"),
    "header": Request(method="GET", path="/", headers=(("X-API-Version", "v1"), ("Accept", "application/json"))),
    "header-twice": Request(method="GET", path="/", headers=(("X-V", "1"), ("X-V", "2"), ("X-V", "2"))),
    "empty-header": Request(method="GET", path="/", headers=(("X-V", ""), ("X-W", "  "), ("Accept", ""))),
    "evil-header": Request(method="GET", path="/", headers=(("X-V", EVIL),)),
    "control-header": Request(method="GET", path="/", headers=(("X-V", "a\x01b\tc\x7f%s\\"),)),
    "at-header": Request(method="GET", path="/", headers=(("X-V", "@/etc/passwd"),)),
    "own-agent": Request(method="GET", path="/", headers=(("User-Agent", "me"), ("Accept-Encoding", "x"))),
    "cookies": Request(method="GET", path="/", headers=(("Cookie", "a=b; c=$d; e"),)),
    "host": Request(method="GET", path="/", host="v2.api.example.org"),
    "delete": Request(method="DELETE", path="/a"),
    "odd-method": Request(method="M-SEARCH", path="/"),
    "quoted-method": Request(method="A'B$C", path="/"),
    "post-nothing": Request(method="POST", path="/"),
    "post-empty": Request(method="POST", path="/", body=b""),
    "put-nothing": Request(method="PUT", path="/", headers=(("Content-Type", "application/json"),)),
    "get-empty": Request(method="GET", path="/", body=b""),
    "post": Request(method="POST", path="/", body=b'{"a": 1}', headers=(("Content-Type", "application/json"),)),
    "post-untyped": Request(method="POST", path="/", body=b'{"a": 1}'),
    "get-body": Request(method="GET", path="/", body=b"{}"),
    "own-length": Request(method="POST", path="/", body=b"{}", headers=(("Content-Length", "2"),)),
    "evil-body": Request(method="POST", path="/", body=EVIL.encode()),
    "at-body": Request(method="POST", path="/", body=b"@/etc/passwd"),
    "dash-body": Request(method="POST", path="/", body=b"-n \x00"),
    "only-dash": Request(method="POST", path="/", body=b"-\n"),
    "lines": Request(method="POST", path="/", body=b"a\r\nb\n\n"),
    "binary": Request(method="POST", path="/", body=bytes(range(256)) * 3),
    "percents": Request(method="POST", path="/", body=b"%s %% \\x41 \\101 '\x00'7"),
    "without-accept": Request(method="GET", path="/", without=frozenset({"accept"})),
    "not-utf-8": Request(method="PATCH", path="/", body=b"\xff\xfe{}"),
    "long": Request(method="POST", path="/", body=b'{"a": "' + b"x" * 90_000 + b'"}'),
    "huge": Request(method="POST", path="/", body=b"x" * 1_200_000),
    "padded": Request(method="POST", path="/", body=b'{"a": "100% \\n"}' + b" " * 1_200_000),
    "very-long": Request(method="POST", path="/", body=b'{"a": "' + b"'%\\x" * 50_000 + b'"}'),
}


@needs_curl
@pytest.mark.parametrize(("name", "shell"), sample(product(REQUESTS, SHELLS), 3))
def test_the_line_sends_what_the_transport_sends(name: str, shell: str) -> None:
    """Method, target, headers and body of the pasted line are those of the request it reproduces."""
    with serving(answering(reply())) as server:
        both(server, REQUESTS[name], shell)


@needs_curl
@pytest.mark.parametrize("body", [None, b"{}"], ids=["no-body", "body"])
def test_a_head_does_not_wait_for_a_body(body: bytes | None) -> None:
    """HEAD ends with the headers, whatever length they announce."""
    with serving(answering(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) as server:
        both(server, Request(method="HEAD", path="/a", body=body))


SECRETS = (("Authorization", "Bearer $API_TOKEN"), ("key", "${API_TOKEN}"), ("session", "s-$API_TOKEN"))


@needs_curl
@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("request_", "shown"),
    [
        pytest.param(
            Request(method="GET", path="/", headers=(("authorization", "Bearer s3cret"),)),
            '"authorization: Bearer $API_TOKEN"',
            id="header",
        ),
        pytest.param(
            Request(method="POST", path="/", headers=(("AUTHORIZATION", "Bearer s3cret"),), body=b"{}"),
            '"AUTHORIZATION: Bearer $API_TOKEN"',
            id="header-and-body",
        ),
        pytest.param(Request(method="GET", path="/", query=(("key", "s3cret"),)), '"key=${API_TOKEN}"', id="query"),
        pytest.param(
            Request(method="DELETE", path="/", query=(("a", "1"), ("key", "s3cret"))),
            '"key=${API_TOKEN}"',
            id="last-in-query",
        ),
        pytest.param(
            Request(method="GET", path="/", query=(("a", "$!"), ("key", "s3cret"), ("b", "!"))),
            "${API_TOKEN}&b=%21",
            id="amid-query",
        ),
        pytest.param(
            Request(method="POST", path="/", query=(("key", "s3cret"),), body=b"{}"), "${API_TOKEN}", id="and-body"
        ),
        pytest.param(
            Request(method="GET", path="/", headers=(("Cookie", "a=`b`; session=s-s3cret; c=d"),)),
            "'Cookie: a=`b`; session=s-'\"$API_TOKEN\"'; c=d'",
            id="cookie",
        ),
    ],
)
def test_a_secret_is_left_to_the_shell(request_: Request, shown: str, shell: str) -> None:
    """Not the secret but the variable stands in the line, and the shell fills it in."""
    request = Request(**{name: getattr(request_, name) for name in request_.__slots__} | {"secrets": SECRETS})
    with serving(answering(reply())) as server:
        line = both(server, request, shell, API_TOKEN="s3cret")

    assert "s3cret" not in line
    assert shown in line


@needs_curl
def test_a_secret_in_a_query_is_encoded() -> None:
    """A key that a URL cannot hold as it is arrives whole, where curl can be asked to encode it."""
    request = Request(method="HEAD", path="/", query=(("a", "1"), ("key", "a+b/c=&d e")), secrets=(("key", "$KEY"),))
    with serving(answering(b"HTTP/1.1 200 OK\r\n\r\n")) as server:
        line = curl(request, server.base_url)
        run(line, SHELLS[0], KEY="a+b/c=&d e")
        method, target, _ = seen(server)[0].split(" ")

    assert method == "HEAD"
    assert parse_qsl(urlsplit(target).query) == list(request.query)
    assert line.endswith('-G --data-urlencode "key=$KEY"')


@needs_curl
@pytest.mark.parametrize(
    ("value", "text"),
    [("Key s3cre", "Key ${KEY%?}"), ("Key s3", "Key ${KEY%????}"), ("'s3creta1a1'", "'${KEY}a1a1'")],
)
def test_a_shell_makes_a_near_miss_of_a_secret(value: str, text: str) -> None:
    """What lacks the end of a variable's value, and what goes on behind it, is sent as the run sent it."""
    with serving(answering(reply())) as server:
        request = Request(method="GET", path="/", headers=(("X-Key", value),), secrets=(("X-Key", text),))
        line = both(server, request, KEY="s3cret")

    assert "s3" not in line


@needs_curl
@pytest.mark.parametrize("text", ["$(id)", "`id`", '"; id; "', "\\", "$", "$1", "${a-b}", "!!", "'; id; '", "a\nb"])
@pytest.mark.parametrize("place", ["header", "query"])
def test_what_is_shown_for_a_secret_runs_nothing(text: str, place: str) -> None:
    """Only plain variables are filled in; a policy file cannot put commands into a line people paste."""
    if place == "header":
        request = Request(method="GET", path="/", headers=(("X-Key", "s3cret"),), secrets=(("X-Key", text),))
    else:
        request = Request(method="GET", path="/", query=(("k", "s3cret"),), secrets=(("k", text),))
    line = curl(request, "http://localhost:1")
    words = subprocess.run(
        [SHELLS[0]], input=line.replace("curl", "printf '%s\\0'", 1), capture_output=True, text=True, check=True
    ).stdout.split("\0")

    assert words[-2] in {f"X-Key: {text}", f"k={text}"}


def test_spaces_at_the_end_of_a_long_body_make_no_long_line() -> None:
    """They are counted: a body at a limit of bytes is JSON and spaces."""
    line = curl(Request(method="POST", path="/", body=b"{}" + b" " * 20_000_000), "http://h")

    assert line == "printf '{}%20000000s' '' | curl -sS -i http://h/ -H Content-Type: -H Expect: --data-binary @-"


def test_the_line_is_short() -> None:
    """Nothing stands in a line that the request does not need."""
    request = Request(method="GET", path="/v1/things", query=(("page", "2"),), headers=(("X-API-Version", "v1"),))

    assert curl(request, "http://localhost:8000/api/") == (
        "curl -sS -i 'http://localhost:8000/api/v1/things?page=2' -H 'X-API-Version: v1'"
    )
    assert curl(Request(method="HEAD", path="/"), "http://localhost") == "curl -sS -I http://localhost/"
    assert curl(Request(method="POST", path="/", body=b"{}", headers=(("Content-Type", "a/b"),)), "http://h") == (
        "curl -sS -i http://h/ -H 'Content-Type: a/b' --data-raw '{}'"
    )


# curl takes a value of nothing but vertical space (VT, FF) for no header at all.
_VALUES = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\n\x0b\x0c"), max_size=20)
_QUERIES: st.SearchStrategy[Pairs] = st.lists(
    st.tuples(st.text(st.characters(codec="utf-8"), max_size=9), _VALUES), max_size=3
).map(tuple)


@needs_curl
@given(value=_VALUES, query=_QUERIES, body=st.none() | st.binary(max_size=50))
@settings(max_examples=drawn(40), deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_request_survives_the_shell(value: str, query: Pairs, body: bytes | None) -> None:
    """Whatever a header, a query and a body hold, the pasted line sends the same."""
    with serving(answering(reply())) as server:
        both(server, Request(method="POST", path="/a", query=query, headers=(("X-V", value),), body=body))
