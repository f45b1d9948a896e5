"""A request that names no version is answered by the declared default, provably by that version.

Where a version may stand in `Accept`, a request without that header, and one for `application/json` and no more, name none either.
Every reading is asked, and one write of a version for each method, where those may be sent.

To refuse it, with whatever status, is no answer of the default: who names no version is turned away, although the policy lets them in.
After the default's sunset such a request gets what a sunset version gets: AV601 holds it then.

Source: ARA-08; GitHub, OpenStack microversions. Silence: `missing = { accept = true }`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.judging.expected_version import compared_versions, judge_expected_version
from pytest_apiversion.core.judging.probing_methods import reads, writes
from pytest_apiversion.core.judging.promises import selection_place
from pytest_apiversion.core.judging.unversioned_accepts import unversioned_accepts, way_text
from pytest_apiversion.core.policy.selection import AnswerKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.broken import Broken
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


def _promised(scene: Scene) -> str | None:
    return selection_place(scene, "missing", [AnswerKind.DEFAULT])


def _plan(scene: Scene) -> Iterator[Ask]:
    operation, policy = scene.operation, scene.policy
    if operation is None or _promised(scene) is None or not (reads(scene) or writes(scene)):
        return
    if writes(scene) and any(carrier.content_type for carrier in policy.carriers.values()):
        return  # the content type of a body belongs to a version, and says which
    answer = policy.answer("missing", operation=operation.key)
    if answer is None or answer.kind is not AnswerKind.DEFAULT:
        return
    default = policy.serving(answer.version, scene.as_of)
    if default is not None:
        compare = compared_versions(scene, default)
        ask = Ask(aim=Aim.MISSING, expected_version=default, compare=compare, once=writes(scene))
        yield from (ask, *unversioned_accepts(scene, ask))


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    answer = scene.policy.answer("missing", operation=exchange.operation)
    if exchange.aim is not Aim.MISSING or answer is None:
        return None
    return judge_expected_version(
        exchange,
        scene,
        f"a request without a version{way_text(exchange.probe)}",
        "the default",
        f"{answer.place}.default",
    )


CHECK = Check(
    code="AV207", name="default-version", title="default version", promised=_promised, plan=_plan, judge=_judge
)
