"""After its sunset a version answers so whoever asks, whatever was sent, and whether the path was ever there.

Who finds an old client in a log, or a key that was withdrawn with the version, must learn that the version is over, and not that a
key is missing or a body is wrong: both send people to mend what has no use any more. A gate behind authentication, validation or the
router gives those answers first.

Each operation is asked once without its credential and once with a body that is none; each version once for a path nobody has.

Source: SUN-08; GIR-20. Silence: leave out of `sunset.before` what goes first.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.judging.promises import sunset_of
from pytest_apiversion.core.judging.request_faults import FAULTS, faults_of, with_fault
from pytest_apiversion.core.judging.wording import answer_text, statuses_text
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation


def _promised(scene: Scene) -> str | None:
    if scene.stage is not Stage.SUNSET or not sunset_of(scene).before:
        return None
    operations = [scene.operation] if scene.operation else scene.contracts[scene.version].asked
    return f"{sunset_of(scene).place}.before" if any(list(_faults(scene, each)) for each in operations) else None


def _faults(scene: Scene, operation: Operation) -> Iterator[str]:
    """What an operation of the scene's version can be asked wrongly with."""
    whole = not scene.is_alias and not scene.policy.lifecycle(scene.subject).place
    yield from faults_of(scene, operation, sunset_of(scene).before - (frozenset() if whole else {"routing"}))


def _plan(scene: Scene) -> Iterator[Ask]:
    operation = scene.operation
    if operation is None or _promised(scene) is None:
        return
    ask = Ask(aim=Aim.SUNSET_FIRST, selection=scene.selection, via=primary(scene))
    yield from (replace(with_fault(scene, ask, fault), probe=fault) for fault in _faults(scene, operation))


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response, sunset = exchange.response, sunset_of(scene)
    if exchange.aim is not Aim.SUNSET_FIRST or response is None or exchange.probe is None:
        return None
    if response.status in sunset.statuses:
        return ()
    return [
        Broken(
            summary=f"{FAULTS[exchange.probe]} gets {response.status} after the sunset",
            expected=f"{statuses_text(sunset.statuses)} before anything else is looked at: {exchange.version} "
            f"{exchange.lifecycle.ending(exchange.as_of)}",
            received=answer_text(exchange),
            place=f"{sunset.place}.before",
        )
    ]


def _yields(exchange: Exchange, exchanges: Sequence[Exchange], scene: Scene) -> bool:
    """Where the same operation does not even answer a flawless request as sunset, that is AV601's."""
    return any(
        each.aim is Aim.SUNSET
        and each.via == exchange.via
        and each.request.method == exchange.request.method
        and each.response is not None
        and each.response.status not in sunset_of(scene).statuses
        for each in exchanges
    )


CHECK = Check(
    code="AV607",
    name="sunset-first",
    title="sunset before anything else",
    promised=_promised,
    plan=_plan,
    judge=_judge,
    yields=_yields,
)
