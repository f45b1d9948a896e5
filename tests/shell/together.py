"""Many requests at once, as trials send them."""

from __future__ import annotations

from collections.abc import Iterable

from pytest_apiversion.core.checking.exchange import NoAnswer, Request, Response
from pytest_apiversion.shell.transport.sender import Transport


def together(sender: Transport, requests: Iterable[Request]) -> list[Response | NoAnswer]:
    """The answers to requests that are all handed over before the first answer is waited for, in their order."""
    return [pending.result() for pending in [sender.submit(sender.send, request) for request in requests]]
