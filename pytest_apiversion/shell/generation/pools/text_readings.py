"""Whether some reader takes a text for a value: readers have more spellings of numbers, booleans and lists than JSON has."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.json.members import followed
from pytest_apiversion.shell.generation.body_values import fits
from pytest_apiversion.shell.json_schema.validators import holds

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract

_BOOLEANS = frozenset({"0", "1", "f", "false", "n", "no", "off", "on", "t", "true", "y", "yes"})
_TRUE = frozenset({"1", "on", "t", "true", "y", "yes"})
_NO_NUMBERS = frozenset({"inf", "infinity", "nan"})
_NULLS = frozenset({"null", "none", "nil"})
_JOINTS = (",", "|", " ")
"""What elements of a list in one text are parted by (OpenAPI 3.1 §4.8.12.2)."""
_EXACT = 2**53
"""Up to which a number that was read is the one that was written."""
_DEEPEST = 8
"""Alternatives in alternatives that are looked into."""


def may_fit(contract: Contract, schema: Any, text: str) -> bool:
    """Whether some reader takes a text, alone in its parameter or its field of a form, for a value of a schema.

    It may be a number or a boolean in any spelling, null, JSON, or a list: of itself alone, or of what is between commas, bars or spaces.
    One without letters may be taken for nothing at all.

    Args:
        contract: What references lead into.
        schema: The schema.
        text: The text, decoded.
    """
    if not text.strip() or fits(contract, schema, text):
        return True
    # the likeliest first: that a value is wrong takes much longer to tell than that it is right
    lists = _lists(text) if _takes_lists(contract.schemas, schema) else ()
    return any(holds(contract.schemas, schema, value) for value in (*lists, *_scalars(text), *_parsed(text)))


def _scalars(text: str) -> Iterator[Any]:
    """A text as boolean, as number and as null."""
    word = text.strip().lower()
    if word in _BOOLEANS:
        yield word in _TRUE
    elif word in _NULLS:
        yield None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if math.isfinite(number):
        yield int(number) if number.is_integer() and abs(number) < _EXACT else number
    elif word.lstrip("+-") in _NO_NUMBERS:
        yield 0.5


def _parsed(text: str) -> Iterator[Any]:
    if text.lstrip().startswith(("[", "{", '"')):
        try:
            yield json.loads(text)
        except (ValueError, RecursionError):
            return


def _lists(text: str) -> Iterator[list[Any]]:
    """A text as a list: its elements as texts, and each kind of value where they can be read so."""
    for parts in ([text], *(text.split(joint) for joint in _JOINTS if joint in text)):
        yield list(parts)
        read = [list(_scalars(part)) for part in parts]
        for wanted in ({bool}, {int, float}):
            made = [
                next((value for value in values if type(value) in wanted), part)
                for part, values in zip(parts, read, strict=True)
            ]
            if made != parts:
                yield made


def _takes_lists(schemas: Mapping[str, Any], schema: Any, known: dict[int, bool] | None = None) -> bool:
    """Whether some list may be a value of a schema; what is `known` of a schema is not looked for again."""
    known = {} if known is None else known
    schema = followed(schemas, schema)
    if not isinstance(schema, Mapping):
        return schema is not False
    if "type" in schema:
        return "array" in schema["type"]
    if "enum" in schema or "const" in schema:
        return any(isinstance(value, list) for value in (*schema.get("enum", ()), schema.get("const")))
    if id(schema) not in known:
        known[id(schema)] = True  # so long, for a schema that leads to itself
        alternatives = [schema[word] for word in ("anyOf", "oneOf") if isinstance(schema.get(word), list)]
        known[id(schema)] = all(
            any(_takes_lists(schemas, part, known) for part in parts) for parts in alternatives
        ) and all(_takes_lists(schemas, part, known) for part in schema.get("allOf", ()))
    return known[id(schema)]
