"""Writes the choices of a closed list that another version's list lacks, one after the other, and reads each of them there.

What one version stores the other has to show in its own words: its clients know the values of its list and no others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.round_trip import resource_schemas, writable_members
from pytest_apiversion.core.json.choices import is_among
from pytest_apiversion.core.json.members import members
from pytest_apiversion.core.json.nested_members import put, steps_in
from pytest_apiversion.shell.generation.body_values import holder
from pytest_apiversion.shell.sequences.across_versions import names_there, renamed_members, values_there

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.drawn_case import DrawnCase
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.shell.sequences.steps import SequenceSteps

    Write = Callable[[Mapping[str, Any]], Mapping[str, str] | None]
    """Writes members with their values; gives the path parameters of the thing that has them now, None where it was not taken."""

_MOST = 8
"""Values of one member that are tried in a neighbour."""
_TRIES = 2
"""Bodies that a value is written with at most: one that is refused in both is not written by this operation."""


def read_foreign_choices(
    sequence: SequenceSteps, version: str, reader: Operation, path: Mapping[str, str], create: Write
) -> None:
    """Write what another version's lists of choices lack, and read it there; the answers are held to that version's contract.

    Args:
        sequence: The sequence, whose thing is there.
        version: The other version.
        reader: What reads the thing there.
        path: The path parameters of the thing here.
        create: Makes another thing, where no update of this one takes such a member.
    """
    resource = sequence.resource
    updates = [each for each in resource.updates if sequence.may(each, sequence.like(each, path))]
    for operation in (*updates, resource.create):
        foreign = _foreign(sequence, operation, version, reader)
        if not foreign:
            continue
        write = create if operation is resource.create else partial(_update, sequence, operation, path)
        for number in range(min(_MOST, max(map(len, foreign.values())))):
            there = write({name: values[number] for name, values in foreign.items() if number < len(values)})
            if there is not None:
                values, _ = values_there(sequence, version, reader, there)
                exchange = sequence.send(version, reader, sequence.case(version, reader), values)
                sequence.exchanges[-1] = replace(exchange, before=sequence.writes())
        return


def _foreign(sequence: SequenceSteps, operation: Operation, version: str, reader: Operation) -> dict[str, list[Any]]:
    """The choices of an operation's members that the same members lack in what reads the thing elsewhere, by the members' names here."""
    policy, theirs = sequence.requests.policy, sequence.contract(version)
    known = writable_members(sequence.contract(sequence.subject), operation, renamed_members(policy, sequence.subject))
    names = names_there(policy, known, sequence.subject, version)
    _, shown = resource_schemas(theirs, reader, frozenset(names.values()), renamed_members(policy, version))
    found = {}
    for name, schema in known.items():
        here, there = schema.get("enum", ()), shown.get(names[name], {}).get("enum", ())
        if there and (lacking := [each for each in here if not is_among(each, there)]):
            found[name] = lacking
    return found


def _update(
    sequence: SequenceSteps, update: Operation, path: Mapping[str, str], told: Mapping[str, Any]
) -> Mapping[str, str] | None:
    for case in changed_bodies(sequence, update, told):
        if sequence.done(sequence.send(sequence.subject, update, case, sequence.like(update, path))):
            return path
    return None


def changed_bodies(sequence: SequenceSteps, operation: Operation, told: Mapping[str, Any]) -> Iterator[DrawnCase]:
    """Cases likely to be accepted, with some members as they are told; those that the contract does not take so are left out."""
    contract = sequence.contract(sequence.subject)
    named, held = members(contract.schemas, operation.body_schema, ""), holder(contract, operation)
    for case in islice(sequence.bodies(operation), _TRIES):
        if not isinstance(case.json, dict) or not (case.media_type or "").partition(";")[0].endswith("json"):
            continue
        body: dict[str, Any] = case.json
        for name, value in told.items():
            if (first := steps_in(named, name)[0]) not in named and first not in body:
                continue  # another kind of thing has it
            body = put(body, steps_in(named, name), value)
        if held(body):
            yield replace(case, json=body, body=json.dumps(body).encode())
