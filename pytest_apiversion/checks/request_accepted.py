"""Requests that are valid under the frozen contract are still accepted, and frozen operations still routed.

A drawn request that the contract accepts and that is about existing data must not be refused as invalid. Refusals that may have
other reasons (401, 403, 404, 409, 429 …) count only when an operation gives no success to any such request. So do the statuses of
`refusals`, in `contract` or in an operation's rule: what a service gives for rules no schema can say (a start after its end).

Source: GIR-07, GIR-08, GIR-26, MOO-04, MOO-05, CON-04, CON-07. Silence: amend the contract, give `[operations.rules]` values, or
declare `refusals`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.checking.exchange import Aim
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.judging.error_envelopes import FIRST_ERROR
from pytest_apiversion.core.judging.reading import displaced, ok, operation_of, primary, told
from pytest_apiversion.core.policy.responses import status_matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange

_INVALID = frozenset({400, 405, 406, 411, 413, 414, 415, 416, 422, 431, 501})
"""Statuses that say the request itself is wrong."""


def _promised(scene: Scene) -> str | None:
    return f"versions.{scene.version}.contract" if scene.stage.answers and scene.version in scene.contracts else None


def _counts(exchange: Exchange, scene: Scene) -> bool:
    if exchange.aim is not Aim.ACCEPTED or exchange.response is None or exchange.via not in {"", primary(scene)}:
        return False
    return operation_of(exchange, scene) is not None and not displaced(exchange, scene)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    if not _counts(exchange, scene) or response is None:
        return None
    if ok(response):
        return ()
    if not _invalid(response.status, exchange.operation, scene):
        return None
    return [
        Broken(
            summary=f"a request the frozen contract accepts gets {response.status}",
            expected="acceptance: the request is valid under the frozen contract",
            received=told(exchange),
            place=f"{scene.contracts[scene.version].source} {exchange.operation}",
        )
    ]


def _invalid(status: int, operation: str, scene: Scene) -> bool:
    """Whether a status says that the request itself is wrong, and the policy knows no other reason for it."""
    rule = scene.policy.operations.get(operation)
    refusals = (*scene.policy.rules.refusals, *(rule.refusals if rule else ()))
    return status in _INVALID and not status_matches(status, refusals)


def _conclude(exchanges: Sequence[Exchange], scene: Scene) -> Iterable[Broken] | None:
    counted = [exchange for exchange in exchanges if _counts(exchange, scene)]
    statuses = Counter(exchange.response.status for exchange in counted if exchange.response is not None)
    if not counted or any(status < FIRST_ERROR or _invalid(status, counted[0].operation, scene) for status in statuses):
        return None
    got = ", ".join(f"{count} times {status}" for status, count in sorted(statuses.items()))
    return [
        Broken(
            summary=f"no request the frozen contract accepts succeeds: {', '.join(map(str, sorted(statuses)))}",
            expected="the operation answers as its frozen contract says",
            received=f"{got}; last: {told(counted[-1])}",
            place=f"{scene.contracts[scene.version].source} {counted[-1].operation}",
            exchange=counted[-1],
        )
    ]


CHECK = Check(
    code="AV302",
    name="request-accepted",
    title="frozen-valid requests are accepted",
    promised=_promised,
    judge=_judge,
    conclude=_conclude,
)
