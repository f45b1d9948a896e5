"""What `unevaluatedProperties` and `unevaluatedItems` add to a view (JSON Schema Core, 11): plain words, where plain words can say it.

They are about what no keyword beside them evaluates, nor one of the parts that always hold. Where such a part takes all members or all items,
nothing is left that they could be about. Where alternatives or conditions may evaluate more, they stay what they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from pytest_apiversion.diff.document import Node
from pytest_apiversion.diff.normalized_schema import Group, View
from pytest_apiversion.diff.schema_keywords import key, read_number


class Beside(NamedTuple):
    """What a view says before a schema is read into it: it stands beside that schema, and evaluates nothing for it.

    Attributes:
        members: Whether a part evaluates all members.
        items: Whether a part evaluates all items.
        closed: Whether other members are forbidden.
        others: Schemas of the other members.
        lists: Items that are described by their order.
        contains: Schemas of `contains`.
        groups: Lists of alternatives.
        conditions: Schemas that hold under a condition.
    """

    members: bool
    items: bool
    closed: bool
    others: int
    lists: int
    contains: int
    groups: int
    conditions: int


def set_aside(view: View) -> Beside:
    """What a view says, so that what a schema adds to it can be told apart."""
    beside = Beside(
        members=view.all_members,
        items=view.all_items,
        closed=bool(view.closed),
        others=len(view.others),
        lists=len(view.lists),
        contains=len(view.schemas.get("contains", ())),
        groups=len(view.groups),
        conditions=_conditions(view),
    )
    view.all_members = view.all_items = False
    return beside


def read_unevaluated(view: View, node: Node, beside: Beside, of: Callable[[Node], View]) -> None:
    """Take up what a schema says of what nothing in it evaluates.

    Args:
        view: What the schema was read into.
        node: The schema.
        beside: What stood there before.
        of: Gives the view of an alternative.
    """
    groups = view.groups[beside.groups :]
    _members(view, node, beside, groups, of)
    _items(view, node, beside, groups, of)
    view.all_members = view.all_members or beside.members
    view.all_items = view.all_items or beside.items


def _members(view: View, node: Node, beside: Beside, groups: list[Group], of: Callable[[Node], View]) -> None:
    if len(view.others) > beside.others or (view.closed and not beside.closed):
        view.all_members = True
    said = node.raw.get("unevaluatedProperties")
    if not isinstance(said, (dict, bool)) or isinstance(node.raw.get("additionalProperties"), (dict, bool)):
        return
    done = view.all_members or any(all(of(one).all_members for one in group.nodes) for group in groups)
    view.all_members = True
    if done or said in (True, {}):
        return
    place = f"{node.place}/unevaluatedProperties"
    if groups or _conditions(view) > beside.conditions:
        view.values.setdefault("unevaluatedProperties", said)
        view.at.setdefault("unevaluatedProperties", place)
    elif said is False:
        view.closed = view.closed or place
    else:
        view.others.append(Node(said, place, f"{node.label}.*"))


def _items(view: View, node: Node, beside: Beside, groups: list[Group], of: Callable[[Node], View]) -> None:
    said = node.raw.get("unevaluatedItems")
    if not isinstance(said, (dict, bool)) or isinstance(node.raw.get("items"), (dict, bool)):
        return
    done = view.all_items or any(all(of(one).all_items for one in group.nodes) for group in groups)
    view.all_items = True
    if done or said in (True, {}):
        return
    place = f"{node.place}/unevaluatedItems"
    some = groups or _conditions(view) > beside.conditions or len(view.schemas.get("contains", ())) > beside.contains
    if some or beside.lists:
        view.values.setdefault("unevaluatedItems", said)
        view.at.setdefault("unevaluatedItems", place)
    elif said is False:
        read_number(view, "maxItems", len(view.lists), node, "unevaluatedItems")
    else:
        view.schemas.setdefault("items", []).append(Node(said, place, f"{node.label}[]"))


def _conditions(view: View) -> int:
    return len(view.conditions) + len(view.maps.get("dependentSchemas", ()))


def settle_contains(view: View) -> None:
    """Say how many items there are where `contains` asks for any; one that asks for none only evaluates the items that are so.

    Where items of several kinds are asked for, each kind has its own number.
    """
    found = list(zip(view.schemas.pop("contains", ()), view.counts, strict=True))
    if not found:
        return
    values, at, kept = view.values, dict(view.at), list[tuple[Node, tuple[int, int | None]]]()
    values.pop("minContains", None), values.pop("maxContains", None)
    for node, (least, most) in _merged(found) if len(found) > 1 else found:
        if node.raw in (True, {}):
            around = node._replace(place=node.place.rpartition("/")[0])
            if least:
                read_number(view, "minItems", least, around, "contains")
            if most is not None:
                read_number(view, "maxItems", most, around, "contains")
        elif least == 0 and most is None:
            if "unevaluatedItems" in values:
                view.schemas.setdefault("evaluated", []).append(node)
        else:
            kept.append((node, (least, most)))
    view.counts = [counts for _, counts in kept]
    if kept:
        view.schemas["contains"] = [node for node, _ in kept]
    if len(kept) == 1:
        _count(view, *view.counts[0], at)


def _count(view: View, least: int, most: int | None, at: dict[str, str]) -> None:
    """Say the numbers of the only schema of `contains`."""
    for word, value, usual in (("minContains", least, 1), ("maxContains", most, None)):
        if value != usual:
            view.values[word] = value
            view.at.setdefault(word, at.get(word, ""))


def _merged(found: list[tuple[Node, tuple[int, int | None]]]) -> list[tuple[Node, tuple[int, int | None]]]:
    """Each schema of `contains` once, with the numbers of all that are the same."""
    made: dict[Any, tuple[Node, tuple[int, int | None]]] = {}
    for node, (least, most) in found:
        name = key(node.raw)
        if name in made:
            first, (fewest, greatest) = made[name]
            limits = [limit for limit in (most, greatest) if limit is not None]
            made[name] = first, (max(least, fewest), min(limits, default=None))
        else:
            made[name] = node, (least, most)
    return list(made.values())
