"""A request that names no version is answered by the declared default, provably by that version.

After the default's sunset such a request gets what a sunset version gets: AV601 holds it then.

Source: ARA-08; GitHub, OpenStack microversions. Silence: `missing = { accept = true }`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.exchange import Aim
from pytest_apiversion.core.judging.expected_version import another, stands_for
from pytest_apiversion.core.judging.reading import selection_place
from pytest_apiversion.core.policy.selection import AnswerKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.finding import Broken


def _promised(scene: Scene) -> str | None:
    if not scene.released(but=scene.version):  # with one version there is nothing to tell apart
        return None
    if scene.policy.sunset.served_by is not None and len(scene.policy.answering(scene.as_of)) < 2:  # noqa: PLR2004  the same
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
    other = another(scene, default)
    if other is not None:
        yield Ask(aim=Aim.MISSING, expected_version=default, compare=(default, other))


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    if exchange.aim is not Aim.MISSING:
        return None
    return stands_for(exchange, scene, "a request without a version", "the default", "versioning.missing.default")


CHECK = Check(
    code="AV207", name="default-version", title="default version", promised=_promised, plan=_plan, judge=_judge
)
