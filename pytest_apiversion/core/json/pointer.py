"""JSON pointers (RFC 6901): reading a place in a JSON value."""

from __future__ import annotations

import re
from typing import Any

_INDEX = re.compile(r"0|[1-9][0-9]{0,9}", re.ASCII)
"""RFC 6901 §4: digits without leading zeros; no list is longer than ten of them count."""

MISSING: Any = object()
"""What `lookup` gives where the pointer leads nowhere."""


def lookup(value: Any, pointer: str) -> Any:
    """The value at a JSON pointer, or `MISSING`."""
    for raw in pointer.split("/")[1:]:
        key = raw.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and _INDEX.fullmatch(key) and int(key) < len(value):
            value = value[int(key)]
        else:
            return MISSING
    return value


def standing(value: Any, place: str) -> list[Any]:
    """What stands at a place (a JSON pointer, `*` for every element of a list) of a value."""
    found = [value]
    for raw in place.split("/")[1:]:
        key = raw.replace("~1", "/").replace("~0", "~")
        deeper: list[Any] = []
        for each in found:
            if key == "*" and isinstance(each, list):
                deeper += each
            elif isinstance(each, dict) and key in each:
                deeper.append(each[key])
            elif isinstance(each, list) and _INDEX.fullmatch(key) and int(key) < len(each):
                deeper.append(each[int(key)])
        found = deeper
    return found
