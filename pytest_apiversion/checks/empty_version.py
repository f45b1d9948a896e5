"""A carrier that is present but empty gets what the policy declares, never a version by accident.

Servers treat an empty header as a missing one, usually but not always: what is meant has to be said, and a proxy that empties a header must
not choose a version.

Source: AUG-02; RFC 9110 §5.5 (a field value may be empty). Silence: `empty = { accept = true }`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.judging.probing_methods import as_head
from pytest_apiversion.core.judging.promises import selection_place
from pytest_apiversion.core.judging.rejections import flawless_too, plainer, rejection
from pytest_apiversion.core.judging.request_faults import with_faults
from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.policy.version_texts import malformed, spell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.broken import Broken
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


def _promised(scene: Scene) -> str | None:
    can = any(carrier.can_be_empty for carrier in scene.policy.carriers.values())
    return selection_place(scene, "empty") if can else None


def _plan(scene: Scene) -> Iterator[Ask]:
    if scene.operation is None or _promised(scene) is None:
        return
    for kind, carrier in scene.policy.carriers.items():
        answer = scene.policy.answer("empty", carrier=kind, operation=scene.operation.key)
        if carrier.can_be_empty and answer is not None and answer.kind is AnswerKind.REJECT:
            text = f"{spell(scene.policy, kind, scene.version)};"
            if carrier.form.quotes and malformed(scene.policy, kind, text):  # a server may read nothing in quotes
                yield Ask(aim=Aim.MALFORMED, selection=((kind, text),), via=kind, probe=text)
            ask = Ask(aim=Aim.EMPTY, selection=((kind, ""),), via=kind, probe="")
            yield from (*with_faults(scene, answer, ask), *as_head(scene, ask))


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    return rejection(exchange, scene, "an empty version") if exchange.aim is Aim.EMPTY else None


def _yields(exchange: Exchange, exchanges: Sequence[Exchange], scene: Scene) -> bool:
    """What an absent version gets too is AV201's, what any bad one gets AV203's or AV204's."""
    return flawless_too(exchange, exchanges, scene) or plainer(exchange, exchanges, scene)


CHECK = Check(
    code="AV202",
    name="empty-version",
    title="empty version rejected",
    promised=_promised,
    plan=_plan,
    judge=_judge,
    yields=_yields,
)
