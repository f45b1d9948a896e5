"""The same fault gets the same status and error code in all versions that share an envelope.

A client that moves to the next version keeps its error handling. What an operation refused is asked of the version before too, where both
take the same requests: a record that is not there, data that is not valid, a method the path does not have, a request without
credentials. Faults of the version itself have codes of their own.

Between versions that may only add this is always promised; between others where `errors.same_codes` says so.

Source: GIR-10, AUG-12, MOO-31. Silence: `same_codes = false`, or an envelope of its own for the version.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim, Fault
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check, Twin
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.contracts.names import plain_name
from pytest_apiversion.core.http.response_differences import Difference
from pytest_apiversion.core.http.statuses import CREDENTIAL, GONE
from pytest_apiversion.core.judging.body_faults import is_json
from pytest_apiversion.core.judging.other_versions import required
from pytest_apiversion.core.judging.promises import ends_by_status
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.policy.stability import is_preview
from pytest_apiversion.core.policy.sunset_answers import sunset_answer
from pytest_apiversion.core.policy.version_bumps import held_steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Request, Response
    from pytest_apiversion.core.http.response_differences import Differ
    from pytest_apiversion.core.policy.policy import Policy

_FAULTS: Mapping[Fault, frozenset[int]] = {
    Fault.NOT_FOUND: GONE,
    Fault.INVALID: frozenset({400, 413, 415, 422}),
    Fault.METHOD: frozenset({404, 405, 501}),
    Fault.CREDENTIAL: CREDENTIAL,
}
"""Statuses each kind of fault may have; with others it is another fault."""
_NOTHING = b"{}"
"""A body that lacks whatever a version requires, and has nothing that only one of two versions knows."""


def _envelope(policy: Policy, version: str) -> str | None:
    """The name of a version's envelope, where it has a place for a code."""
    name = policy.versions[version].envelope or policy.envelope
    return name if name is not None and policy.envelopes[name].code_place is not None else None


def _older(scene: Scene) -> tuple[str, str] | None:
    """The version before that shares the envelope, and where the policy promises that codes stay; None where it does not."""
    policy, subject = scene.policy, scene.subject
    if scene.is_alias or not scene.stage.answers or (own := _envelope(policy, subject)) is None:
        return None
    answering = policy.answering(scene.as_of)
    for step in held_steps(policy, subject):
        if step.old in answering and _envelope(policy, step.old) == own:
            return step.old, step.place
    if not policy.same_codes or is_preview(policy, subject):
        return None
    before = answering[: answering.index(subject)]
    sharing = [name for name in before if not is_preview(policy, name) and _envelope(policy, name) == own]
    return (sharing[-1], "errors.same_codes") if sharing else None


def _promised(scene: Scene) -> str | None:
    found = _older(scene)
    return found[1] if found else None


def _plan(scene: Scene) -> Iterator[Ask]:
    """An object without members, where what is drawn for this version is not wrong in the same way in the other."""
    found, operation = _older(scene), scene.operation
    if found is None or operation is None or operation.neutral or not scene.unsafe:
        return
    other = scene.operation_named(found[0], operation.key)
    if other is not None and operation.shape != other.shape and _lack(operation, other, scene, found[0]):
        yield Ask(aim=Aim.REFUSED, selection=scene.selection, via=primary(scene), body=_NOTHING)


def _lack(operation: Operation, other: Operation, scene: Scene, older: str) -> bool:
    """Whether an object without members lacks something in both versions, and the request is otherwise one in both."""
    bodies = all(each.body_media_types and all(map(is_json, each.body_media_types)) for each in (operation, other))
    mine, theirs = ({(each.place, each.name) for each in one.parameters if each.required} for one in (operation, other))
    lacking = (_required(scene, name, each) for name, each in ((scene.version, operation), (older, other)))
    return bodies and mine == theirs and all(lacking)


def _required(scene: Scene, version: str, operation: Operation | None) -> set[str]:
    """The members that a body has to have."""
    return set(required(scene.contracts[version].schemas, operation.body_schema)) if operation is not None else set()


def _tells_apart(scene: Scene, key: str, older: str, mine: str, other: str) -> bool:
    """Whether codes name a member that each version requires by a name of its own: `topic_missing`, `task_missing`."""
    lacking = (_required(scene, name, scene.operation_named(name, key)) for name in (scene.version, older))
    return all(
        any(plain_name(name) in plain_name(code) for name in names)
        for names, code in zip(lacking, (mine, other), strict=True)
    )


def _twins(exchanges: Sequence[Exchange], scene: Scene) -> Iterator[Twin]:
    """The first of each kind of fault."""
    found, operation = _older(scene), scene.operation
    if found is None or operation is None or operation.neutral:
        return
    other = scene.operation_named(found[0], operation.key)
    done: set[Fault] = set()
    for exchange in exchanges:
        fault = _fault(exchange, scene, operation)
        if (
            fault is None
            or fault in done
            or other is None
            or not _alike(fault, exchange, operation, other, scene, found[0])
        ):
            continue
        done.add(fault)
        differ = partial(_differ, scene=scene, of=exchange, fault=fault, older=found[0])
        yield Twin(aim=Aim.SAME_FAULT, of=exchange, version=found[0], differ=differ)


def _fault(exchange: Exchange, scene: Scene, operation: Operation) -> Fault | None:
    """Which kind of fault an exchange is about; None where it is not clear."""
    if exchange.base is None or exchange.response is None or exchange.via != primary(scene):
        return None
    fault = exchange.aim.meaning.fault if exchange.aim.meaning.own else None
    if (
        fault is None
        or fault not in _FAULTS
        or fault is Fault.CREDENTIAL
        or (fault is Fault.NOT_FOUND and operation.method != "GET")
    ):
        return None
    if fault is Fault.INVALID and operation.security and not exchange.request.secrets:
        fault = Fault.CREDENTIAL
    return fault if exchange.response.status in _FAULTS[fault] else None


def _alike(fault: Fault, exchange: Exchange, operation: Operation, other: Operation, scene: Scene, older: str) -> bool:
    """Whether the fault is one in both versions."""
    if fault is Fault.CREDENTIAL:
        return bool(other.security)
    if fault is Fault.METHOD:
        methods = [set(scene.contracts[name].methods(operation.path)) for name in (scene.version, older)]
        return methods[0] == methods[1]
    if operation.security != other.security:
        return False
    empty = exchange.request.body == _NOTHING and _lack(operation, other, scene, older)
    return operation.shape == other.shape or (fault is Fault.INVALID and empty)


def _differ(_here: Request, _there: Request, *, scene: Scene, of: Exchange, fault: Fault, older: str) -> Differ:
    gone = ends_by_status(sunset_answer(scene.policy, older))

    def differ(here: Response, there: Response) -> Mapping[str, Difference]:
        if not {here.status, there.status} <= _FAULTS[fault] or there.status in gone:
            return {}  # another fault; AV604's
        if here.status != there.status:
            return {f"the status of {fault.value}": Difference(mine=str(here.status), other=str(there.status))}
        sides = [replace(of, answer=here), replace(of, answer=there, version=older)]
        if not all(read(side, scene).wears_envelope for side in sides):
            return {}  # AV401's
        mine, other = (str(read(side, scene).error_code) for side in sides)
        if of.request.body == _NOTHING and _tells_apart(scene, of.operation, older, mine, other):
            return {}
        return {f"the code of {fault.value}": Difference(mine=mine, other=other)} if mine != other else {}

    return differ


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    comparison, found = exchange.comparison, _older(scene)
    if exchange.aim is not Aim.SAME_FAULT or comparison is None or found is None:
        return None
    return [
        Broken(
            summary=f"{what} is not that of {found[0]}",
            expected=f"{told.other}, as in {found[0]}",
            received=told.mine,
            place=found[1],
        )
        for what, told in comparison.differences.items()
    ]


CHECK = Check(
    code="AV403",
    name="same-fault-same-code",
    title="the same fault has the same code",
    promised=_promised,
    plan=_plan,
    twins=_twins,
    judge=_judge,
)
