"""A success never has an error for a body, and an error never says that all went well.

Proxies, caches, retries and `raise_for_status()` read the status; people read the body. A `200` that wears the error envelope is taken
for data by the first and cached for a day. A 2xx counts as an error when it wears an envelope of the policy and its contract does not
itself name those members for it; where the contract leaves its answer open, one member without an error code is no error yet. What an error never says is the policy's to tell: `errors.never = { "/success" = true }`. Where the
policy declares rejections with another status than an error's (`reject = 200`), nothing is promised of successes.

Source: GIR-22, GIR-25; RFC 9110 §15. Silence: name the members in the contract's answer; leave `errors.never` out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.checking.exchange import Aim
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.judging.disguised_errors import disguised, envelopes_by_marks
from pytest_apiversion.core.judging.error_envelopes import FIRST_ERROR, denied
from pytest_apiversion.core.judging.reading import CONTRACT_AIMS, FOLLOWED, PUBLISHED, displaced, told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange, Response

_ELSEWHERE = PUBLISHED | FOLLOWED | {Aim.SIDE_EFFECT}
"""Requests that are not asked of the version itself."""
_SUCCESS = range(200, 300)


def _promised(scene: Scene) -> str | None:
    if not scene.stage.answers:
        return None
    if scene.policy.error_rules.never:
        return "errors.never"
    return "envelopes" if envelopes_by_marks(scene.policy) else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response, operation = exchange.response, scene.operation_named(scene.version, exchange.operation)
    if response is None or exchange.request.method == "HEAD" or (operation is not None and operation.neutral):
        return None
    if not isinstance(response.json, dict):
        return None
    if response.status in _SUCCESS:
        return _success(exchange, scene, response)
    return _error(exchange, scene, response)


def _success(exchange: Exchange, scene: Scene, response: Response) -> Iterable[Broken] | None:
    if exchange.aim not in CONTRACT_AIMS or not exchange.operation or not envelopes_by_marks(scene.policy):
        return None
    envelope = disguised(exchange, scene)
    if envelope is None:
        return None if displaced(exchange, scene) else ()
    return [
        Broken(
            summary=f"a {response.status} wears the error envelope {envelope.name!r}",
            expected="an error with a status of 400 or above, or the success the contract describes",
            received=told(exchange),
            place=f"envelopes.{envelope.name}",
        )
    ]


def _error(exchange: Exchange, scene: Scene, response: Response) -> Iterable[Broken] | None:
    never = scene.policy.error_rules.never
    if response.status < FIRST_ERROR or not never or exchange.aim in _ELSEWHERE or displaced(exchange, scene):
        return None
    place = denied(scene.policy, response)
    if place is None:
        return ()
    return [
        Broken(
            summary=f"a {response.status} says {place[1:]} = {str(never[place]).lower()}",
            expected=f"no error says so at {place}",
            received=told(exchange),
            place="errors.never",
        )
    ]


CHECK = Check(
    code="AV406", name="no-disguised-error", title="errors look like errors", promised=_promised, judge=_judge
)
