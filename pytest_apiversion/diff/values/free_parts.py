"""Members and items that nothing evaluates, of two schemas of which one at least says so where alternatives or conditions may evaluate more."""

from __future__ import annotations

import math

from pytest_apiversion.diff.document import Node
from pytest_apiversion.diff.normalized_schema import View
from pytest_apiversion.diff.pair import Pair
from pytest_apiversion.diff.pairs import Ground
from pytest_apiversion.diff.schema_composition import describe


def compare_unevaluated(ground: Ground, pair: Pair, old: View, new: View) -> None:
    """Compare what two schemas say of members and items that nothing evaluates."""
    for word, name in (("unevaluatedProperties", "unevaluated-properties"), ("unevaluatedItems", "unevaluated-items")):
        was, now = old.values.get(word), new.values.get(word)
        if word == "unevaluatedProperties" and ((old.closed and was is None) or (new.closed and now is None)):
            continue  # where no other members are allowed at all, there is none to be evaluated
        if word == "unevaluatedItems" and ((was is None and _all_told(old)) or (now is None and _all_told(new))):
            continue
        if word == "unevaluatedProperties" and (isinstance(was, dict), now) == (True, None):
            node = Node(was, old.at[word], pair.old.label)
            told = describe(ground.old, ground.old_views, node)
            pair.say("*-additional-properties-untyped", old_place=node.place, before=told)
        elif word == "unevaluatedProperties" and (was, isinstance(now, dict)) == (None, True):
            node = Node(now, new.at[word], pair.new.label)
            told = describe(ground.new, ground.new_views, node)
            pair.say("*-additional-properties-typed", place=node.place, after=told)
        elif (was is None) != (now is None):
            at = {"place": new.at.get(word, pair.new.place), "old_place": old.at.get(word, pair.old.place)}
            pair.say(f"*-{name}-closed" if was is None else f"*-{name}-opened", **at)
        elif isinstance(was, dict) and isinstance(now, dict):
            ground.pair(
                pair,
                Node(was, old.at[word], pair.old.label),
                Node(now, new.at[word], pair.new.label),
                text=min(pair.text, 1),
            )
        elif was != now:
            pair.say(
                f"*-{name}-closed" if now is False else f"*-{name}-opened", place=new.at[word], old_place=old.at[word]
            )


def _all_told(view: View) -> bool:
    """Whether a schema says of every item what it may be, or that it may not be."""
    return "items" in view.schemas or bool(view.values.get("maxItems", math.inf) <= len(view.lists))


def compare_free_items(ground: Ground, pair: Pair, old: View, new: View) -> None:
    """Compare what items may be that nothing evaluates, where something evaluates those that are as it says."""
    free = ["items" not in view.schemas and "unevaluatedItems" in view.values for view in (old, new)]
    some = [bool(_evaluating(view)) for view in (old, new)]
    if all(free) and some[0] != some[1] and old.values["unevaluatedItems"] is new.values["unevaluatedItems"] is False:
        pair.say(
            "*-unevaluated-items-closed" if some[0] else "*-unevaluated-items-opened",
            place=new.at["unevaluatedItems"],
            old_place=old.at["unevaluatedItems"],
        )
    elif (all(free) and (some[0] != some[1] or "evaluated" in {*old.schemas, *new.schemas})) or (
        any(free) and "items" in {*old.schemas, *new.schemas}
    ):
        rest = [
            _free_items(view, node) if is_free else document.merged(view.schemas["items"])
            for document, view, node, is_free in zip(
                (ground.old, ground.new), (old, new), (pair.old, pair.new), free, strict=True
            )
        ]
        ground.pair(pair, *rest, text=min(pair.text, 1))


def _free_items(view: View, node: Node) -> Node:
    """What an item may be that stands in no place: what nothing evaluates, or what `contains` asks for."""
    place, label = view.at["unevaluatedItems"], f"{node.label}[]"
    parts = [part.raw for part in _evaluating(view)]
    either = [view.values["unevaluatedItems"], *([{"allOf": parts}] if parts else [])]
    return Node((Node({"anyOf": either}, place, label),), place, label)  # a schema that stands nowhere


def _evaluating(view: View) -> list[Node]:
    """What evaluates items wherever they stand."""
    return [*view.schemas.get("contains", ()), *view.schemas.get("evaluated", ())]
