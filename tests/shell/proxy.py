"""A real HTTP proxy: it reads whole addresses, opens tunnels, and writes down who asked for what."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.shell.hostile import Peer, serving


@dataclass
class Proxy:
    """A proxy that runs.

    Attributes:
        address: Where.
        heads: The first line of each request, and its `Proxy-Authorization`.
    """

    address: str = ""
    heads: list[tuple[str, str | None]] = field(default_factory=list)


@contextlib.contextmanager
def proxying(*, wants: str | None = None, refuses: bytes = b"") -> Iterator[Proxy]:
    """A proxy.

    Args:
        wants: The `Proxy-Authorization` it asks for, if any.
        refuses: What it says instead of doing anything.
    """
    found = Proxy()

    def behave(peer: Peer) -> None:
        while head := peer.read():
            lines = head.split(b"\r\n")
            named = dict(line.decode().lower().split(": ", 1) for line in lines[1:] if b": " in line)
            said = next(
                (line.decode()[21:] for line in lines if line.lower().startswith(b"proxy-authorization: ")), None
            )
            found.heads.append((lines[0].decode(), said))
            method, target, _ = lines[0].decode().split(" ")
            if refuses or said != wants:
                peer.sock.sendall(refuses or b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n")
            elif method == "CONNECT":
                host, _, port = target.rpartition(":")
                with socket.create_connection((host, int(port))) as there:
                    peer.sock.sendall(b"HTTP/1.1 200 Connection established\r\nVia: 1.1 test\r\n\r\n")
                    carry(peer.sock, there)
                return
            else:
                assert "host" in named
                _forward(peer, target, head)

    with serving(behave) as server:
        found.address = server.base_url
        yield found


def _forward(peer: Peer, target: str, head: bytes) -> None:
    url = urlsplit(target)
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"proxy-authorization")]
    lines[0] = lines[0].replace(f"http://{url.netloc}".encode(), b"")
    with socket.create_connection((url.hostname or "", url.port or 80)) as there:
        there.sendall(b"\r\n".join(lines))
        there.settimeout(0.2)
        with contextlib.suppress(TimeoutError):
            while piece := there.recv(65536):
                peer.sock.sendall(piece)
                if piece.endswith(b"}"):
                    return


def carry(one: socket.socket, other: socket.socket) -> None:
    """Carry bytes both ways until either side ends."""

    def carry(source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(65536):
                sink.sendall(piece)
            sink.shutdown(socket.SHUT_WR)

    back = threading.Thread(target=carry, args=(other, one), daemon=True)
    back.start()
    carry(one, other)
    back.join(5)
