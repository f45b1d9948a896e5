"""A request that names no version is answered by the declared default, provably by that version.

Where a version may stand in `Accept`, a request without that header, and one for `application/json` and no more, name none either.
Every reading is asked, and one write of a version for each method, where those may be sent.

Where the account decides, `pinned` in `[credentials.NAME]` says which version answers who shows that credential and names none; each reading is
asked with each such credential that opens it by itself.

To refuse it, with whatever status, is no answer of the default: who names no version is turned away, although the policy lets them in.
After the default's sunset such a request gets what a sunset version gets: AV601 holds it then.

Source: ARA-08; GitHub, OpenStack microversions. Silence: `missing = { accept = true }`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.judging.credentials import missing_answer, pinned_asks, pinned_place
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
    from pytest_apiversion.core.policy.selection import Answer


def _promised(scene: Scene) -> str | None:
    place = selection_place(scene, "missing", [AnswerKind.DEFAULT])
    return place or (pinned_place(scene) if scene.stage.answers and not scene.is_alias else None)


def _plan(scene: Scene) -> Iterator[Ask]:
    operation, policy = scene.operation, scene.policy
    if operation is None or _promised(scene) is None or not (reads(scene) or writes(scene)):
        return
    if writes(scene) and any(carrier.content_type for carrier in policy.carriers.values()):
        return  # the content type of a body belongs to a version, and says which
    answer = missing_answer(scene, operation.key)
    if answer is not None and answer.kind is AnswerKind.DEFAULT:
        for ask in _due(scene, answer, Ask(aim=Aim.MISSING, once=writes(scene))):
            yield from (ask, *unversioned_accepts(scene, ask))
    if reads(scene) and not operation.neutral:
        for ask, pinned in pinned_asks(scene, operation):
            if pinned is not answer:  # who usually asks has been asked about
                yield from _due(scene, pinned, ask)


def _due(scene: Scene, answer: Answer, ask: Ask) -> Iterator[Ask]:
    """An ask that a version is due to; none where no such version serves."""
    default = scene.policy.serving(answer.version, scene.as_of)
    if default is not None:
        yield replace(ask, expected_version=default, compare=compared_versions(scene, default))


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    if exchange.aim is Aim.PINNED:
        pin = next((each.pinned for each in scene.policy.credentials if each.name == exchange.probe), None)
        what = f"a request without a version, with the credential {exchange.probe},"
        return None if pin is None else judge_expected_version(exchange, scene, what, "the pinned", pin.place)
    answer = missing_answer(scene, exchange.operation)
    if exchange.aim is not Aim.MISSING or answer is None:
        return None
    pinned = any(each.pinned is answer for each in scene.policy.credentials)
    return judge_expected_version(
        exchange,
        scene,
        f"a request without a version{way_text(exchange.probe)}",
        "the pinned" if pinned else "the default",
        answer.place if pinned else f"{answer.place}.default",
    )


CHECK = Check(
    code="AV207", name="default-version", title="default version", promised=_promised, plan=_plan, judge=_judge
)
