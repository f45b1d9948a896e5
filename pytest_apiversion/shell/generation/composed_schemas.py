"""Composed schemas as plain ones: `allOf`, references beside other keywords, and the alternatives an object is made with.

A client sends one object, whatever the number of schemas that describe it. So that no member is drawn that none of them declares, the
parts are put together: what `allOf` says in several places is said in one, and each alternative of an `anyOf` or `oneOf` becomes an
object of its own, with the members around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from pytest_apiversion.shell.generation.schema_conjunction import Contradiction, both
from pytest_apiversion.shell.json_schema.subschemas import SCHEMA_LIST, SCHEMA_MAP, SCHEMA_ONE

Follow = Callable[[str], Any]
"""What a reference leads to."""
_Known = dict[tuple[str, int], list[dict[str, Any]]]
"""The ways to satisfy what is referred to, by the reference and how many more compositions are looked into."""

_MOST = 64
"""Ways to make one object that are told apart."""
_MOST_UNFOLDED = 100
"""Compositions that are put together inside one schema."""
_DEEPEST = 16
"""References and compositions that are followed for one object."""
PLAIN_BRANCHES = frozenset({"anyOf", "oneOf", "type"})
"""A schema of these alone leaves its branches to name all members."""
_TOLD = frozenset({"title", "description", "example", "examples", "deprecated", "$comment", "externalDocs", "xml"})
"""Keywords that say nothing of a value."""
_SAYS_NOTHING = frozenset({"default", "format", "contentMediaType"})
"""Keywords beside a reference or a choice that name no members and do not narrow any."""


OTHER_MEMBERS = frozenset({"additionalProperties", "unevaluatedProperties", "patternProperties", "propertyNames"})
"""Keywords that say something of members a schema does not name."""
_ELSEWHERE = frozenset({"allOf", "if", "then", "else", "dependentSchemas"})
"""Keywords that name members of the same object, and cannot be put together with what stands beside them."""


class TooManyWaysError(Exception):
    """A schema can be satisfied in more ways than are told apart, or is composed of itself."""


def unfolded(follow: Follow, schema: Any) -> Any:
    """A schema, and all inside it, without compositions that can be put together; references to others stay.

    A composition inside itself, and what comes after very many others, stays as it is.
    """
    return _Unfolding(follow).of(schema, ())


class _Unfolding:
    """Unfolds one schema; what is composed of what is composed would else grow with each level."""

    def __init__(self, follow: Follow) -> None:
        self._follow = follow
        self._left = _MOST_UNFOLDED

    def of(self, schema: Any, inside: tuple[Any, ...]) -> Any:
        """A schema inside the compositions that were unfolded on the way to it."""
        if isinstance(schema, list):
            return [self.of(part, inside) for part in schema]
        if not isinstance(schema, dict):
            return schema
        if composed(schema):
            if (only := _only_part(schema)) is not None:
                return self.of(only, inside)
            if self._left <= 0 or len(inside) >= _DEEPEST or schema in inside:
                return schema
            self._left -= 1
            inside = (*inside, schema)
            made = plain(self._follow, schema)
        else:
            made = dict(schema)
        for key, part in made.items():
            if key in SCHEMA_MAP and isinstance(part, dict):
                made[key] = {name: self.of(inner, inside) for name, inner in part.items()}
            elif key in SCHEMA_ONE or key in SCHEMA_LIST:
                made[key] = self.of(part, inside)
        return made


def _only_part(schema: Mapping[str, Any]) -> Any:
    """The one schema of an `allOf` that says nothing more, as generators write a reference beside a description; else None."""
    parts = schema.get("allOf")
    alone = isinstance(parts, list) and len(parts) == 1 and schema.keys() <= {"allOf", *_SAYS_NOTHING, *_TOLD}
    return parts[0] if alone and isinstance(parts, list) else None


def plain(follow: Follow, schema: Mapping[str, Any]) -> dict[str, Any]:
    """A composed schema as one plain schema, or as a choice of plain ones; as it is where that cannot be done."""
    try:
        ways = list(_distinct(_ways(follow, schema, _DEEPEST, {})))
    except TooManyWaysError:
        return dict(schema)
    if not ways:
        return dict(schema)
    return ways[0] if len(ways) == 1 else {"anyOf": ways}


def composed(schema: Mapping[str, Any]) -> bool:
    """Whether what a value may be is said in several places that do not know each other."""
    telling = schema.keys() - _SAYS_NOTHING
    if "allOf" in schema or ("$ref" in schema and telling != {"$ref"}):
        return True
    return not telling.isdisjoint({"anyOf", "oneOf"}) and not (
        telling <= PLAIN_BRANCHES and not telling >= {"anyOf", "oneOf"}
    )


def _ways(follow: Follow, schema: Any, depth: int, known: _Known) -> list[dict[str, Any]]:
    """The plain schemas of the ways to satisfy a schema.

    Args:
        follow: What a reference leads to.
        schema: The schema.
        depth: How many more compositions in each other are looked into.
        known: What was found at references, which is not looked for twice.

    Raises:
        TooManyWaysError: There are too many, or it never ends.
    """
    if schema is True:
        return [{}]
    if not isinstance(schema, dict):
        return []
    if depth == 0:
        raise TooManyWaysError
    rest = {key: part for key, part in schema.items() if key not in {"$ref", "allOf", "anyOf", "oneOf"}}
    found = [rest]
    reference = schema.get("$ref")
    if isinstance(reference, str):
        if (reference, depth) not in known:
            known[reference, depth] = _ways(follow, follow(reference), depth - 1, known)
        found = _all(found, known[reference, depth])
    for part in schema.get("allOf", ()):
        found = _all(found, _ways(follow, part, depth - 1, known))
    for key in ("anyOf", "oneOf"):
        if isinstance(schema.get(key), list):
            found = _all(found, [way for part in schema[key] for way in _ways(follow, part, depth - 1, known)])
    return [_closed(way) for way in found]


def _closed(way: dict[str, Any]) -> dict[str, Any]:
    """A way whose other members, now that all are named in one place, are those that nothing evaluates."""
    if "unevaluatedProperties" not in way or not way.keys().isdisjoint(_ELSEWHERE):
        return way
    made = {key: part for key, part in way.items() if key != "unevaluatedProperties"}
    made.setdefault("additionalProperties", way["unevaluatedProperties"])
    return made


def _all(these: Iterable[dict[str, Any]], those: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What satisfies one of these and one of those, pair by pair; pairs that contradict each other left out."""
    found = []
    for one, other in product(these, those):
        try:
            found.append(both(one, other))
        except Contradiction:
            continue
        if len(found) > _MOST:
            raise TooManyWaysError
    return found


def _distinct(ways: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    known: list[dict[str, Any]] = []
    for way in ways:
        if way not in known:
            known.append(way)
            yield way


def names_in(follow: Follow, schema: Any, seen: set[int] | None = None) -> set[str] | None:
    """The members that a composed schema names anywhere; None where some part of it says something of others."""
    seen = set() if seen is None else seen
    if not isinstance(schema, dict) or id(schema) in seen:
        return set()
    seen.add(id(schema))
    if not schema.keys().isdisjoint(OTHER_MEMBERS):
        return None
    found = set(schema.get("properties", ()))
    for part in _of_same_value(follow, schema):
        more = names_in(follow, part, seen)
        if more is None:
            return None
        found |= more
    return found


def said_of(follow: Follow, schema: Any, name: str, seen: set[int] | None = None) -> list[Any]:
    """What a composed schema says of a member, wherever it names it."""
    seen = set() if seen is None else seen
    if not isinstance(schema, dict) or id(schema) in seen:
        return []
    seen.add(id(schema))
    mine = schema.get("properties", {})
    found = [mine[name]] if name in mine else []
    return [*found, *(said for part in _of_same_value(follow, schema) for said in said_of(follow, part, name, seen))]


def _of_same_value(follow: Follow, schema: Mapping[str, Any]) -> list[Any]:
    """The schemas inside one that are about the same value."""
    parts = [schema[key] for key in ("if", "then", "else") if key in schema]
    parts += list(schema.get("dependentSchemas", {}).values())
    parts += [part for key in ("allOf", "anyOf", "oneOf") for part in schema.get(key, ())]
    return [*parts, follow(schema["$ref"])] if isinstance(schema.get("$ref"), str) else parts
