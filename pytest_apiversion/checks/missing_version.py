"""A request that names no version is rejected as declared, on every operation and with every method.

A server that picks a version for such a client breaks it the day the pick changes. Enforcement is often written per router,
so one operation that is right says nothing about the next.

Source: AUG-01, AUG-02. Silence: leave `versioning.missing` out, or `missing = { accept = true }` for one operation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.exchange import Aim
from pytest_apiversion.core.judging.reading import rejection, selection_place
from pytest_apiversion.core.policy.selection import AnswerKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.finding import Broken


def _promised(scene: Scene) -> str | None:
    return selection_place(scene, "missing")


def _plan(scene: Scene) -> Iterator[Ask]:
    if scene.operation is None or _promised(scene) is None:
        return
    answer = scene.policy.answer("missing", operation=scene.operation.key)
    if answer is not None and answer.kind is AnswerKind.REJECT:
        yield Ask(aim=Aim.MISSING)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    if exchange.aim is not Aim.MISSING:
        return None
    return rejection(exchange, scene, "a missing version")


CHECK = Check(
    code="AV201", name="missing-version", title="missing version rejected", promised=_promised, plan=_plan, judge=_judge
)
