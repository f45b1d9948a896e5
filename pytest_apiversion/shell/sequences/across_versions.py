"""Reads in another version what one wrote, writes it back there, and reads it again in the first."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from pytest_apiversion.core.contracts.round_trip import (
    After,
    Follows,
    due_members,
    is_link,
    member_differences,
    resource_schemas,
    shown_members,
    writable_members,
)
from pytest_apiversion.core.contracts.written_values import PARTS, equal_values, same_meaning
from pytest_apiversion.core.json.members import members
from pytest_apiversion.core.json.nested_members import put, steps_in, value_of, with_nested
from pytest_apiversion.core.json.pointer import MISSING
from pytest_apiversion.core.policy.sequences import rewritten
from pytest_apiversion.shell.generation.body_values import fits, holder
from pytest_apiversion.shell.requests.case_selection import positive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.shell.sequences.steps import SequenceSteps

    Rewrite = Callable[[str, Any], Any]
    """How another version writes a member's value: given its name and what it is here."""


def read_across(
    sequence: SequenceSteps,
    created: Exchange,
    version: str,
    reader: Operation,
    path: Mapping[str, str],
    here: Exchange | None = None,
) -> None:
    """Read in another version what this one wrote; let that one write it back, and read it here again.

    Args:
        sequence: The sequence, whose thing is there.
        created: What wrote it.
        version: The other version.
        reader: What reads the thing there.
        path: The path parameters of the thing here.
        here: What it is like here, where that was just read: then it is only read there.
    """
    read, mine, theirs = sequence.resource.read, sequence.contract(sequence.subject), sequence.contract(version)
    values, mine_there = values_there(sequence, version, reader, path)
    last = next(each for each in reader.parameters if each.name == reader.path_parameters[-1])
    if not fits(theirs, last.schema, unquote(values[last.name])):
        return
    only_read = here is not None
    here = here or sequence.send(sequence.subject, read, sequence.case(sequence.subject, read), path)
    if here.response is None or not sequence.done(here):
        return
    own, foreign = (
        renamed_members(sequence.requests.policy, sequence.subject),
        renamed_members(sequence.requests.policy, version),
    )
    place, known = resource_schemas(mine, read, frozenset(writable_members(mine, sequence.resource.create, own)), own)
    names = names_there(sequence.requests.policy, known, sequence.subject, version)
    place_there, all_there = resource_schemas(theirs, reader, frozenset(names.values()), foreign)
    known_there = {name: all_there[other] for name, other in names.items() if other in all_there}
    told = shown_members(here.response, place)
    said = sequence.requests.policy.sequences
    unlike = {name for name in known.keys() & known_there if not same_meaning(known[name], known_there[name])}
    shared = {
        name: part
        for name, part in due_members(told, known, known_there).items()
        if name not in unlike and not is_link(part) and said.compares(part)
    }
    follows = Follows(
        after=After.ELSEWHERE,
        write=f"{sequence.subject} {created.operation}",
        version=sequence.subject,
        identifier=unquote(values[last.name]),
        place=place_there,
        members={names[name]: mine_there(name, part) for name, part in shared.items()},
        ordered=said.ordered,
        nulls=said.nulls,
    )
    there = sequence.twice(version, reader, values, follows)
    if there.response is None or not sequence.done(there):
        return
    if member_differences(follows, there.response):
        _steadied(sequence, {names[name]: name for name in shared}, mine_there, place, path)
    if only_read:
        return
    written = _write_back(sequence, version, reader, values, shown_members(there.response, place_there))
    if written is None:
        return
    keep = set().union(
        *(writable_members(mine, each, own) for each in (sequence.resource.create, *sequence.resource.updates))
    )
    keep -= unlike
    if not said.keeps_unknown:
        keep -= set(_replaced(written, names))
        if written.request.method == "PUT":  # it replaces what it is not told of (RFC 9110 §9.3.4)
            keep &= known_there.keys()
    both = {
        **known,
        **{name: part for name, part in known_there.items() if PARTS in part},
    }  # of an element only what both know
    kept = {name: part for name, part in due_members(told, known, both).items() if name in keep}
    sequence.read(After.WRITTEN_BACK, written, path, (place, kept))


def _replaced(written: Exchange, names: Mapping[str, str]) -> Iterator[str]:
    """Members, by their name here, of objects that another version wrote back without them: it may replace such an object whole."""
    body = json.loads(written.request.body or b"null")
    for name, there in names.items():
        outer, *inside = steps_in(body, there)
        if inside and outer in body and value_of(body, there) is MISSING:
            yield name


def renamed_members(policy: Policy, version: str) -> list[str]:
    """What a version calls the members that the policy's map is about."""
    return [row[version] for row in policy.fields if version in row]


def names_there(policy: Policy, known: Iterable[str], version: str, other: str) -> dict[str, str]:
    """What another version calls members, by their name here: as the policy's map says, or the same."""
    renamed = {row[version]: row[other] for row in policy.fields if version in row and other in row}
    return {name: renamed.get(name, name) for name in known}


def values_there(
    sequence: SequenceSteps, version: str, reader: Operation, path: Mapping[str, str]
) -> tuple[dict[str, str], Rewrite]:
    """The path parameters of another version's read, and how it writes a member of this one: identifiers in its own form."""
    rows, here = sequence.requests.policy.identifiers, sequence.subject
    own = sequence.like(reader, path)
    values = {}
    for name, text in own.items():
        there = rewritten(rows, name, unquote(text), here, version)
        values[name] = text if there == unquote(text) else quote(there, safe="")
    shown = {unquote(text) for text in own.values()}
    spoken = {name for row in rows for name in row.names}

    def rewrite(name: str, part: Any) -> Any:
        if not isinstance(part, str) or not (name in spoken or part in shown):
            return part
        return rewritten(rows, name, part, here, version)

    return values, rewrite


def _steadied(
    sequence: SequenceSteps, names: Mapping[str, str], rewrite: Rewrite, place: str, path: Mapping[str, str]
) -> None:
    """Read here once more, and claim nothing of what changes by itself; names here, by those there."""
    position = len(sequence.exchanges) - 1
    again = sequence.send(
        sequence.subject, sequence.resource.read, sequence.case(sequence.subject, sequence.resource.read), path
    )
    now = shown_members(again.response, place) if again.response is not None else {}
    there = sequence.exchanges[position]
    if there.follows is not None:
        steady = {
            name: part
            for name, part in there.follows.members.items()
            if equal_values(part, rewrite(names[name], value_of(now, names[name])))
        }
        sequence.exchanges[position] = replace(there, follows=replace(there.follows, members=steady))


def _write_back(
    sequence: SequenceSteps, version: str, reader: Operation, values: Mapping[str, str], value: Mapping[str, Any]
) -> Exchange | None:
    """What a version shows, sent to it as an update, with what stands inside its objects; None where it takes none."""
    contract = sequence.contract(version)
    for method in ("PATCH", "PUT"):
        update = contract.operations.get(f"{method} {reader.path}")
        rule = sequence.requests.policy.operations.get(f"{method} {reader.path}")
        if update is None or update.body_schema is None or (rule is not None and rule.skip):
            continue
        known = writable_members(contract, update, renamed_members(sequence.requests.policy, version))
        own = members(contract.schemas, update.body_schema, "")
        body: dict[str, Any] = {}
        for name, part in with_nested(value, known).items():
            if name in known:
                body = put(body, steps_in(own, name), part)
        case = next(iter(positive(sequence.requests.cases(version, update))), None)
        if not sequence.may(update, values) or not body or case is None or not holder(contract, update)(body):
            continue
        raw = json.dumps(body).encode()
        exchange = sequence.send(version, update, replace(case, json=body, body=raw), values, whole=True)
        if sequence.done(exchange):
            return exchange
    return None
