"""Every live version answers through every carrier, on every operation.

A router that names the version in the path and forgets the header serves half of its clients, and no test of the path shows it.

Source: GIR-01, ARA-01, ARA-02, ARA-03, VEL-01. Silence: take the carrier out of `versioning.carriers`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.http.statuses import ok
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.policy.version_texts import spell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


def _promised(scene: Scene) -> str | None:
    if not scene.stage.answers:
        return None
    return f"aliases.{scene.subject}" if scene.is_alias else "versioning.carriers"


def _plan(scene: Scene) -> Iterator[Ask]:
    operation = scene.operation
    if operation is None or operation.neutral or scene.is_alias or _promised(scene) is None:
        return
    policy, strongest = scene.policy, primary(scene)
    answering = policy.answering(scene.as_of)
    others = (name for name in answering if name != scene.subject)
    other = next((name for name in others if scene.operation_named(name, operation.key) is not None), None)
    for kind in policy.carriers:
        if kind != strongest:
            compare = (scene.subject, *([other] if other and operation.method == "GET" else []))
            yield Ask(
                aim=Aim.ACCEPTED, selection=((kind, spell(policy, kind, scene.subject)),), via=kind, compare=compare
            )


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    reading = read(exchange, scene)
    response = exchange.response
    if exchange.aim is not Aim.ACCEPTED or response is None or exchange.operation == "":
        return None
    if exchange.via in {"", primary(scene)}:
        return () if reading.accepted else None
    if ok(response):
        return ()
    if not reading.unserved or reading.failed:
        return None
    plain = exchange.peers[exchange.version]
    return [
        Broken(
            summary=f"{exchange.version} does not answer through the {exchange.via}",
            expected=f"what the {primary(scene)} gets ({plain.status})",
            received=answer_text(exchange),
            place=f"versioning.{exchange.via}",
        )
    ]


CHECK = Check(
    code="AV200",
    name="version-answers",
    title="version answers in every carrier",
    promised=_promised,
    plan=_plan,
    judge=_judge,
)
