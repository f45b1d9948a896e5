"""What is deprecated says so in both places: in its contract, for those who generate clients, and on the wire, for those who run them.

An operation that its contract calls `deprecated: true` and that answers like any other is found by nobody who is up and running; a
version whose answers announce its end, and whose document does not, is found by nobody who starts. The operations of a live version
that its contract deprecates are held to announce it, by any header of `[deprecation]`, unless the version itself is deprecated on a day
to come, which its contract may say early; the contract of a deprecated version is held to
mark all of its operations, offline, whether or not headers announce anything. That a deprecated version announces itself is AV501's.

Source: CON-16; Zalando RESTful API Guidelines rules 187 and 189, OpenAPI 3.1 §4.8.10. Silence: leave `deprecation.documented` out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.contracts.elements import declarations
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.http.statuses import status_matches
from pytest_apiversion.core.judging.deprecation_headers import can_say, said
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.policy.announcements import announcement
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.contracts.elements import Element
    from pytest_apiversion.core.policy.parts import Part

_SHOWN = 4
"""Operations named before the rest is counted."""


def _promised(scene: Scene) -> str | None:
    deprecation = announcement(scene.policy, scene.subject)
    lasting = any(header.within is None for header in deprecation.headers)
    if not deprecation.documented or scene.is_alias or scene.version not in scene.contracts:
        return None
    coming = scene.policy.lifecycle(scene.subject).deprecated is not None
    operations = scene.contracts[scene.version].operations.values()
    marked = (
        lasting and not coming and scene.once("marked deprecated", lambda: any(each.deprecated for each in operations))
    )
    due = scene.stage is Stage.DEPRECATED or (
        scene.stage.answers and (marked or _unmarked(scene, scene.version) or _dying(scene))
    )
    return "deprecation.documented" if due else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    reading = read(exchange, scene)
    response = reading.silent
    operation = reading.operation
    if response is None or operation is None or not operation.deprecated or exchange.request.method != operation.method:
        return None
    if not exchange.aim.meaning.own or exchange.lifecycle.deprecated is not None or exchange.lifecycle.place:
        return None  # a path without an alias has no contract; a contract may say early, and a life of its own says from when on
    due = [
        each
        for each in announcement(scene.policy, scene.subject).headers
        if each.within is None and status_matches(response.status, each.statuses) and can_say(response, each)
    ]
    if not due:
        return None
    if any(said(response, each) is not None for each in due):
        return ()
    return [
        Broken(
            summary="the contract deprecates the operation, and its answers do not say so",
            expected=f"one of {', '.join(each.name for each in due)}",
            received=f"{answer_text(exchange)}; headers: {', '.join(name for name, _ in response.headers)}",
            place="deprecation.documented",
        )
    ]


def _unmarked(scene: Scene, version: str) -> list[tuple[Operation, Part]]:
    """The operations of a version that are deprecated by themselves, and that its contract does not mark."""
    contract, parts = scene.contracts[version], scene.policy.parts.get(version, {})
    found = [(contract.operations[key], part) for key, part in parts.items() if key in contract.operations]
    return [
        (operation, part)
        for operation, part in found
        if not operation.deprecated and part.lifecycle.stage(scene.as_of) is Stage.DEPRECATED
    ]


def _dying(scene: Scene) -> list[tuple[Operation, Part, Element]]:
    """The parameters and members of a version that are deprecated by themselves; OpenAPI has no mark for single values."""
    operations = scene.contracts[scene.version].operations
    return [
        (operations[key], part, element)
        for key, parts in scene.policy.elements.get(scene.version, {}).items()
        if key in operations  # requests that are named with a query are requests of one of those
        for part in parts
        if part.lifecycle.stage(scene.as_of) is Stage.DEPRECATED
        for element in part.elements
        if not element.values
    ]


def _unmarked_elements(scene: Scene) -> list[Broken]:
    """What there is to say of elements whose contract does not mark them."""
    contract = scene.contracts[scene.version]
    told = [(*each, declarations(contract, each[0], each[2])) for each in _dying(scene)]
    return [
        Broken(
            summary=f"{element.title} of {operation.key} is deprecated, and the contract of {scene.version} does not say so",
            expected=f"deprecated: true on {element.title} of {operation.key} in {contract.source}: {part.place} deprecates it",
            received="no such mark" if said else "no such element",
            place="deprecation.documented",
        )
        for operation, part, element, said in told
        if not any(each.get("deprecated") is True for each in said)
    ]


def _inspect(scene: Scene) -> Iterable[Broken] | None:
    contract = scene.contracts[scene.version]
    if scene.stage is not Stage.DEPRECATED:
        if not scene.policy.parts_of(scene.version):
            return None
        return _unmarked_elements(scene) + [
            Broken(
                summary=f"{operation.key} of {scene.version} is deprecated, and its contract does not say so",
                expected=f"deprecated: true on {operation.key} in {contract.source}: {part.place} deprecates it",
                received="no such mark",
                place="deprecation.documented",
            )
            for operation, part in _unmarked(scene, scene.version)
        ]
    operations = [each for each in contract.operations.values() if not each.neutral]
    silent_ones = [each.key for each in operations if not each.deprecated]
    if not silent_ones:
        return ()
    rest = f" and {len(silent_ones) - _SHOWN} more" if len(silent_ones) > _SHOWN else ""
    return [
        Broken(
            summary=f"{scene.version} is deprecated, and its contract does not say so of "
            f"{', '.join(silent_ones[:_SHOWN])}{rest}",
            expected=f"deprecated: true on all {len(operations)} operations of {contract.source}",
            received=f"on {len(operations) - len(silent_ones)}",
            place="deprecation.documented",
        )
    ]


CHECK = Check(
    code="AV315",
    name="documented-deprecation",
    title="deprecation is documented",
    promised=_promised,
    judge=_judge,
    inspect=_inspect,
    severity=Severity.WARNING,
)
