"""Answers about an end: one that a version gives before it has come, and one that is about the operation that ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.http.statuses import FIRST_ERROR
from pytest_apiversion.core.judging.error_envelopes import code_in
from pytest_apiversion.core.judging.promises import AMBIGUOUS, ends_by_status, sunset_of
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.policy import Policy


_NOT_FOUND = 404
"""RFC 9110 §15.5.5."""


def early_sunset(exchange: Exchange, scene: Scene, operation: Operation | None) -> bool:
    """Whether a version that still answers gave a sunset's answer.

    A status the contract declares for the operation may have a reason of its own, and so has any for a thing that may not be there (410 where
    it was deleted), and one that a live version refuses requests with (415, or any of a whole `4xx`); then only the error code tells.
    """
    response, sunset = exchange.response, sunset_of(scene)
    if response is None or not exchange.stage.answers or response.status not in sunset.statuses - AMBIGUOUS:
        return False
    if response.status in ends_by_status(sunset) and not _other_reasons(exchange, response, operation):
        return True
    said = {code_in(envelope, response) for envelope in scene.policy.envelopes.values()} - {None}
    return bool(said & sunset.codes)


def perhaps_ended(exchange: Exchange, scene: Scene, operation: Operation | None) -> bool:
    """Whether a version that still answers gave what may be a sunset's answer as well as one of the thing that was asked about.

    That is so where the status may have a reason of its own, and no declared error code tells the two apart.
    """
    response, sunset = exchange.response, sunset_of(scene)
    if response is None or not exchange.stage.answers or sunset.codes:
        return False
    return response.status in ends_by_status(sunset) and _other_reasons(exchange, response, operation)


def _other_reasons(exchange: Exchange, response: Response, operation: Operation | None) -> bool:
    declared = operation is not None and str(response.status) in operation.responses
    return exchange.aim is not Aim.ACCEPTED and (declared or exchange.of_nothing or exchange.aim is Aim.UNKNOWN_DATA)


def shown_by_a_thing(scene: Scene, policy: Policy) -> bool:
    """Whether the end of an operation, whose version lives on, shows only where it is asked about a thing that is there.

    That is so where its answer then is that of a thing which nobody has.

    Args:
        scene: In the view of the operation.
        policy: The policy, in the view of none.
    """
    if scene.stage is not Stage.SUNSET or not policy.stage(scene.subject, scene.as_of).answers:
        return False
    return _NOT_FOUND in sunset_of(scene).statuses


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
