"""JSON pointers (RFC 6901): reading a place in a JSON value."""

from __future__ import annotations

from typing import Any

MISSING: Any = object()
"""What `lookup` gives where the pointer leads nowhere."""


def lookup(value: Any, pointer: str) -> Any:  # noqa: ANN401  a JSON value
    """The value at a JSON pointer, or `MISSING`."""
    for raw in pointer.split("/")[1:]:
        key = raw.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isascii() and key.isdigit() and int(key) < len(value):
            value = value[int(key)]
        else:
            return MISSING
    return value
