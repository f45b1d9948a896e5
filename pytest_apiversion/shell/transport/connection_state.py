"""What a connection holds that nobody has read."""

from __future__ import annotations

import contextlib
import select
import socket
import ssl

_SHOWN = 64
"""Bytes that are looked at."""


def readable(sock: socket.socket, seconds: float = 0.0) -> bool:
    """Whether an idle connection has something to read within a time, its end included."""
    if not hasattr(select, "poll"):
        return bool(select.select([sock], [], [], seconds)[0])
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def writable(sock: socket.socket, seconds: float) -> bool:
    """Whether a connection takes something within a time."""
    if not hasattr(select, "poll"):
        return bool(select.select([], [sock], [], seconds)[1])
    poll = select.poll()
    poll.register(sock, select.POLLOUT)
    return bool(poll.poll(seconds * 1000))


def peeked(sock: socket.socket, seconds: float) -> bytes:
    """The beginning of what there is to read within a time; empty where there is nothing, and where the other end is done."""
    if isinstance(sock, ssl.SSLSocket):
        return (
            sock.read(_SHOWN) if sock.pending() else b""
        )  # what TLS has not opened yet cannot be looked at without a wait
    with contextlib.suppress(OSError):
        return sock.recv(_SHOWN, socket.MSG_PEEK) if readable(sock, seconds) else b""
    return b""
