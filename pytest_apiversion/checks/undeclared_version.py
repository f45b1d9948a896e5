"""Versions nobody declared, or that are not released yet, do not answer.

A version that answers before it is declared gets clients before it has a contract: the next number, the minor between, a
preview, the day after.

Source: MOO-02, MOO-29, GIR-23. Silence: declare the version, or `waterfall = true` where dates in between are served.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.http.statuses import SUCCESS
from pytest_apiversion.core.judging.rejections import plainer, rejected_as
from pytest_apiversion.core.judging.wording import answer_text, probe_text
from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.policy.version_texts import neighbour_texts, planned_texts, spell
from pytest_apiversion.core.versions.lifecycle import Stage, day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


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
    if response.status not in SUCCESS or rejected_as(exchange, scene, "unknown"):  # an API may reject with a 200
        return ()
    return [
        Broken(
            summary=f"{exchange.probe} answers, though no such version is declared and released",
            expected=f"a rejection: {_why(exchange, scene)}",
            received=f"{answer_text(exchange)} for {probe_text(exchange)}",
            place="versions",
        )
    ]


def _why(exchange: Exchange, scene: Scene) -> str:
    """Why the version does not answer: when it is released, where it is declared."""
    policy = scene.policy
    for name in policy.versions:
        released = policy.lifecycle(name).released
        if released is None or policy.stage(name, scene.as_of) is not Stage.PLANNED:
            continue
        if exchange.via in policy.carriers and spell(policy, exchange.via, name) == exchange.probe:
            return f"{name} is released on {day(released)}"
    return "only declared, released versions answer"


def _yields(exchange: Exchange, exchanges: Sequence[Exchange], scene: Scene) -> bool:
    """Where any unknown version answers it is AV203's."""
    return plainer(exchange, exchanges, scene)


CHECK = Check(
    code="AV208",
    name="undeclared-version",
    title="undeclared versions do not answer",
    promised=_promised,
    plan=_plan,
    judge=_judge,
    yields=_yields,
)
