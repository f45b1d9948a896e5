"""When carriers disagree, the one declared strongest decides.

Which version answered is read from the echo where the policy declares one, and otherwise from the shape of the answer, held
against the answers both versions give when asked plainly. Where the two cannot be told apart nothing is claimed.

Source: ARA-07. Silence: `conflicting = { accept = true }`; a policy that rejects conflicts is held by AV209.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.exchange import Aim
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.judging.reading import told
from pytest_apiversion.core.judging.served_version import served_by
from pytest_apiversion.core.policy.version_texts import spell
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange


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
    if scene.operation is None or scene.operation.method != "GET" or _promised(scene) is None:
        return
    policy, kinds = scene.policy, list(scene.policy.carriers)
    for index, strong in enumerate(kinds):
        for weak in kinds[index + 1 :]:
            for other in scene.released(but=scene.subject)[:3]:
                for first, second in ((scene.subject, other), (other, scene.subject)):
                    yield Ask(
                        aim=Aim.CONFLICT,
                        selection=((strong, spell(policy, strong, first)), (weak, spell(policy, weak, second))),
                        via=strong,
                        probe=f"{first} in the {strong}, {second} in the {weak}",
                        expected_version=first,
                        compare=(scene.subject, other),
                    )


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    if exchange.aim is not Aim.CONFLICT or _promised(scene) is None or response is None or not exchange.peers:
        return None
    served = served_by(scene.policy, response, exchange.peers)
    if served is None:
        return None
    if served == exchange.expected_version:
        return ()
    return [
        Broken(
            summary=f"a weaker carrier wins over the {exchange.via}",
            expected=f"{exchange.expected_version} answers: {' > '.join(scene.policy.carriers)}",
            received=f"{served} answered {exchange.probe}: {told(exchange)}",
            place="versioning.carriers",
        )
    ]


CHECK = Check(
    code="AV205", name="carrier-priority", title="carrier priority", promised=_promised, plan=_plan, judge=_judge
)
