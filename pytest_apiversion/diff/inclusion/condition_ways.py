"""A condition about one member, as the two schemas that it stands for: the objects it holds of, and those it does not."""

from __future__ import annotations

from typing import Any

from pytest_apiversion.diff.document import Node
from pytest_apiversion.diff.normalized_schema import View
from pytest_apiversion.diff.schema_keywords import key
from pytest_apiversion.diff.schema_normalization import Views

_OBJECT = frozenset({"object"})


def ways(views: Views, view: View, condition: Node) -> list[Node]:
    """What a schema of objects comes to where its condition holds, and where it does not; nothing where it asks for more than one member."""
    asked = _asked(condition.raw["if"])
    if asked is None or view.types != _OBJECT:
        return []
    name, wanted, there = asked
    inside: Any = wanted
    outside: Any = {"not": wanted}
    listed, told = _listed(wanted), [views.of(node).enum for node in view.properties.get(name, ())]
    known = next((values for values in told if values is not None), None)
    if listed is not None and known is not None:
        names = {key(value) for value in listed}
        inside = {"enum": [value for value in known if key(value) in names]}
        outside = {"enum": [value for value in known if key(value) not in names]}
    return [
        _way(condition, word, name, member, required=required)
        for word, member, required in (("then", inside, there), ("else", outside, not there))
    ]


def _way(condition: Node, word: str, name: str, member: Any, *, required: bool) -> Node:
    held: dict[str, Any] = {"properties": {name: member}, **({"required": [name]} if required else {})}
    return Node({"allOf": [held, condition.raw.get(word, True)]}, condition.place, condition.label)


def _asked(raw: Any) -> tuple[str, Any, bool] | None:
    """The one member that an `if` is about, what it is asked to be, and whether it is asked to be there; None where it asks for more."""
    if (
        not isinstance(raw, dict)
        or not raw.keys() <= {"properties", "required", "type"}
        or raw.get("type", "object") != "object"
    ):
        return None
    properties, required = raw.get("properties"), raw.get("required", [])
    if not isinstance(properties, dict) or len(properties) != 1 or not isinstance(required, list):
        return None
    ((name, wanted),) = properties.items()
    return (name, wanted, bool(required)) if set(map(str, required)) <= {name} else None


def _listed(wanted: Any) -> list[Any] | None:
    """The values that a schema lists; None where it says anything else."""
    if not isinstance(wanted, dict) or len(wanted.keys() - {"type"}) != 1:
        return None
    if "const" in wanted:
        return [wanted["const"]]
    return wanted["enum"] if isinstance(wanted.get("enum"), list) else None
