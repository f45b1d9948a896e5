"""A bad version in a strong carrier is rejected, even when a weaker carrier holds a good one.

A client that mistypes its strongest carrier must hear of it, not be served by what some proxy added.

Source: ARA-09. Silence: `fall_through = true`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.http.statuses import ok
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text, deciding_text, two_texts
from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.policy.version_texts import spell, unknown_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


def _rejects(scene: Scene, kind: str, wrong: str) -> bool:
    answer = scene.policy.answer(wrong, carrier=kind)
    return answer is not None and answer.kind is AnswerKind.REJECT


def _promised(scene: Scene) -> str | None:
    policy = scene.policy
    if scene.is_alias or not scene.stage.answers or policy.fall_through or len(policy.carriers) < 2:  # noqa: PLR2004  it takes two
        return None
    return "versioning.carriers" if any(_rejects(scene, kind, "unknown") for kind in policy.carriers) else None


def _plan(scene: Scene) -> Iterator[Ask]:
    if scene.operation is None or _promised(scene) is None:
        return
    policy, kinds = scene.policy, list(scene.policy.carriers)
    for index, strong in enumerate(kinds[:-1]):
        bad = [*unknown_texts(policy, strong)[:1]] if _rejects(scene, strong, "unknown") else []
        bad += scene.malformed.get(strong, ())[:1] if _rejects(scene, strong, "malformed") else ()
        for weak in kinds[index + 1 :]:
            if bad and (nobody := unknown_texts(policy, weak)[:1]):
                # A good version in the strong carrier and a bad one in the weaker: where this is refused, the weaker decides.
                pair = ((strong, spell(policy, strong, scene.subject)), (weak, nobody[0]))
                yield Ask(
                    aim=Aim.CONFLICT,
                    selection=pair,
                    via=strong,
                    probe=two_texts(scene.subject, strong, nobody[0], weak),
                    expected_version=scene.subject,
                )
            for text in bad:
                yield Ask(
                    aim=Aim.FALL_THROUGH,
                    selection=((strong, text), (weak, spell(policy, weak, scene.subject))),
                    via=strong,
                    probe=two_texts(text, strong, scene.subject, weak),
                )


def _yields(exchange: Exchange, exchanges: Sequence[Exchange], scene: Scene) -> bool:
    """A text that is not refused when it stands alone is AV203's or AV204's; a weaker carrier that decides is AV205's."""
    probe = exchange.probe or ""
    text, weak = deciding_text(probe, exchange.via), probe.rpartition(" ")[2]
    for other in exchanges:
        if other.response is None or other.via != exchange.via:
            continue
        answer = read(other, scene).declared
        alone = {*other.aim.meaning.wrongs} <= {*exchange.aim.meaning.wrongs} and other.probe == text
        if (
            alone
            and answer is not None
            and answer.kind is AnswerKind.REJECT
            and other.response.status not in answer.statuses
        ):
            return True
        if (
            other.aim is Aim.CONFLICT
            and not other.peers
            and (other.probe or "").endswith(f" in the {weak}")
            and not ok(other.response)
        ):
            return True
    return False


def _judge(exchange: Exchange, _scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    if exchange.aim is not Aim.FALL_THROUGH or response is None:
        return None
    if not ok(response):
        return ()
    return [
        Broken(
            summary=f"a bad version in the {exchange.via} falls through to a weaker carrier",
            expected="a rejection: the strongest carrier that is present decides",
            received=f"{answer_text(exchange)} for {exchange.probe}",
            place="versioning.carriers",
        )
    ]


CHECK = Check(
    code="AV206",
    name="no-fall-through",
    title="no fall-through",
    promised=_promised,
    plan=_plan,
    judge=_judge,
    yields=_yields,
)
