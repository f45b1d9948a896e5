"""Writes a thing once more with less than it has: a `PATCH` of one member, and a `PUT` of no more than its contract requires.

What a `PATCH` does not name it leaves as it is (RFC 5789 §2, RFC 7396 §1). The one member that it names has the value that it had already, so
that nothing else has a reason to change. A `PUT` says all there is to the thing (RFC 9110 §9.3.4): what it leaves out is not kept, where the
policy promises that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.round_trip import (
    After,
    due_members,
    resource_schemas,
    shown_members,
    writable_members,
)
from pytest_apiversion.core.contracts.written_values import PARTS
from pytest_apiversion.shell.generation.body_values import holder
from pytest_apiversion.shell.sequences.edge_values import NAMES_IN_MAPS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.shell.sequences.steps import SequenceSteps

_TOLD = 4
"""Letters of a text that no server makes up by chance for what it was not told."""


def write_partly(sequence: SequenceSteps, update: Operation, path: Mapping[str, str]) -> None:
    """Send such a write, and read what became of the rest.

    Args:
        sequence: The sequence.
        update: The write.
        path: Encoded path parameters of the thing.
    """
    values, reader = sequence.like(update, path), sequence.resource.read
    before = sequence.last_read(path)
    if update.method == "PUT":  # other versions wrote it since
        fresh = sequence.send(sequence.subject, reader, sequence.case(sequence.subject, reader), path)
        before = fresh.response if sequence.done(fresh) else None
    if (
        before is None
        or sequence.requests.policy.sequences.read_your_writes is False
        or not sequence.may(update, values)
    ):
        return
    patches, case = update.method == "PATCH", next(sequence.bodies(update), None)
    sent = case.json if case is not None else None
    if case is None or not isinstance(sent, dict):
        return
    contract = sequence.contract(sequence.subject)
    may, held = writable_members(contract, update), holder(contract, update)
    place, known = resource_schemas(contract, sequence.resource.read, frozenset(may))
    shown = due_members(shown_members(before, place), may, known, plain=False)
    body = _one_member(sent, shown, may, held) if patches else _least(sent, held)
    rest = {name: value for name, value in shown.items() if name not in body and name.partition(".")[0] not in body}
    if not patches:
        rest = {name: value for name, value in rest.items() if _is_told(value, may[name])}
    if not body or not rest:
        return
    less = replace(case, json=body, body=json.dumps(body).encode())
    exchange = sequence.send(sequence.subject, update, less, values, whole=True)
    if sequence.done(exchange):
        sequence.read(After.SPARED if patches else After.REPLACED, exchange, path, (place, rest), before)


def _one_member(
    sent: Mapping[str, Any], shown: Mapping[str, Any], may: Mapping[str, Any], held: Callable[[Any], bool]
) -> dict[str, Any]:
    """One member with the value that it has: a text without a meaning of its own, if there is one; nothing where none may stand alone."""
    names = [name for name in sent if isinstance(shown.get(name), str | int | float)]
    plainest = sorted(names, key=lambda name: ("enum" in may[name], not isinstance(shown[name], str)))
    return next((body for name in plainest if held(body := {name: shown[name]})), {})


def _least(sent: Mapping[str, Any], held: Callable[[Any], bool]) -> dict[str, Any]:
    """What of a body has to be there."""
    body = dict(sent)
    for name in sent:
        less = {other: value for other, value in body.items() if other != name}
        body = less if held(less) else body
    return body


def _is_told(value: Any, schema: Mapping[str, Any]) -> bool:
    """Whether a value can only be there because somebody wrote it: neither a choice of a few, nor what a server may put for nothing."""
    if isinstance(value, dict) and not value.keys().isdisjoint(NAMES_IN_MAPS):
        return True
    if isinstance(value, dict) or (isinstance(value, list) and PARTS in schema):
        return any(_is_told(each, {}) for each in (value.values() if isinstance(value, dict) else value))
    if isinstance(value, list):
        return bool(value) and all(_is_told(each, schema.get("items", {})) for each in value)
    told = isinstance(value, str) and len(value) >= _TOLD and "enum" not in schema
    return told and schema.get("default") != value
