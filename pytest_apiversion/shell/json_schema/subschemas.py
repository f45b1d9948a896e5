"""Where a schema has others in it: by which keywords, and what only looks like one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA_ONE = (
    "items",
    "not",
    "additionalProperties",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contains",
    "propertyNames",
    "if",
    "then",
    "else",
    "contentSchema",
    "additionalItems",
)
SCHEMA_MAP = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies")
SCHEMA_LIST = ("allOf", "anyOf", "oneOf", "prefixItems", "items")
"""Schema keywords that hold a schema, schemas by name, and schemas in order."""
DATA = frozenset({"enum", "const", "default", "examples", "example"})
"""Keywords whose value is data: a `$ref` in it is a member like any other."""

_MAPS = frozenset(SCHEMA_MAP)


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every schema in a read schema or request, and every other object that may have schemas in it, without recursion.

    Data is none of them, and a name that a keyword gives schemas by (`properties`) is no keyword, whatever it is.
    """
    stack = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, list):
            stack += [part for part in node if isinstance(part, dict | list)]
        elif isinstance(node, dict):
            yield node
            for key, part in node.items():
                if key in _MAPS and isinstance(part, dict):
                    stack += part.values()
                elif key not in DATA and isinstance(part, dict | list):
                    stack.append(part)
