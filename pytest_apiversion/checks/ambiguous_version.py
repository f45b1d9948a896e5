"""Carriers that disagree, or one carrier given twice, are rejected where the policy says so.

A server that picks one of two answers a question nobody asked, and the next server behind the same address picks the other.

Source: ASP.NET API Versioning (400 AmbiguousApiVersion), Stripe, Elasticsearch. Silence: leave `conflicting` and `duplicated` out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.judging.promises import answer_for, selection_place
from pytest_apiversion.core.judging.rejections import flawless_too, plainer, rejection
from pytest_apiversion.core.judging.request_faults import with_faults
from pytest_apiversion.core.judging.wording import two_texts
from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.policy.version_texts import malformed, spell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.broken import Broken
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


def _promised(scene: Scene) -> str | None:
    if not scene.released(but=scene.version):  # it takes two to disagree
        return None
    return selection_place(scene, "conflicting") or selection_place(scene, "duplicated")


def _plan(scene: Scene) -> Iterator[Ask]:
    if scene.operation is None or _promised(scene) is None:
        return
    policy, kinds = scene.policy, list(scene.policy.carriers)
    other = next(iter(scene.released(but=scene.subject)), None)
    if other is None:
        return
    for index, kind in enumerate(kinds):
        mine, yours = spell(policy, kind, scene.subject), spell(policy, kind, other)
        if policy.carriers[kind].form.repeatable and _rejects(scene, "duplicated", kind):
            trailing, carrier = f"{mine};", policy.carriers[kind]
            if malformed(policy, kind, trailing) and carrier.form.can_carry(trailing, carrier):
                # a server that takes any text after a version takes two versions too
                yield Ask(aim=Aim.MALFORMED, selection=((kind, trailing),), via=kind, probe=trailing)
            pair = ((kind, mine), (kind, yours))
            ask = Ask(aim=Aim.DUPLICATED, selection=pair, via=kind, probe=f"{mine} and {yours}")
            yield from _asks(scene, "duplicated", ask)
        for weak in kinds[index + 1 :]:
            if _rejects(scene, "conflicting", kind):
                pair = ((kind, mine), (weak, spell(policy, weak, other)))
                probe = two_texts(mine, kind, other, weak)
                yield from _asks(scene, "conflicting", Ask(aim=Aim.CONFLICT, selection=pair, via=kind, probe=probe))


def _asks(scene: Scene, wrong: str, ask: Ask) -> Iterator[Ask]:
    """A request, and what its rejection goes before."""
    answer = scene.policy.answer(wrong, carrier=ask.via)
    yield from with_faults(scene, answer, ask) if answer is not None else [ask]


def _rejects(scene: Scene, wrong: str, kind: str) -> bool:
    answer = scene.policy.answer(wrong, carrier=kind)
    return answer is not None and answer.kind is AnswerKind.REJECT


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    if exchange.aim is Aim.CONFLICT:
        return rejection(exchange, scene, "a conflict of carriers")
    return rejection(exchange, scene, "a carrier given twice") if exchange.aim is Aim.DUPLICATED else None


def _yields(exchange: Exchange, exchanges: Sequence[Exchange], scene: Scene) -> bool:
    """Two values joined by a comma are a malformed one to many servers; what those wrongly get is AV204's, or AV203's."""
    if flawless_too(exchange, exchanges, scene):
        return True
    if exchange.aim is Aim.CONFLICT:  # one of the two decides: where that is none, it is refused for what it is
        alike = (each for each in exchanges if (each.aim, each.via) == (exchange.aim, exchange.via))
        return not _passes(exchange, scene) and any(_passes(each, scene) for each in alike)
    return plainer(exchange, exchanges, scene)


def _passes(exchange: Exchange, scene: Scene) -> bool:
    """Whether a request got beyond the look at its version: its status is not the promised one."""
    answer = answer_for(scene.policy, exchange)
    return answer is not None and exchange.response is not None and exchange.response.status not in answer.statuses


CHECK = Check(
    code="AV209",
    name="ambiguous-version",
    title="ambiguous version rejected",
    promised=_promised,
    plan=_plan,
    judge=_judge,
    yields=_yields,
)
