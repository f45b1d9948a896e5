"""TLS: certificates are verified unless somebody said otherwise, and deadlines hold below the encryption."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core.errors import ServiceUnreachable
from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind, Request, Response
from pytest_apiversion.core.policy.connection import Connection
from pytest_apiversion.shell.transport.sender import Transport
from tests.shell.certificates import encrypted, secure, self_signed
from tests.shell.hostile import Peer, answering, reply, serving

GET = Request(method="GET", path="/")


def transport(base_url: str, *, timeout: float = 10, **said: Any) -> Transport:
    """The same over TLS, to the name the certificate is for."""
    connection = Connection(**said)
    return Transport(secure(base_url), timeout=timeout, max_body=1000, rate=None, concurrency=2, connection=connection)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for `localhost` that is its own authority, with its key in the same file."""
    return self_signed(tmp_path_factory.mktemp("tls"))


@pytest.mark.parametrize("how", ["by-authority", "not-at-all"])
def test_a_trusted_service_is_asked(certificate: Path, how: str) -> None:
    """A named authority is believed; `verify=False` believes anyone, without a warning; the connection is kept."""
    said = {"ca": str(certificate)} if how == "by-authority" else {"verify": False}
    with (
        serving(encrypted(certificate, answering(reply()))) as server,
        transport(server.base_url, **said) as sender,
    ):
        answers = [sender.send(GET) for _ in range(3)]

        assert [answer.status for answer in answers if isinstance(answer, Response)] == [200] * 3
        assert server.connections == 1


def test_an_unknown_authority_is_not_believed(certificate: Path) -> None:
    """Nothing is sent to a service that cannot prove who it is."""
    with serving(encrypted(certificate, answering(reply()))) as server, transport(server.base_url) as sender:
        with pytest.raises(ServiceUnreachable, match=r"cannot be reached: TLS failed: its certificate is not accepted"):
            sender.send(GET)
        assert server.requests == []


def test_a_port_without_tls_is_said_to_be_one() -> None:
    """`https` to a port that speaks HTTP fails as what it is."""
    expected = r"^https://localhost:\d+ cannot be reached: TLS failed: \w+"
    with serving(lambda peer: peer.sock.sendall(reply())) as server, transport(server.base_url) as sender:
        with pytest.raises(ServiceUnreachable, match=expected):
            sender.send(GET)
        with pytest.raises(ServiceUnreachable, match=expected):
            sender.send(GET)
        assert server.connections == 1


def test_a_silent_handshake_ends_in_time() -> None:
    """A port that accepts and says nothing is unreachable, in time."""
    with serving(Peer.wait) as server, transport(server.base_url, timeout=0.5) as sender:
        begun = time.monotonic()
        with pytest.raises(ServiceUnreachable, match="cannot be reached: no connection in time"):
            sender.send(GET)
        assert time.monotonic() - begun < 5


def test_a_dripping_handshake_ends_in_time() -> None:
    """The deadline holds while a server spells out its hello."""
    with (
        serving(lambda peer: peer.drip(b"\x16\x03\x03\x40\x00" + bytes(1000))) as server,
        transport(server.base_url, timeout=0.5) as sender,
    ):
        begun = time.monotonic()
        with pytest.raises(ServiceUnreachable, match="cannot be reached: "):
            sender.send(GET)
        assert time.monotonic() - begun < 5


def test_a_dripping_body_ends_in_time(certificate: Path) -> None:
    """The deadline holds below TLS, also where the body ends with the connection."""

    def behave(peer: Peer) -> None:
        peer.read()
        peer.sock.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        peer.drip(b"x" * 1000)

    with (
        serving(encrypted(certificate, behave)) as server,
        transport(server.base_url, verify=False, timeout=0.5) as sender,
    ):
        begun = time.monotonic()
        answer = sender.send(GET)

        assert time.monotonic() - begun < 5
        assert isinstance(answer, NoAnswer)
        assert answer.kind is NoAnswerKind.TIMEOUT
        assert answer.detail.startswith("the body was not complete within 0.5 s, ")


def test_a_kept_connection_over_tls_is_replaced_when_it_was_closed(certificate: Path) -> None:
    """Only a connection that served before is worth a second attempt."""

    def once(peer: Peer) -> None:
        peer.read()
        if peer.server.connections != 2:
            peer.sock.sendall(reply())
            peer.read()
        peer.sock.shutdown(socket.SHUT_RDWR)

    with serving(encrypted(certificate, once)) as server, transport(server.base_url, verify=False) as sender:
        assert isinstance(sender.send(GET), Response)
        answer = sender.send(GET)

        assert isinstance(answer, NoAnswer)
        assert answer.kind is NoAnswerKind.CLOSED
        assert server.connections == 2


def test_authorities_that_are_not_there_are_said_not_to_be() -> None:
    """A path that leads nowhere is found before the first request."""
    with pytest.raises(ServiceUnreachable, match=r"there are no certificates at 'nowhere\.pem'"):
        transport("https://localhost", ca="nowhere.pem")


def test_authorities_that_are_none_are_said_to_be_none(tmp_path: Path) -> None:
    """A file without a certificate is told before the first request."""
    (tmp_path / "empty.pem").touch()
    with pytest.raises(ServiceUnreachable, match=r"empty\.pem' holds no certificates that can be read"):
        transport("https://localhost", ca=str(tmp_path / "empty.pem"))


def test_authorities_that_vanish_do_no_harm(certificate: Path, tmp_path: Path) -> None:
    """A file is read once, before the first request."""
    authorities = tmp_path / "authorities.pem"
    authorities.write_bytes(certificate.read_bytes())
    with (
        serving(encrypted(certificate, answering(reply()))) as server,
        transport(server.base_url, ca=str(authorities)) as sender,
    ):
        authorities.unlink()
        assert isinstance(sender.send(GET), Response)
