"""Reads a header's text as the type its schema names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def reader(schema: Any, look: Callable[[str], Any]) -> Callable[[str], Any]:
    """What reads a header's text as the type its schema names; a text that is no such value stays a text.

    Args:
        schema: The header's read schema.
        look: Gives the schema at a reference.
    """
    types = _types(schema, look)
    items = look(schema["$ref"]) if isinstance(schema, dict) and "$ref" in schema else schema
    inner = items.get("items", True) if isinstance(items, dict) else True

    def read(text: str) -> Any:  # noqa: PLR0911  one way out a type
        text = text.strip()
        if "array" in types:
            one = reader(inner, look)
            return [one(part) for part in text.split(",")] if text else []
        if "integer" in types and re.fullmatch(r"-?[0-9]{1,4000}", text):
            return int(text)
        if {"number", "integer"} & types and re.fullmatch(r"-?[0-9]{1,300}(\.[0-9]+)?([eE][-+]?[0-9]{1,2})?", text):
            return float(text) if set(".eE") & set(text) else int(text)
        if "boolean" in types and text in {"true", "false"}:
            return text == "true"
        if "null" in types and "string" not in types and text in {"", "null"}:
            return None
        if "object" in types and "string" not in types:
            parts = text.split(",")
            pairs = [part.partition("=") for part in parts] if "=" in text else []
            found = (
                {key: value for key, _, value in pairs} if pairs else dict(zip(parts[::2], parts[1::2], strict=False))
            )
            return found if text else {}
        return text

    return read


def _types(schema: Any, look: Callable[[str], Any], depth: int = 0) -> frozenset[str]:
    """The types a schema names, its parts and alternatives included."""
    if not isinstance(schema, dict) or depth > 5:  # noqa: PLR2004  headers are not that deep
        return frozenset()
    kinds = schema.get("type", [])
    types = frozenset([kinds] if isinstance(kinds, str) else kinds)
    if "$ref" in schema:
        types |= _types(look(schema["$ref"]), look, depth + 1)
    for key in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(key, ()):
            types |= _types(part, look, depth + 1)
    return types
