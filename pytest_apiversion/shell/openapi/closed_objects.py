"""Objects that have only the members their schema names, as `contract.additions = false` promises of answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

CLOSING = "unevaluatedProperties"
"""Set to false it closes an object after everything its schema is made of was looked at."""

_OPEN = frozenset({"additionalProperties", "unevaluatedProperties", "patternProperties", "$dynamicRef"})
"""What says by itself which other members there may be."""
_LISTS = ("allOf", "anyOf", "oneOf")
_ONES = ("if", "then", "else")
_MOST = 500
"""Schemas that one is made of which are looked at."""


def names_members(schema: Any, target: Callable[[Any], Any]) -> bool:
    """Whether a schema names the members of an object, in any part it is made of, and none says that there may be others.

    A schema that names none is a map or anything at all, and what a discriminator tells apart without listing it may have members of its own.

    Args:
        schema: The schema, as it stands in the document.
        target: Gives what a schema with a reference leads to, else the schema.
    """
    named, waiting, seen = False, [schema], 0
    while waiting and seen < _MOST:
        node, seen = waiting.pop(), seen + 1
        if not isinstance(node, dict):
            continue
        if _OPEN & node.keys() or ("discriminator" in node and not {"oneOf", "anyOf"} & node.keys()):
            return False
        named = named or bool(node.get("properties"))
        if "$ref" in node:
            found = target(node)
            if found is node or found is None:
                return False  # what it leads to is not known here
            waiting.append(found)
        for key in _LISTS:
            waiting += node[key] if isinstance(node.get(key), list) else ()
        waiting += [node[key] for key in _ONES if key in node]
        depending = node.get("dependentSchemas")
        waiting += depending.values() if isinstance(depending, dict) else ()
    return named and not waiting
