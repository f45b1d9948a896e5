"""A version that only adds answers with everything the version before it has: each member, of the same JSON type.

Two contracts can agree while the answers do not: an optional member that always came, or one no contract names, is what clients read. The
first reading of an operation that succeeds is asked of the version before too, where the step between the two may carry nothing that breaks
a client. Values may differ; null is of every type. What the two contracts themselves say otherwise is AV306's.

A preview is mostly gone when the stable version it led to is there (`promotion`). Then the examples of its frozen contract stand for its answers:
what all of them show of an answer, and none of the stable version's readings has, is a warning, for one thing may leave out what is empty.
Where the stable version's contract has examples of its own, those are what it is held to (AV303).

Source: AUG-06, AUG-07, GIR-04, MOO-30. Silence: raise the bump, name the place in `versioning.volatile`, or take the member out of the
newer contract with a waiver of the change.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check, Twin
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.http.messages import Response
from pytest_apiversion.core.http.response_differences import NOTHING, Difference, is_below, missing_members
from pytest_apiversion.core.http.statuses import succeeds
from pytest_apiversion.core.json.members import generic, members, parent, places
from pytest_apiversion.core.judging.differential import (
    body_misfits,
    declared,
    first_success,
    report_differences,
    reported_otherwise,
)
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.served_version import echo_text
from pytest_apiversion.core.judging.wording import members_text, place_text
from pytest_apiversion.core.policy.version_bumps import held_steps
from pytest_apiversion.core.policy.version_texts import echoes
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import BodySpec
    from pytest_apiversion.core.http.messages import Request
    from pytest_apiversion.core.http.response_differences import Differ, Differences
    from pytest_apiversion.core.policy.compatibility import Step


def _steps(scene: Scene) -> list[Step]:
    """The steps to the scene's version that may carry nothing that breaks, from versions that answer."""
    return [step for step in _held(scene) if scene.policy.stage(step.old, scene.as_of).answers]


def _promotion(scene: Scene) -> Step | None:
    """The step from the last preview, where that is gone and its frozen contract stands for it; None where it is not."""
    found = (step for step in _held(scene) if step.bump == "promotion" and step.old in scene.contracts)
    gone = next((step for step in found if scene.policy.stage(step.old, scene.as_of) is Stage.SUNSET), None)
    if gone is None or not scene.once(f"examples of {gone.old} to hold readings to", lambda: _exemplary(scene, gone)):
        return None
    return gone


def _exemplary(scene: Scene, step: Step) -> bool:
    """Whether the preview's contract has examples of a reading that the stable version's contract has none of."""
    for operation in scene.contracts[scene.version].asked:
        older = scene.operation_named(step.old, operation.key) if operation.method == "GET" else None
        for status, response in older.responses.items() if older is not None else ():
            mine = operation.responses.get(status)
            for media_type, body in mine.bodies.items() if mine is not None else ():
                if not body.examples and media_type in response.bodies and response.bodies[media_type].examples:
                    return True
    return False


def _held(scene: Scene) -> tuple[Step, ...]:
    return () if scene.is_alias or not scene.stage.answers else held_steps(scene.policy, scene.subject)


def _promised(scene: Scene) -> str | None:
    gone = _promotion(scene)
    return next((step.place for step in (*_steps(scene), *([gone] if gone else []))), None)


def _twins(exchanges: Sequence[Exchange], scene: Scene) -> Iterator[Twin]:
    first = first_success(exchanges, scene)
    for step in _steps(scene):
        operation = scene.operation_named(step.old, first.operation) if first is not None else None
        if first is not None and operation is not None and not operation.neutral:
            yield Twin(aim=Aim.OLDER, of=first, version=step.old, differ=_differ, same_thing=True)


def _differ(_here: Request, _there: Request) -> Differ:
    return missing_members


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    comparison = exchange.comparison
    if exchange.aim is not Aim.OLDER or comparison is None:
        return None
    if not (succeeds(comparison.here) and succeeds(comparison.there)) or reported_otherwise(exchange, scene):
        return None
    served = echo_text(scene.policy, comparison.there)
    if served is not None and echoes(scene.policy, served) != comparison.version:
        return None  # another version's answer: AV210's
    step = next(step for step in _steps(scene) if step.old == comparison.version)
    named = {place: told for place, told in comparison.differences.items() if not _in_contracts(exchange, scene, place)}
    return report_differences(
        named, f"is not what it was in {step.old}", f"in {step.old}: a {step.bump} step takes nothing away", step.place
    )


def _conclude(exchanges: Sequence[Exchange], scene: Scene) -> Iterable[Broken] | None:
    """Hold the readings of a stable version to what its preview showed, where that is gone."""
    step = _promotion(scene)
    readings = [] if step is None else [each for each in exchanges if _is_reading(each, scene)]
    if step is None or not readings or scene.operation_named(step.old, readings[0].operation) is None:
        return None
    compared = list(_comparable(readings, scene, step))
    return [broken for each in compared for broken in _left_out(*each, scene, step)] if compared else None


def _is_reading(exchange: Exchange, scene: Scene) -> bool:
    """Whether an answer is a reading's success, and nothing that another check says is wrong."""
    asked = exchange.aim is Aim.ACCEPTED and exchange.request.method == "GET" and exchange.via == primary(scene)
    own = read(exchange, scene).own_answer if asked else None
    return own is not None and succeeds(own) and not reported_otherwise(exchange, scene)


def _comparable(
    readings: Sequence[Exchange], scene: Scene, step: Step
) -> Iterator[tuple[list[Exchange], tuple[BodySpec, BodySpec]]]:
    """Readings of one status and media type, with what the two contracts say of them, where the preview's examples stand for its answers."""
    kinds: dict[tuple[int, str], list[Exchange]] = {}
    for exchange in readings:
        if exchange.response is not None and exchange.response.parsed.problem is None:
            kinds.setdefault((exchange.response.status, exchange.response.media_type), []).append(exchange)
    for alike in kinds.values():
        exchange, answer = alike[-1], _answers(alike)[-1]
        older, newer = _spec(scene, step.old, exchange, answer), declared(exchange, scene, answer)
        if older is not None and newer is not None and older.examples and not newer.examples:
            yield alike, (older, newer)


def _answers(exchanges: Iterable[Exchange]) -> list[Response]:
    return [each.response for each in exchanges if each.response is not None]


def _left_out(
    readings: Sequence[Exchange], specs: tuple[BodySpec, BodySpec], scene: Scene, step: Step
) -> Iterator[Broken]:
    """What the preview's frozen examples of an answer all show, and no such answer of the stable version has."""
    exchange = readings[-1]
    shown = [_missed(_answers(readings), example) for example in specs[0].examples]
    for place in [place for place in shown[0] if all(place in each for each in shown)]:
        if not _told_otherwise(scene, step.old, specs, place, retyped=shown[0][place].mine != NOTHING):
            yield Broken(
                summary=f"{place or 'the body'} is not what it was in {step.old}",
                expected=f"{shown[0][place].other}, as the frozen examples of {step.old} show: {step.told}",
                received=_received(exchange, place, shown[0][place]),
                place=step.place,
                severity=Severity.WARNING,
                exchange=exchange,
            )


def _told_otherwise(scene: Scene, old: str, specs: tuple[BodySpec, BodySpec], place: str, *, retyped: bool) -> bool:
    """Whether the policy or the two contracts account for what a place lost, so that it is not the service that took it away."""
    older, newer = specs
    if any(is_below(place, mask) for mask in scene.policy.volatile) or _gone_between(scene, old, specs, place):
        return True
    return retyped and newer.validate is not None and any(newer.validate(example) for example in older.examples)


def _received(exchange: Exchange, place: str, told: Difference) -> str:
    """What an answer has at a place, in a line; where it has nothing there, the members beside it."""
    if told.mine == NOTHING:
        return told.mine if "*" in place else members_text(exchange, parent(place))
    there = places(exchange.response.json, indices=True) if exchange.response is not None else ()
    at = next((at for at, value in there if value is not None and generic(at) == place), None)
    return told.mine if at is None else f"{told.mine}: {place_text(exchange, at)}"


def _missed(answers: Sequence[Response], example: Any) -> Differences:
    """What an example shows and none of some answers has, though the object it would be in is there."""
    older = Response(status=0, headers=(("Content-Type", "application/json"),), body=json.dumps(example).encode())
    missed: dict[str, Difference] = {}
    kept: set[str] = set()
    for answer in answers:
        mine = missing_members(answer, older)
        missed |= mine
        kept |= {place for place, _ in places(answer.json)} - set(mine)
    return {place: told for place, told in missed.items() if place not in kept}


def _in_contracts(exchange: Exchange, scene: Scene, place: str) -> bool:
    """Whether the two contracts differ there themselves, so that nobody need ask the service."""
    comparison = exchange.comparison
    if comparison is None:
        return False
    older = _spec(scene, comparison.version, exchange, comparison.there)
    newer = declared(exchange, scene, comparison.here)
    gone = _gone_between(scene, comparison.version, (older, newer), place)
    return gone or body_misfits(exchange, scene, comparison.there)


def _spec(scene: Scene, version: str, exchange: Exchange, response: Response) -> BodySpec | None:
    """What a version's contract says of a body that the exchange's operation answers."""
    operation = scene.operation_named(version, exchange.operation)
    spec = operation.response(response.status) if operation is not None else None
    return spec.body(response.media_type) if spec is not None else None


def _gone_between(scene: Scene, old: str, specs: tuple[BodySpec | None, BodySpec | None], place: str) -> bool:
    """Whether the older contract names a place and the newer one does not."""
    name, around = place.rpartition("/")[2], parent(place)
    there, here = (
        spec is not None and name in members(scene.contracts[version].document, spec.schema, around)
        for version, spec in zip((old, scene.version), specs, strict=True)
    )
    return there and not here


CHECK = Check(
    code="AV310",
    name="minor-contains",
    title="what only adds takes nothing away",
    promised=_promised,
    twins=_twins,
    judge=_judge,
    conclude=_conclude,
)
