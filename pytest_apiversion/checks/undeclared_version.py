"""Versions nobody declared, or that are not released yet, do not answer.

A version that answers before it is declared gets clients before it has a contract: the next number, the minor between, a
preview, the day after.

Source: MOO-02, MOO-29, GIR-23. Silence: declare the version, or `waterfall = true` where dates in between are served.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.exchange import Aim
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.judging.reading import rejected_as, same_as, told, written
from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.policy.version_texts import neighbour_texts, planned_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange

_SUCCESS = range(200, 300)


def _promised(scene: Scene) -> str | None:
    policy = scene.policy
    if scene.is_alias or not scene.stage.answers or policy.waterfall:
        return None
    answer = policy.answers.get("unknown")
    return "versions" if answer is not None and answer.kind is AnswerKind.REJECT else None


def _plan(scene: Scene) -> Iterator[Ask]:
    if scene.operation is None or _promised(scene) is None:
        return
    for kind in scene.policy.carriers:
        for text in (*neighbour_texts(scene.policy, kind), *planned_texts(scene.policy, kind, scene.as_of)):
            yield Ask(aim=Aim.UNDECLARED, selection=((kind, text),), via=kind, probe=text)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    if exchange.aim is not Aim.UNDECLARED or response is None:
        return None
    if response.status not in _SUCCESS or rejected_as(exchange, scene, "unknown"):  # an API may reject with a 200
        return ()
    return [
        Broken(
            summary=f"{exchange.probe} answers, though no such version is declared and released",
            expected="a rejection: only declared, released versions answer",
            received=f"{told(exchange)} for {written(exchange)}",
            place="versions",
        )
    ]


def _yields(exchange: Exchange, exchanges: Sequence[Exchange], scene: Scene) -> bool:
    """Where any unknown version answers it is AV203's."""
    return same_as(exchange, exchanges, scene, Aim.UNKNOWN)


CHECK = Check(
    code="AV208",
    name="undeclared-version",
    title="undeclared versions do not answer",
    promised=_promised,
    plan=_plan,
    judge=_judge,
    yields=_yields,
)
