"""A credential that may only read writes nothing.

A key that a team gave to a dashboard must not be able to delete an account. Permissions are checked route by route, and a route that was
added later is easily left open to all keys. Each operation that writes, and that the credential would open, is asked with it once;
what is deleted for it is nobody else's.

Source: RFC 9110 §15.5.4 (403). Silence: take `read_only` out of the credential, give it another `reject`, or say
`reads = true` in the `[operations.rules]` of an operation that writes nothing, such as a search by `POST`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.http.messages import SAFE_METHODS
from pytest_apiversion.core.http.statuses import ok
from pytest_apiversion.core.judging.credentials import limited_asks, limited_place
from pytest_apiversion.core.judging.rejections import limited_rejection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.broken import Broken
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


def _promised(scene: Scene) -> str | None:
    return limited_place(scene, "read_only") if scene.stage.answers and scene.unsafe and not scene.is_alias else None


def _plan(scene: Scene) -> Iterator[Ask]:
    operation = scene.operation
    if operation is None or operation.method in SAFE_METHODS or operation.neutral or _promised(scene) is None:
        return
    rule = scene.policy.operations.get(operation.key)
    if rule is not None and rule.reads:
        return
    yield from limited_asks(scene, operation, "read_only", Aim.READ_ONLY)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    if exchange.aim is not Aim.READ_ONLY:
        return None
    method = exchange.request.method
    found = limited_rejection(exchange, scene, f"{method} with the credential {exchange.probe}, which may only read,")
    return None if found is None else list(found)


def _yields(exchange: Exchange, exchanges: Sequence[Exchange], _scene: Scene) -> bool:
    """Whether nobody gets a success there: the reason is another one, which AV302 tells."""
    answers = [each.response for each in exchanges if each.aim is Aim.ACCEPTED and each.response is not None]
    mine = exchange.response
    return mine is not None and not ok(mine) and bool(answers) and not any(map(ok, answers))


CHECK = Check(
    code="AV321",
    name="read-only-credential",
    title="read-only credentials write nothing",
    promised=_promised,
    plan=_plan,
    judge=_judge,
    yields=_yields,
)
