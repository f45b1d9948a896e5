"""Composed values: lists of objects, and maps (`additionalProperties`), of which what was written is looked for part by part.

A server may sort such a list, add to its elements and leave out what names something that is not there; it may write the names of a map in its own
way, and leave out what is empty. What has none of these reasons to be missing was lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_apiversion.core.contracts.written_values import (
    HIDDEN,
    NAMES,
    PARTS,
    comparable,
    equal_values,
    is_due,
    is_object,
    kind,
    types,
)
from pytest_apiversion.core.json.members import followed, possible_members, unnamed, without_null
from pytest_apiversion.core.json.pointer import MISSING

_DEEPEST = 3
"""Lists and maps inside one another that are looked into."""
_OF_OTHERS = re.compile(r"(?:[a-z0-9]By(?:[A-Z]|$)|(?:^|_)by(?:_|$))")
"""Names of maps whose own names are other things': `seats_by_team`."""
_PLAIN = re.compile(r"[a-z][a-z0-9]{0,30}")
"""Names in a map that nobody has a reason to write otherwise."""


def composed(document: Mapping[str, Any], named: Mapping[str, Any], depth: int = _DEEPEST) -> dict[str, Any]:
    """The schemas of those members that are lists of objects or maps, with what is compared of their parts.

    Args:
        document: What references lead into.
        named: Members with their schemas.
        depth: How many of them inside one another count.
    """
    found = {}
    for name, member in named.items():
        behind, schema = followed(document, member), without_null(document, member)
        flags = [each for each in (member, behind, schema) if isinstance(each, dict)]
        hidden = HIDDEN.search(name) or any(each.get("writeOnly") for each in flags)
        if depth == 0 or hidden or not isinstance(schema, dict):
            continue
        if parts := _parts(document, name, schema, depth):
            found[name] = {**schema, "items": {}, PARTS: parts}
    return found


def _parts(document: Mapping[str, Any], name: str, schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
    """What is compared of the elements of a list, by their members, or of the values of a map, under no name; nothing of anything else."""
    if types(schema) == {"array"} and "prefixItems" not in schema and not NAMES.search(name):
        items = without_null(document, schema.get("items"))
        if isinstance(items, dict) and is_object(document, items):
            inside = possible_members(document, items, "")
            return {**comparable(document, inside), **composed(document, inside, depth - 1)}
    if types(schema) == {"object"} and "additionalProperties" in schema and not _OF_OTHERS.search(name):
        others = unnamed(document, schema)
        named = {"properties", "patternProperties", "propertyNames", "allOf", "anyOf", "oneOf"} & schema.keys()
        if isinstance(others, dict) and others and not named and not NAMES.search(name):
            return {**comparable(document, {"": others}), **composed(document, {"": others}, depth - 1)}
    return {}


def due_parts(value: Any, one: Mapping[str, Any], other: Mapping[str, Any], *, plain: bool = True) -> Any:
    """What of a value must be seen again, because both schemas know it as the same kind of thing; `MISSING` where nothing must.

    Args:
        value: A list of objects, or a map.
        one: Its schema where it is from, as `composed` gives it.
        other: Its schema where it is to be seen.
        plain: Whether of a map only names count that nobody writes otherwise, and of a list elements that nobody takes for one.
    """
    mine, theirs = one.get(PARTS, {}), other.get(PARTS, {})
    if types(one) != types(other) or not mine.keys() & theirs.keys():
        return MISSING
    if types(one) == {"array"}:
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            return MISSING
        if plain and _may_merge(value):
            return MISSING
        found = [dict(_due_members(each, mine, theirs, plain=plain)) for each in value]
        return MISSING if {} in found else found
    if not isinstance(value, dict):
        return MISSING
    names = [name for name in value if not plain or _PLAIN.fullmatch(name)]
    pairs = ((name, _due(value[name], mine[""], theirs[""], plain=plain)) for name in names)
    kept = {name: part for name, part in pairs if part is not MISSING}
    return kept if kept or not value else MISSING


def _due_members(
    value: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any], *, plain: bool
) -> Iterator[tuple[str, Any]]:
    for name in mine.keys() & theirs.keys() & value.keys():
        part = _due(value[name], mine[name], theirs[name], plain=plain)
        if part is not MISSING:
            yield name, part


def _due(value: Any, mine: Mapping[str, Any], theirs: Mapping[str, Any], *, plain: bool) -> Any:
    if PARTS in mine and PARTS in theirs:
        return due_parts(value, mine, theirs, plain=plain)
    return value if value is not None and is_due(value, mine, theirs) else MISSING


def _may_merge(elements: list[dict[str, Any]]) -> bool:
    """Whether elements say the same in some text or number that may be what they are told apart by: a server may make one of them."""
    for place, element in enumerate(elements):
        for other in elements[place + 1 :]:
            names = element.keys() & other.keys()
            if any(
                kind(element[name]) in {"text", "number"} and equal_values(element[name], other[name]) for name in names
            ):
                return True
    return False


def is_shown(value: Any, shown: Any) -> bool:
    """Whether what is due of a value is there: of null and of what is empty nothing is, and what has another type is for the contract to say.

    Args:
        value: What is due.
        shown: What is there instead; `MISSING` where nothing is.
    """
    if isinstance(value, dict):
        if shown is None or shown is MISSING:
            return not any(map(_says, value.values()))
        return not isinstance(shown, dict) or all(
            is_shown(part, shown.get(name, MISSING)) for name, part in value.items()
        )
    if shown is None or shown is MISSING:
        return not _says(value)
    if isinstance(value, list):
        return not isinstance(shown, list) or all(_is_in(each, shown) for each in value)
    return kind(shown) != kind(value) or not _says_text(value) or equal_values(value, shown)


def _is_in(value: Any, shown: list[Any]) -> bool:
    """Whether an element is in a list; one that names something which none of the list's names may have been left out."""
    if not isinstance(value, dict):
        return not _says(value) or any(equal_values(value, each) for each in shown)
    names = [name for name in value if NAMES.search(name)]
    alike = [
        each
        for each in shown
        if isinstance(each, dict) and all(equal_values(value[name], each.get(name)) for name in names)
    ]
    return (bool(names) and not alike) or any(is_shown(value, each) for each in alike)


def is_ordered(value: list[Any], shown: list[Any]) -> bool:
    """Whether a list has just these elements, in their order."""
    return len(value) == len(shown) and all(map(is_shown, value, shown))


def stale_parts(value: Any, earlier: Any, before: Any, shown: Any) -> bool:
    """Whether something that was written earlier, and not now, is there still.

    Args:
        value: What was written now, which takes the place of what was there.
        earlier: What was written earlier.
        before: What was there before.
        shown: What is there now.
    """
    if isinstance(value, dict) and isinstance(earlier, dict):
        maps = isinstance(before, dict) and isinstance(shown, dict)
        return maps and any(
            _says(part) and equal_values(part, before.get(name)) and equal_values(part, shown.get(name))
            for name, part in earlier.items()
            if name not in value
        )
    if not all(isinstance(each, list) for each in (value, earlier, before, shown)):
        return False
    left = [each for each in earlier if not any(_share(each, now) for now in value)]
    return any(_has(each, before) and _has(each, shown) for each in left)


def is_kept(value: Any, shown: Any) -> bool:
    """Whether all that a list or a map had is there still: of nothing that is no wonder."""
    if isinstance(value, list):
        return isinstance(shown, list) and bool(value) and all(_has(each, shown) for each in value)
    return _says(value) and isinstance(shown, dict) and is_shown(value, shown)


def _share(one: Any, other: Any) -> bool:
    """Whether two elements have anything of one meaning, so that one may be what became of the other."""
    return not isinstance(one, dict) or any(equal_values(part, other.get(name, MISSING)) for name, part in one.items())


def _has(value: Mapping[str, Any], shown: list[Any]) -> bool:
    telling = [name for name, part in value.items() if _says(part)]
    return bool(telling) and any(
        isinstance(each, dict) and all(name in each for name in telling) and is_shown(value, each) for each in shown
    )


def _says(value: Any) -> bool:
    """Whether a value says something that has no reason to be left out: none, nothing and no are left out by many."""
    if isinstance(value, dict):
        return any(map(_says, value.values()))
    if isinstance(value, list):
        return any(map(_says, value))
    return bool(value) and _says_text(value)


def _says_text(value: Any) -> bool:
    return not isinstance(value, str) or bool(value.strip())
