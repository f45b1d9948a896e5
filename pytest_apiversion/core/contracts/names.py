"""Names of members and parameters: their words, and what is one name in two styles."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def words(name: str) -> list[str]:
    """The words of a name in lower case, however they are joined."""
    return [word.lower() for word in _WORD.findall(name)] or [name.lower()]


def plain_name(name: str) -> str:
    """A name without the differences of style: `thingId` and `thing_id` are one."""
    return "".join(filter(str.isalnum, name)).lower()
