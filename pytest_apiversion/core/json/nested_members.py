"""Nested members: a member of an object by its name, or by the way to it through the objects inside, as in `config.model`.

A member that has the dots in its very name goes before one at the end of such a way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pytest_apiversion.core.json.members import members, unnamed
from pytest_apiversion.core.json.pointer import MISSING


def value_of(value: Any, name: str) -> Any:
    """What an object has under a name, or at the end of a way; `MISSING` where there is nothing."""
    if not isinstance(value, Mapping):
        return MISSING
    for step in steps_in(value, name):
        if not isinstance(value, Mapping) or step not in value:
            return MISSING
        value = value[step]
    return value


def schema_of(document: Mapping[str, Any], schema: Any, place: str, name: str, *, open_too: bool = False) -> Any:
    """The schema of such a member of the object at a place; `MISSING` where the schema there names none.

    Args:
        document: What references lead into.
        schema: The schema of a value.
        place: Where the object stands in the value.
        name: The member's name, or the way to it.
        open_too: Whether a way may lead to what an object inside takes without naming it.
    """
    named = members(document, schema, place)
    first, *rest = steps_in(named, name)
    found = named.get(first, MISSING)
    for step in rest:
        if found is MISSING:
            return MISSING
        inside = members(document, found, "")
        others = unnamed(document, found) if open_too else MISSING
        found = inside.get(step, others)
    return found


def steps_in(named: Iterable[str], name: str) -> tuple[str, ...]:
    """The way to a member: its name where an object has it, else the parts between the dots."""
    return (name,) if name in named else tuple(name.split("."))


def with_nested(value: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """An object with members from inside it beside its own, by the way to each."""
    found = {name: value_of(value, name) for name in names}
    return {**value, **{name: part for name, part in found.items() if part is not MISSING}}


def put(value: Mapping[str, Any], steps: tuple[str, ...], part: Any) -> dict[str, Any]:
    """An object with a member at the end of a way, and what else stands beside it there."""
    first, *rest = steps
    inner = value.get(first)
    inside = put(inner if isinstance(inner, Mapping) else {}, tuple(rest), part) if rest else part
    return {**value, first: inside}


def without(value: Mapping[str, Any], steps: tuple[str, ...]) -> dict[str, Any]:
    """An object without the member at the end of a way; what else stands beside it there stays."""
    first, *rest = steps
    if not rest:
        return {name: part for name, part in value.items() if name != first}
    inner = value.get(first)
    return {**value, first: without(inner, tuple(rest))} if isinstance(inner, Mapping) else dict(value)
