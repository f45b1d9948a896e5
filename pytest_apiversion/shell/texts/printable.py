"""Lines that a terminal can be given."""

from __future__ import annotations


def printable_line(line: str) -> str:
    """A line a terminal can be given: nothing in it moves the cursor, breaks the line, or cannot be encoded."""
    if line.isprintable():
        return line
    kept = "".join(letter if letter.isprintable() or letter == " " else "\N{REPLACEMENT CHARACTER}" for letter in line)
    return kept.encode("utf-8", "replace").decode("utf-8")
