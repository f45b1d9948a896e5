"""A request that names no version is answered by the declared default, provably by that version.

After the default's sunset such a request gets what a sunset version gets: AV601 holds it then.

Source: ARA-08; GitHub, OpenStack microversions. Silence: `missing = { accept = true }`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.check import Ask, Check
from pytest_apiversion.core.exchange import Aim
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.judging import selection_place, told
from pytest_apiversion.core.likeness import served_by
from pytest_apiversion.core.selectors import AnswerKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.check import Scene
    from pytest_apiversion.core.exchange import Exchange


def _promised(scene: Scene) -> str | None:
    if len(scene.policy.versions) < 2:  # noqa: PLR2004  with one version there is nothing to tell apart
        return None
    return selection_place(scene, "missing", [AnswerKind.DEFAULT])


def _plan(scene: Scene) -> Iterator[Ask]:
    operation, policy = scene.operation, scene.policy
    if operation is None or _promised(scene) is None or operation.method != "GET":
        return
    answer = policy.answer("missing", operation=operation.key)
    if answer is None or answer.kind is not AnswerKind.DEFAULT:
        return
    default = policy.serving(answer.version, scene.as_of)
    if default is None:
        return
    others = scene.released(but=default)
    other = scene.subject if scene.subject != default else others[-1] if others else None
    if other is not None:
        yield Ask(aim=Aim.MISSING, expected_version=default, compare=(default, other))


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    if exchange.aim is not Aim.MISSING or exchange.expected_version is None or response is None:
        return None
    served = served_by(scene.policy, response, exchange.peers)
    if served is None:
        return None
    if served == exchange.expected_version:
        return ()
    return [
        Broken(
            summary=f"a request without a version is answered by {served}",
            expected=f"the default {exchange.expected_version} answers",
            received=told(exchange),
            place="versioning.missing.default",
        )
    ]


CHECK = Check(
    code="AV207", name="default-version", title="default version", promised=_promised, plan=_plan, judge=_judge
)
