"""Where things stand in a TOML text: its statements, and the line of every dotted place. Never fails, whatever the text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_KEYS = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_KEY_VALUE = re.compile(rf"[ \t]*({_KEYS})[ \t]*=")
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_KEYS})?")
_NEW_TABLE = re.compile(r"\[\[?[ \t]*[A-Za-z_][\w.\"' -]*\]\]?[ \t]*(?:#.*)?$")
_PART = re.compile(r"""\.?"[^"]*"|\[\d+\]|\.?[^.\[\]"]+""")
_NOTHING = re.compile(r"[ \t]*(?:#[^\x00-\x08\x0a-\x1f\x7f]*)?")
_DEEPEST = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """A table header, or a key and its value, on one line or several.

    Attributes:
        text: As written.
        line: Its first line, counted from 1.
        keys: Its keys, unquoted; empty where they cannot be read.
        place: Its dotted place, from the root.
        is_header: Whether it opens a table.
        is_array: Whether that table is one of an array.
        header: The header it stands under.
    """

    text: str
    line: int
    keys: tuple[str, ...]
    place: str
    is_header: bool
    is_array: bool = False
    header: Statement | None = None

    def saying(self, text: str) -> Statement:
        """The statement with another text, on as many lines."""
        return replace(self, text=text + "\n" * (self.text.count("\n") - text.count("\n")))


def dotted(place: str, key: str) -> str:
    """A dotted place one key deeper; a key that is no bare TOML key is quoted."""
    bare = key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else f'"{key}"'
    return f"{place}.{bare}" if place else bare


def ancestors(place: str) -> Iterator[str]:
    """A dotted place, and every place it is in, nearest first; the root is the empty one."""
    parts = _PART.findall(place)
    yield from ("".join(parts[:count]) for count in range(len(parts), -1, -1))


def bare_keys(keys: Sequence[str]) -> str:
    """Keys as TOML writes them, all quoted."""
    plain = [
        [char if char.isprintable() and char not in '"\\' else f"\\U{ord(char):08x}" for char in key] for key in keys
    ]
    return ".".join(f'"{"".join(key)}"' for key in plain)


def statements(text: str) -> Iterator[Statement]:
    """The statements of a text, in order; one that never ends is cut where the next seems to begin."""
    lines = text.replace("\r\n", "\n").split("\n")
    number, header, counts = 0, None, dict[str, int]()
    while number < len(lines):
        line = lines[number]
        if _NOTHING.fullmatch(line):
            number += 1
            continue
        if match := _HEADER.match(line):
            header = _header(line, number + 1, match, counts)
            yield header
            number += 1
            continue
        end = _end(lines, number)
        found = _KEY_VALUE.match(line)
        keys = _split(found[1]) if found else ()
        place = header.place if header else ""
        for key in keys:
            place = dotted(place, key)
        yield Statement(
            text="\n".join(lines[number:end]), line=number + 1, keys=keys, place=place, is_header=False, header=header
        )
        number = end


def _header(line: str, number: int, match: re.Match[str], counts: dict[str, int]) -> Statement:
    """A header; of an array of tables, each place has the number of its table."""
    keys, is_array, place = _split(match[2] or ""), match[1] == "[[", ""
    for index, key in enumerate(keys):
        place = dotted(place, key)
        if is_array and index == len(keys) - 1:
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = f"{place}[{counts[place]}]"
    return Statement(text=line, line=number, keys=keys, place=place, is_header=True, is_array=is_array)


def _split(keys: str) -> tuple[str, ...]:
    return tuple(_unquoted(key) for key in re.findall(_KEY, keys))


def _unquoted(key: str) -> str:
    try:
        return next(iter(tomllib.loads(f"{key} = 0")))
    except ValueError:  # an escape TOML does not know
        return key[1:-1]


def _end(lines: Sequence[str], start: int) -> int:
    """The line after a key and value's last."""
    open_brackets: list[str] = []
    quote = ""
    for number in range(start, len(lines)):
        if number > start and not quote and _begins(lines, number, open_brackets):
            return number
        quote = _scan(lines[number], open_brackets, quote)
        if not quote and not open_brackets:
            return number + 1
    return start + 1 if quote else len(lines)


def _begins(lines: Sequence[str], number: int, open_brackets: Sequence[str]) -> bool:
    """Whether a line inside open brackets begins another statement all the same: the brackets were never closed."""
    if _NEW_TABLE.match(lines[number]):
        return True
    previous = next((line.strip() for line in reversed(lines[:number]) if line.strip()), "")
    unfinished = "{" in open_brackets and previous.endswith((",", "{"))  # a table written over several lines
    return _KEY_VALUE.match(lines[number]) is not None and not unfinished


def _scan(line: str, open_brackets: list[str], quote: str) -> str:
    """Follow brackets and strings through a line; gives the quotes of a string that goes on in the next."""
    position = 0
    while position < len(line):
        char = line[position]
        if quote:
            if line.startswith(quote, position):
                position, quote = position + len(quote), ""
            else:
                position += 2 if char == "\\" and quote[0] == '"' else 1
            continue
        if char == "#":
            break
        if char in "\"'":
            quote = char * 3 if line.startswith(char * 3, position) else char
            position += len(quote)
            continue
        if char in "[{":
            open_brackets.append(char)
        elif char in "]}" and open_brackets:
            open_brackets.pop()
        position += 1
    return quote if len(quote) > 1 else ""


def places(found: Sequence[Statement]) -> dict[str, int]:
    """The line of every dotted place of these statements."""
    lines: dict[str, int] = {}
    for statement in found:
        for place in ancestors(statement.place):
            lines.setdefault(place, statement.line)
        if not statement.is_header and (match := _KEY_VALUE.match(statement.text)):
            _Places(statement.text, statement.line, lines).value(match.end(), statement.place)
    return lines


class _Places:
    """Walks one value; stops where it cannot be followed."""

    def __init__(self, text: str, line: int, lines: dict[str, int]) -> None:
        self._text = text
        self._line = line
        self._lines = lines

    def value(self, position: int, place: str, depth: int = 0) -> int:
        """Walk a value; gives the position after it."""
        position = self._skip(position)
        char = self._text[position : position + 1]
        if depth > _DEEPEST or char not in {"[", "{"}:
            return self._scalar(position)
        closing, index = {"[": "]", "{": "}"}[char], 0
        position = self._skip(position + 1)
        while position < len(self._text) and self._text[position] != closing:
            inner, start = f"{place}[{index}]", position
            if char == "{":
                match = _KEY_VALUE.match(self._text, position)
                if match is None:
                    return len(self._text)
                inner, position = place, match.end()
                for key in _split(match[1]):
                    inner = dotted(inner, key)
            self._lines.setdefault(inner, self._line + self._text.count("\n", 0, start))
            position = self._skip(self.value(position, inner, depth + 1))
            if self._text[position : position + 1] != ",":
                break
            position, index = self._skip(position + 1), index + 1
        return position + 1

    def _skip(self, position: int) -> int:
        match = re.compile(r"(?:\s|#[^\n]*)*").match(self._text, position)
        return match.end() if match else position

    def _scalar(self, position: int) -> int:
        pattern = r'"""(?:[^\\]|\\.)*?"""+|\'\'\'.*?\'\'\'+|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[^,\]}\n#]*'
        match = re.compile(pattern, re.DOTALL).match(self._text, position)
        return match.end() if match else len(self._text)
