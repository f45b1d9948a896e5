"""Round trips: which members of a read must be what a write sent, and whether they are."""

from __future__ import annotations

import datetime as dt
import enum
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.json.choices import with_choices
from pytest_apiversion.core.json.members import followed, members, without_null
from pytest_apiversion.core.json.nested_members import schema_of, value_of, with_nested
from pytest_apiversion.core.json.pointer import MISSING, lookup

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.http.messages import Response

_SCALARS = {"string": "text", "integer": "number", "number": "number", "boolean": "boolean"}
"""Types of members that are compared, and what they are to a reader of JSON."""
_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}
_MEANING = ("enum", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
"""Keywords that tell a percentage from a share, and one list of choices from another."""
_UNSTEADY = frozenset({"password", "byte", "binary", "time", "duration"})
"""Formats whose values servers rightly write otherwise, or not at all."""
_HIDDEN = re.compile(r"secret|passw|token|credential|api_?key", re.IGNORECASE)
"""Names of members that an honest server may mask, or show once."""
_INNER = 3
"""Steps that lead to a member that is compared: those of objects inside a thing count as its own."""
_MOST_INNER = 500
"""Such members of one thing that are compared."""
_OUTER = 2
"""Levels in which the thing is looked for in an answer: behind an envelope such as `data`."""
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_LEAST = 1e-12
"""Numbers that differ by less say the same: a decimal has no place for them (.NET's has 28, a database's column fewer)."""
_LARGEST = 1e300
"""Numbers above it are compared to the digit: not every integer is a float."""


class After(enum.Enum):
    """What a read of a sequence follows."""

    CREATED = "created"
    UPDATED = "updated"
    ANSWERED = "answered"
    LISTED = "created, and listed"
    RELISTED = "updated, and listed"
    STALE = "written by somebody who names another state of it"
    DELETED = "deleted"
    ELSEWHERE = "written in another version"
    WRITTEN_BACK = "written back in another version"


@dataclass(frozen=True, kw_only=True, slots=True)
class Follows:
    """What a read must show because of what was written before it.

    Attributes:
        after: What was done.
        write: The write, as `METHOD /template`; with its version where that is another.
        version: The version that was written to.
        identifier: What names the thing, decoded.
        place: JSON pointer to the thing in the answer.
        members: The members whose values are due.
        limit: How many elements a page of the list may have; None where that is not known.
        before: What was read before the write; None where nothing was.
    """

    after: After
    write: str
    version: str
    identifier: str = ""
    place: str = ""
    members: Mapping[str, Any] = field(default_factory=dict)
    limit: int | None = None
    before: Response | None = None


def resource_schemas(
    contract: Contract, operation: Operation, wanted: frozenset[str] = frozenset(), nested: Iterable[str] = ()
) -> tuple[str, dict[str, Any]]:
    """Where the thing stands in an operation's success, and the schemas of its comparable members.

    Args:
        contract: The contract.
        operation: A read of one thing.
        wanted: Names of members it is known by; the place that has most of them is the thing's.
        nested: Members of objects inside it that count as its own, by the way to them.
    """
    schema = _success_schema(operation)
    best: tuple[str, dict[str, Any]] = ("", {})
    score = -1
    for place in _object_places(contract.document, schema, "", _OUTER):
        named = {**members(contract.document, schema, place), **_inside(contract.document, schema, place, nested)}
        found = _comparable(contract.document, named)
        mine = len(wanted & found.keys()) if wanted else len(found)
        if mine > score:
            best, score = (place, found), mine
    place, found = best
    return place, {**_comparable(contract.document, _deep(contract.document, schema, place)), **found}


def writable_members(contract: Contract, operation: Operation, nested: Iterable[str] = ()) -> dict[str, Any]:
    """The schemas of the comparable members a request of an operation may carry, those of objects inside that are named included."""
    schemas, body = contract.schemas, operation.body_schema
    named = {**_deep(schemas, body, ""), **members(schemas, body, ""), **_inside(schemas, body, "", nested)}
    return _comparable(schemas, named)


def _deep(document: Mapping[str, Any], schema: Any, place: str) -> dict[str, Any]:
    """The schemas of members of the objects inside the one at a place, by the way to each: those that no dot in a name makes unclear."""
    return dict(islice(_inner(document, members(document, schema, place), (), frozenset()), _MOST_INNER))


def _inner(
    document: Mapping[str, Any], named: Mapping[str, Any], way: tuple[str, ...], around: frozenset[int]
) -> Iterator[tuple[str, Any]]:
    """The same behind some members; what an object has again inside itself is not looked into."""
    for name, member in named.items():
        steps, behind = (*way, name), followed(document, member)
        hidden = isinstance(behind, dict) and behind.get("writeOnly")
        if {".", "/", "~"} & set(name) or hidden or len(steps) > _INNER or id(behind) in around:
            continue
        if _types(without_null(document, member)) == {"object"}:
            yield from _inner(document, members(document, member, ""), steps, around | {id(behind)})
        elif way:
            yield ".".join(steps), member


def _inside(document: Mapping[str, Any], schema: Any, place: str, names: Iterable[str]) -> dict[str, Any]:
    """The schemas of members of objects inside one, by the way to them."""
    found = {name: schema_of(document, schema, place, name, open_too=True) for name in names}
    return {name: each for name, each in found.items() if each is not MISSING}


def due_members(sent: Any, one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """The values of an object that must be seen again, because both schemas know the member as the same kind of thing.

    Args:
        sent: The object.
        one: Comparable members where it is from.
        other: Comparable members where it is to be seen.
    """
    if not isinstance(sent, dict):
        return {}
    return {
        name: value
        for name, value in with_nested(sent, one.keys() & other.keys()).items()
        if name in one and name in other and _kind(value) in _kinds(one[name]) & _kinds(other[name])
    }


def shown_members(response: Response, place: str) -> Mapping[str, Any]:
    """The thing in an answer; nothing where it is not there."""
    value = lookup(response.json, place)
    return value if isinstance(value, dict) else {}


def member_differences(follows: Follows, response: Response) -> list[tuple[str, Any, Any]]:
    """Members that are there and say something else than what is due: name, due, shown.

    A member that is missing, or of another type, is what the contract's own checks speak of.
    """
    found = shown_members(response, follows.place)
    shown = {name: value_of(found, name) for name in follows.members}
    return [
        (name, value, shown[name])
        for name, value in follows.members.items()
        if shown[name] is not MISSING
        and _kind(shown[name]) in {_kind(value), "null"}
        and not equal_values(value, shown[name])
    ]


def shows_members(follows: Follows, response: Response) -> bool:
    """Whether an answer has any member whose value is due."""
    found = shown_members(response, follows.place)
    return any(value_of(found, name) is not MISSING for name in follows.members)


def equal_values(one: Any, other: Any) -> bool:
    """Whether two scalars say the same: whatever their case and the space around them, and moments to the second."""
    if isinstance(one, str) and isinstance(other, str):
        if _MOMENT.match(one) and _MOMENT.match(other):
            return _moment(one) == _moment(other)
        if _NUMBER.fullmatch(one) and _NUMBER.fullmatch(other):
            return float(one) == float(other)
        return one.strip().casefold() == other.strip().casefold()
    if _kind(one) == _kind(other) == "number" and float in {type(one), type(other)}:
        return bool(one == other) or (
            max(abs(one), abs(other)) < _LARGEST and math.isclose(one, other, rel_tol=1e-6, abs_tol=_LEAST)
        )
    return bool(one == other) and _kind(one) == _kind(other)


def same_meaning(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two versions mean the same by a member's values, as far as schemas tell: type, choices, format and range agree."""
    return _types(one) == _types(other) and all(one.get(word) == other.get(word) for word in _MEANING)


def is_link(value: Any) -> bool:
    """Whether a text is a reference, which each version writes in its own way."""
    return isinstance(value, str) and ("://" in value or value.startswith("/"))


def _success_schema(operation: Operation) -> Any:
    for status, spec in operation.responses.items():
        if status.startswith("2"):
            for media_type, body in spec.bodies.items():
                if media_type.endswith("json"):
                    return body.schema
    return None


def _object_places(document: Mapping[str, Any], schema: Any, place: str, depth: int) -> Iterator[str]:
    yield place
    if depth:
        for name, member in members(document, schema, place).items():
            if not {"/", "~"} & set(name) and _types(without_null(document, member)) == {"object"}:
                yield from _object_places(document, schema, f"{place}/{name}", depth - 1)


def _comparable(document: Mapping[str, Any], named: Mapping[str, Any]) -> dict[str, Any]:
    found = {}
    for name, member in named.items():
        flags = member if isinstance(member, dict) else {}
        behind, schema = followed(document, member), with_choices(document, without_null(document, member))
        if not isinstance(behind, dict) or not isinstance(schema, dict) or _HIDDEN.search(name):
            continue
        if any(part.get("writeOnly") for part in (flags, behind, schema)) or schema.get("format") in _UNSTEADY:
            continue
        if _kinds(schema):
            found[name] = schema
    return found


def _types(schema: Any) -> set[str]:
    if not isinstance(schema, dict):
        return set()
    listed = [_TYPES.get(type(each), "") for each in schema.get("enum", ())]
    told = schema.get("type", "object" if "properties" in schema else listed)
    return {told} if isinstance(told, str) else {each for each in told if each != "null"}


def _kinds(schema: Mapping[str, Any]) -> set[str]:
    """What kinds of scalar a schema takes; none where it takes anything else."""
    kinds = {_SCALARS.get(each, "") for each in _types(schema)}
    return set() if "" in kinds else kinds


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    return "text" if isinstance(value, str) else "number" if isinstance(value, int | float) else "other"


def _moment(text: str) -> object:
    try:
        found = dt.datetime.fromisoformat(text.replace(" ", "T"))
    except ValueError:
        return text
    aware = found if found.tzinfo else found.replace(tzinfo=dt.UTC)
    return aware.astimezone(dt.UTC).replace(microsecond=0)
