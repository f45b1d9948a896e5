"""Names that another version's answers have for something, in answers of a version that has it by a name of its own.

No row of `[[fields]]` says which name stands for which. That two versions differ in the names of one object both ways, by as many members of the
same kind, tells that something was renamed there; where one of them has more, some were added, and what was added may be in older versions, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pytest_apiversion.core.json.members import places, said_together, without_null

_WORDS = ("allOf", "anyOf", "oneOf")
_ASIDE = frozenset({"if", "then", "else", "dependentSchemas", "patternProperties"})
"""Keywords that may name members in other ways."""
_DEEPEST = 8
_MOST = 5_000
"""Schemas of one answer that are looked into."""
_KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


@dataclass(kw_only=True, slots=True)
class NamedObject:
    """What the objects under one name are said to have.

    Attributes:
        members: The kinds of each member, by its name.
        told: Whether the schemas name all that is promised; those that take any name on purpose do not.
    """

    members: dict[str, set[str]] = field(default_factory=dict)
    told: bool = True


Objects = Mapping[str, NamedObject]
"""What is said of the objects in a value, by the name of the member that they stand in; the value's own is empty."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ForeignName:
    """A member of an answer by another version's name.

    Attributes:
        place: Where its object stands, `*` for every element of a list.
        name: The name.
        version: The version that has it.
        own: Names here of the same kind, which that version does not have there.
    """

    place: str
    name: str
    version: str
    own: tuple[str, ...]


def foreign_names(
    own: Objects, elsewhere: Iterable[tuple[str, Objects]], value: Any, spoken: Collection[str]
) -> list[ForeignName] | None:
    """The members of an answer that are another version's; None where nothing tells of a renaming.

    Args:
        own: What the contract says of the objects in the answer.
        elsewhere: The same of other versions, each with its name.
        value: The answer's body.
        spoken: Names that are looked at otherwise.
    """
    found: dict[tuple[str, str], ForeignName] = {}
    compared = False
    for version, there in elsewhere:
        for place, part in places(value):
            mine, theirs = own.get(_holder(place)), there.get(_holder(place))
            if not isinstance(part, dict) or mine is None or theirs is None or not (mine.told and theirs.told):
                continue
            renamed = _renamed(mine, theirs)
            compared = compared or bool(renamed)
            for name in part.keys() & renamed.keys() - set(spoken):
                if any(_is(part[name], kind) for kind in theirs.members[name]):
                    leak = ForeignName(place=place, name=name, version=version, own=renamed[name])
                    found.setdefault((place, name), leak)
    return list(found.values()) if compared else None


def _renamed(mine: NamedObject, theirs: NamedObject) -> dict[str, tuple[str, ...]]:
    """The names that only another version has of an object, with those of the same kind that only this one has, where these are as many: more came than were renamed."""
    gone = {name: kinds for name, kinds in mine.members.items() if name not in theirs.members}
    come = {name: kinds for name, kinds in theirs.members.items() if name not in mine.members}
    found = {name: tuple(own for own, others in gone.items() if kinds & others) for name, kinds in come.items()}
    alike = {name: sum(bool(kinds & others) for others in come.values()) for name, kinds in come.items()}
    return {name: own for name, own in found.items() if len(own) >= alike[name]}


def objects_of(document: Mapping[str, Any], schema: Any) -> dict[str, NamedObject]:
    """What a schema says of the objects in a value, alternatives included, by the name of the member that they stand in; the value's own is empty."""
    found: dict[str, NamedObject] = {}
    waiting, seen = [("", schema, 0)], set[tuple[str, int]]()
    while waiting and len(seen) < _MOST:
        holder, raw, depth = waiting.pop()
        for part in said_together(document, raw, _WORDS):
            if (holder, id(part)) in seen or depth > _DEEPEST:
                continue
            seen.add((holder, id(part)))
            properties = part.get("properties")
            if isinstance(properties, dict) or _open(part):
                named = found.setdefault(holder, NamedObject())
                named.told = named.told and not _open(part)
            for name, each in properties.items() if isinstance(properties, dict) else ():
                found[holder].members.setdefault(name, set()).update(_kinds_of(document, each))
                waiting.append((name, each, depth + 1))
            waiting += [(holder, each, depth + 1) for each in _elements(part)]
    return found


def _open(part: Mapping[str, Any]) -> bool:
    """Whether a schema takes members that it does not name, and says so."""
    others = part.get("additionalProperties", part.get("unevaluatedProperties", False))
    return bool(others) or not _ASIDE.isdisjoint(part)


def _elements(part: Mapping[str, Any]) -> list[Any]:
    before = part.get("prefixItems")
    return [*(before if isinstance(before, list) else ()), *([part["items"]] if "items" in part else [])]


def _kinds_of(document: Mapping[str, Any], schema: Any) -> set[str]:
    """The types that a schema takes, where it says so; those that take null are the others."""
    found: set[str] = set()
    for part in said_together(document, without_null(document, schema), _WORDS):
        told = part.get("type", "object" if "properties" in part else [])
        found |= {told} if isinstance(told, str) else {each for each in told if isinstance(each, str)}
    return found - {"null"}


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, _KINDS.get(kind, ())) and (kind == "boolean" or not isinstance(value, bool))


def _holder(place: str) -> str:
    """The name of the member that a value stands in, through lists; empty where it is the whole."""
    return next((step for step in reversed(place.split("/")) if step not in {"", "*"}), "")
