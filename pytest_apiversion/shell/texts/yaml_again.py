"""Reads a YAML text of which another text, that was read before, has many parts word for word: what it says of these is taken from there.

Two versions of a contract are alike for the most part, and reading YAML is what costs most when they are compared. Each part that is the
same under the same keys is cut out of the text before it is read, and put in afterwards. Where anything is not as it should be, the text is
read as a whole.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from pytest_apiversion.shell.texts.json_text import Unreadable
from pytest_apiversion.shell.texts.yaml_text import parse_yaml

_EDGE = re.compile(r"\n( {0,4})(?=[^ \n\r#])")
"""The beginning of a line that stands at the edge, where the large parts of a contract begin; a comment means nothing."""

_KEY = re.compile(r"""(?:([^\s#'"\-\[\]{}&*!|>%@`?,:][^\n:#]*?)|'([^'\n]*)'|"([^"\\\n]*)"):(?=\s)""")
_REST = re.compile(r"[ ]*\r?\n")
"""A key, and what is behind one that stands alone in its line."""

_BEFORE_AN_ANCHOR = frozenset(" \t\r\n[,{:")
"""What may stand before an anchor, besides nothing."""

_STANDS_FOR = "x-apiversion-read-before-"
_SHORT = 200
"""Characters of a part that is not worth it."""

Place = tuple[str, ...]
_NOTHING: Any = object()


def parse_again(text: str, earlier_one: tuple[str, Any] | None) -> Any:
    """Read a YAML text.

    Args:
        text: The text.
        earlier_one: A text that was read, and what it says; parts of that become parts of what is given, and are the same objects.

    Raises:
        Unreadable: As `parse_yaml` does.
    """
    if earlier_one is None:
        return parse_yaml(text)
    before, known = earlier_one
    if _anchored(text) or _anchored(before) or _STANDS_FOR in text:
        return parse_yaml(text)
    earlier = {part.place: before[part.start : part.end] for part in _parts(before) if _is_whole(part, known)}
    kept: list[str] = []
    taken: list[tuple[Place, Any]] = []
    done = 0
    for part in _parts(text):
        if (
            part.start < done
            or part.end - part.start < _SHORT
            or earlier.get(part.place) != text[part.start : part.end]
        ):
            continue
        value = _at(known, part.place)
        if value.__class__ is dict or value.__class__ is list:
            kept += [text[done : part.head], f" {_STANDS_FOR}{len(taken)}\n"]
            taken.append((part.place, value))
            done = part.end
    if not taken:
        return parse_yaml(text)
    try:
        made = parse_yaml("".join([*kept, text[done:]]))
    except Unreadable:
        return parse_yaml(text)  # its mistakes have other lines than those of what is left of it
    for number, (place, value) in enumerate(taken):
        holder = _at(made, place[:-1])
        if not isinstance(holder, dict) or holder.get(place[-1]) != f"{_STANDS_FOR}{number}":
            return parse_yaml(text)
        holder[place[-1]] = value
    return made


def _anchored(text: str) -> bool:
    """Whether a text may have anchors: what they stand for may be repeated elsewhere."""
    at = text.find("&")
    while at >= 0:
        if (at == 0 or text[at - 1] in _BEFORE_AN_ANCHOR) and text[at + 1 : at + 2].strip(" \t\r\n&"):
            return True
        at = text.find("&", at + 1)
    return False


class _Part(NamedTuple):
    """A part of a text that stands under a key at its edge.

    Attributes:
        place: The keys that lead to it.
        start: Where its key's line begins.
        head: Where the key ends.
        end: Where the next line at the edge begins.
        after: The keys that lead to what follows; None where that is no key, `()` where nothing follows.
    """

    place: Place
    start: int
    head: int
    end: int
    after: Place | None


def _parts(text: str) -> list[_Part]:
    """The parts of a text, those that hold others before these."""
    names: list[tuple[int, str]] = []
    waiting: list[tuple[int, _Part]] = []
    found: list[_Part] = []
    for start, depth in [(0, 0), *((line.start() + 1, len(line[1])) for line in _EDGE.finditer(text))]:
        key = _KEY.match(text, start + depth)
        while names and names[-1][0] >= depth:
            names.pop()
        told = key and next(part for part in key.groups() if part is not None)
        here = None if told is None else (*(name for _, name in names), told)
        listed = text.startswith("-", start + depth)
        while waiting and waiting[-1][0] >= depth:
            own, part = waiting.pop()
            if not (listed and own == depth):  # a list may stand at the edge of its key
                found.append(part._replace(end=start, after=here))
        if key and here and _REST.match(text, key.end()):
            names.append((depth, here[-1]))
            waiting.append((depth, _Part(here, start, key.end(), 0, None)))
    found += [part._replace(end=len(text), after=()) for _, part in waiting]
    return sorted(found, key=lambda part: (part.start, -part.end))


def _is_whole(part: _Part, known: Any) -> bool:
    """Whether a part surely ends where it seems to: what follows is a key that was read as one, and no piece of a longer text."""
    return part.after is not None and _at(known, part.after) is not _NOTHING


def _at(value: Any, place: Place) -> Any:
    for name in place:
        if value.__class__ is not dict or name not in value:
            return _NOTHING
        value = value[name]
    return value
