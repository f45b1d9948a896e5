"""When carriers disagree, the one declared strongest decides.

Which version answered is read from the echo where the policy declares one, and otherwise from the shape of the answer, held
against the answers both versions give when asked plainly. Where the two cannot be told apart nothing is claimed. A refusal is no answer
of the strongest: where one is meant, `conflicting = { reject = 400 }` says so.

Every reading is asked, and one write of a version for each method, where those may be sent: a service may choose for its writes in another
place, and for one method otherwise than for another.

Source: ARA-07. Silence: `conflicting = { accept = true }`; a policy that rejects conflicts is held by AV209.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.judging.answer_kinds import Displacement
from pytest_apiversion.core.judging.expected_version import is_refused
from pytest_apiversion.core.judging.probing_methods import reads, uses_up, writes
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text, two_texts
from pytest_apiversion.core.policy.version_texts import spell
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


_TWO = 2
"""It takes two to disagree."""


def _promised(scene: Scene) -> str | None:
    policy = scene.policy
    if (
        scene.is_alias
        or scene.stage in {Stage.PLANNED, Stage.SUNSET}
        or len(policy.carriers) < _TWO
        or not scene.released(but=scene.subject)
    ):
        return None
    return None if "conflicting" in policy.answers else "versioning.carriers"


def _plan(scene: Scene) -> Iterator[Ask]:
    if not (reads(scene) or writes(scene)) or _promised(scene) is None:
        return
    policy, kinds = scene.policy, list(scene.policy.carriers)
    for index, strong in enumerate(kinds):
        for weak in kinds[index + 1 :]:
            for other in scene.released(but=scene.subject)[: 1 if writes(scene) else 3]:
                ways = ((scene.subject, other), (other, scene.subject))
                for first, second in ways[:1] if uses_up(scene) else ways:
                    yield Ask(
                        aim=Aim.CONFLICT,
                        selection=((strong, spell(policy, strong, first)), (weak, spell(policy, weak, second))),
                        via=strong,
                        probe=two_texts(first, strong, second, weak),
                        expected_version=first,
                        compare=(scene.subject, other),
                        once=writes(scene),
                    )


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    if exchange.aim is not Aim.CONFLICT or _promised(scene) is None or response is None or not exchange.peers:
        return None
    served = read(exchange, scene).served_by
    expected, summary = f"{exchange.expected_version} answers", f"a weaker carrier wins over the {exchange.via}"
    received = f"{served} answered {exchange.probe}: {answer_text(exchange)}"
    if is_refused(exchange, response, served):
        if exchange.expected_version != exchange.version:
            return None  # where that version is the subject, it is known whether its carrier is served at all
        summary = "carriers that disagree are refused"
        received = f"for {exchange.probe}: {answer_text(exchange)}"
    elif served in {None, exchange.expected_version}:
        return None if served is None else ()
    return [
        Broken(
            summary=summary,
            expected=f"{expected}: {' > '.join(scene.policy.carriers)}",
            received=received,
            place="versioning.carriers",
        )
    ]


def _yields(exchange: Exchange, exchanges: Sequence[Exchange], scene: Scene) -> bool:
    """A carrier that is refused when it stands alone is AV200's, and one that is not read even then is AV210's."""
    alone = [read(each, scene) for each in exchanges if each.aim is Aim.ACCEPTED and each.via == exchange.via]
    return any(each.unserved or Displacement.OTHER_VERSION in each.displacements for each in alone)


CHECK = Check(
    code="AV205",
    name="carrier-priority",
    title="carrier priority",
    promised=_promised,
    plan=_plan,
    judge=_judge,
    yields=_yields,
)
