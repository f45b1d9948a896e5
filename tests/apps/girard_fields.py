"""Hand-written readers for bodies and queries, shared by the Girard and the Moonborn server.

A reader takes a JSON value and the place it stands at, and gives the value back in its stored form or raises `Misfit`.
The rules are those of JSON Schema: `true` is no integer, `3.0` is one, lengths count code points, unknown members are
ignored. Nothing here knows a policy or an envelope.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.wrappers import Request

Json = Any
Record = dict[str, Json]
Reader = Callable[[Json, str], Json]

CAPACITY = 2000
"""Records a shelf keeps besides the seeded ones."""


class Misfit(Exception):  # noqa: N818 - a refusal, not a fault
    """A value that does not fit; `where` is its place (`steps[0].kind`), `expected` what would fit."""

    def __init__(self, where: str, expected: str) -> None:
        super().__init__(f"{where or 'body'}: expected {expected}")
        self.where = where
        self.expected = expected


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One member of an object: how to read it, whether it must be there, and what stands in when it is not."""

    reader: Reader
    required: bool = False
    default: Json = None


def text(shortest: int, longest: int) -> Reader:
    """A string of `shortest` to `longest` code points."""

    def read(value: Json, where: str) -> Json:
        if not isinstance(value, str) or not shortest <= len(value) <= longest:
            raise Misfit(where, f"a string of {shortest} to {longest} characters")
        return value

    return read


def integer(lowest: int, highest: int) -> Reader:
    """A whole number from `lowest` to `highest`; `3.0` counts, `true` does not."""

    def read(value: Json, where: str) -> Json:
        numeric = isinstance(value, int | float) and not isinstance(value, bool)
        if not numeric or not lowest <= value <= highest or value != int(value):
            raise Misfit(where, f"an integer from {lowest} to {highest}")
        return int(value)

    return read


def number(lowest: float, highest: float) -> Reader:
    """A number from `lowest` to `highest`."""

    def read(value: Json, where: str) -> Json:
        if isinstance(value, bool) or not isinstance(value, int | float) or not lowest <= value <= highest:
            raise Misfit(where, f"a number from {lowest} to {highest}")
        return value

    return read


def boolean(value: Json, where: str) -> Json:
    """`true` or `false`."""
    if not isinstance(value, bool):
        raise Misfit(where, "true or false")
    return value


def choice(*names: str) -> Reader:
    """One of the given strings."""

    def read(value: Json, where: str) -> Json:
        if not isinstance(value, str) or value not in names:
            raise Misfit(where, f"one of {', '.join(names)}")
        return value

    return read


def nullable(reader: Reader) -> Reader:
    """Whatever `reader` takes, or `null`."""
    return lambda value, where: None if value is None else reader(value, where)


def array(reader: Reader, longest: int, *, unique: bool = False) -> Reader:
    """At most `longest` members that `reader` takes; with `unique` (strings only) no two the same."""

    def read(value: Json, where: str) -> Json:
        if not isinstance(value, list) or len(value) > longest:
            raise Misfit(where, f"an array of at most {longest} members")
        members = [reader(member, f"{where}[{index}]") for index, member in enumerate(value)]
        if unique and len(set(members)) < len(members):
            raise Misfit(where, "an array whose members differ")
        return members

    return read


def mapping(reader: Reader, largest: int) -> Reader:
    """An object of at most `largest` members, of any name, that `reader` takes."""

    def read(value: Json, where: str) -> Json:
        if not isinstance(value, dict) or len(value) > largest:
            raise Misfit(where, f"an object of at most {largest} members")
        return {name: reader(member, f"{where}.{name}") for name, member in value.items()}

    return read


def record(fields: Mapping[str, Field], *, partial: bool = False) -> Reader:
    """An object with the given members; with `partial` nothing is required and no default stands in."""

    def read(value: Json, where: str) -> Json:
        if not isinstance(value, dict):
            raise Misfit(where, "an object")
        found: Record = {}
        for name, member in fields.items():
            place = f"{where}.{name}" if where else name
            if name in value:
                found[name] = member.reader(value[name], place)
            elif not partial:
                if member.required:
                    raise Misfit(place, "a value, it is required")
                found[name] = member.default
        return found

    return read


def query_integer(request: Request, name: str, *, default: int, lowest: int, highest: int) -> int:
    """An integer query parameter: given at most once, ASCII decimal digits without padding."""
    values = request.args.getlist(name)
    if not values:
        return default
    if len(values) > 1 or not re.fullmatch(r"0|[1-9][0-9]{0,8}", values[0]) or not lowest <= int(values[0]) <= highest:
        raise Misfit(name, f"one integer from {lowest} to {highest}")
    return int(values[0])


def query_choice(request: Request, name: str, names: tuple[str, ...]) -> str | None:
    """A query parameter that is one of `names`, given at most once; None when absent."""
    values = request.args.getlist(name)
    if not values:
        return None
    if len(values) > 1 or values[0] not in names:
        raise Misfit(name, f"one of {', '.join(names)}")
    return values[0]


@dataclass(kw_only=True, slots=True)
class Shelf:
    """Records by id, in the order they came; beyond `CAPACITY` the oldest one that was not seeded goes."""

    records: dict[str, Record] = field(default_factory=dict)
    seeded: set[str] = field(default_factory=set)

    def put(self, item: Record, *, seed: bool = False) -> Record:
        """Add or replace a record under its `id`."""
        self.records[item["id"]] = item
        if seed:
            self.seeded.add(item["id"])
        elif len(self.records) - len(self.seeded) > CAPACITY:
            del self.records[next(key for key in self.records if key not in self.seeded)]
        return item

    def drop(self, key: str) -> None:
        """Remove the record `key`, which must be there."""
        del self.records[key]
        self.seeded.discard(key)

    def newest(self, **wanted: Json) -> list[Record]:
        """The records whose members equal every `wanted` one that is not None, newest first."""
        chosen = {name: value for name, value in wanted.items() if value is not None}
        return [
            item for item in reversed(self.records.values()) if all(item[name] == want for name, want in chosen.items())
        ]
