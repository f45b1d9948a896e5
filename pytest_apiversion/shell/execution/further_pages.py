"""Further pages: reads the page after the first of a list, as a client does that wants all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.http.statuses import succeeds
from pytest_apiversion.shell.data.listed_things import elements
from pytest_apiversion.shell.requests.listing import next_query, tells_next
from pytest_apiversion.shell.requests.sending import exchange_of

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Pairs, Response
    from pytest_apiversion.shell.requests.valid_requests import Requests


def further_pages(
    requests: Requests,
    submit: Callable[..., Future[Any]],
    scene: Scene,
    operation: Operation,
    exchanges: Sequence[Exchange],
) -> list[Exchange]:
    """The page behind the first that says where it is, else behind the shortest one, by what the contract has for it.

    A page that was only counted to may not be there: it is asked as what may not exist.

    Args:
        requests: Sends.
        submit: Runs a function beside others, within the limits of the run.
        scene: What the exchanges are about.
        operation: Their operation.
        exchanges: What was asked.
    """
    if operation.method != "GET" or operation.neutral:
        return []
    found: list[tuple[tuple[bool, int], Exchange, Response, Pairs]] = []
    for each in exchanges:
        answer = each.response
        asked = each.aim is Aim.ACCEPTED and each.request.method == "GET" and each.operation == operation.key
        if not asked or answer is None or not succeeds(answer) or not (shown := elements(answer.json)):
            continue
        if (following := next_query(operation, each.request.query, answer)) is not None:
            found.append(((not tells_next(operation, answer), len(shown)), each, answer, following))
    if not found:
        return []
    _, first, _, following = min(found, key=lambda each: each[0])
    return [submit(_after, requests, scene, operation, first, following).result()]


def _after(requests: Requests, scene: Scene, operation: Operation, first: Exchange, following: Pairs) -> Exchange:
    """What the page of a query gets; what the first said beside the operation's own parameters, such as a version, is said again."""
    own = {each.name for each in operation.parameters if each.place == "query"} | {name for name, _ in following}
    beside = tuple(pair for pair in first.request.query if pair[0] not in own)
    found = exchange_of(
        requests,
        scene,
        Aim.UNKNOWN_DATA,
        replace(first.request, query=(*beside, *following)),
        operation=first.operation,
        via=first.via,
        base=replace(first.base, query=following) if first.base is not None else None,
    )
    return replace(found, before=(first.request,))
