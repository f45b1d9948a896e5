"""Conditional requests: reads again what was read, as a client does that kept the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.http.conditions import OF_CLIENTS, of_client
from pytest_apiversion.core.http.media_ranges import is_field_text
from pytest_apiversion.shell.requests.sending import exchange_of

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Pairs, Response
    from pytest_apiversion.shell.requests.valid_requests import Requests

_OK = 200
"""What a 304 stands for (RFC 9110 §15.4.5)."""


def conditional_exchanges(
    requests: Requests,
    submit: Callable[..., Future[Any]],
    scene: Scene,
    operation: Operation,
    exchanges: Sequence[Exchange],
) -> list[Exchange]:
    """The first reading through each carrier, with the entity tag and the date that it gave.

    Where it gave neither, the contract's own example of such a header stands there; without one, nothing is asked.

    Args:
        requests: Sends.
        submit: Runs a function beside others, within the limits of the run.
        scene: What the exchanges are about.
        operation: Their operation.
        exchanges: What was asked.
    """
    read: dict[str, tuple[Exchange, Response, Pairs]] = {}
    for each in exchanges:
        response = each.response
        asked = each.aim is Aim.ACCEPTED and each.request.method == "GET" and each.operation == operation.key
        if not asked or response is None or response.status != _OK or each.via in read:
            continue
        if conditions := of_client(response) or _shown(operation):
            read[each.via] = each, response, conditions
    futures = [submit(_again, requests, scene, *found) for found in read.values()]
    return [future.result() for future in futures]


def _shown(operation: Operation) -> Pairs:
    """The conditions of a client that kept an answer, as the contract shows them."""
    return tuple(
        (each.name, example)
        for each in operation.parameters
        if each.place == "header" and each.name.lower() in OF_CLIENTS
        for example in each.examples[:1]
        if isinstance(example, str) and is_field_text(example)
    )


def _again(requests: Requests, scene: Scene, first: Exchange, response: Response, conditions: Pairs) -> Exchange:
    request = first.request
    for name, value in conditions:
        request = request.with_header(name, value)
    found = exchange_of(
        requests,
        scene,
        Aim.UNCHANGED,
        request,
        operation=first.operation,
        via=first.via,
        peers={first.version: response},
        base=first.base,
    )
    return replace(found, before=(first.request,))
