"""TLS and proxies as people have them: authorities of their own, client certificates, proxies that are named."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core.errors import ServiceUnreachable
from pytest_apiversion.core.http.messages import Request, Response
from pytest_apiversion.core.policy.connection import Connection
from pytest_apiversion.core.policy.secrets import Secrets
from pytest_apiversion.shell.transport.curl import curl_options
from pytest_apiversion.shell.transport.sender import Transport
from tests.shell.certificates import PASSWORD, Authority, authority, encrypted, secure
from tests.shell.hostile import answering, refusing, reply, serving
from tests.shell.proxy import proxying

GET = Request(method="GET", path="/things", query=(("a", "b"),))


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority and what it signed."""
    return authority(tmp_path_factory.mktemp("tls"))


def asking(base_url: str, **said: Any) -> Transport:
    """A transport that connects as said."""
    return Transport(base_url, timeout=5, max_body=1000, rate=None, concurrency=2, connection=Connection(**said))


def test_an_authority_of_our_own_is_believed_and_no_other(ours: Authority) -> None:
    """A certificate signed by `ca` is accepted; without it the error says what to name, and where that is written."""
    with serving(encrypted(ours.server, answering(reply()))) as server:
        with asking(secure(server.base_url), ca=str(ours.ca)) as sender:
            assert isinstance(sender.send(GET), Response)
        with (
            asking(secure(server.base_url)) as sender,
            pytest.raises(
                ServiceUnreachable,
                match=r"name its authority by `ca` in \[requests\.tls\], or --ca of a command \(docs/guides/staging\.md#tls\)",
            ),
        ):
            sender.send(GET)


@pytest.mark.skipif(sys.version_info < (3, 13), reason="Python is content with such an authority before 3.13")
def test_an_authority_that_says_too_little(tmp_path: Path) -> None:
    """It is not enough to name it: the advice is to have it made anew."""
    loose = authority(tmp_path, strict=False)
    with (
        serving(encrypted(loose.server, answering(reply()))) as server,
        asking(secure(server.base_url), ca=str(loose.ca)) as sender,
        pytest.raises(ServiceUnreachable, match="made with what RFC 5280 asks for, on which Python"),
    ):
        sender.send(GET)


def test_a_name_that_the_certificate_is_not_for(ours: Authority) -> None:
    """Another host's certificate is not accepted, and the advice is another one."""
    with (
        serving(encrypted(ours.server, answering(reply()))) as server,
        asking(server.base_url.replace("http:", "https:"), ca=str(ours.ca)) as sender,
        pytest.raises(ServiceUnreachable, match="ask it by a name that its certificate is for"),
    ):
        sender.send(GET)


@pytest.mark.parametrize("how", ["two files", "locked"])
def test_a_client_certificate_is_shown(ours: Authority, how: str) -> None:
    """A service that wants one answers to the client that has it, whose key may be behind a password."""
    key = {"key": str(ours.key)} if how == "two files" else {"key": str(ours.locked), "password": PASSWORD}
    with (
        serving(encrypted(ours.server, answering(reply()), clients=ours.ca)) as server,
        asking(secure(server.base_url), ca=str(ours.ca), certificate=str(ours.client), **key) as sender,
    ):
        assert isinstance(sender.send(GET), Response)
        assert isinstance(sender.send(GET), Response)
        assert server.connections == 1


def test_a_service_that_wants_a_client_certificate_is_said_to(ours: Authority) -> None:
    """With TLS 1.3 the refusal comes after the handshake: it is no torn answer, and nothing is found of the service."""
    with (
        serving(encrypted(ours.server, answering(reply()), clients=ours.ca)) as server,
        asking(secure(server.base_url), ca=str(ours.ca)) as sender,
        pytest.raises(ServiceUnreachable, match=r"it wants a client certificate.*`certificate` in \[requests\.tls\]"),
    ):
        sender.send(GET)


def test_what_is_wrong_with_a_client_certificate(ours: Authority, tmp_path: Path) -> None:
    """Each way has its sentence, before the first request; nobody is asked for a password at the terminal."""
    for said, sentence in (
        ({"certificate": "gone.pem"}, "there is no client certificate or key at 'gone.pem'"),
        ({"certificate": str(ours.client)}, "no `key` is named"),
        ({"certificate": str(ours.client), "key": str(ours.other)}, "is another one's"),
        ({"certificate": str(ours.client), "key": str(ours.locked)}, "`password` is needed to open its key"),
        ({"certificate": str(ours.client), "key": str(ours.locked), "password": "wrong"}, "`password` does not open its key"),
    ):  # fmt: skip
        with pytest.raises(ServiceUnreachable, match="was not asked: ") as found:
            asking("https://localhost", **said)
        assert sentence in str(found.value)
        assert "wrong" not in str(found.value)


@pytest.mark.parametrize("tls", [False, True])
def test_a_named_proxy_is_asked(ours: Authority, tls: bool) -> None:  # noqa: FBT001  a parameter of a test
    """An http service is asked through it by whole addresses, an https one through a tunnel; name and password go to the proxy only."""
    behaviour = answering(reply())
    with (
        serving(encrypted(ours.server, behaviour) if tls else behaviour) as server,
        proxying(wants="Basic bWU6cDphL3Nz") as proxy,
    ):
        base_url = secure(server.base_url) if tls else server.base_url
        address = proxy.address.replace("://", "://me:p%3Aa%2Fss@")
        with asking(base_url, ca=str(ours.ca), proxy=address) as sender:
            answers = [sender.send(GET) for _ in range(2)]

        assert all(isinstance(answer, Response) and answer.status == 200 for answer in answers)
        place = base_url.partition("//")[2]
        asked = f"CONNECT {place} HTTP/1.1" if tls else f"GET {base_url}/things?a=b HTTP/1.1"
        assert {line for line, _ in proxy.heads} == {asked}
        assert len(proxy.heads) == (1 if tls else 2)
        assert all(b"roxy-" not in request and request.startswith(b"GET /things?a=b") for request in server.requests)


def test_proxies_of_the_environment_are_asked_where_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never unasked; with `environment` they are, and `NO_PROXY` is kept to."""
    with serving(answering(reply())) as server, proxying() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.address)
        monkeypatch.setenv("http_proxy", proxy.address)
        for each in ("no_proxy", "NO_PROXY"):
            monkeypatch.delenv(each, raising=False)
        with asking(server.base_url) as sender:
            assert isinstance(sender.send(GET), Response)
        assert proxy.heads == []
        with asking(server.base_url, proxy="environment") as sender:
            assert isinstance(sender.send(GET), Response)
        assert len(proxy.heads) == 1
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        with asking(server.base_url, proxy="environment") as sender:
            assert isinstance(sender.send(GET), Response)
        assert len(proxy.heads) == 1


def test_a_proxy_that_does_not_help_is_said_to_be_the_reason() -> None:
    """A refusal, an answer that is no HTTP, and nobody there are told of the proxy, without its password."""
    for refuses, sentence in (
        (b"HTTP/1.1 407 Who\r\nContent-Length: 0\r\n\r\n", "answered 407 to CONNECT localhost:1; it wants a name and a password"),
        (b"HTTP/1.1 502 Bad\r\n\r\n", "answered 502 to CONNECT localhost:1"),
        (b"SSH-2.0-x\r\n\r\n", "gave no answer that is HTTP"),
    ):  # fmt: skip
        with (
            proxying(refuses=refuses) as proxy,
            asking("https://localhost:1", proxy=proxy.address.replace("//", "//me:s3cr3t@")) as sender,
            pytest.raises(ServiceUnreachable, match="cannot be reached: the proxy ") as found,
        ):
            sender.send(GET)
        assert sentence in str(found.value)
        assert "s3cr3t" not in str(found.value)
    with (
        refusing() as nobody,
        asking("http://localhost:1", proxy=nobody) as sender,
        pytest.raises(ServiceUnreachable, match=r"connection refused \(through the proxy 127\.0\.0\.1:\d+\)"),
    ):
        sender.send(GET)


@pytest.mark.parametrize("address", ["socks5://me:s3cr3t@localhost", "https://me:s3cr3t@localhost", "http://", "http://a:b:c", "http://a/b?c"])  # fmt: skip
def test_a_proxy_that_is_none(address: str) -> None:
    """What cannot be asked is refused with a sentence that holds no password."""
    with pytest.raises(ServiceUnreachable, match="was not asked: the proxy is ") as found:
        asking("https://localhost", proxy=address)
    assert "s3cr3t" not in str(found.value)


def test_what_is_pasted_connects_as_the_run_did() -> None:
    """The line for curl names authorities, certificate and proxy, and no password."""
    connection = Connection(
        ca="our ca.pem", certificate="c.pem", key="c.key", password="0pen-Sesame", verify=False, proxy="http://me:s3cr3t@proxy:3128"
    )  # fmt: skip
    assert "0pen-Sesame" not in " ".join(curl_options(connection))
    said = " ".join(curl_options(connection, Secrets(values={"KEY_PASSWORD": "0pen-Sesame"})))

    assert said == (
        """--cacert 'our ca.pem' --cert c.pem --key c.key --pass "$KEY_PASSWORD" -k -x 'http://me:…@proxy:3128'"""
    )
