"""Opens branches of a `oneOf` for answers, where only closed objects told them apart.

An answer that may have members its schema does not name may match a branch it was kept out of only by `additionalProperties: false`.
"""

from __future__ import annotations

from typing import Any

from pytest_apiversion.shell.json_schema.subschemas import SCHEMA_LIST, SCHEMA_MAP, SCHEMA_ONE
from pytest_apiversion.shell.texts.json_text import pointer

CLOSED = "x-closed"
"""Marks, until `loosen` has run, a schema that was closed before additions were allowed."""

NESTED = tuple(dict.fromkeys((*SCHEMA_ONE, *SCHEMA_MAP, *SCHEMA_LIST)))
"""The keywords that hold schemas, each once: `items` holds one or many."""


def loosen(resource: dict[str, Any]) -> None:
    """Turn each `oneOf` from which a closed object can be met into `anyOf`, and drop the marks; changes the schemas in place."""
    named = {
        f"#{pointer((*place, name))}": schema for place, holder in _holders(resource) for name, schema in holder.items()
    }
    facts = {name: _facts(schema) for name, schema in named.items()}
    users: dict[str, list[str]] = {}
    for name, (_, references) in facts.items():
        for reference in references:
            users.setdefault(reference, []).append(name)
    closed = [name for name, (marked, _) in facts.items() if marked]
    reach = set(closed)
    while closed:
        for user in users.get(closed.pop(), ()):
            if user not in reach:
                reach.add(user)
                closed.append(user)
    for schema in named.values():
        _open(schema, reach)


def _holders(resource: dict[str, Any]) -> list[tuple[tuple[str, ...], dict[str, Any]]]:
    holders = [
        (("definitions",), resource.get("definitions")),
        (("x-schemas",), resource.get("x-schemas")),
        (("components", "schemas"), resource.get("components", {}).get("schemas")),
    ]
    return [(place, holder) for place, holder in holders if holder]


def _inner(schema: Any) -> list[Any]:
    if not isinstance(schema, dict):
        return []
    found: list[Any] = []
    for key in NESTED:
        value = schema.get(key)
        if key in SCHEMA_MAP and isinstance(value, dict):
            found.extend(value.values())
        elif isinstance(value, list):
            found.extend(value)
        elif isinstance(value, dict):
            found.append(value)
    return found


def _facts(schema: Any) -> tuple[bool, set[str]]:
    """Whether a closed object stands in a schema, and which others it refers to."""
    stack, marked, references = [schema], False, set()
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            marked = marked or CLOSED in node
            if "$ref" in node:
                references.add(node["$ref"])
            stack.extend(_inner(node))
    return marked, references


def _open(schema: Any, reach: set[str]) -> bool:
    """Loosen inside a schema; says whether a closed object can be met from it."""
    if not isinstance(schema, dict):
        return False
    met = bool(schema.pop(CLOSED, False)) or schema.get("$ref") in reach
    alternatives = schema.get("oneOf")
    for inner in _inner(schema):
        branch = _open(inner, reach)
        met = met or branch
        if branch and alternatives and any(inner is part for part in alternatives):
            schema["allOf"] = [*schema.get("allOf", []), {"anyOf": schema.pop("oneOf")}]
            alternatives = None
    return met
