"""Deadlines that hold whatever the peer does: a watchdog shuts the socket down.

A socket's own timeout starts anew with every byte, so a server that sends one byte a second is never late. The watchdog
knows only the instant at which a request must be over, and works below TLS, during the handshake as well.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time


class Watchdog:
    """One thread that watches any number of deadlines; it starts with the first and ends with `close`."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._watched: dict[Deadline, socket.socket] = {}
        self._thread: threading.Thread | None = None
        self._wakes = float("inf")
        self._closed = False

    def deadline(self, seconds: float) -> Deadline:
        """A deadline this watchdog will hold; it does not run before its `guard` is called."""
        return Deadline(self, seconds)

    def watch(self, deadline: Deadline, handle: socket.socket) -> None:
        """Begin to watch a deadline and the socket to be shut down by it."""
        with self._changed:
            if self._closed:
                deadline.cut(handle)
                return
            self._watched[deadline] = handle
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="apiversion-watchdog", daemon=True)
                self._thread.start()
            if (
                deadline.at < self._wakes
            ):  # else it wakes in time by itself, and waking a thread costs as much as a request
                self._wakes = deadline.at
                self._changed.notify()

    def forget(self, deadline: Deadline) -> None:
        """Stop watching a deadline; when this returns, its socket is no longer touched."""
        with self._changed:
            self._watched.pop(deadline, None)

    def close(self) -> None:
        """Cut everything that is still watched and end the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        with self._changed:
            while True:
                now = time.monotonic()
                over = [deadline for deadline in self._watched if self._closed or deadline.at <= now]
                for deadline in over:
                    deadline.cut(self._watched.pop(deadline))
                if self._closed:
                    return
                self._wakes = min((deadline.at for deadline in self._watched), default=float("inf"))
                self._changed.wait(None if self._wakes == float("inf") else self._wakes - now)


class Deadline:
    """The time one request has, and the socket that is shut down when it is over.

    Attributes:
        seconds: How much time there is.
        at: The instant it is over, on the monotonic clock.
        expired: Whether it came before `release`.
    """

    def __init__(self, watchdog: Watchdog, seconds: float) -> None:
        self.at = float("inf")
        self.expired = False
        self.seconds = seconds
        self._watchdog = watchdog
        self._guards = False

    def guard(self, handle: socket.socket) -> None:
        """Let the time begin, or begin anew, and hold this socket to it.

        It has to stay open until `release`: of a socket that TLS may wrap, or a reader close, give a `handle`.
        """
        self.release()
        self.at = time.monotonic() + self.seconds
        self._guards = True
        self._watchdog.watch(self, handle)

    def cut(self, handle: socket.socket) -> None:
        """Shut the socket down, which wakes whoever reads or writes it. For the watchdog."""
        self.expired = True
        with contextlib.suppress(OSError):
            handle.shutdown(socket.SHUT_RDWR)

    def release(self) -> None:
        """Let go of the socket, which may then serve the next request."""
        if self._guards:
            self._watchdog.forget(self)
            self._guards = False


def handle(sock: socket.socket) -> socket.socket:
    """Another handle of a connection, which closes apart from the first: TLS takes a socket's descriptor away from it."""
    return socket.fromfd(sock.fileno(), sock.family, sock.type)
