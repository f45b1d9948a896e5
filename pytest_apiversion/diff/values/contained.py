"""Items of several kinds that lists have to contain: each kind is compared with the same kind, with its own number."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pytest_apiversion.core.contracts.change import ABSENT
from pytest_apiversion.diff.document import Node
from pytest_apiversion.diff.normalized_schema import View
from pytest_apiversion.diff.pair import AS_TEXT, Pair
from pytest_apiversion.diff.pairs import Ground
from pytest_apiversion.diff.schema_composition import describe
from pytest_apiversion.diff.values.covering import covers

_MOST = 20
"""Kinds that are held against each other; of more, each only against its neighbour."""


class _Kind(NamedTuple):
    node: Node
    view: View
    least: int
    most: int | None


def compare_contained(
    ground: Ground, pair: Pair, old: View, new: View, same: Callable[[Ground, Node, Node], bool]
) -> None:
    """Compare what lists have to contain, where one of two schemas asks for items of several kinds; `same` says which kinds are one."""
    was = [
        _Kind(node, ground.old_views.of(node), *counts)
        for node, counts in zip(old.schemas.get("contains", ()), old.counts, strict=True)
    ]
    now = [
        _Kind(node, ground.new_views.of(node), *counts)
        for node, counts in zip(new.schemas.get("contains", ()), new.counts, strict=True)
    ]
    rest = list(now)
    gone: list[_Kind] = []
    few = max(len(was), len(now)) <= _MOST
    for index, one in enumerate(was):
        near = rest if few else now[index : index + 1]
        twin = next((other for other in near if same(ground, one.node, other.node)), None)
        if twin is None:
            gone.append(one)
        else:
            rest.remove(twin)
            _numbers(pair, one, twin)
    if len(gone) == len(rest) == 1 and gone[0][2:] == rest[0][2:] and rest[0].most is None:
        ground.pair(pair, gone[0].node, rest[0].node, text=min(pair.text, AS_TEXT), branch=True)
        return
    for kind in rest:
        if not any(_says(other, kind) for other in was):
            pair.say("*-contains-added", place=kind.node.place, after=describe(ground.new, ground.new_views, kind.node))
    for kind in gone:
        if not any(_says(other, kind) for other in now):
            told = describe(ground.old, ground.old_views, kind.node)
            pair.say("*-contains-removed", old_place=kind.node.place, before=told)


def _says(one: _Kind, other: _Kind) -> bool:
    """Whether one kind says all that another one says: its items are of that kind, too, and no fewer."""
    return other.most is None and one.least >= other.least and covers(other.view, one.view)


def _numbers(pair: Pair, was: _Kind, now: _Kind) -> None:
    at = {"place": now.node.place, "old_place": was.node.place, "label": now.node.label}
    if was.least != now.least:
        word = "increased" if now.least > was.least else "decreased"
        pair.say(f"*-min-contains-{word}", before=was.least, after=now.least, **at)
    if was.most != now.most:
        wider = now.most is None or (was.most is not None and now.most > was.most)
        told = [ABSENT if most is None else most for most in (was.most, now.most)]
        pair.say(f"*-max-contains-{'increased' if wider else 'decreased'}", before=told[0], after=told[1], **at)
