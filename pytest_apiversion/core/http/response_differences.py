"""Response differences: where two responses differ, and which differences are there every time.

A place is a JSON pointer with `*` for every element of a list. What differs from one answer to the next of the very same request is
volatile: times, identifiers, counters, lists that grow. It is learned by asking again, and no difference there counts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.json.members import parent, places

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import Request, Response

_DEEPEST = 24
"""Levels of a body that are compared one by one; what is below is compared as a whole."""
_SHOWN = 60
"""Characters of a value that are told."""
NOTHING = "nothing"
"""What an answer is said to have at a place where it has no value."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """What two answers have at one place, in words.

    Attributes:
        mine: What the one has there.
        other: What the other has there.
    """

    mine: str
    other: str


Differences = Mapping[str, Difference]
"""By place; `status`, `content type` and `body` are places too."""
Differ = Callable[["Response", "Response"], Differences]
"""What tells one answer from another. Held against an answer to the same request it must find what is volatile."""
Forgives = Callable[[str, str], bool]
"""Whether two texts mean the same though they are written otherwise."""


def steady_differences(
    mine: Sequence[Response], other: Sequence[Response], differ: Differ, volatile: Iterable[str] = ()
) -> dict[str, Difference]:
    """The differences between two sides that hold all the time.

    Args:
        mine: Answers of the one side, in the order they came.
        other: Answers of the other.
        differ: What tells one answer from another.
        volatile: Places at or below which nothing counts.

    Returns:
        Differences at places where each answer differs from all of the other side, and none from the one before it of its own.
    """
    found = [differ(one, another) for one in mine for another in other]
    masked = {*volatile}
    for side in (mine, other):
        for before, after in pairwise(side):
            masked |= {*differ(before, after), *differ(after, before)}
    return {
        place: told
        for place, told in found[-1].items()
        if all(place in each for each in found) and not any(is_below(place, mask) for mask in masked)
    }


def value_differences(
    mine: Response, other: Response, forgives: Forgives, *, typed: bool = True
) -> dict[str, Difference]:
    """Where two answers are not equal: in status, media type or body.

    The order of a list's elements does not count; numbers are equal whatever they are written like.

    Args:
        mine: The one.
        other: The other.
        forgives: Texts that count as equal.
        typed: Whether the media types must be the same too.
    """
    if mine.status != other.status:
        return {"status": Difference(mine=str(mine.status), other=str(other.status))}
    if typed and mine.media_type != other.media_type:
        kinds = (mine.media_type or "none", other.media_type or "none")
        return {"content type": Difference(mine=kinds[0], other=kinds[1])}
    if mine.body == other.body:
        return {}
    if mine.parsed.problem is None and other.parsed.problem is None:
        found: dict[str, Difference] = {}
        _compare(mine.json, other.json, "", found, forgives, _DEEPEST)
        return found
    return {"body": Difference(mine=_told(mine.text), other=_told(other.text))}


def missing_members(newer: Response, older: Response) -> dict[str, Difference]:
    """What one body lacks of another's members, and where it has them with another JSON type; null is of every type."""
    if newer.parsed.problem is not None or older.parsed.problem is not None:
        return {}
    mine, other = _kinds(newer.json), _kinds(older.json)
    found: dict[str, Difference] = {}
    for place, kinds in other.items():
        if place not in mine:
            if "an object" in mine.get(parent(place), ()) and not place.endswith("/*"):
                found[place] = Difference(mine=NOTHING, other=_listed(kinds))
        elif (left := mine[place] - _NULL) and kinds - _NULL and not left & kinds:
            found[place] = Difference(mine=_listed(left), other=_listed(kinds))
    return found


def forgives_address(mine: Request, other: Request) -> Forgives:
    """Forgives addresses that differ only as the two requests' own addresses do: prefix, host, and query parameters.

    An API that answers in two places may link to itself where it was asked.
    """
    first, second = mine.path.split("/"), other.path.split("/")
    while first and second and first[-1] == second[-1]:
        first.pop()
        second.pop()
    mine_parts = _marks("/".join(first), mine, other)
    other_parts = _marks("/".join(second), other, mine)

    def forgives(one: str, another: str) -> bool:
        return "/" in one and _without(one, mine_parts) == _without(another, other_parts)

    return forgives


def _marks(prefix: str, request: Request, other: Request) -> list[str]:
    """What stands in one request's address and not in the other's."""
    own = [f"{name}={value}" for name, value in request.query if (name, value) not in other.query]
    hosts = [request.host] if request.host and request.host != other.host else []
    return [*hosts, *([prefix] if prefix else []), *own]


def _without(text: str, marks: list[str]) -> str:
    for mark in marks:
        text = text.replace(mark, "", 1)
    return text.replace("?&", "?").rstrip("?&")


def _compare(mine: Any, other: Any, place: str, found: dict[str, Difference], forgives: Forgives, depth: int) -> None:
    if isinstance(mine, dict) and isinstance(other, dict) and depth:
        for key in dict.fromkeys((*mine, *other)):
            at = f"{place}/{key}"
            if key in mine and key in other:
                _compare(mine[key], other[key], at, found, forgives, depth - 1)
            else:
                found.setdefault(at, Difference(mine=_shown(mine, key), other=_shown(other, key)))
    elif isinstance(mine, list) and isinstance(other, list) and depth:
        if len(mine) != len(other):
            told = Difference(mine=f"{len(mine)} elements", other=f"{len(other)} elements")
            found.setdefault(place, told)
        elif sorted(map(_text, mine)) != sorted(map(_text, other)):
            for one, another in zip(mine, other, strict=True):
                _compare(one, another, f"{place}/*", found, forgives, depth - 1)
    elif not _equal(mine, other) and not (isinstance(mine, str) and isinstance(other, str) and forgives(mine, other)):
        found.setdefault(place, Difference(mine=_told(_text(mine)), other=_told(_text(other))))


def _equal(mine: Any, other: Any) -> bool:
    """Whether two values are equal; true is no 1."""
    return _text(mine) == _text(other) or (
        isinstance(mine, int | float) and isinstance(other, int | float) and mine == other and not _is_bool(mine, other)
    )


def _is_bool(*values: Any) -> bool:
    return any(isinstance(value, bool) for value in values)


def _kinds(value: Any) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for place, part in places(value):
        found.setdefault(place, set()).add(_kind(part))
    return found


_NULL = {"null"}
_KINDS = ((bool, "a boolean"), (str, "a string"), (int | float, "a number"), (dict, "an object"), (list, "a list"))


def _kind(value: Any) -> str:
    return next((name for kind, name in _KINDS if isinstance(value, kind)), "null")


def _listed(kinds: set[str]) -> str:
    return " or ".join(sorted(kinds))


def _shown(value: Mapping[str, Any], key: str) -> str:
    return _told(_text(value[key])) if key in value else NOTHING


def _text(value: Any) -> str:
    try:
        return json.dumps(value, sort_keys=True, ensure_ascii=False)
    except RecursionError:  # deeper than any answer that means well; nothing is claimed of what is that deep
        return "…"


def _told(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def is_below(place: str, mask: str) -> bool:
    """Whether a place is another one, or is in it."""
    return place == mask or place.startswith(f"{mask}/") or mask == ""
