"""Reads a JSON text of which another text, that was read before, has many parts word for word: what it says of these is taken from there.

Two versions of a contract are alike for the most part, so that most parts of the second text are found in the first, under the same keys,
and need not be read again, nor compared. The outer objects are read here, what is in them by the parser of the standard library. Where
anything is not as it should be, the text is read as a whole by `parse_json`, which knows what to say about it.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from pytest_apiversion.shell.texts.json_text import MAX_DEPTH, parse_json, references_of, strict_decoder

_OUTER = 3
"""Levels of objects that are read here: what stands below `paths` or `components` and a name is a part, of two levels more."""

_LARGE = 4 * 1024 * 1024
"""Characters of a text from which on a part is known again by its digest, not by itself, which would fill memory."""

_KEY = re.compile(r'[ \t\n\r]*"([^"\\\x00-\x1f]*)"[ \t\n\r]*:[ \t\n\r]*')
_AFTER = re.compile(r"[ \t\n\r]*([,}])")
_BLANK = re.compile(r"[ \t\n\r]*")

Place = tuple[str, ...]


class _Odd(ValueError):  # noqa: N818  a text that is read as a whole
    """Something in a text is not as in most."""


class _Part(NamedTuple):
    """A part of a text that was read.

    Attributes:
        length: Characters.
        seal: What its text is known by.
        value: What it says.
        references: What is written behind `$ref` in it.
    """

    length: int
    seal: str | bytes
    value: Any
    references: frozenset[Any]


class Read(NamedTuple):
    """A JSON text that was read.

    Attributes:
        value: What it says.
        references: Everything behind `$ref` in it that is no object or list; None where nobody looked, nor at how deep it nests.
        parts: Its parts, for the text that is read next.
    """

    value: Any
    references: frozenset[Any] | None
    parts: dict[Place, _Part]


def parse_json_again(text: str, earlier: Read | None) -> Read:
    """Read a JSON text.

    Args:
        text: The text.
        earlier: What was read before; parts of that become parts of what is given, and are the same objects.

    Raises:
        Unreadable: As `parse_json` does, which is asked in turn where anything is odd; then nobody looked at how deep it nests.
    """
    try:
        return _Reader(text, earlier).read()
    except (ValueError, RecursionError):  # mistakes are told by the other one
        return Read(parse_json(text, held=False), None, {})


class _Reader:
    def __init__(self, text: str, earlier: Read | None) -> None:
        self._text = text
        self._earlier = earlier.parts if earlier is not None else {}
        self._seal = _digest if len(text) > _LARGE else str
        self._parts: dict[Place, _Part] = {}
        self._references: set[Any] = set()
        self._repeated: list[Any] = []
        self._decode = strict_decoder(self._repeated, large=len(text) > _LARGE).raw_decode

    def read(self) -> Read:
        start = _end(_BLANK, self._text, 0)
        if not self._text.startswith("{", start):
            raise _Odd
        value, end = self._object(start + 1, ())
        if self._repeated or _end(_BLANK, self._text, end) != len(self._text):
            raise _Odd
        return Read(value, frozenset(self._references), self._parts)

    def _object(self, position: int, place: Place) -> tuple[dict[str, Any], int]:
        """An object and where it ends, from behind its brace on."""
        text = self._text
        found: dict[str, Any] = {}
        nested = len(place) + 1 < _OUTER
        after = _AFTER.match(text, position)
        if after is not None and after[1] == "}":
            return {}, after.end()
        while True:
            told = _KEY.match(text, position)
            if told is None or told[1] in found:
                raise _Odd
            key, position = told[1], told.end()
            if nested and text.startswith("{", position):
                found[key], position = self._object(position + 1, (*place, key))
            else:
                found[key], position = self._value(position, (*place, key))
            after = _AFTER.match(text, position)
            if after is None:
                raise _Odd
            position = after.end()
            if after[1] == "}":
                if not isinstance(reference := found.get("$ref", found), dict | list):
                    self._references.add(reference)
                return found, position

    def _value(self, start: int, place: Place) -> tuple[Any, int]:
        text = self._text
        if not text.startswith(("{", "["), start):
            return self._decode(text, start)
        part = self._earlier.get(place)
        if part is not None and self._seal(text[start : start + part.length]) == part.seal:
            end = start + part.length
        else:
            value, end = self._decode(text, start)
            part = _Part(end - start, self._seal(text[start:end]), value, references_of(value, MAX_DEPTH - _OUTER))
        self._parts[place] = part
        self._references |= part.references
        return part.value, end


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Where what a pattern matches ends, which may be nothing."""
    found = pattern.match(text, start)
    return start if found is None else found.end()


def _digest(text: str) -> bytes:
    import hashlib  # noqa: PLC0415  small documents need none of it, and it loads slowly

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
