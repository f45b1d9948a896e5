"""The answer after a sunset says so: the declared error code, and where to go.

Where the body names a version, that one answers. Its envelope is held by AV401. A client that gets 410 must be able to tell a version's end from a resource's.

Source: GIR-24, MOO-17. Silence: leave `sunset.code` and `sunset.pointer` out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.json.pointer import MISSING, lookup
from pytest_apiversion.core.judging.promises import sunset_of
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


def _promised(scene: Scene) -> str | None:
    sunset = sunset_of(scene)
    if scene.stage is not Stage.SUNSET or not (sunset.codes or sunset.pointers):
        return None
    return f"{sunset.place}.code" if sunset.codes else f"{sunset.place}.pointer"


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    reading = read(exchange, scene)
    response, sunset = exchange.response, sunset_of(scene)
    if (
        exchange.aim is not Aim.SUNSET
        or response is None
        or response.status not in sunset.statuses
        or _promised(scene) is None
    ):
        return None
    if exchange.request.method == "HEAD" or not reading.wears_envelope:
        return None
    found = []
    if sunset.codes and (code := reading.error_code) not in sunset.codes:
        found.append(
            Broken(
                summary=f"the answer after the sunset carries the error code {code}",
                expected=" or ".join(sorted(sunset.codes)),
                received=answer_text(exchange),
                place=f"{sunset.place}.code",
            )
        )
    for pointer in sunset.pointers:
        target = lookup(response.json, pointer)
        if target is MISSING or not target:
            found.append(
                Broken(
                    summary="the answer after the sunset does not say where to go",
                    expected=f"something at {pointer}",
                    received=answer_text(exchange),
                    place=f"{sunset.place}.pointer",
                )
            )
        elif _names_what_is_over(target, scene):
            found.append(
                Broken(
                    summary=f"the answer after the sunset leads to {target}, which does not answer",
                    expected=f"a version that answers, at {pointer}",
                    received=answer_text(exchange),
                    place=f"{sunset.place}.pointer",
                )
            )
    return found


def _names_what_is_over(target: object, scene: Scene) -> bool:
    """Whether a pointer has the name of a version that does not answer."""
    named = isinstance(target, str) and target in scene.policy.versions
    return named and not scene.policy.stage(str(target), scene.as_of).answers


CHECK = Check(code="AV602", name="sunset-body", title="sunset code and pointer", promised=_promised, judge=_judge)
