"""What `unevaluatedProperties` and `unevaluatedItems` add to a view (JSON Schema Core, 11): plain words, where plain words can say it.

They are about what no keyword beside them evaluates, nor one of the parts that always hold. Where such a part takes all members or all items,
nothing is left that they could be about. Where alternatives or conditions may evaluate more, they stay what they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pytest_apiversion.diff.document import Node
from pytest_apiversion.diff.normalized_schema import Group, View
from pytest_apiversion.diff.schema_keywords import read_number


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
    """Say how many items there are where `contains` asks for any; one that asks for none only evaluates the items that are so."""
    found, values = view.schemas.get("contains", []), view.values
    if len(found) != 1:
        return
    if found[0].raw in (True, {}):
        del view.schemas["contains"]
        node = found[0]._replace(place=found[0].place.rpartition("/")[0])
        least, most = values.pop("minContains", 1), values.pop("maxContains", None)
        if least:
            read_number(view, "minItems", least, node, "contains")
        if most is not None:
            read_number(view, "maxItems", most, node, "contains")
    elif values.get("minContains") == 0 and "maxContains" not in values:
        del view.schemas["contains"], values["minContains"]
        if "unevaluatedItems" in values:
            view.schemas["evaluated"] = found
