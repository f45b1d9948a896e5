"""Connections that are kept, and no more requests in flight than there may be."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import NoAnswer, Request, Response
    from pytest_apiversion.shell.transport.http11 import Wire


class ConnectionPool:
    """Connections to one address, for any number of threads.

    Args:
        connect: Gives a further connection.
        size: How many there are at most, each with one request at a time.
    """

    def __init__(self, connect: Callable[[], Wire], size: int) -> None:
        self._connect = connect
        self._turns: SimpleQueue[None] = SimpleQueue()  # a semaphore wakes who waits for it with much more ado
        for _ in range(size):
            self._turns.put(None)
        self._idle: list[Wire] = []
        self._all: list[Wire] = []

    def exchange(self, request: Request) -> Response | NoAnswer:
        """Send one request over a connection that is free, as soon as there is one, and read its answer.

        Raises:
            CannotConnectError: There is no connection to send it over.
            ToolError: It cannot be written as HTTP.
        """
        self._turns.get()
        try:
            wire = self._free()
            try:
                return wire.exchange(request)
            finally:
                self._idle.append(wire)
        finally:
            self._turns.put(None)

    def close(self) -> None:
        """Close the kept connections."""
        for wire in self._all:
            wire.close()

    def _free(self) -> Wire:
        try:
            return self._idle.pop()  # the one used last, so that no more connections are kept than are needed
        except IndexError:
            wire = self._connect()
            self._all.append(wire)
            return wire
