"""Evidence: whether an answer could have been another one, so that a promise it does not break is held by it.

A rejection shows nothing where the same request is refused just so for whatever version is named: nothing was there to be had.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Receiver
from pytest_apiversion.core.http.statuses import GONE
from pytest_apiversion.core.judging.answer_kinds import Kind
from pytest_apiversion.core.judging.reading import read

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Response

_REFUSING = frozenset({Receiver.SELECTION, Receiver.BESIDE, Receiver.OTHER_VERSION, Receiver.NO_ALIAS})
"""What a request is sent to that is to be refused, though the same request is not where it is meant."""
_BODYLESS = frozenset({204, 205, 304})
"""RFC 9110 §15.3.5, §15.3.6 and §15.4.5."""


def hollow(response: Response, operation: Operation) -> bool:
    """Whether a success has nothing in it, though its contract says that it has, or does not know it at all."""
    if response.body or response.status in _BODYLESS:
        return False
    spec = operation.response(response.status) if operation.declares(response.status) else None
    return spec is None or bool(spec.bodies)


def answered(exchanges: Iterable[Exchange], scene: Scene) -> bool | None:
    """Whether the service was seen to do what a version does, or did; None where nothing was asked that shows it.

    A version that answers gives a success in which there is what its contract says, and one that is over the answer of its end.
    """
    found = [
        _as_due(exchange, scene)
        for exchange in exchanges
        if exchange.aim.meaning.receiver is Receiver.SUNSET
        or (exchange.aim.meaning.well_formed and not read(exchange, scene).is_neutral)
    ]
    return any(found) if found else None


def _as_due(exchange: Exchange, scene: Scene) -> bool:
    reading = read(exchange, scene)
    if exchange.aim.meaning.receiver is Receiver.SUNSET:
        return reading.kind is Kind.SUNSET
    operation, response = reading.contract_operation, exchange.response
    if operation is None or response is None or reading.displaced or not reading.accepted:
        return False
    return not hollow(response, operation)


def shows(exchange: Exchange, scene: Scene, refused: Collection[int]) -> bool:
    """Whether another answer was possible.

    Args:
        exchange: What a check finds nothing wrong with.
        scene: What it is about.
        refused: The statuses that requests of the same operation got, where none of them succeeded; else none.
    """
    response = exchange.response
    if response is None or exchange.aim.meaning.receiver not in _REFUSING:
        return True
    reading = read(exchange, scene)
    if reading.declared is not None and reading.error_code in reading.declared.codes:
        return True  # its error code says that it was the version
    return response.status not in refused and not (exchange.of_nothing and response.status in GONE)


def refusals(exchanges: Iterable[Exchange], scene: Scene) -> frozenset[int]:
    """The statuses of requests that the contract accepts, where none of them was answered as it says; else none."""
    asked = [each for each in exchanges if each.aim.meaning.well_formed and each.operation]
    if answered(asked, scene) is not False:
        return frozenset()
    return frozenset(each.response.status for each in asked if each.response is not None)
