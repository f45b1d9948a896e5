"""Which answers are a version's own: what one of its paths answered, where it is the answer that was due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.judging.error_envelopes import FIRST_ERROR
from pytest_apiversion.core.judging.reading import RESOURCE_AIMS, displaced

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Aim, Exchange, Response


def own_answer(exchange: Exchange, scene: Scene, *, aims: frozenset[Aim] = RESOURCE_AIMS) -> Response | None:
    """The answer of an operation that has versions, where it is the one that was due; None for other answers.

    Args:
        exchange: The exchange.
        scene: What it is about.
        aims: Requests that count.
    """
    operation = scene.operation_named(scene.version, exchange.operation)
    if exchange.aim not in aims or operation is None or operation.neutral or displaced(exchange, scene):
        return None
    return exchange.response


def own_error(exchange: Exchange, scene: Scene) -> Response | None:
    """The error of a version, where it is the one that was due; None for other answers.

    What a path that nobody declared answers counts too: a version's errors are alike wherever they come from.
    """
    response, operation = exchange.response, scene.operation_named(scene.version, exchange.operation)
    if response is None or response.status < FIRST_ERROR or exchange.aim not in RESOURCE_AIMS:
        return None
    return None if (operation is not None and operation.neutral) or displaced(exchange, scene) else response
