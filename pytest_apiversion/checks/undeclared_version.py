"""Versions nobody declared, or that are not released yet, do not answer.

A version that answers before it is declared gets clients before it has a contract: the next number, the minor between, a
preview, the day after. On one operation of a version, the contract's first reading (one without a path parameter, where there is one), whole
families are asked: its text with each digit behind it (`v10` to `v19` for `v1`), and the release its contract names in `info.version`, where
that is a version of the scheme. A declared version that is still planned is asked with the requests of its own contract, too: with its
bodies, and for the operations that are new in it. It must be refused as any unknown version is, with the declared status and code; of versions nobody
declared any refusal will do. A router's 404 or 405 to a name that is new in the planned version's contract shows nothing.

Source: MOO-02, MOO-29, GIR-23. Silence: declare the version, or `waterfall = true` where dates in between are served.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.http.messages import SAFE_METHODS
from pytest_apiversion.core.http.statuses import SUCCESS
from pytest_apiversion.core.judging.probing_methods import reads_first
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.rejections import plainer, rejected_as, rejection, routed_first
from pytest_apiversion.core.judging.version_families import undeclared_family
from pytest_apiversion.core.judging.wording import answer_text, probe_text
from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.policy.version_texts import neighbour_texts, planned_texts, spell, unknown_texts
from pytest_apiversion.core.versions.lifecycle import Stage, day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation


def _promised(scene: Scene) -> str | None:
    policy = scene.policy
    if scene.is_alias or not scene.stage.answers or policy.waterfall:
        return None
    answer = policy.answers.get("unknown")
    return "versions" if answer is not None and answer.kind is AnswerKind.REJECT else None


def _plan(scene: Scene) -> Iterator[Ask]:
    if _promised(scene) is None:
        return
    yield from _own_requests(scene)
    if scene.operation is None:
        return
    for kind in scene.policy.carriers:
        for text in (*neighbour_texts(scene.policy, kind), *planned_texts(scene.policy, kind, scene.as_of)):
            yield Ask(aim=Aim.UNDECLARED, selection=((kind, text),), via=kind, probe=text)
        for text in undeclared_family(scene, kind) if reads_first(scene) else ():
            yield Ask(aim=Aim.UNDECLARED, selection=((kind, text),), via=kind, probe=text, once=True)


def _own_requests(scene: Scene) -> Iterator[Ask]:
    """What only the contracts of planned versions have, asked once: beside the newest version that answers.

    Beside an operation it is the body and the new name of the same operation; beside the whole version, operations that are new. Of these only
    readings are asked about drawn names, so that nothing is altered that was there.
    """
    policy, answering = scene.policy, scene.policy.answering(scene.as_of)
    if not answering or scene.subject != answering[-1]:
        return
    kind = primary(scene)
    for name in policy.versions:
        if policy.stage(name, scene.as_of) is not Stage.PLANNED or name not in scene.contracts:
            continue
        text, asked = spell(policy, kind, name), list(_own_keys(scene, name))
        for key, method, template in asked:
            ask = Ask(
                aim=Aim.UNDECLARED,
                selection=((kind, text),),
                via=kind,
                probe=text,
                method=method,
                template=template,
                like=(name, key),
            )
            yield ask
        if asked and scene.operation is None:  # a version that nobody has is what it is held against
            for far in unknown_texts(policy, kind)[:1]:
                yield replace(ask, aim=Aim.UNKNOWN, selection=((kind, far),), probe=far)


def _own_keys(scene: Scene, name: str) -> Iterator[tuple[str, str | None, str | None]]:
    """Operations of a planned version whose own requests are asked in a scene, each with its method and its path where they are not the scene's."""
    operations = scene.contracts[name].operations
    if (mine := scene.operation) is not None:
        key = scene.policy.counterpart(mine.key, scene.version, name)
        if key is None or mine.neutral or key not in operations:
            return
        method, _, path = key.partition(" ")
        if operations[key].request or key != mine.key:
            yield key, method if method != mine.method else None, path if path != mine.path else None
        return
    own = scene.contracts[scene.version].operations
    known = {scene.policy.counterpart(key, scene.version, name) for key in own}
    for key, operation in operations.items():
        reads = operation.method in SAFE_METHODS
        if key not in known and not operation.neutral and (reads or (scene.unsafe and _adds(operation))):
            yield key, operation.method, None


def _adds(operation: Operation) -> bool:
    """Whether a write is about nothing that is there."""
    return operation.method == "POST" and not operation.path_parameters


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    if exchange.aim is not Aim.UNDECLARED or response is None:
        return None
    if exchange.probe in planned_texts(scene.policy, exchange.via, scene.as_of):
        return _planned(exchange, scene)
    if response.status not in SUCCESS or rejected_as(exchange, scene, "unknown"):  # an API may reject with a 200
        return ()
    return [
        Broken(
            summary=f"{exchange.probe} answers, though no such version is declared and released",
            expected="a rejection: only declared, released versions answer",
            received=f"{answer_text(exchange)} for {probe_text(exchange)}",
            place="versions",
        )
    ]


def _planned(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    """What is broken where a version that is not released yet was asked for.

    By a name that only its contract has a router may refuse it before anybody looks at the version. Where the version stands in the path, an
    unknown version asked for the same tells the two apart, if there is one.
    """
    in_path = exchange.via in scene.policy.carriers and scene.policy.carriers[exchange.via].form.in_path
    if (scene.operation is not None or not in_path) and routed_first(exchange, scene):
        return None
    asked = f"{exchange.probe}, which is {_when(exchange, scene)},"
    return None if read(exchange, scene).failed else rejection(exchange, scene, asked)


def _when(exchange: Exchange, scene: Scene) -> str:
    """When a version that is not released yet will be."""
    policy = scene.policy
    for name in policy.versions:
        released = policy.lifecycle(name).released
        if released is None or policy.stage(name, scene.as_of) is not Stage.PLANNED:
            continue
        if exchange.via in policy.carriers and spell(policy, exchange.via, name) == exchange.probe:
            return f"not released before {day(released)}"
    return "not released yet"


def _yields(exchange: Exchange, exchanges: Sequence[Exchange], scene: Scene) -> bool:
    """Where any unknown version answers it is AV203's."""
    return plainer(exchange, exchanges, scene)


CHECK = Check(
    code="AV208",
    name="undeclared-version",
    title="undeclared versions do not answer",
    promised=_promised,
    plan=_plan,
    judge=_judge,
    yields=_yields,
)
