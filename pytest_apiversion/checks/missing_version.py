"""A request that names no version is rejected as declared, on every operation and with every method.

A server that picks a version for such a client breaks it the day the pick changes. Enforcement is often written per router,
so one operation that is right says nothing about the next. Where a version may stand in `Accept`, a request without that header, and one for
`application/json` and no more, name none either. The first reading of a version is
asked as `HEAD`, too, where only a success says something: a service may have no `HEAD`.

`before` in the answer promises that it comes before faults of another kind: no credential, a body that is none, a path nobody has.

Source: AUG-01, AUG-02. Silence: leave `versioning.missing` out, or `missing = { accept = true }` for one operation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.judging.credentials import missing_answer
from pytest_apiversion.core.judging.probing_methods import as_head
from pytest_apiversion.core.judging.promises import selection_place
from pytest_apiversion.core.judging.rejections import flawless_too, rejection
from pytest_apiversion.core.judging.request_faults import with_faults
from pytest_apiversion.core.judging.unversioned_accepts import unversioned_accepts, way_text
from pytest_apiversion.core.policy.selection import AnswerKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.broken import Broken
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


def _promised(scene: Scene) -> str | None:
    return selection_place(scene, "missing")


def _plan(scene: Scene) -> Iterator[Ask]:
    if scene.operation is None or _promised(scene) is None:
        return
    answer = missing_answer(scene, scene.operation.key)
    if answer is not None and answer.kind is AnswerKind.REJECT:
        ask = Ask(aim=Aim.MISSING)
        yield from (*with_faults(scene, answer, ask), *unversioned_accepts(scene, ask), *as_head(scene, ask))


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    if exchange.aim is not Aim.MISSING:
        return None
    return rejection(exchange, scene, f"a missing version{way_text(exchange.probe)}")


def _yields(exchange: Exchange, exchanges: Sequence[Exchange], scene: Scene) -> bool:
    """Whether the plainest way to name no version got a wrong answer, too: that defect is this one."""
    return flawless_too(exchange, exchanges, scene) or (
        exchange.probe is not None
        and not exchange.fault
        and any(
            each.aim is Aim.MISSING and each.probe is None and not each.fault and any(rejection(each, scene, "") or ())
            for each in exchanges
        )
    )


CHECK = Check(
    code="AV201",
    name="missing-version",
    title="missing version rejected",
    promised=_promised,
    plan=_plan,
    judge=_judge,
    yields=_yields,
)
