"""Which parts of a document its operations lead to, and whether its references lead to anything."""

from __future__ import annotations

from typing import Any

from pytest_apiversion.shell.openapi.grammar import resolve, unescape
from pytest_apiversion.shell.texts.json_text import MAX_DEPTH, references_of

_SHELVES = frozenset({"components", "definitions", "parameters", "responses", "x-apiversion-files"})
"""Members of a document that hold what may be referred to, and nothing that is there by itself."""


def used_nodes(document: dict[str, Any]) -> set[int]:
    """The objects and lists that operations, webhooks and their like lead to, by identity; all of them where a reference has no pointer."""
    stack: list[Any] = [part for name, part in document.items() if name not in _SHELVES]
    seen: set[int] = set()
    while stack:
        node = stack.pop()
        if not isinstance(node, (dict, list)) or id(node) in seen:
            continue
        seen.add(id(node))
        stack.extend(node.values() if isinstance(node, dict) else node)
        for reference in _references(node) if isinstance(node, dict) else ():
            if not reference.startswith("#/"):
                stack.extend(document.values())  # a name that any schema may have
                continue
            try:
                stack.append(resolve(document, unescape(reference[1:])))
            except LookupError:
                continue
    return seen


def _references(node: dict[str, Any]) -> list[str]:
    """What a node refers to: by `$ref`, by `$dynamicRef`, and by the names of a discriminator."""
    told = [node[word] for word in ("$ref", "$dynamicRef") if isinstance(node.get(word), str)]
    mapping = node.get("mapping")
    if isinstance(mapping, dict):
        named = [name for name in mapping.values() if isinstance(name, str)]
        told += [name if name.startswith("#") else f"#/components/schemas/{name}" for name in named]
    return told


CONTROLS = frozenset(map(chr, (*range(0x20), *range(0x7F, 0xA0))))
"""Characters that stand in no reference, nor in anything else that is written as one is (RFC 3987)."""


def own_references(document: Any, known: frozenset[Any] | None = None) -> frozenset[str] | None:
    """All that looks like a reference, where each leads to something in the document itself, else None; without regard to what is an example.

    Args:
        document: The document.
        known: What stands behind `$ref` in it, where that is known, and that it does not nest too deeply.

    Raises:
        Unreadable: The document nests too deeply.
    """
    found = references_of(document, MAX_DEPTH) if known is None else known
    if not all(isinstance(reference, str) and reference.startswith("#/") for reference in found):
        return None
    if not CONTROLS.isdisjoint("".join(found)):
        return None
    try:
        for reference in found:
            resolve(document, unescape(reference[1:]))
    except LookupError:
        return None
    return found
