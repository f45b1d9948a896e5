"""`oneOf` as it is: a value that fits two alternatives is valid in none, so that one more alternative can refuse what was taken."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import chain, combinations, islice
from typing import Any

from pytest_apiversion.core.contracts.change_rule import Direction
from pytest_apiversion.diff.document import Document, Node
from pytest_apiversion.diff.normalized_schema import Group, View
from pytest_apiversion.diff.pair import Pair
from pytest_apiversion.diff.pairs import Ground
from pytest_apiversion.diff.schema_keywords import key
from pytest_apiversion.diff.schema_normalization import Views
from pytest_apiversion.diff.values.check import Answer, takes
from pytest_apiversion.diff.values.covering import essential
from pytest_apiversion.diff.values.samples import samples

_MOST_ALTERNATIVES, _MOST_VALUES = 20, 200
"""Alternatives that are held against each other, and values that are tried; a longer list is not searched."""


_Side = tuple[Document, Views, Node, View]


def compare_one_ofs(ground: Ground, pair: Pair, old: View, new: View) -> None:
    """Look for a value that one schema takes, and that fits several alternatives of a `oneOf` of the other one."""
    sides = [(ground.old, ground.old_views, pair.old, old), (ground.new, ground.new_views, pair.new, new)]
    wide, narrow = sides if pair.direction is Direction.REQUEST else sides[::-1]
    if pair.part:
        return
    hidden = "readOnly" if pair.direction is Direction.REQUEST else "writeOnly"
    groups = narrow[3].one_ofs
    if not groups and not narrow[3].inner_one_ofs:
        return
    meant: bool | None = None  # looked for where something is found, which costs as much again
    told: set[str] = set()
    for group, own in (*((group, True) for group in groups), *((group, False) for group in narrow[3].inner_one_ofs)):
        if group.place in told or len(group.nodes) > _MOST_ALTERNATIVES:
            continue
        found, sure = _ambiguous(wide, narrow, group, hidden, own=own)
        if sure is None:
            continue
        if meant is None:
            meant = not any(_overlaps(wide, each, hidden) for each in (*wide[3].one_ofs, *wide[3].inner_one_ofs))
        told_apart = "discriminator" in narrow[3].values
        if (not meant and (told_apart or _covering(narrow[1], group))) or (not own and not sure):
            continue
        told.add(group.place)
        certain = sure and meant and not told_apart
        place = group.place if narrow[0] is ground.new else pair.new.place
        pair.say("*-one-of-ambiguous" if certain else "*-one-of-overlapping", place=place, after=found)
        ground.ambiguous.append((pair, group.place, pair.found[-1]))


def tell_once(ground: Ground) -> None:
    """Take back what is told of an alternative where each schema that has this alternative tells the same of the same `oneOf`."""
    if not ground.ambiguous:
        return
    told = {(id(pair), place) for pair, place, _ in ground.ambiguous}
    holders = _holders(ground)
    for pair, place, found in ground.ambiguous:
        if all(branch and (id(holder), place) in told for holder, branch in holders.get(id(pair), ())):
            pair.found = [one for one in pair.found if one is not found]


def _holders(ground: Ground) -> dict[int, list[tuple[Pair, bool]]]:
    """What leads to each pair, and whether only as an alternative or under a condition."""
    made: dict[int, list[tuple[Pair, bool]]] = {id(pair): [(pair, False)] for _, pair in ground.operations}
    stack = [pair for _, pair in ground.operations]
    while stack:
        pair = stack.pop()
        for inner, branch in chain(((one, False) for one in pair.inner), ((one, True) for one in pair.branches)):
            if id(inner) not in made:
                made[id(inner)] = []
                stack.append(inner)
            made[id(inner)].append((pair, branch))
    return made


def _covering(views: Views, group: Group) -> bool:
    """Whether one alternative takes in another, as in an open list of values."""
    return len(essential([views.of(node) for node in group.nodes])) < len(group.nodes)


def _overlaps(side: _Side, group: Group, hidden: str) -> bool:
    """Whether a `oneOf` was ambiguous before, so that whoever wrote it does not mean it by the letter."""
    if _covering(side[1], group):
        return True
    values = chain.from_iterable(
        samples(side[0], side[1], node, hidden=hidden) for node in group.nodes[:_MOST_ALTERNATIVES]
    )
    return any(_fits(side[0], group, value, hidden) > 1 for value in _distinct(values))


def _fits(document: Document, group: Group, value: Any, hidden: str) -> int:
    return [takes(document, node.raw, value, hidden=hidden) for node in group.nodes].count(True)


def _refused(side: _Side, value: Any, hidden: str) -> bool:
    return takes(side[0], side[2].raw, value, hidden=hidden) is False


def _ambiguous(wide: _Side, narrow: _Side, group: Group, hidden: str, *, own: bool) -> tuple[Any, bool | None]:
    """A value that several alternatives take, and whether the wide schema surely takes it; no answer where there is none.

    Where the group is not the narrow schema's `own`, but one of an alternative of it, no other alternative takes the value.
    """
    doubtful: list[Any] = []
    for value in islice(_distinct(_candidates(wide, narrow, group, hidden)), _MOST_VALUES):
        if _fits(narrow[0], group, value, hidden) > 1 and (own or _refused(narrow, value, hidden)):
            taken: Answer = takes(wide[0], wide[2].raw, value, hidden=hidden)
            if taken and _described(wide[1], wide[3], value):
                return value, True
            if taken is not False:
                doubtful.append(value)
    return (doubtful[0], False) if doubtful else (None, None)


def _described(views: Views, view: View, value: Any) -> bool:
    """Whether a schema names every member of a value, so that a client may be taken to send it."""
    if not isinstance(value, dict) or view.others:
        return True
    known, others = {*view.properties, *view.required}, [frozenset[str]()]
    for group in view.groups:
        names = [{*one.properties, *one.required} for one in map(views.of, group.nodes)]
        if group.place.endswith("/anyOf"):
            known.update(*names)  # of an `anyOf`, several alternatives may hold at once
        else:
            others += map(frozenset, names)
    return any(value.keys() <= known | more for more in others)


def _candidates(wide: _Side, narrow: _Side, group: Group, hidden: str) -> Iterator[Any]:
    yield from samples(wide[0], wide[1], wide[2], hidden=hidden)
    for node in group.nodes:
        yield from samples(narrow[0], narrow[1], node, hidden=hidden)
    for one, other in combinations(group.nodes, 2):
        yield from samples(narrow[0], narrow[1], narrow[0].merged([one, other]), hidden=hidden)
    yield from _numbers([wide[3], *map(narrow[1].of, group.nodes)])


def _distinct(values: Iterable[Any]) -> Iterator[Any]:
    """Each value once: alternatives that share a schema have the same samples."""
    seen = set()
    for value in values:
        if (name := key(value)) not in seen:
            seen.add(name)
            yield value


def _numbers(views: list[View]) -> Iterator[float]:
    """Numbers near the limits of all schemas, and the least multiple of all steps."""
    if not any(view.types is None or view.types & {"integer", "fraction"} for view in views):
        return
    steps = [int(step) for view in views for step in view.values.get("multipleOf", ()) if step and step == int(step)]
    step = math.lcm(*steps)
    for limit in dict.fromkeys([0, *(one[0] for view in views for one in (view.lower, view.upper) if one)]):
        yield from (limit, limit - 1, limit + 1, limit - 0.5, limit + 0.5)
        yield from (step * (math.floor(limit / step) + more) for more in (0, 1, 2))
