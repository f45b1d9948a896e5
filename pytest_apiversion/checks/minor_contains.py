"""A version that only adds answers with everything the version before it has: each member, of the same JSON type.

Two contracts can agree while the answers do not: an optional member that always came, or one no contract names, is what clients read. The
first reading of an operation that succeeds is asked of the version before too, where the step between the two may carry nothing that breaks
a client. Values may differ; null is of every type. What the two contracts themselves say otherwise is AV306's.

Source: AUG-06, AUG-07, GIR-04, MOO-30. Silence: raise the bump, name the place in `versioning.volatile`, or take the member out of the
newer contract with a waiver of the change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Check, Twin
from pytest_apiversion.core.checking.exchange import Aim
from pytest_apiversion.core.http.response_differences import lacking
from pytest_apiversion.core.json.members import members, parent
from pytest_apiversion.core.judging.differential import (
    declared,
    first_success,
    misfits,
    succeeds,
    unlike,
    wrong_otherwise,
)
from pytest_apiversion.core.judging.served_version import echo_text
from pytest_apiversion.core.policy.version_bumps import held_steps
from pytest_apiversion.core.policy.version_texts import echoes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange, Request
    from pytest_apiversion.core.finding import Broken
    from pytest_apiversion.core.http.response_differences import Differ
    from pytest_apiversion.core.policy.compatibility import Step


def _steps(scene: Scene) -> list[Step]:
    """The steps to the scene's version that may carry nothing that breaks, from versions that answer."""
    if scene.is_alias or not scene.stage.answers:
        return []
    policy = scene.policy
    return [step for step in held_steps(policy, scene.subject) if policy.stage(step.old, scene.as_of).answers]


def _promised(scene: Scene) -> str | None:
    return next((step.place for step in _steps(scene)), None)


def _twins(exchanges: Sequence[Exchange], scene: Scene) -> Iterator[Twin]:
    first = first_success(exchanges, scene)
    for step in _steps(scene):
        operation = scene.operation_named(step.old, first.operation) if first is not None else None
        if first is not None and operation is not None and not operation.neutral:
            yield Twin(aim=Aim.OLDER, of=first, version=step.old, differ=_differ)


def _differ(_here: Request, _there: Request) -> Differ:
    return lacking


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    comparison = exchange.comparison
    if exchange.aim is not Aim.OLDER or comparison is None:
        return None
    if not (succeeds(comparison.here) and succeeds(comparison.there)) or wrong_otherwise(exchange, scene):
        return None
    served = echo_text(scene.policy, comparison.there)
    if served is not None and echoes(scene.policy, served) != comparison.version:
        return None  # another version's answer: AV210's
    step = next(step for step in _steps(scene) if step.old == comparison.version)
    named = {place: told for place, told in comparison.differences.items() if not _in_contracts(exchange, scene, place)}
    return unlike(
        named, f"is not what it was in {step.old}", f"in {step.old}: a {step.bump} step takes nothing away", step.place
    )


def _in_contracts(exchange: Exchange, scene: Scene, place: str) -> bool:
    """Whether the two contracts differ there themselves, so that nobody need ask the service."""
    comparison = exchange.comparison
    if comparison is None:
        return False
    operation = scene.operation_named(comparison.version, exchange.operation)
    spec = operation.response(comparison.there.status) if operation is not None else None
    older = spec.body(comparison.there.media_type) if spec is not None else None
    newer = declared(exchange, scene, comparison.here)
    documents = [scene.contracts[name].document for name in (comparison.version, scene.version)]
    name, around = place.rpartition("/")[2], parent(place)
    there = older is not None and name in members(documents[0], older.schema, around)
    here = newer is not None and name in members(documents[1], newer.schema, around)
    return (there and not here) or misfits(exchange, scene, comparison.there)


CHECK = Check(
    code="AV310",
    name="minor-contains",
    title="what only adds takes nothing away",
    promised=_promised,
    twins=_twins,
    judge=_judge,
)
