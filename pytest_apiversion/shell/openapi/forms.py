"""Writes a value as `application/x-www-form-urlencoded`, each member as the media type's `encoding` says.

Source: OpenAPI 3.1 §4.8.15 ("Encoding Object") and §4.8.12.2 ("Style Values"). What these leave open is written as most readers of
forms take it: nested members of a deep object in brackets, elements of a list of objects by their number.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, urlencode

from pytest_apiversion.shell.openapi.serialization import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_STYLED = ("style", "explode", "allowReserved")
_escaped = lru_cache(1024)(quote_plus)
"""Names come again in every form of an operation, and texts in many."""
_JOINTS = {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|"}


def form_bytes(value: Mapping[str, Any], encoding: Mapping[str, Any]) -> bytes:
    """An object as a form.

    Args:
        value: Members and their values; what is null is left out, since a form cannot say it.
        encoding: The media type's `encoding`; empty where it has none.
    """
    pairs = [pair for name, held in value.items() for pair in _member(name, held, encoding.get(name, {}))]
    return urlencode(pairs, quote_via=_escaped).encode()


def _member(name: str, value: Any, rule: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if value is None:
        return
    styled = any(key in rule for key in _STYLED)
    if not styled and "json" in str(rule.get("contentType", "")):
        yield name, json.dumps(value)
        return
    style = rule.get("style", "form")
    if style == "deepObject":
        yield from deep_pairs(name, value)
    elif rule.get("explode", style == "form"):
        if isinstance(value, dict):
            for key, part in value.items():
                yield from deep_pairs(key, part)
        else:
            yield from ((name, text_of(part)) for part in (value if isinstance(value, list) else [value]))
    else:
        parts = [each for pair in value.items() for each in pair] if isinstance(value, dict) else value
        joint = _JOINTS.get(style, ",")
        yield name, joint.join(map(text_of, parts)) if isinstance(parts, list) else text_of(parts)


def deep_pairs(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """The pairs of a member or parameter in style `deepObject`."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from deep_pairs(f"{name}[{key}]", part)
    elif isinstance(value, list):
        nested = any(isinstance(part, dict | list) for part in value)
        for index, part in enumerate(value):
            yield from deep_pairs(f"{name}[{index}]" if nested else name, part)
    elif value is not None:
        yield name, text_of(value)
