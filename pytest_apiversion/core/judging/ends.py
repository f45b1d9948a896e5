"""Answers about an end: one that a version gives before it has come, and one that is about the operation that ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.http.statuses import FIRST_ERROR
from pytest_apiversion.core.judging.error_envelopes import code_in
from pytest_apiversion.core.judging.promises import AMBIGUOUS, sunset_of

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation


def early_sunset(exchange: Exchange, scene: Scene, operation: Operation | None) -> bool:
    """Whether a version that still answers gave a sunset's answer.

    A status the contract declares for the operation may have a reason of its own, and so has any for a thing that may not be there (410 where
    it was deleted); then only the error code tells.
    """
    if not _of_a_sunset(exchange, scene):
        return False
    if exchange.aim is Aim.ACCEPTED or not (_declared(exchange, operation) or exchange.aim is Aim.UNKNOWN_DATA):
        return True
    response = exchange.response
    said = {code_in(envelope, response) for envelope in scene.policy.envelopes.values() if response is not None} - {
        None
    }
    return bool(said & sunset_of(scene).codes)


def perhaps_over(exchange: Exchange, scene: Scene, operation: Operation | None) -> bool:
    """Whether a sunset's answer may as well be about a thing that is no more: it shows neither, and is held to no promise of either."""
    if exchange.aim is not Aim.UNKNOWN_DATA or _declared(exchange, operation):
        return False
    return _of_a_sunset(exchange, scene) and not early_sunset(exchange, scene, operation)


def _of_a_sunset(exchange: Exchange, scene: Scene) -> bool:
    response = exchange.response
    return response is not None and exchange.stage.answers and response.status in sunset_of(scene).statuses - AMBIGUOUS


def _declared(exchange: Exchange, operation: Operation | None) -> bool:
    return (
        operation is not None and exchange.response is not None and str(exchange.response.status) in operation.responses
    )


def of_part(exchange: Exchange, operation: Operation | None) -> bool:
    """Whether what was asked is what has the life that is looked at: of an operation with its own, another method is no part.

    Of parameters and members a refusal may come before anybody reads them.
    """
    method, response = exchange.request.method, exchange.response
    if exchange.elements and exchange.stage.answers and response is not None and response.status >= FIRST_ERROR:
        return False
    if not exchange.lifecycle.place or operation is None:
        return True
    return method == operation.method or (method == "HEAD" and operation.method == "GET")
