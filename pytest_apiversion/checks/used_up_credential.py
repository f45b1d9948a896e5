"""A credential that is used up is told so, and when to come back.

Clients wait when they are told to, and give up when they are not. A limit is tried in no other way without using up somebody's: the
policy names a credential that has no request left, and each `GET` that it would open is asked with it once. What comes back has the
declared status (429), the declared code, and a `Retry-After` of seconds or a date; AV401 holds its envelope. It is not waited for.

Source: RFC 6585 §4; RFC 9110 §10.2.3. Silence: take `used_up` out of the credential, or give it another `reject`, or `retry_after = false`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.http.retry_after import asked_pause
from pytest_apiversion.core.judging.credentials import limited_asks, limited_place
from pytest_apiversion.core.judging.rejections import limited_rejection
from pytest_apiversion.core.judging.wording import answer_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


def _promised(scene: Scene) -> str | None:
    return limited_place(scene, "used_up") if scene.stage.answers and not scene.is_alias else None


def _plan(scene: Scene) -> Iterator[Ask]:
    operation = scene.operation
    if operation is None or operation.method != "GET" or operation.neutral or _promised(scene) is None:
        return
    yield from limited_asks(scene, operation, "used_up", Aim.USED_UP)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    if exchange.aim is not Aim.USED_UP or response is None:
        return None
    found = limited_rejection(exchange, scene, f"a request with the used-up credential {exchange.probe}")
    if found is None:
        return None
    said = list(found)
    credential = next(each for each in scene.policy.credentials if each.name == exchange.probe)
    if said or not credential.waits or asked_pause(response, now=0) is not None:
        return said
    value = response.header("retry-after")
    return [
        Broken(
            summary=f"{response.status} for the used-up credential {exchange.probe} does not say when to come back",
            expected="Retry-After: seconds, or an HTTP date",
            received=f"Retry-After: {value}" if value is not None else f"no Retry-After; {answer_text(exchange)}",
            place=f"credentials.{exchange.probe}.used_up",
        )
    ]


CHECK = Check(
    code="AV705",
    name="used-up-credential",
    title="used-up credentials are told so",
    promised=_promised,
    plan=_plan,
    judge=_judge,
)
