"""What only another version has does not leak into this one: operations, names of members, the shape of a request.

Two versions in one code base share routers and models, and a rename is easily done by adding the new name beside the old. Then
clients of the new version go on with old names, unnoticed, until the old version ends and takes them along. With
`operations.isolated` an operation that only another released version has (or has under another name) is not routed here, and a body
with the names of another version is not taken where it lacks what this version requires (`operations.old_names = "reject"`: whatever
it lacks). A member that this version requires is tried by the other version's name alone, and one that `[[fields]]` pairs too: the same
body without both tells what the name did. Rows of `[[fields]]` name one member in each version; an answer that has another version's name beside or instead of its
own has a leak. Where `operations.isolated` says so, an answer is held to that without a row, too: where two versions differ in the names of one object both ways,
by as many members of the same kind, neither shows what only the other one has. Paths that a template of this version covers prove nothing and are not tried. A `DELETE`
that only another version has is sent in sequences, about what the sequence created, and nowhere else.

Source: ARA-20, ARA-21, ARA-26, ARA-27, GIR-30; Microsoft Azure REST API Guidelines (one contract a version). Silence: leave
`operations.isolated` out, or take the row out of `[[fields]]`.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.contracts.foreign_names import Objects, foreign_names, objects_of
from pytest_apiversion.core.http.messages import SAFE_METHODS
from pytest_apiversion.core.http.statuses import SUCCESS, ok
from pytest_apiversion.core.json.members import places
from pytest_apiversion.core.json.nested_members import schema_of, steps_in, value_of
from pytest_apiversion.core.json.pointer import MISSING
from pytest_apiversion.core.judging.answer_kinds import Kind
from pytest_apiversion.core.judging.disguised_errors import wears_error
from pytest_apiversion.core.judging.other_versions import (
    ForeignMember,
    OtherOperation,
    foreign_members,
    other_bodies,
    other_operations,
)
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response

_ROUTED = frozenset({415, 422})
"""Refusals of what was sent: somebody read it."""


def _promised(scene: Scene) -> str | None:
    if scene.is_alias or not scene.stage.answers or not scene.released(but=scene.version):
        return None
    if scene.policy.isolated:
        return "operations.isolated"
    return "fields" if any(scene.version in row for row in scene.policy.fields) else None


def _plan(scene: Scene) -> Iterator[Ask]:
    if scene.operation is None or not scene.policy.isolated or _promised(scene) is None:
        return
    via, selection = primary(scene), scene.selection
    for found in other_operations(scene):
        if scene.unsafe or found.method in SAFE_METHODS:
            yield Ask(
                aim=Aim.FOREIGN,
                selection=selection,
                via=via,
                probe=_name(found),
                method=None if found.method == scene.operation.method else found.method,
                template=found.path,
                like=(found.version, found.key) if found.sends else None,
            )
    if scene.unsafe:
        for found in other_bodies(scene):
            like = (found.version, found.key)
            yield Ask(aim=Aim.FOREIGN_BODY, selection=selection, via=via, probe=_name(found), like=like)
        for member in foreign_members(scene):
            both, aim = (member.own_steps, member.steps), Aim.FOREIGN_MEMBER
            sent = ((member.steps, member.value),)
            yield Ask(aim=aim, selection=selection, via=via, probe=member.probe, members=sent, lacks=both)
            yield Ask(aim=aim, selection=selection, via=via, probe=member.control, lacks=both)


def _name(found: OtherOperation) -> str:
    return f"{found.key} of {found.version}"


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    reading = read(exchange, scene)
    if response is None or _promised(scene) is None or reading.displaced:
        return None
    match exchange.aim:
        case Aim.FOREIGN:
            disguised = reading.kind is Kind.SUCCESS and wears_error(scene.policy, response)
            return None if disguised else _route(exchange, reading.kind, response)
        case Aim.FOREIGN_BODY:
            return _body(exchange, response)
        case Aim.ACCEPTED:
            said = [_names(exchange, scene, response), _unpaired(exchange, scene, response)]
            return None if said == [None, None] else [broken for each in said for broken in each or ()]
        case Aim.FOREIGN_MEMBER:
            return _names(exchange, scene, response)
    return None


def _route(exchange: Exchange, kind: Kind, response: Response) -> Iterable[Broken] | None:
    if kind is Kind.NOT_FOUND:
        return ()
    if kind is not Kind.SUCCESS and response.status not in _ROUTED:
        return None  # a redirect may lead to its name here; the rest may have other reasons
    does = "answers" if kind is Kind.SUCCESS else "is routed"
    return [
        Broken(
            summary=f"{exchange.probe} {does} in {exchange.version}, which does not have it",
            expected=f"404 or 405: the contract of {exchange.version} has no such operation",
            received=answer_text(exchange),
            place="operations.isolated",
        )
    ]


def _body(exchange: Exchange, response: Response) -> Iterable[Broken] | None:
    if response.status not in SUCCESS:
        return None if ok(response) else ()
    sent = (exchange.request.body or b"").decode("utf-8", "replace")
    return [
        Broken(
            summary=f"a body of {exchange.probe} is accepted in {exchange.version}",
            expected=f"a refusal: the body is not one of {exchange.version}",
            received=f"{answer_text(exchange)}; sent: {exchange.secrets.beginning(sent, 160)}",
            place="operations.isolated",
        )
    ]


def _conclude(exchanges: Sequence[Exchange], scene: Scene) -> Iterable[Broken] | None:
    """Members by another version's name, each held against the same request without it."""
    tried = {exchange.probe: exchange for exchange in exchanges if exchange.aim is Aim.FOREIGN_MEMBER}
    if not tried:
        return None
    if any(_taken(each) for each in exchanges if each.aim is Aim.FOREIGN_BODY):
        return None  # whoever takes the whole body takes its members: it is told
    pairs = [(each, tried.get(each.probe), tried.get(each.control)) for each in foreign_members(scene)]
    said = [_member(each, one, other) for each, one, other in pairs if one is not None and other is not None]
    judged = [each for each in said if each is not None]
    return [broken for each in judged for broken in each] if judged else None


def _taken(exchange: Exchange) -> bool:
    return exchange.response is not None and exchange.response.status in SUCCESS


def _member(member: ForeignMember, exchange: Exchange, control: Exchange) -> Iterable[Broken] | None:
    response, without = exchange.response, control.response
    if response is None or without is None or (ok(response) and not _taken(exchange)):
        return None
    if not _taken(exchange):
        return ()
    if _taken(control):
        shown, before = _shown(response, member), _shown(without, member)
        if not shown:
            return None  # the answer does not say
        if member.value in before or member.value not in shown:
            return ()
    elif not member.required:
        return None
    return [
        Broken(
            summary=f"{member.name}, a name of {member.version}, is taken for {member.own} in {exchange.version}",
            expected=f"{member.own} alone is the name in {exchange.version}"
            + ("; the same body without both is refused" if not _taken(control) else ""),
            received=f"{answer_text(exchange)}; sent: {json.dumps({member.name: member.value})}",
            place="operations.isolated",
            exchange=exchange,
        )
    ]


def _shown(response: Response, member: ForeignMember) -> list[Any]:
    """What an answer says of the member, by its own name."""
    inside = "".join(
        f"/{step}" for step in member.steps[:-1]
    )  # `model` in `config` is there by the other version's name
    found = (
        value for at, value in places(response.json) if isinstance(value, dict) and not (inside and at.endswith(inside))
    )
    return [shown for value in found if (shown := value_of(value, member.own)) is not MISSING]


def _names(exchange: Exchange, scene: Scene, response: Response) -> Iterable[Broken] | None:
    """Members by another version's name, in objects where the contract has them by this version's."""
    reading = read(exchange, scene)
    held = reading.contract_operation is not None or exchange.aim is Aim.FOREIGN_MEMBER
    body = reading.body if held else None
    rows = [row for row in scene.policy.fields if scene.version in row]
    if body is None or not rows or response.status not in SUCCESS or response.parsed.problem is not None:
        return None
    document = scene.contracts[scene.version].document
    compared, leaks = False, dict[tuple[str, str], tuple[str, tuple[str, ...]]]()

    @cache
    def declared(place: str, name: str) -> bool:
        return schema_of(document, body.schema, place, name) is not MISSING

    @cache
    def had(place: str, own: str) -> bool:
        return schema_of(document, body.schema, place, own, open_too=True) is not MISSING

    def leaked(place: str, value: Mapping[str, Any], name: str) -> bool:
        return value_of(value, name) is not MISSING and not declared(place, name)

    for place, value in places(response.json):
        if not isinstance(value, dict):
            continue
        for row in rows:
            own = row[scene.version]
            if had(place, own):
                compared = True
                leaks |= {
                    (place, name): (own, steps_in(value, name))
                    for name in row.values()
                    if name != own and leaked(place, value, name)
                }
    if not compared or (leaks and reading.body_broken):
        return None  # nothing of the rows is here; or AV301 says it
    return [
        Broken(
            summary=f"{place}/{'/'.join(steps)} is another version's name for {own}",
            expected=f"{own}, as the contract of {exchange.version} has it, and no {name}",
            received=answer_text(exchange),
            place="fields",
        )
        for (place, name), (own, steps) in leaks.items()
    ]


def _unpaired(exchange: Exchange, scene: Scene, response: Response) -> Iterable[Broken] | None:
    """Members by another version's name that no row of `[[fields]]` speaks of, in objects that were renamed in."""
    reading = read(exchange, scene)
    body = reading.body if reading.contract_operation is not None and scene.policy.isolated else None
    if body is None or response.status not in SUCCESS or response.parsed.problem is not None:
        return None
    spoken = {name.rpartition(".")[2] for row in scene.policy.fields for name in row.values()}
    own = _objects(scene, scene.version, exchange.operation, response)
    found = foreign_names(own, _elsewhere(scene, exchange.operation, response), response.json, spoken) if own else None
    if found is None or (found and reading.body_broken):
        return None
    return [
        Broken(
            summary=f"{each.place}/{each.name} is a member of {each.version}, which {exchange.version} does not have there",
            expected=f"no {each.name} beside {' or '.join(each.own)}, which {each.version} does not have",
            received=answer_text(exchange),
            place="operations.isolated",
        )
        for each in found
    ]


def _elsewhere(scene: Scene, key: str, response: Response) -> Iterator[tuple[str, Objects]]:
    """What each other released version says of the objects in the same answer of the same operation."""
    for version in scene.released(but=scene.version):
        there = scene.policy.counterpart(key, scene.version, version)
        if there is not None and version in scene.contracts:
            yield version, _objects(scene, version, there, response)


def _objects(scene: Scene, version: str, key: str, response: Response) -> Objects:
    """What a version's contract says of the objects in an answer of an operation; nothing where it has none."""

    def made() -> Objects:
        operation = scene.operation_named(version, key)
        spec = operation.response(response.status) if operation is not None else None
        body = spec.body(response.media_type) if spec is not None else None
        return objects_of(scene.contracts[version].document, body.schema) if body is not None else {}

    return scene.once(f"objects of {version} {key} {response.status} {response.media_type}", made)


CHECK = Check(
    code="AV311",
    name="isolation",
    title="versions do not leak",
    promised=_promised,
    plan=_plan,
    judge=_judge,
    conclude=_conclude,
)
