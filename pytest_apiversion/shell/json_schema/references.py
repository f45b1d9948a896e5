"""Where the references in a schema or a request lead."""

from __future__ import annotations

from typing import Any


def references(value: Any) -> frozenset[str]:
    """The references in a read schema or request."""
    found: set[str] = set()
    stack = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            reference = node.get("$ref")
            if isinstance(reference, str) and reference.startswith("#/"):
                found.add(reference)
            stack.extend(
                child
                for key, child in node.items()
                if key not in {"enum", "const", "default"} or (isinstance(child, dict) and "$ref" in child)
            )
        elif isinstance(node, list):
            stack.extend(node)
    return frozenset(found)
