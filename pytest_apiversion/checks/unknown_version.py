"""A well-formed version nobody declared is rejected as declared, through every carrier, on every operation.

A server that rounds to the version it likes best serves a client something it never asked for.

`before` in the answer promises that it comes before faults of another kind: no credential, a body that is none, a path nobody has. A client of a
version that is no more must not be sent to look for its key. Nothing outside `versioning.bounds` is sent.
A version with a codename that `versioning.codenames` does not list may get what a malformed one gets. The first reading of a version is asked as
`HEAD`, too, where only a success says something.

Source: GIR-23, AUG-02; ASP.NET API Versioning, GitHub (400), DRF (404 or 406). Silence: `unknown = { accept = true }`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.judging.probing_methods import as_head
from pytest_apiversion.core.judging.promises import selection_place
from pytest_apiversion.core.judging.rejections import flawless_too, rejected_as, rejection, routed_first
from pytest_apiversion.core.judging.request_faults import with_faults
from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.policy.version_texts import unknown_texts, unlisted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.broken import Broken
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


def _promised(scene: Scene) -> str | None:
    return selection_place(scene, "unknown")


def _plan(scene: Scene) -> Iterator[Ask]:
    if scene.operation is None or _promised(scene) is None:
        return
    for kind in scene.policy.carriers:
        answer = scene.policy.answer("unknown", carrier=kind, operation=scene.operation.key)
        if answer is not None and answer.kind is AnswerKind.REJECT:
            texts = unknown_texts(scene.policy, kind)
            for text in texts:
                ask = Ask(aim=Aim.UNKNOWN, selection=((kind, text),), via=kind, probe=text)
                first = (*with_faults(scene, answer, ask), *as_head(scene, ask)) if text == texts[0] else (ask,)
                yield from first


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    if exchange.aim is not Aim.UNKNOWN:
        return None
    if scene.operation is None and routed_first(exchange, scene):
        return None  # it is asked for an operation that is planned, and a router's answer to that shows nothing of versions
    found = rejection(exchange, scene, "an unknown version")
    if found is None or not unlisted(scene.policy, exchange.via, exchange.probe or ""):
        return found
    return () if rejected_as(exchange, scene, "malformed") else found


CHECK = Check(
    code="AV203",
    name="unknown-version",
    title="unknown version rejected",
    promised=_promised,
    plan=_plan,
    judge=_judge,
    yields=flawless_too,
)
