"""Round trips: which members of a read must be what a write sent, and whether they are."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.composed_values import (
    composed,
    due_parts,
    is_kept,
    is_ordered,
    is_shown,
    stale_parts,
)
from pytest_apiversion.core.contracts.written_values import (
    PARTS,
    SCALARS,
    comparable,
    equal_values,
    is_due,
    is_lost,
    is_object,
    kind,
)
from pytest_apiversion.core.json.members import followed, generic, members, possible_members
from pytest_apiversion.core.json.nested_members import schema_of, value_of, with_nested
from pytest_apiversion.core.json.pointer import MISSING, lookup

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.http.messages import Response

_INNER = 3
"""Steps that lead to a member that is compared: those of objects inside a thing count as its own."""
_MOST_INNER = 500
"""Such members of one thing that are compared."""
_OUTER = 2
"""Levels in which the thing is looked for in an answer: behind an envelope such as `data`."""


class After(enum.Enum):
    """What a read of a sequence follows."""

    CREATED = "created"
    UPDATED = "updated"
    ANSWERED = "answered"
    LISTED = "created, and listed"
    RELISTED = "updated, and listed"
    OUTDATED = "updated, and kept by a client as it was before"
    STALE = "written by somebody who names another state of it"
    SPARED = "updated in part"
    REPLACED = "replaced"
    STORED = "stored as bytes"
    DELETED = "deleted"
    UNLISTED = "deleted, and listed"
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
        ordered: Whether lists have just the elements that were written, in their order.
        nulls: Whether nothing but null is null; None where it is told only of what a server does not make up.
        earlier: The members whose values were due after earlier writes of the same thing, in which lists and maps may have had other parts.
        stored: The bytes that are due, where they are no members.
        merged: Whether the write was a merge patch, in which null takes away, and lists are replaced as a whole (RFC 7396 §2).
    """

    after: After
    write: str
    version: str
    identifier: str = ""
    place: str = ""
    members: Mapping[str, Any] = field(default_factory=dict)
    limit: int | None = None
    before: Response | None = None
    ordered: bool = False
    nulls: bool | None = None
    earlier: tuple[Mapping[str, Any], ...] = ()
    merged: bool = False
    stored: bytes = b""

    @property
    def replaced(self) -> Mapping[str, Any]:
        """The thing as it was before the members that were written were replaced; nothing where more may be left of them."""
        replaces = self.merged or self.write.startswith("PUT ")
        whole = self.before is not None and self.after is After.UPDATED and replaces
        return shown_members(self.before, self.place) if whole and self.before is not None else {}


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
        named = {
            **possible_members(contract.document, schema, place),
            **_inside(contract.document, schema, place, nested),
        }
        found = _compared(contract.document, named)
        mine = len(wanted & found.keys()) if wanted else len(found)
        if mine > score:
            best, score = (place, found), mine
    place, found = best
    return place, {**_compared(contract.document, _deep(contract.document, schema, place)), **found}


def writable_members(contract: Contract, operation: Operation, nested: Iterable[str] = ()) -> dict[str, Any]:
    """The schemas of the comparable members a request of an operation may carry, those of objects inside that are named included."""
    schemas, body = contract.schemas, operation.body_schema
    named = {**_deep(schemas, body, ""), **possible_members(schemas, body, ""), **_inside(schemas, body, "", nested)}
    return _compared(schemas, named)


def _compared(document: Mapping[str, Any], named: Mapping[str, Any]) -> dict[str, Any]:
    """The schemas of those members whose values are compared: as they are, or part by part."""
    return {**composed(document, named), **comparable(document, named)}


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
        if is_object(document, member) and (inside := possible_members(document, member, "")):
            yield from _inner(document, inside, steps, around | {id(behind)})
        elif way:
            yield ".".join(steps), member


def _inside(document: Mapping[str, Any], schema: Any, place: str, names: Iterable[str]) -> dict[str, Any]:
    """The schemas of members of objects inside one, by the way to them."""
    found = {name: schema_of(document, schema, place, name, open_too=True) for name in names}
    return {name: each for name, each in found.items() if each is not MISSING}


def due_members(sent: Any, one: Mapping[str, Any], other: Mapping[str, Any], *, plain: bool = True) -> dict[str, Any]:
    """The values of an object that must be seen again, because both schemas know the member as the same kind of thing.

    Args:
        sent: The object.
        one: Comparable members where it is from.
        other: Comparable members where it is to be seen.
        plain: Whether of a map only names count that no server writes otherwise.
    """
    found: dict[str, Any] = {}
    for name, value in with_nested(sent, one.keys() & other.keys()).items() if isinstance(sent, dict) else ():
        if name not in one or name not in other:
            continue
        if PARTS in one[name] and PARTS in other[name]:
            parts = due_parts(value, one[name], other[name], plain=plain)
            found |= {name: parts} if parts is not MISSING else {}
        elif is_due(value, one[name], other[name]):
            found[name] = value
    return found


def listed_members(contract: Contract, listing: Operation, read: Operation, at: str, shown: Follows) -> frozenset[str]:
    """The members of a thing that an element of a list has, too, with the same schema.

    Args:
        contract: The contract.
        listing: What lists things.
        read: What reads one.
        at: Where the element stands in the list.
        shown: What the reading of the thing must show, and where.
    """
    document = contract.document
    mine = possible_members(document, _success_schema(read), shown.place)
    other = possible_members(document, _success_schema(listing), generic(at))
    both = (name for name in shown.members if name in mine and name in other)
    return frozenset(name for name in both if followed(document, mine[name]) == followed(document, other[name]))


def shown_members(response: Response, place: str) -> Mapping[str, Any]:
    """The thing in an answer; nothing where it is not there."""
    value = lookup(response.json, place)
    return value if isinstance(value, dict) else {}


def member_differences(follows: Follows, response: Response) -> list[tuple[str, Any, Any]]:
    """Members that are there and say something else than what is due: name, due, shown.

    A member that is missing, or of another type, is what the contract's own checks speak of.
    """
    found = shown_members(response, follows.place)
    return [
        (name, value, shown)
        for name, value in follows.members.items()
        if (shown := value_of(found, name)) is not MISSING and _is_otherwise(follows, name, value, shown)
    ]


def _is_otherwise(follows: Follows, name: str, value: Any, shown: Any) -> bool:
    """Whether what is shown of a member says something else than what is due, by a value of the same kind or null."""
    before = value_of(follows.replaced, name)
    if is_composed(value):
        if isinstance(value, list) and isinstance(shown, list) and follows.ordered:
            return not is_ordered(value, shown)
        over = not follows.merged or isinstance(value, list)  # a merge patch adds to a map (RFC 7396 §2)
        stale = over and any(stale_parts(value, each[name], before, shown) for each in follows.earlier if name in each)
        return stale or not is_shown(value, shown)
    if kind(shown) not in {kind(value), "null"} and not (value is None and kind(shown) in SCALARS):
        return False
    return is_lost(value, shown, before, ordered=follows.ordered, nulls=follows.nulls)


def is_composed(value: Any) -> bool:
    """Whether a value is a map, or a list of objects."""
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(each, dict) for each in value))


def kept_members(follows: Follows, response: Response) -> list[tuple[str, Any]]:
    """Members that are as they were before the thing was replaced by what does not have them: name, value."""
    found = shown_members(response, follows.place)
    return [
        (name, value)
        for name, value in follows.members.items()
        if (shown := value_of(found, name)) is not MISSING
        and (is_kept(value, shown) if is_composed(value) else equal_values(value, shown))
    ]


def shows_members(follows: Follows, response: Response) -> bool:
    """Whether an answer has any member whose value is due."""
    found = shown_members(response, follows.place)
    return any(value_of(found, name) is not MISSING for name in follows.members)


def is_link(value: Any) -> bool:
    """Whether a text is a reference, or a list has one, which each version writes in its own way."""
    if isinstance(value, list | dict):
        return any(map(is_link, value.values() if isinstance(value, dict) else value))
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
            if not {"/", "~"} & set(name) and is_object(document, member):
                yield from _object_places(document, schema, f"{place}/{name}", depth - 1)
