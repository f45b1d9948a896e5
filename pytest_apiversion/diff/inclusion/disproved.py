"""Errors that the whole schema disproves: two parts differ, and yet every value that was taken is, for another part takes it."""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Area, Direction, Kind
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.diff.inclusion.inclusion import Inclusion
from pytest_apiversion.diff.normalized_schema import ALL, View
from pytest_apiversion.diff.pair import Found, Pair
from pytest_apiversion.diff.pairs import Ground
from pytest_apiversion.diff.rules import rule

_MOST_QUESTIONS = 200
"""Pairs of schemas that are asked; in a comparison of more, what is left stays as it was found."""

_HIGHEST = 4
"""How many schemas above an error are asked."""

_NOT_ABOUT_VALUES = frozenset(
    {
        *("content-encoding", "content-media-type", "content-schema", "extensible-enum-value", "required-read-only"),
        *("discriminator-mapping", "discriminator-mapping-name"),
    }
)
"""Subjects of rules about what is more than the set of values that a schema takes."""

_ONE_OF = "one-of"
"""The subject of rules about values that fit several alternatives, which the proof knows nothing of."""

_LIMITS = {
    **dict.fromkeys(("minimum", "maximum", "multiple-of"), frozenset({"integer", "fraction"})),
    **dict.fromkeys(("min-length", "max-length", "pattern"), frozenset({"string"})),
    **dict.fromkeys(("min-items", "max-items", "unique-items"), frozenset({"array"})),
    **dict.fromkeys(("min-properties", "max-properties"), frozenset({"object"})),
}
"""What a limit is about; beside another type it says nothing, by a slip, and what was meant is not known."""


def leave_out_disproved(ground: Ground) -> None:
    """Take back errors where the schema itself, or one that holds it, surely takes every value it has to take."""
    pairs = _reached(ground)
    holders: dict[int, list[Pair]] = {}
    for pair in pairs:
        for inner in pair.inner + pair.branches:
            holders.setdefault(id(inner), []).append(pair)
    waiting = [pair for pair in pairs if pair.schema and ground.holds_error(pair)]
    included = {way: _inclusion(ground, way) for way in (Direction.REQUEST, Direction.RESPONSE)}
    asked: set[int] = set()
    for _ in range(_HIGHEST):
        above: list[Pair] = []
        for pair in waiting:
            if id(pair) in asked or not pair.schema:
                continue
            asked.add(id(pair))
            if len(asked) > _MOST_QUESTIONS:
                return
            if not (_worth(ground, pair) and _taken_back(ground, pair, included[pair.direction])):
                above += holders.get(id(pair), [])
        waiting = above


def _reached(ground: Ground) -> list[Pair]:
    """Every pair, each once."""
    found: dict[int, Pair] = {}
    stack = [pair for _, pair in ground.operations]
    while stack:
        pair = stack.pop()
        if id(pair) not in found:
            found[id(pair)] = pair
            stack += pair.inner + pair.branches
    return list(found.values())


def _inclusion(ground: Ground, way: Direction) -> Inclusion:
    if way is Direction.REQUEST:
        return Inclusion(ground.old, ground.new, hidden="readOnly", equal=ground.equal, texts=ground.texts)
    return Inclusion(
        ground.new,
        ground.old,
        hidden="writeOnly",
        equal=lambda narrow, wide: ground.equal(wide, narrow),
        texts=ground.texts,
    )


def _worth(ground: Ground, pair: Pair) -> bool:
    """Whether a proof can be hoped for: there are alternatives, or so few values that some words say nothing."""
    old, new = ground.old_views.of(pair.old), ground.new_views.of(pair.new)
    narrow = old if pair.direction is Direction.REQUEST else new
    return bool(
        old.groups
        or new.groups
        or old.conditions
        or new.conditions
        or narrow.enum is not None
        or (narrow.lower and narrow.upper)
        or narrow.lists
        or "contains" in old.schemas
        or "contains" in new.schemas
        or (narrow.types is not None and "array" in narrow.types and "maxItems" in narrow.values)
    )


def _taken_back(ground: Ground, pair: Pair, included: Inclusion) -> bool:
    """Take back the errors of a pair and of those it leads to, if that is right; gives whether it is."""
    sides = (pair.old, pair.new) if pair.direction is Direction.REQUEST else (pair.new, pair.old)
    if not included.holds(*sides):
        return False
    kept: list[Found] = []
    errors: list[tuple[Found, Pair]] = []
    severities = ground.setting.severities
    for part in _below(pair):
        if part.schema and (_slips(ground.old_views.of(part.old)) or _slips(ground.new_views.of(part.new))):
            return False
        for found in part.found:
            weight = severities.get(found[0], rule(found[0]).severity)
            if weight is Severity.ERROR and rule(found[0]).subject != _ONE_OF:
                errors.append((found, part))
            else:
                kept.append(found)
    if not all(_about_values(ground, found[0], part) for found, part in errors):
        return False
    if errors:
        pair.found = _without_moved(ground, pair, kept)
        pair.inner, pair.branches = [], []
        if all(rule(name).subject != _ONE_OF for name, *_ in kept):
            pair.say("*-schema-rewritten")
    return True


def _without_moved(ground: Ground, pair: Pair, kept: list[Found]) -> list[Found]:
    """What is kept, less what says that a member was removed which another alternative has."""
    view = ground.new_views.of(pair.new)
    named = {name for group in view.groups for node in group.nodes for name in ground.new_views.of(node).properties}
    return [
        found
        for found in kept
        if not (found[0].endswith("-optional-property-removed") and found[3].rpartition(".")[2] in named)
    ]


def _slips(view: View) -> bool:
    """Whether a schema describes members or items of what it says is neither object nor array: what was meant is not known."""
    if view.types is None:
        return False
    return bool(
        ("object" not in view.types and (view.properties or view.required))
        or ("array" not in view.types and (view.lists or "items" in view.schemas))
    )


def _below(pair: Pair) -> list[Pair]:
    """A pair and those it leads to."""
    found: dict[int, Pair] = {}
    stack = [pair]
    while stack:
        one = stack.pop()
        if id(one) not in found:
            found[id(one)] = one
            stack += reversed(one.inner + one.branches)
    return list(found.values())


def _about_values(ground: Ground, name: str, pair: Pair) -> bool:
    """Whether an error says that a value is no longer taken, and nothing else."""
    known = rule(name)
    if known.area is not Area.SCHEMA or known.kind is Kind.LIFECYCLE or known.subject in _NOT_ABOUT_VALUES:
        return False
    types = ground.old_views.of(pair.old).types, ground.new_views.of(pair.new).types
    meant = _LIMITS.get(known.subject, ALL)
    return any(told is None or told & meant for told in types)
