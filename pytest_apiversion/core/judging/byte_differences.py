"""What tells two copies apart that should be the same byte for byte, in words of somebody who has to mend one of them."""

from __future__ import annotations

import codecs
import json
from itertools import zip_longest

_SHOWN = 60
"""Bytes of a line that are shown."""


def byte_difference(first: bytes, name: str, other: bytes) -> str:
    """How another copy differs from the first of its group: the one difference that explains all of it, else the first line.

    Args:
        first: The first copy.
        name: What the first copy is called.
        other: The other copy.
    """
    if first.removeprefix(codecs.BOM_UTF8) == other.removeprefix(codecs.BOM_UTF8):
        mark = "a byte order mark at its start"
        return f"it has {mark}" if other.startswith(codecs.BOM_UTF8) else f"{name} has {mark}, and it has none"
    if _plain_ends(first) == _plain_ends(other):
        return f"its lines end with {_line_end(other)}, those of {name} with {_line_end(first)}"
    if first.rstrip(b"\r\n") == other.rstrip(b"\r\n"):
        return f"it ends with {_count(other)}, {name} with {_count(first)}"
    place = _first_line(_plain_ends(first), name, _plain_ends(other))
    if (meaning := _json(first)) is not None and meaning == _json(other):
        return f"the same JSON in another order, or with other spaces; {place}"
    return place


def _plain_ends(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _line_end(data: bytes) -> str:
    """How lines end, all ways that are there."""
    both = data.count(b"\r\n")
    counts = {"CRLF": both, "LF": data.count(b"\n") - both, "CR": data.count(b"\r") - both}
    return " and ".join(name for name, count in counts.items() if count) or "nothing"


def _count(data: bytes) -> str:
    plain = _plain_ends(data)
    number = len(plain) - len(plain.rstrip(b"\n"))
    return {0: "no line end", 1: "one line end"}.get(number, f"{number} line ends")


def _json(data: bytes) -> str | None:
    """The content as text that does not depend on order and spaces; None where it is no JSON."""
    try:
        return json.dumps(json.loads(data), sort_keys=True)
    except (ValueError, RecursionError):
        return None


def _first_line(first: bytes, name: str, other: bytes) -> str:
    """The first line that differs, as each has it."""
    for number, (theirs, ours) in enumerate(zip_longest(first.split(b"\n"), other.split(b"\n")), 1):
        if theirs is None:
            return f"line {number}, which {name} does not have: {_line(ours or b'')}"
        if ours is None:
            return f"line {number} of {name} is missing: {_line(theirs)}"
        if theirs != ours:
            alike = next((at for at, (a, b) in enumerate(zip(theirs, ours, strict=False)) if a != b), 0)
            start = max(0, alike - _SHOWN // 2)
            return f"line {number} is {_line(ours, start)}, in {name} {_line(theirs, start)}"
    return "other bytes"


def _line(line: bytes, start: int = 0) -> str:
    text = line[start : start + _SHOWN].decode("utf-8", "backslashreplace")
    return f"{'…' if start else ''}{text!r}{'…' if len(line) > start + _SHOWN else ''}"
