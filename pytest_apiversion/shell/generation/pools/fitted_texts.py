"""Texts of any length, from a pool of plain ones: where a schema limits nothing but their length, they are not drawn for each limit anew."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

PLAIN: Mapping[str, Any] = {"type": "string"}
"""The schema of the texts that are made longer or shorter."""
_KEYS = frozenset({"type", "minLength", "maxLength"})
_LEAST_ROOM = 8
"""Characters below which so many texts would be cut to the same that all of them together are cut into pieces."""
_SAID_BY_FORMAT = frozenset(
    {"date", "date-time", "time", "duration", "uuid", "uri", "email", "hostname", "ipv4", "ipv6"}
)
"""Formats of which no text is empty."""
_LONGEST = 500
"""Characters up to which texts are made longer."""
_SIMPLEST = "0"
"""What an empty text is made longer with."""


def is_fitted(schema: Any) -> bool:
    """Whether the texts of a schema are made of plain ones."""
    return (
        isinstance(schema, dict)
        and schema.get("type") == "string"
        and {"type"} < schema.keys() <= _KEYS
        and schema.get("maxLength", 1) >= 1
        and schema.get("minLength", 0) <= min(_LONGEST, schema.get("maxLength", _LONGEST))
    )


def fitted(texts: Sequence[str], schema: Mapping[str, Any], seed: int) -> list[str]:
    """Texts as long as a schema says, each once, the simplest first and the others in an order of their own.

    Args:
        texts: Plain ones, the simplest first.
        schema: One whose texts are made of plain ones.
        seed: Decides the order.
    """
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    cut = texts if most is None or most >= _LEAST_ROOM else [_SIMPLEST * least, *_pieces("".join(texts), least, most)]
    made = list(dict.fromkeys(_longer(cut, number, least)[:most] for number in range(len(cut))))[: len(texts)]
    others = made[1:]
    random.Random(seed).shuffle(others)  # noqa: S311  nothing is secret
    return made[:1] + others


def plainest(schema: Any) -> Any:
    """A schema without what it says of lengths to no end, so that it is drawn for as often as those that do not say it."""
    if not isinstance(schema, dict) or schema.get("minLength") not in {0, 1}:
        return schema
    if schema["minLength"] == 1 and schema.get("format") not in _SAID_BY_FORMAT:
        return schema
    return {key: part for key, part in schema.items() if key != "minLength"}


def _pieces(text: str, least: int, most: int) -> Iterator[str]:
    """A text in pieces of every allowed length in turn."""
    place, size = 0, max(least, 1)
    while place < len(text):
        yield text[place : place + size]
        place, size = place + size, size + 1 if size < most else max(least, 1)


def _longer(texts: Sequence[str], number: int, least: int) -> str:
    """A text with those after it, until it is long enough."""
    made = texts[number] or _SIMPLEST * min(least, 1)
    if number == 0:
        return made + _SIMPLEST * (least - len(made))
    while len(made) < least:
        number += 1
        made += texts[number % len(texts)] or _SIMPLEST
    return made
