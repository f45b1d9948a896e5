"""The answer after a sunset says so: the declared error code, and where to go.

Its envelope is held by AV401. A client that gets 410 must be able to tell a version's end from a resource's.

Source: GIR-24, MOO-17. Silence: leave `sunset.code` and `sunset.pointer` out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.checking.exchange import Aim
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.json.pointer import MISSING, lookup
from pytest_apiversion.core.judging.error_envelopes import error_code, wears
from pytest_apiversion.core.judging.reading import sunset_of, told
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange


def _promised(scene: Scene) -> str | None:
    sunset = sunset_of(scene)
    if scene.stage is not Stage.SUNSET or not (sunset.codes or sunset.pointer):
        return None
    return f"{sunset.place}.code" if sunset.codes else f"{sunset.place}.pointer"


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response, sunset = exchange.response, sunset_of(scene)
    if (
        exchange.aim is not Aim.SUNSET
        or response is None
        or response.status not in sunset.statuses
        or _promised(scene) is None
    ):
        return None
    if exchange.request.method == "HEAD" or not wears(scene.policy, exchange):
        return None
    found = []
    if sunset.codes and (code := error_code(scene.policy, exchange)) not in sunset.codes:
        found.append(
            Broken(
                summary=f"the answer after the sunset carries the error code {code}",
                expected=" or ".join(sorted(sunset.codes)),
                received=told(exchange),
                place=f"{sunset.place}.code",
            )
        )
    if sunset.pointer:
        target = lookup(response.json, sunset.pointer)
        if target is MISSING or not target:
            found.append(
                Broken(
                    summary="the answer after the sunset does not say where to go",
                    expected=f"something at {sunset.pointer}",
                    received=told(exchange),
                    place=f"{sunset.place}.pointer",
                )
            )
    return found


CHECK = Check(code="AV602", name="sunset-body", title="sunset code and pointer", promised=_promised, judge=_judge)
