"""What schemas say under a condition: what holds of one condition is compared with what holds of the same one."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import Any

from pytest_apiversion.diff.document import Document, Node
from pytest_apiversion.diff.normalized_schema import View
from pytest_apiversion.diff.pair import Pair
from pytest_apiversion.diff.pairs import Ground

_MANY = 100
"""Pairs of conditions that are asked whether they mean the same; of more, only those written alike are taken for it."""


def compare_conditions(
    ground: Ground, pair: Pair, old: View, new: View, same: Callable[[Ground, Node, Node], bool]
) -> None:
    """Compare what two schemas say under conditions; `same` says which conditions are one."""
    rest_was, rest_now = list(old.conditions), list(new.conditions)
    few = len(rest_was) * len(rest_now) <= _MANY
    for was in old.conditions:
        for now in rest_now:
            if ground.equal(was.raw["if"], now.raw["if"]) or (
                few and same(ground, _branch(was, "if"), _branch(now, "if"))
            ):
                rest_was.remove(was)
                rest_now.remove(now)
                _branches(ground, pair, (old, was), (new, now))
                break
    for was, now in zip(rest_was, rest_now, strict=False):
        told: dict[str, Any] = {"before": _condition(was), "after": _condition(now)}
        pair.say("*-condition-changed", **told, place=now.place, old_place=was.place)
    for now in rest_now[len(rest_was) :]:
        pair.say("*-condition-added", after=_condition(now), place=now.place)
    for was in rest_was[len(rest_now) :]:
        pair.say("*-condition-removed", before=_condition(was), old_place=was.place)


def _condition(node: Node) -> dict[str, Any]:
    """What a schema says under a condition, without what else it says."""
    return {word: node.raw[word] for word in ("if", "then", "else") if word in node.raw}


def _branches(ground: Ground, pair: Pair, before: tuple[View, Node], after: tuple[View, Node]) -> None:
    """Compare what holds under one condition, and what holds otherwise; each schema comes with what it is a condition of."""
    (old, was), (new, now) = before, after
    for word in ("then", "else"):
        if word in was.raw and word in now.raw:
            sides = _branch(was, word), _branch(now, word)
            views = ground.old_views.of(sides[0]), ground.new_views.of(sides[1])
            held = (
                _with_outer(ground.old, sides[0], old, views[1].properties.keys() - views[0].properties.keys()),
                _with_outer(ground.new, sides[1], new, views[0].properties.keys() - views[1].properties.keys()),
            )
            ground.pair(pair, *held, text=min(pair.text, 1), branch=True)
        elif word in now.raw:
            pair.say("*-condition-added", after=now.raw[word], place=f"{now.place}/{word}")
        elif word in was.raw:
            pair.say("*-condition-removed", before=was.raw[word], old_place=f"{was.place}/{word}")


def _with_outer(document: Document, branch: Node, outer: View, names: AbstractSet[str]) -> Node:
    """A schema under a condition, with what is said beside the condition of members that it leaves alone itself."""
    told = {
        name: {"allOf": [node.raw for node in outer.properties[name]]} for name in names if name in outer.properties
    }
    if not told or not isinstance(branch.raw, (dict, bool)):
        return branch
    return document.merged([branch, Node({"properties": told}, branch.place, branch.label)])


def _branch(condition: Node, word: str) -> Node:
    return Node(condition.raw[word], f"{condition.place}/{word}", condition.label)
