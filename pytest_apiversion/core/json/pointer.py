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
