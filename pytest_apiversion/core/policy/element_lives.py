"""Lives of elements: which parameters, members and values of an operation end by themselves, and what holds where some are used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.elements import Element, declarations, marked
from pytest_apiversion.core.contracts.named_queries import belongs_to, whole
from pytest_apiversion.core.policy.parts import Part, ending_as, ending_with, succeeded, within
from pytest_apiversion.core.versions.lifecycle import Lifecycle, Stage, moment

if TYPE_CHECKING:
    import datetime as dt

    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.policy.policy import Policy

_GRAVEST = (Stage.SUNSET, Stage.DEPRECATED)


def located_elements(rows: Iterable[Part], contracts: Mapping[str, Contract]) -> dict[str, dict[str, tuple[Part, ...]]]:
    """The lives of the elements of each operation of the contracts.

    What a row names goes before what a contract marks, and what it says of requests that are named with a query before what one says
    of the whole operation.
    """
    found: dict[str, dict[str, tuple[Part, ...]]] = {}
    ordered = sorted((row for row in rows if row.elements or row.marks), key=_distance)
    for version, contract in contracts.items() if ordered else ():
        for key, operation in ((each.key, each) for each in contract.every):
            parts: list[Part] = []
            for row in () if operation.neutral else ordered:
                parts += _of(row, version, contract, operation, parts)
            if parts:
                found.setdefault(version, {})[key] = tuple(
                    part if part.lifecycle.heir is None else succeeded(part, version) for part in parts
                )
    return found


def _distance(row: Part) -> tuple[bool, bool]:
    return not row.elements, not _queried(row)


def _queried(row: Part) -> bool:
    """Whether a row is about operations that are named with a query, and about no others."""
    return bool(row.operations) and not row.paths and not row.tags and all(map(_has_query, row.operations))


def _has_query(key: str) -> bool:
    return key != whole(key)


def _of(row: Part, version: str, contract: Contract, operation: Operation, known: Sequence[Part]) -> Iterator[Part]:
    """What a row says of the elements of an operation, beside what nearer ones do."""
    narrowed = bool(row.operations or row.paths or row.tags)
    if not (row.versions is None or version in row.versions):
        return
    if narrowed and not row.names(version, operation.key, operation.tags):
        return
    if row.elements:
        named = any(belongs_to(operation.key, each) for each in row.operations)
        nearer = [] if _queried(row) else [each for part in known if _queried(part) for each in part.elements]
        mine = tuple(
            each
            for each in row.elements
            if (named or declarations(contract, operation, each))
            and not any(_same(each, other) and each.values == other.values for other in nearer)
        )
        if mine:
            yield replace(row, elements=mine)
        return
    for element, said in marked(contract, operation, row.marks):
        if not any(_same(element, each) for part in known for each in part.elements):
            yield _marked(row, operation, element, said)


def _same(element: Element, other: Element) -> bool:
    return (element.kind, element.name) == (other.kind, other.name) and other.place in {None, element.place}


def _marked(row: Part, operation: Operation, element: Element, said: Mapping[str, Any]) -> Part:
    """The part that the marks of an element in its contract make of it: `x-deprecated-since` and `x-sunset`, where they are there."""
    since, ends = moment(said.get("x-deprecated-since")), moment(said.get("x-sunset"))
    life = replace(row.lifecycle, deprecated=since, undated=since is None, sunset=ends)
    name = f"{element.title} of {operation.key}"
    return replace(row, name=name, operations=(operation.key,), elements=(element,), marks=frozenset(), lifecycle=life)


def ended(policy: Policy, version: str, operation: str, at: dt.datetime) -> tuple[Element, ...]:
    """The elements of an operation that are not served at an instant: over, or not released yet."""
    parts = policy.elements.get(version, {}).get(operation, ())
    return tuple(each for part in parts if not part.lifecycle.stage(at).answers for each in part.elements)


def seen_with(policy: Policy, subject: str, parts: Sequence[Part], at: dt.datetime) -> Policy:
    """The policy in the view of an exchange that uses elements with a life of their own: its subject lives as the gravest of them does.

    Args:
        policy: The policy, in the view of the operation.
        subject: The version or alias.
        parts: The lives of what is used.
        at: The instant it is read at.
    """
    version, whole = policy.version_of(subject), policy.lifecycle(subject)
    lives = [within(part.lifecycle, whole) for part in parts]
    stage = next((each for each in _GRAVEST if any(life.stage(at) is each for life in lives)), None)
    if whole.stage(at) is stage is Stage.DEPRECATED:
        lives.append(whole)  # which of the two an answer announces is nowhere written
    counted = [life for life in lives if stage is None or life.stage(at) is stage]
    first = next(part for part, life in zip(parts, lives, strict=False) if life in counted)
    life = _together(counted, deprecated=stage is Stage.DEPRECATED)
    aliases = policy.aliases
    if subject in aliases:
        aliases = {**aliases, subject: ending_as(aliases[subject], first)}
    return replace(
        policy,
        lives={**policy.lives, subject: life},
        versions=ending_with(policy.versions, version, first),
        aliases=aliases,
    )


def _together(lives: Sequence[Lifecycle], *, deprecated: bool) -> Lifecycle:
    """One life for several: a date in which they differ is none that an answer is held to."""
    first = lives[0]
    if all(each.deprecated == first.deprecated for each in lives) and all(
        each.sunset == first.sunset for each in lives
    ):
        return first
    if not deprecated:
        return first
    since = first.deprecated if all(each.deprecated == first.deprecated for each in lives) else None
    ends = first.sunset if all(each.sunset == first.sunset for each in lives) else None
    return replace(first, deprecated=since, undated=since is None, sunset=ends)
