"""One schema that became several, or several that became one: each part is held against the share of the whole that it stands for.

And what is said beside alternatives: where members moved between it and them, each alternative is held to what it comes to with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from pytest_apiversion.diff.document import Document, Node
from pytest_apiversion.diff.normalized_schema import SHARE, View
from pytest_apiversion.diff.pair import Pair
from pytest_apiversion.diff.pairs import Ground
from pytest_apiversion.diff.schema_keywords import key
from pytest_apiversion.diff.schema_normalization import Views

_OBJECT = frozenset({"object"})

_MOST = 50
"""Parts of one schema."""


class Share(NamedTuple):
    """What tells the parts of a schema apart.

    Attributes:
        holds: What the whole has to be held to, a part.
        missing: The values that the whole lists and no part does.
        name: The member that has them; empty where the types tell the parts apart.
    """

    holds: list[dict[str, Any] | None]
    missing: list[Any]
    name: str


def compare_split(ground: Ground, pair: Pair, old: list[Node], new: list[Node]) -> bool:
    """Compare one schema with several, or several with one; gives whether that could be done.

    It can where one member lists other values in each part, and in the whole the values of all, where each part is of other types, and where
    each part is an object with members of its own that the whole has. A member that only other parts describe is no member that comes or goes.
    """
    if sorted((min(len(old), 2), min(len(new), 2))) != [1, 2] or max(len(old), len(new)) > _MOST:
        return False
    splits = len(old) == 1
    whole, parts = (old[0], new) if splits else (new[0], old)
    document, views, others = (
        (ground.old, ground.old_views, ground.new_views) if splits else (ground.new, ground.new_views, ground.old_views)
    )
    told = share_of(
        document,
        views,
        whole,
        [others.of(part) for part in parts],
        _merger(ground.new if splits else ground.old, others),
    )
    if told is None:
        return False
    for value in told.missing:
        pair.say(
            "*-enum-value-removed" if splits else "*-enum-value-added",
            label=f"{pair.new.label}.{told.name}",
            **{"before" if splits else "after": value},
        )
    known = len(pair.branches)
    for part, holds in zip(parts, told.holds, strict=True):
        if holds is None:
            continue
        share = document.merged([whole, Node(holds, whole.place, whole.label)])
        filled = _filled(ground, views.of(whole), part, parts, ground.new if splits else ground.old, others)
        both = (share, filled) if splits else (filled, share)
        ground.pair(pair, *both, text=min(pair.text, 1), branch=True)
    for made in pair.branches[known:]:
        made.share = True
    ground.shares.append(pair.branches[known:])
    return True


def tell_shares_once(ground: Ground) -> None:
    """Take back what is told of one part as it is of another one before: a member that all parts need is one change."""
    for shares in ground.shares:
        known: set[tuple[Any, ...]] = set()
        for share in shares:
            kept = []
            for found in share.found:
                name = (found[0], found[3], key(found[4]), key(found[5]))
                if name not in known:
                    kept.append(found)
                known.add(name)
            share.found = kept


def _filled(ground: Ground, whole: View, part: Node, parts: list[Node], document: Document, views: Views) -> Node:
    """A part, with what the whole says of members that other parts describe, where it may have them."""
    view = views.of(part)
    if view.closed or view.others or view.patterns or not view.properties:
        return part
    known = {name for other in parts for name in views.of(other).properties} - view.properties.keys()
    more = {
        name: nodes[0].raw
        for name, nodes in whole.properties.items()
        if name in known
        and len(nodes) == 1
        and isinstance(nodes[0].raw, dict)
        and ground.equal(nodes[0].raw, nodes[0].raw)  # what it refers to is the same in both documents
    }
    return document.merged([part, Node({"properties": more}, part.place, part.label)]) if more else part


def distributed(ground: Ground, pair: Pair, old: View, new: View) -> tuple[list[Node], list[Node]] | None:
    """The alternatives of both sides, each with what stands beside them; None where no member moved from the one to the other."""
    if len(old.groups) != 1 or len(new.groups) != 1:
        return None
    nodes = old.groups[0].nodes, new.groups[0].nodes
    if max(map(len, nodes)) > _MOST:
        return None
    inner = [
        {name for node in listed for name in views.of(node).properties}
        for listed, views in zip(nodes, (ground.old_views, ground.new_views), strict=True)
    ]
    moved = ((old.properties.keys() - new.properties) & inner[1]) | (
        (new.properties.keys() - old.properties) & inner[0]
    )
    bases = [_beside(node, view.groups[0].place) for node, view in ((pair.old, old), (pair.new, new))]
    if not moved or bases[0] is None or bases[1] is None:
        return None
    return (
        [ground.old.merged([bases[0], node]) for node in nodes[0]],
        [ground.new.merged([bases[1], node]) for node in nodes[1]],
    )


def _beside(node: Node, place: str) -> Node | None:
    """What a schema says beside the alternatives that stand at a place; None where they stand deeper than in its own `allOf`."""
    raw, word = node.raw, place.rpartition("/")[2]
    if not isinstance(raw, dict):
        return None
    if place == f"{node.place}/{word}":
        return node._replace(raw={key: value for key, value in raw.items() if key != word})
    above, _, index = place.rpartition("/")[0].rpartition("/")
    parts = raw.get("allOf")
    if above != f"{node.place}/allOf" or not isinstance(parts, list) or not isinstance(parts[int(index)], dict):
        return None
    kept = list(parts)
    kept[int(index)] = {key: value for key, value in parts[int(index)].items() if key != word}
    return node._replace(raw={**raw, "allOf": kept})


def _merger(document: Document, views: Views) -> Callable[[list[Node]], View]:
    return lambda nodes: views.of(document.merged(nodes))


def share_of(
    document: Document, views: Views, whole: Node, parts: list[View], merged: Callable[[list[Node]], View]
) -> Share | None:
    """What tells the parts of a schema apart; None where nothing plainly does.

    Args:
        document: What the whole's references lead to.
        views: The views of its document.
        whole: The schema that stands alone.
        parts: The schemas on the other side.
        merged: Gives the view of a member of a part.
    """
    view = views.of(whole)
    if view.groups or any(part.null is True and view.null is not True for part in parts):
        return None
    return _by_types(view, parts) or _by_values(document, views, view, parts, merged) or _by_members(view, parts)


def _by_types(view: View, parts: list[View]) -> Share | None:
    kinds = [part.types for part in parts]
    known = [kind for kind in kinds if kind]
    if view.types is None or view.null or len(known) < len(kinds) or sum(map(len, known)) > len(view.types):
        return None
    if frozenset().union(*known) != view.types:
        return None
    return Share([{"type": _names(kind), SHARE: True} for kind in known], [], "")


def _names(kinds: frozenset[str]) -> list[str]:
    """Types as a schema names them; fractions alone have no name, and stay with the numbers."""
    return sorted({"number" if kind == "fraction" else kind for kind in kinds})


def _by_values(
    document: Document,
    views: Views,
    view: View,
    parts: list[View],
    merged: Callable[[list[Node]], View],
) -> Share | None:
    for name, nodes in view.properties.items():
        all_of_them = _listed(views.of(document.merged(nodes)))
        if all_of_them is None or not all(name in part.properties for part in parts):
            continue
        lists = [_listed(merged(part.properties[name])) for part in parts]
        told = [values for values in lists if values is not None]
        if len(told) < len(lists) or not _apart(told):
            continue
        known = {one for values in told for one in values}
        shares = [[value for each, value in values.items() if each in all_of_them] for values in told]
        if not all(shares):
            continue
        missing = [value for each, value in all_of_them.items() if each not in known]
        return Share([{"properties": {name: {"enum": share}}} for share in shares], missing, name)
    return None


def _by_members(view: View, parts: list[View]) -> Share | None:
    """The shares of objects that each have members of their own, where the whole has some of them, whatever is required in it."""
    if not all(part.properties and not part.groups and part.types in {None, _OBJECT} for part in (view, *parts)):
        return None
    for part in parts:
        others = {name for other in parts if other is not part for name in other.properties}
        own = part.properties.keys() - others
        if not own & view.properties.keys():
            return None
    return Share([{"type": "object"} for _ in parts], [], "")


def _listed(view: View) -> dict[Any, Any] | None:
    """The values a member may have, by what they are looked up by; None where they are not listed."""
    if view.enum is not None:
        return {key(value): value for value in view.enum}
    return {key(value): value for value in (True, False)} if view.types == frozenset({"boolean"}) else None


def _apart(lists: Iterable[dict[Any, Any]]) -> bool:
    told = [one for values in lists for one in values]
    return len(told) == len(set(told))
