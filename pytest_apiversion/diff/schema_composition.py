"""Alternatives (`oneOf`, `anyOf`) and discriminators of two schemas: each alternative is told by what it is, not by its number.

Alternatives are one set of values here; that a value which fits two alternatives of a `oneOf` is valid in none is looked for in `one_of`.
"""

from __future__ import annotations

import json

from pytest_apiversion.core.contracts.change import ABSENT
from pytest_apiversion.core.contracts.change_rule import Direction
from pytest_apiversion.diff.document import Document, Node
from pytest_apiversion.diff.normalized_schema import ALL, FIRST, FLAGS, Group, View
from pytest_apiversion.diff.pair import Pair
from pytest_apiversion.diff.pairs import Ground
from pytest_apiversion.diff.schema_keywords import key
from pytest_apiversion.diff.schema_normalization import Views
from pytest_apiversion.diff.schema_values import words
from pytest_apiversion.diff.splitting import compare_split, distributed
from pytest_apiversion.diff.values.check import takes
from pytest_apiversion.diff.values.covering import covers

_MANY = 10_000
"""Pairs of alternatives that are held against each other; of longer lists, each only against its neighbour."""

_WRAPPED = 5
"""Levels of `allOf` around an `anyOf` that are looked through."""

_FEW = 100
"""Alternatives that are asked whether they take another one in."""


def describe(document: Document, views: Views, node: Node) -> str:
    """What a reader would call a schema."""
    raw = node.raw
    reference = raw.get("$ref") if isinstance(raw, dict) else None
    if isinstance(reference, str):
        return document.target(reference).label
    view = views.of(node)
    if isinstance(view.values.get("title"), str):
        return str(view.values["title"])
    if view.enum is not None:
        return json.dumps(view.enum, default=str)
    if view.properties:
        return f"{{{', '.join(view.properties)}}}"
    told = words(view)
    return json.dumps(raw, default=str) if told == "any" and isinstance(raw, (dict, bool)) else str(told)


def compare_alternatives(ground: Ground, pair: Pair, old: View, new: View) -> bool:
    """Compare the alternatives of two schemas; gives whether that was all there is to compare."""
    if not old.groups and not new.groups:
        return False
    if parts := distributed(ground, pair, old, new):
        _match(ground, pair, *parts)
        _whole(ground, pair, old, new)
        return True
    if old.groups and new.groups:
        _each(ground, pair, old.groups, new.groups)
        return False
    with_groups, plain = (new, old) if new.groups else (old, new)
    views = ground.new_views if new.groups else ground.old_views
    if len(with_groups.groups) == 1 and _only_groups(with_groups, views) and not plain.empty:
        group = with_groups.groups[0]
        if new.groups:
            _match(
                ground, pair, [pair.old], group.nodes, growing=_one_of_many(pair.old) and group.place.endswith("/anyOf")
            )
        else:
            _match(ground, pair, group.nodes, [pair.new])
        _whole(ground, pair, old, new)
        return True
    for group in with_groups.groups:
        if not any(covers(views.of(node), plain) for node in group.nodes[:_FEW]):  # otherwise it holds back nothing
            _constrained(ground, pair, group, added=bool(new.groups))
    return False


def _each(ground: Ground, pair: Pair, old: list[Group], new: list[Group]) -> None:
    """Compare the alternatives of two schemas that both have some."""
    for was, now in zip(old, new, strict=False):
        _match(ground, pair, was.nodes, now.nodes, growing=all(one.place.endswith("/anyOf") for one in (was, now)))
    for group in new[len(old) :]:
        _constrained(ground, pair, group, added=True)
    for group in old[len(new) :]:
        _constrained(ground, pair, group, added=False)


def compare_null(ground: Ground, pair: Pair, old: View, new: View) -> None:
    """Tell that null comes or goes, unless what else the schemas say (a type, values, alternatives) takes or refuses it in both."""
    if old.null is None or new.null is None or old.null == new.null or pair.part:  # of a part, the whole tells it
        return
    sides = [
        takes(document, node.raw, None, hidden="", loose=True)
        for document, node in ((ground.old, pair.old), (ground.new, pair.new))
    ]
    if None in sides or sides[0] != sides[1]:
        pair.say("*-became-nullable" if new.null else "*-became-not-nullable")


def _whole(ground: Ground, pair: Pair, old: View, new: View) -> None:
    """Tell null, and mark the pairs in which one side is all there is, and the other one an alternative."""
    for inner in pair.branches:
        inner.part = inner.part or inner.old.raw is pair.old.raw or inner.new.raw is pair.new.raw
    compare_null(ground, pair, old, new)


def _one_of_many(node: Node) -> bool:
    """Whether a schema is written as an `anyOf` that has one alternative so far, alone or wrapped in an `allOf`."""
    raw = node.raw
    for _ in range(_WRAPPED):
        whole = raw.get("allOf") if isinstance(raw, dict) else None
        if not isinstance(whole, list) or len(whole) != 1:
            break
        raw = whole[0]
    return isinstance(raw, dict) and isinstance(raw.get("anyOf"), list) and len(raw["anyOf"]) == 1


def _only_groups(view: View, views: Views) -> bool:
    """Whether alternatives are all a schema says, and it allows the types of each."""
    kinds = [views.of(node).types or frozenset() for group in view.groups for node in group.nodes]
    if view.types is not None and not (view.types and view.types >= frozenset[str]().union(*kinds)):
        return False
    return not (
        view.enum is not None
        or view.properties
        or view.required
        or view.closed
        or view.others
        or view.schemas
        or view.lists
        or view.maps
        or view.conditions
        or view.lower
        or view.upper
        or view.values.keys() - FIRST - FLAGS
    )


def _constrained(ground: Ground, pair: Pair, group: Group, *, added: bool) -> None:
    document, views = (ground.new, ground.new_views) if added else (ground.old, ground.old_views)
    named = [describe(document, views, node) for node in group.nodes]
    if added:
        pair.say("*-alternatives-added", place=group.place, after=named)
    else:
        pair.say("*-alternatives-removed", old_place=group.place, before=named)


def _match(ground: Ground, pair: Pair, old: list[Node], new: list[Node], *, growing: bool = False) -> None:
    """Pair alternatives, and tell those that came and went; a list is `growing` where it is an `anyOf` in both documents, and loses none."""
    rest_old, rest_new = _without_twins(ground, pair, old, new)
    if compare_split(ground, pair, rest_old, rest_new):
        return
    few = len(rest_old) * len(rest_new) <= _MANY
    scores = sorted(
        (
            (-_likeness(ground, pair, one, other), row, column)
            for row, one in enumerate(rest_old)
            for column, other in enumerate(rest_new)
            if few or row == column
        )
    )
    used: tuple[set[int], set[int]] = (set(), set())
    for score, row, column in scores:
        if score < 0 and row not in used[0] and column not in used[1]:
            used[0].add(row)
            used[1].add(column)
            ground.pair(pair, rest_old[row], rest_new[column], text=min(pair.text, 1), branch=True)
    rest_old = [node for row, node in enumerate(rest_old) if row not in used[0]]
    rest_new = [node for column, node in enumerate(rest_new) if column not in used[1]]
    for node in rest_old:
        if not any(covers(ground.new_views.of(other), ground.old_views.of(node)) for other in new[:_FEW]):
            pair.say("*-alternative-removed", old_place=node.place, before=describe(ground.old, ground.old_views, node))
    grows = growing and pair.direction is Direction.RESPONSE and not rest_old
    for node in rest_new:
        if not any(covers(ground.old_views.of(other), ground.new_views.of(node)) for other in old[:_FEW]):
            word = "any-of-alternative" if grows else "alternative"
            pair.say(
                f"*-{word}-added",
                place=node.place,
                after=describe(ground.new, ground.new_views, node),
                before=ABSENT,
            )


def _without_twins(ground: Ground, pair: Pair, old: list[Node], new: list[Node]) -> tuple[list[Node], list[Node]]:
    """What is left of two lists of alternatives when those of one name, and those that are equal, have been paired."""
    by_name: dict[str, list[Node]] = {}
    for node in new:
        by_name.setdefault(_reference(node), []).append(node)
    unnamed = by_name.pop("", [])
    few = len(old) * len(unnamed) <= _MANY
    rest_old: list[Node] = []
    paired: set[int] = set()
    for index, node in enumerate(old):
        name = _reference(node)
        if name:
            waiting = by_name.get(name, [])
        else:
            waiting = [
                other
                for other in (unnamed if few else unnamed[index : index + 1])
                if id(other) not in paired and ground.equal(node.raw, other.raw)
            ]
        if waiting:
            twin = waiting.pop(0)
            paired.add(id(twin))
            ground.pair(pair, node, twin, text=min(pair.text, 1), branch=True)
        else:
            rest_old.append(node)
    return rest_old, [node for node in new if id(node) not in paired]


def _reference(node: Node) -> str:
    """The name of what an alternative refers to; empty where it stands for itself."""
    reference = node.raw.get("$ref") if isinstance(node.raw, dict) else None
    return reference.rpartition("/")[2] if isinstance(reference, str) else ""


def _likeness(ground: Ground, pair: Pair, old: Node, new: Node) -> float:
    """How alike two alternatives are; 0 where they have nothing in common."""
    one, other = ground.old_views.of(old), ground.new_views.of(new)
    types = (ALL if one.types is None else one.types) & (ALL if other.types is None else other.types)
    if not types and not (pair.text and (one.types or set()) and "string" in (other.types or ())):
        return 0
    if _told_apart(ground, one, other):
        return 0
    score = 1.0 + len(types) / 6
    if one.types == other.types:
        score += 1
    if ground.old.schema(old).label == ground.new.schema(new).label and isinstance(old.raw, dict) and "$ref" in old.raw:
        score += 4
    titles = one.values.get("title"), other.values.get("title")
    if titles[0] is not None and titles[0] == titles[1]:
        score += 4
    if one.properties or other.properties:
        both = one.properties.keys() & other.properties.keys()
        either = one.properties.keys() | other.properties.keys()
        score += 3 * len(both) / len(either)
    if one.enum is not None and other.enum is not None:
        score += 2 * len({key(value) for value in one.enum} & {key(value) for value in other.enum})
    if one.values.get("format") == other.values.get("format"):
        score += 0.5
    return score


def _told_apart(ground: Ground, one: View, other: View) -> bool:
    """Whether a member both have can never have the same value in both."""
    for name in one.properties.keys() & other.properties.keys():
        was = ground.old_views.of(ground.old.merged(one.properties[name])).enum
        now = ground.new_views.of(ground.new.merged(other.properties[name])).enum
        if was is not None and now is not None and len(was) == len(now) == 1 and key(was[0]) != key(now[0]):
            return True
    return False
