"""Values at the edges of what members may be: none of something (`0`, `false`), the most of it, and what is written oddly.

Drawn values are seldom there, and stores are: `limit || 100` makes a hundred of nothing, a column is cut at 255, `4.35 * 100` is no whole number, a text
keeps its letters and loses the rest, and the last day of February comes every fourth year.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.written_values import NAMES, NULLABLE, PARTS, types
from pytest_apiversion.core.json.members import members as members_of
from pytest_apiversion.core.json.members import possible_members
from pytest_apiversion.core.json.nested_members import put, schema_of, steps_in, value_of
from pytest_apiversion.core.json.pointer import MISSING
from pytest_apiversion.shell.generation.body_values import holder
from pytest_apiversion.shell.requests.case_selection import positive

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.drawn_case import DrawnCase
    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.shell.sequences.steps import SequenceSteps

    Edge = Callable[[Mapping[str, Any], Any], Iterator[Any]]
    """Gives values of a member from its schema and what the body has there, the one that says most first."""

_LARGEST = 2**53 - 1
"""The largest whole number that every reader of JSON knows (RFC 8259 §6)."""
_LONGEST = 2000
"""Characters of a text that are written at most."""
_LETTERS = " Zo\u00eb & Ann's \u6f22\u5b57 \U0001f600"
"""Letters of two, three and four bytes, and marks that HTML writes otherwise."""
_FRACTIONS = (4.35, 0.29, 1.1)
"""Decimals that a careless sum makes less of."""
_PARTS = 3
"""Elements of a list of choices that are written at most."""
_TEXTS = (("moon, new", "Alpha", "zeta"), ("zeta, new", "Alpha"), ("moon", "Alpha", "zeta"), ("zeta", "Alpha"))
_NUMBERS = ((2, 1, 3), (2, 1))
"""Lists of which the first that a schema takes is written."""
NAMES_IN_MAPS = ("moon", "zeta")
"""Which nobody shows who was not told them."""
_WORDS = ("half moon", "late zeta")
_FRACTION = 0.25
"""What a number has behind its point that may have any."""
_MOMENTS = {"date": "2024-02-29", "date-time": "2024-02-29T23:30:00+05:30"}


def least(schema: Mapping[str, Any], present: Any) -> Iterator[Any]:
    """As little as may be: false, nothing, the first choice."""
    known = types(schema)
    if "enum" in schema:
        yield from schema["enum"][:1]
    elif known == {"boolean"}:
        yield False
    elif known and known <= {"integer", "number"}:
        yield 0
    elif isinstance(present, list):
        yield []


def most(schema: Mapping[str, Any], present: Any) -> Iterator[Any]:
    """As much as may be: true, the largest number, the longest text, the last choice."""
    known, limit, length = types(schema), schema.get("maximum"), schema.get("maxLength")
    if "enum" in schema:
        yield from schema["enum"][-1:]
    elif known == {"boolean"}:
        yield True
    elif known and known <= {"integer", "number"}:
        if isinstance(limit, int | float) and abs(limit) <= _LARGEST:
            yield limit
        elif limit is None and schema.get("format") == "int64":
            yield _LARGEST
    elif isinstance(present, str) and isinstance(length, int) and length <= _LONGEST and "format" not in schema:
        yield present + "\u00e9" * (length - len(present))


def odd(schema: Mapping[str, Any], present: Any) -> Iterator[Any]:
    """What is written oddly: fractions, letters of several bytes, the last day of February, lists that no sorting leaves as they are."""
    known = types(schema)
    if "enum" in schema:
        return
    if known == {"number"}:
        yield from _FRACTIONS
    elif isinstance(present, list):
        yield from _unsorted(schema.get("items"))
    elif schema.get("format") in _MOMENTS:
        yield _MOMENTS[schema["format"]]
    elif isinstance(present, str) and "format" not in schema:
        yield present + _LETTERS


def _unsorted(items: Any) -> Iterator[Any]:
    """Lists whose elements stand in no order; one that is kept as a text with commas has more of them afterwards."""
    listed = items.get("enum", ()) if isinstance(items, Mapping) else ()
    texts = sorted({each for each in listed if isinstance(each, str)})[:_PARTS]
    if listed:
        yield from ([texts[1], texts[0], *texts[2:]], [texts[1], texts[0]]) if len(texts) > 1 else ()
    else:
        yield from (list(each) for each in (*_TEXTS, *_NUMBERS))


def nothing(schema: Mapping[str, Any], _present: Any) -> Iterator[Any]:
    """Null, where that stands for no default."""
    if schema.get(NULLABLE):
        yield None


def parts(schema: Mapping[str, Any], present: Any) -> Iterator[Any]:
    """Lists of objects with two elements that differ, and maps with two names: drawn ones are mostly empty, or have names nobody would write."""
    if types(schema) == {"object"}:
        pairs = [(name, _part(schema[PARTS][""], turn)) for turn, name in enumerate(NAMES_IN_MAPS)]
        yield dict(pairs)
        yield dict(pairs[:1])
    else:
        given = next((each for each in present if isinstance(each, dict)), {}) if isinstance(present, list) else {}
        pair = [_element(schema[PARTS], turn) for turn in range(len(_WORDS))]
        yield pair
        yield [{**given, **each} for each in pair]
        yield [{**given, **{name: pair[0][name] for name in given.keys() & pair[0].keys()}}]


def _element(members: Mapping[str, Any], turn: int) -> dict[str, Any]:
    made = {name: _part(schema, turn) for name, schema in members.items() if not NAMES.search(name)}
    return {name: value for name, value in made.items() if value is not None}


def _part(schema: Mapping[str, Any], turn: int) -> Any:
    """A value of a member of an element, or of a map: another one each turn; None where none is made up."""
    known = types(schema)
    if PARTS in schema:
        return next(parts(schema, None)) if known == {"object"} else None
    if "enum" in schema:
        return schema["enum"][turn % len(schema["enum"])]
    if known == {"boolean"}:
        return turn == 0
    if known and known <= {"integer", "number"}:
        least_value = max(1, math.ceil(schema.get("minimum", 0)))
        return least_value + turn + (_FRACTION if known == {"number"} else 0)
    plain = known == {"string"} and not {"format", "pattern"} & schema.keys()
    return _WORDS[turn] if plain else None


EDGES: tuple[Edge, ...] = (least, odd, most)


def edge_cases(
    sequence: SequenceSteps, operation: Operation, members: Mapping[str, Any], edge: Edge
) -> Iterator[DrawnCase]:
    """A case likely to be accepted with all of some members at an edge, then one whose texts are as they were; those that change nothing are left out.

    Args:
        sequence: Draws cases of the operation.
        operation: A write.
        members: The schemas of members that are shown again, by the way to each.
        edge: The edge.
    """
    contract = sequence.contract(sequence.subject)
    named = possible_members(contract.schemas, operation.body_schema, "")
    always = members_of(contract.schemas, operation.body_schema, "")
    held, before = holder(contract, operation), None
    for case in islice(_bases(sequence, operation, members, edge), 1):
        if not isinstance(case.json, dict) or not (case.media_type or "").partition(";")[0].endswith("json"):
            continue
        for texts in (True, False):
            body: dict[str, Any] = case.json
            for name, schema in sorted(members.items()):
                present = value_of(case.json, name)
                if (PARTS in schema) is not (edge is parts):
                    continue
                if not _always(contract, operation, name, always, named) and (present is MISSING or "enum" in schema):
                    continue  # it may tell what the thing is, or be of another kind of thing
                if (present is MISSING and edge not in (nothing, least, parts)) or (
                    isinstance(present, str) and not texts
                ):
                    continue
                changed = (put(body, steps_in(named, name), value) for value in edge(schema, present))
                body = next(filter(held, changed), body)
            if body not in (case.json, before):
                yield replace(case, json=body, body=json.dumps(body).encode())
            before = body


def _always(
    contract: Contract, operation: Operation, name: str, always: Mapping[str, Any], named: Mapping[str, Any]
) -> bool:
    """Whether a body may have a member whatever it is a body of: what only one of several alternatives has may not be there."""
    if (first := steps_in(named, name)[0]) not in always:
        return False
    inside = schema_of(contract.schemas, operation.body_schema, "", name, open_too=True)
    return first == name or inside is not MISSING


def _bases(
    sequence: SequenceSteps, operation: Operation, members: Mapping[str, Any], edge: Edge
) -> Iterator[DrawnCase]:
    """Cases to write an edge in: for null one that has such a member, since one alternative of several may have it."""
    nullable = [name for name, schema in members.items() if schema.get(NULLABLE)]
    for case in positive(sequence.requests.cases(sequence.subject, operation)) if edge is nothing else ():
        if any(value_of(case.json, name) is not MISSING for name in nullable):
            yield sequence.requests.varied(sequence.subject, operation, case) or case
    yield from sequence.bodies(operation)
