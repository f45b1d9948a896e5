"""Follows what a sunset answer points to, and asks the operations that took over."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.http.link_header import parts
from pytest_apiversion.core.json.pointer import lookup
from pytest_apiversion.core.judging.deprecation_headers import serving_successor
from pytest_apiversion.core.judging.promises import sunset_of
from pytest_apiversion.shell.requests.building import plainly
from pytest_apiversion.shell.requests.case_selection import elsewhere, following
from pytest_apiversion.shell.requests.sending import exchange_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import NoAnswer, Request, Response
    from pytest_apiversion.shell.requests.valid_requests import Requests


class Pointed:
    """What the places that sunset answers point to were answered: each is asked for once, however many operations point there."""

    def __init__(self) -> None:
        self._answers: dict[Request, tuple[Request, Response | NoAnswer]] = {}
        self._locks: dict[Request, threading.Lock] = defaultdict(threading.Lock)
        self._making = threading.Lock()

    def exchanged(
        self, request: Request, send: Callable[[Request], tuple[Request, Response | NoAnswer]]
    ) -> tuple[Request, Response | NoAnswer]:
        """A request as it was sent, and what it got, now or before."""
        with self._making:
            lock = self._locks[request]
        with lock:
            if request not in self._answers:
                self._answers[request] = send(request)
            return self._answers[request]


def pointed(
    requests: Requests, scene: Scene, before: Sequence[Exchange], answers: Pointed
) -> tuple[list[Exchange], tuple[str, ...]]:
    """Exchanges that follow what the sunset answers of an operation point to; and what is not followed.

    Args:
        requests: Sends them.
        scene: The version or alias, and the operation.
        before: What the operation was answered.
        answers: What those places were answered already; what is asked for here is added.
    """
    found: list[Exchange] = []
    notes: dict[str, None] = {}
    followed: set[str] = set()
    heir = requests.policy.serving("newest", scene.as_of)  # where a version that is over names no successor
    for exchange in before:
        targets = [target for target in _targets(exchange, scene) if target not in followed]
        followed.update(targets)
        for target in dict.fromkeys(targets):
            if host := elsewhere(requests.policy, target):
                notes[f"where the answer after the sunset points to is not asked for: {host} is another host"] = None
                continue
            request = following(requests.policy, requests.target.contracts, exchange, target, heir)
            if request is not None:
                sent, answer = answers.exchanged(replace(request, operation=exchange.operation), requests.exchanged)
                found.append(
                    exchange_of(
                        requests,
                        scene,
                        Aim.POINTER,
                        sent,
                        operation=exchange.operation,
                        via=exchange.via,
                        base=exchange.base,
                        answer=answer,
                    )
                )
    return found, tuple(notes)


def _targets(exchange: Exchange, scene: Scene) -> list[str]:
    """The addresses at the declared places of a sunset answer; none where there are none, or only words."""
    sunset, response = sunset_of(scene), exchange.response
    if response is None or exchange.aim is not Aim.SUNSET or response.status not in sunset.statuses:
        return []
    values = [lookup(response.json, pointer) for pointer in sunset.pointers]
    return [value for value in values if isinstance(value, str) and _leads(value)]


def _leads(value: str) -> bool:
    return value.startswith(("/", "http://", "https://")) and " " not in value and parts(value) is not None


def inherited(requests: Requests, scene: Scene, operation: Operation) -> list[Exchange]:
    """The exchange with what took over from an operation that reads, about existing data; none where there is none to read."""
    found = serving_successor(scene, operation) if operation.method == "GET" and not operation.neutral else None
    if found is None:
        return []
    successor, key = found
    taken = requests.target.contracts[successor].named(key)
    if taken is None or taken.method != "GET":
        return []
    case, values = requests.first(successor, taken), requests.data.path_values(successor, successor, taken)
    if case is None or values is None:
        return []
    request = plainly(requests.policy, successor, taken, requests.build(successor, successor, taken, case, values))
    via = next(iter(requests.policy.carriers))
    return [
        exchange_of(
            requests,
            scene,
            Aim.HEIR,
            requests.signed(successor, taken, request),
            operation=operation.key,
            via=via,
            expected=successor,
        )
    ]
