"""Differential testing: what checks share that hold responses to the same request in two places against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.http.statuses import succeeds
from pytest_apiversion.core.judging.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import BodySpec
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.http.response_differences import Differences

_SUCCESS = range(200, 300)
"""RFC 9110 §15.3."""
_TOLD = 5
"""Differences of one exchange that are told by themselves."""


def first_success(exchanges: Sequence[Exchange], scene: Scene, via: str | None = None) -> Exchange | None:
    """The first reading that succeeded, asked as the subject is asked for by itself or through a carrier; None where none did.

    Reading again does no harm, and what is read can be read twice.
    """
    via = primary(scene) if via is None else via
    for exchange in exchanges:
        response = exchange.response
        if exchange.aim is not Aim.ACCEPTED or exchange.request.method != "GET" or exchange.base is None:
            continue
        if exchange.via == via and response is not None and succeeds(response):
            return exchange
    return None


def reported_otherwise(exchange: Exchange, scene: Scene) -> bool:
    """Whether an answer is not the one that was due at all, or breaks its contract: another check says so."""
    if read(exchange, scene).displaced:
        return True
    return exchange.response is not None and body_misfits(exchange, scene, exchange.response)


def body_misfits(exchange: Exchange, scene: Scene, response: Response) -> bool:
    """Whether a body breaks what the contract of the exchange's version says of it."""
    body = declared(exchange, scene, response)
    if body is None:
        return True
    return body.validate is not None and response.parsed.problem is None and bool(body.validate(response.json))


def declared(exchange: Exchange, scene: Scene, response: Response) -> BodySpec | None:
    """What the contract of the exchange's version says of a body; None where it has nothing like it."""
    operation = scene.operation_named(scene.version, exchange.operation)
    spec = operation.response(response.status) if operation is not None else None
    return spec.body(response.media_type) if spec is not None else None


def report_differences(differences: Differences, what: str, there: str, place: str) -> Iterator[Broken]:
    """What is broken where two answers differ, a line for each of the first differences.

    Args:
        differences: By place.
        what: What is wrong with a place.
        there: Where it is held against.
        place: Dotted place in the policy file.
    """
    for where, told in list(differences.items())[:_TOLD]:
        yield Broken(
            summary=f"{where or 'the body'} {what}",
            expected=f"{told.other}, as {there}",
            received=told.mine,
            place=place,
        )
