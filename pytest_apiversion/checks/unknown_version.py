"""A well-formed version nobody declared is rejected as declared, through every carrier, on every operation.

A server that rounds to the version it likes best serves a client something it never asked for.

Source: GIR-23, AUG-02; ASP.NET API Versioning, GitHub (400), DRF (404 or 406). Silence: `unknown = { accept = true }`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.exchange import Aim
from pytest_apiversion.core.judging.reading import rejection, selection_place
from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.policy.version_texts import unknown_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.finding import Broken


def _promised(scene: Scene) -> str | None:
    return selection_place(scene, "unknown")


def _plan(scene: Scene) -> Iterator[Ask]:
    if scene.operation is None or _promised(scene) is None:
        return
    for kind in scene.policy.carriers:
        answer = scene.policy.answer("unknown", carrier=kind, operation=scene.operation.key)
        if answer is not None and answer.kind is AnswerKind.REJECT:
            for text in unknown_texts(scene.policy, kind):
                yield Ask(aim=Aim.UNKNOWN, selection=((kind, text),), via=kind, probe=text)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    return rejection(exchange, scene, "an unknown version") if exchange.aim is Aim.UNKNOWN else None


CHECK = Check(
    code="AV203", name="unknown-version", title="unknown version rejected", promised=_promised, plan=_plan, judge=_judge
)
