"""Members of objects in several spellings: names that a pattern writes out, members that have to be there by their number, and that never are."""

from __future__ import annotations

import copy
import re

from pytest_apiversion.diff.normalized_schema import View

_WRITTEN_OUT = re.compile(r"\^(?:([A-Za-z0-9_-]{1,100})|\(([A-Za-z0-9_|-]{1,500})\))\$")
"""A pattern that is a name, or names one of which it has to be."""

_OBJECT = frozenset({"object"})


def settle_written_names(view: View) -> None:
    """Describe the members that a pattern writes out by their names."""
    for pattern in list(view.patterns):
        if found := _WRITTEN_OUT.fullmatch(pattern):
            nodes = view.patterns.pop(pattern)
            for name in dict.fromkeys((found[1] or found[2]).split("|")):
                told = [node._replace(label=node.label.removesuffix(pattern) + name) for node in nodes]
                view.properties.setdefault(name, []).extend(told)


def settle_number_of_members(view: View) -> None:
    """Require every member that is described where an object has no others, and no fewer."""
    least, known = view.values.get("minProperties"), view.properties
    if not view.closed or view.patterns or not known or least != len(known):
        return
    if all(
        isinstance(node.raw, dict) and not node.raw.keys() & _MAY_BE_MISSING for one in known.values() for node in one
    ):
        place = view.at["minProperties"]
        for name in known:
            view.required.setdefault(name, place)
        del view.values["minProperties"]


_MAY_BE_MISSING = frozenset({"readOnly", "writeOnly", "$ref", "allOf", "anyOf", "oneOf"})
"""Keywords by which a member need not be there in one direction, or may be marked so elsewhere."""


def members_in_one_spelling(old: View, new: View) -> tuple[View, View]:
    """Two views; what one of them says of members as the other one says it, where that is the same.

    An object of no members at all is closed or has 0 as their greatest number; a member that never is there is a `not` of what requires it,
    or has a schema that takes nothing.
    """
    if old.closed or new.closed or "not" in old.schemas or "not" in new.schemas:
        return _as_the_other(old, new), _as_the_other(new, old)
    return old, new


def _as_the_other(view: View, other: View) -> View:
    if other.closed and not other.properties and not other.patterns and view.values.get("maxProperties") == 0:
        if not (view.closed or view.properties or view.patterns):
            view = copy.copy(view)
            view.closed, view.others = view.at["maxProperties"], []
            view.values = {word: value for word, value in view.values.items() if word != "maxProperties"}
        return view
    never = [
        (node, name)
        for node in view.schemas.get("not", ())
        if isinstance(node.raw, dict) and node.raw.keys() == {"required"} and len(node.raw["required"]) == 1
        for name in node.raw["required"]
        if name not in view.properties and any(one.raw is False for one in other.properties.get(name, ()))
    ]
    if never and view.types == other.types == _OBJECT:
        view = copy.copy(view)
        gone = [node for node, _ in never]
        view.schemas = {**view.schemas, "not": [node for node in view.schemas["not"] if node not in gone]}
        view.properties = {**view.properties, **{name: [node._replace(raw=False)] for node, name in never}}
    return view
