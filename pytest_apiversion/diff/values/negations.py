"""What two schemas forbid by `not`: who forbids less takes more."""

from __future__ import annotations

import json
from typing import Any

from pytest_apiversion.diff.document import Document, Node
from pytest_apiversion.diff.inclusion.inclusion import Inclusion
from pytest_apiversion.diff.normalized_schema import ALL, View
from pytest_apiversion.diff.pair import Pair
from pytest_apiversion.diff.pairs import Ground
from pytest_apiversion.diff.schema_composition import describe
from pytest_apiversion.diff.schema_keywords import key
from pytest_apiversion.diff.schema_normalization import Views
from pytest_apiversion.diff.values.forbidden import listed_values

_MANY = 100
"""Pairs of schemas behind `not` that are asked which forbids more."""

_LONGEST = 200
"""Characters of a schema that are shown."""


def compare_negations(ground: Ground, pair: Pair, old: View, new: View, was: list[Node], now: list[Node]) -> None:
    """Tell what is forbidden that was not, and what no longer is.

    Args:
        ground: Where they are compared.
        pair: The schemas that forbid it.
        old: What the old one says.
        new: What the new one says.
        was: What the old one forbids and the new one does not forbid in the same way.
        now: The same the other way round.
    """
    if _listed(pair, was, now):
        return
    few = len(was) * len(now) <= _MANY
    kinds = _kinds(old, new)
    more = Inclusion(ground.old, ground.new, hidden="", equal=ground.equal, texts=ground.texts)
    less = Inclusion(
        ground.new, ground.old, hidden="", equal=lambda narrow, wide: ground.equal(wide, narrow), texts=ground.texts
    )
    covered = {
        index: one
        for index, one in enumerate(was)
        if few and any(more.holds(_held(one, kinds), other) for other in now)
    }
    covering = {
        index: one
        for index, one in enumerate(now)
        if few and any(less.holds(_held(one, kinds), other) for other in was)
    }
    gone = [one for index, one in enumerate(was) if index not in covered]
    come = [one for index, one in enumerate(now) if index not in covering]
    before = _told(ground.old, ground.old_views, (gone or was)[:1])
    after = _told(ground.new, ground.new_views, (come or now)[:1])
    here = {"place": (come or now)[0].place} if now else {}
    there = {"old_place": (gone or was)[0].place} if was else {}
    if come and gone:
        pair.say("*-not-changed", **here, **there, before=before, after=after)
    elif come and was:
        pair.say("*-not-extended", **here, **there, before=before, after=after)
    elif gone and now:
        pair.say("*-not-reduced", **here, **there, before=before, after=after)
    elif come:
        pair.say("*-not-added", **here, after=after)
    elif gone:
        pair.say("*-not-removed", **there, before=before)


def forbids_nothing(view: View, forbidden: View) -> bool:
    """Whether a view takes nothing anyway of what a schema behind `not` takes: they have no type in common."""
    types = ALL if view.types is None else view.types
    apart = forbidden.types is not None and not forbidden.types & types
    return apart and (forbidden.null is False or view.null is False)


def _listed(pair: Pair, was: list[Node], now: list[Node]) -> bool:
    """Tell which values came and went, where both forbid a list of values and nothing else; gives whether they do."""
    if len(was) != 1 or len(now) != 1:
        return False
    lists = listed_values(was[0].raw), listed_values(now[0].raw)
    if lists[0] is None or lists[1] is None:
        return False
    known = [{key(value) for value in values or ()} for values in lists]
    gone = [value for value in lists[0] if key(value) not in known[1]]
    come = [value for value in lists[1] if key(value) not in known[0]]
    here, there = {"place": now[0].place}, {"old_place": was[0].place}
    if gone and come:
        pair.say("*-not-changed", **here, **there, before=json.dumps(lists[0]), after=json.dumps(lists[1]))
    elif come:
        pair.say("*-not-added", **here, after=json.dumps(come))
    elif gone:
        pair.say("*-not-removed", **there, before=json.dumps(gone))
    return True


def _kinds(old: View, new: View) -> list[str]:
    """The types that both schemas take, as a schema names them; none where that is anything."""
    both = [view.types for view in (old, new) if view.types is not None]
    if not both:
        return []
    kinds = both[0] & both[-1]
    if not kinds:
        return []
    names = {"number" if kind == "fraction" else kind for kind in kinds}
    return sorted({*names, *(["null"] if old.null is not False and new.null is not False else [])})


def _held(node: Node, kinds: list[str]) -> Node:
    """What a schema behind `not` forbids of some types."""
    return node._replace(raw=(Node({"type": kinds}, node.place, node.label), node)) if kinds else node


def _told(document: Document, views: Views, nodes: list[Node]) -> Any:
    """What a reader would call what is forbidden: its name, its types or values, or else all that it says."""
    for node in nodes:
        view = views.of(document.schema(node))
        named = isinstance(node.raw, dict) and ("$ref" in node.raw or "title" in node.raw)
        if named or view.enum is not None or view.bare:
            return describe(document, views, node)
        text = json.dumps(node.raw, default=str)
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return None
