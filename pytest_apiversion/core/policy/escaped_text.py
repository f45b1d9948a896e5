"""Text under its escapes: what a text says once JSON, URL, HTML, shell and terminal escapes are undone, and where each letter stood."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

_ROUNDS = 5
"""Escapes upon escapes that are undone."""

_WIDEST = 4
"""Units that one letter takes at most, in UTF-8; in UTF-16 it takes two."""

_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"

_BACKSLASH = (
    r"(?P<unit>(?:\\u[0-9a-fA-F]{4})+)"
    r"|\\u\{(?P<braced>[0-9a-fA-F]{1,6})\}|\\U(?P<long>[0-9a-fA-F]{8})"
    r"|\\x(?P<byte>[0-9a-fA-F]{2})|\\(?P<octal>[0-3][0-7]{2})"
    r"|\\(?P<control>[abfnrtv])|\\(?P<next>[^\w\s])"
    r"|'\\(?P<shell>'')"
)
_PERCENT = r"(?P<percent>(?:%[0-9a-fA-F]{2})+)|%(?P<twice>%)"
_ENTITY = r"(?P<entity>&(?:\#[0-9]{1,8}|\#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31}(?=;));?)"
_ESCAPE = re.compile(f"{_BACKSLASH}|{_PERCENT}|{_ENTITY}")
_KINDS = tuple(map(re.compile, (_ENTITY, _PERCENT, _BACKSLASH)))
"""Escapes of one kind: what one kind wrote, another may take apart where letters of the text stand beside it (a backslash before `&#48;`)."""

_NOTHING = re.compile(rf"\\\r?\n|\x1b\[[0-9;:?]{{0,16}}[@-~]|<wbr\s?/?>|[{_UNSEEN}]")
"""What nobody sees: a line that is continued, colours of a terminal, characters without width."""

_SPACE = re.compile(r"\s+")
_CONTROLS = dict(zip("abfnrtv", "\a\b\f\n\r\t\v", strict=True))


_Letters = list[tuple[str, int, int]]
"""What stands in the place of an escape: letters, each with where it stood in the escape."""


@dataclass(frozen=True)
class Layer:
    """One reading of a text.

    Attributes:
        text: What it says.
        above: The reading that it was made from; None for the text as it was.
        changes: What was replaced in that, and by what. Where each letter stood is worked out when somebody asks, which is seldom.
    """

    text: str
    above: Layer | None = None
    changes: tuple[re.Pattern[str], Callable[[re.Match[str]], _Letters]] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of this reading stands in the text as it was."""
        if self.above is None:
            return start, end
        starts, ends = self.positions
        return starts[start], ends[end - 1]

    @cached_property
    def positions(self) -> tuple[list[int], list[int]]:
        """For each letter, where what stands for it begins in the text as it was, and where it ends."""
        above = self.above
        if above is None or self.changes is None:
            return list(range(len(self.text))), list(range(1, len(self.text) + 1))
        pattern, letters = self.changes
        (above_starts, above_ends), end = above.positions, 0
        starts: list[int] = []
        ends: list[int] = []
        for match in pattern.finditer(above.text):
            starts += above_starts[end : match.start()]
            ends += above_ends[end : match.start()]
            end = match.end()
            for letter, first, last in letters(match):
                starts += [above_starts[match.start() + first]] * len(letter)
                ends += [above_ends[match.start() + last - 1]] * len(letter)
        return starts + above_starts[end:], ends + above_ends[end:]


def layers(text: str) -> Iterator[Layer]:
    """A text as it is, and as it reads when its escapes are undone, layer by layer: all of them at once, and those of one kind first."""
    whole = Layer(text)
    yield whole
    read = {text}
    for layer in _below(whole):
        read.add(layer.text)
        yield layer
    for kind in _KINDS:
        first = _changed(whole, kind, _letters)
        if first is None or first.text in read:
            continue
        for layer in (first, *_below(first)):
            if layer.text not in read:
                read.add(layer.text)
                yield layer


def _below(layer: Layer) -> Iterator[Layer]:
    """What is below a reading, layer by layer."""
    for _ in range(_ROUNDS):
        seen = _changed(layer, _NOTHING, _none)
        if seen is not None:
            layer = seen
            yield layer
        deeper = _changed(layer, _ESCAPE, _letters)
        if deeper is None:
            return
        layer = deeper
        yield layer


def without_space(layer: Layer) -> Layer | None:
    """A reading without its white space, as a text that was broken into lines reads; None where it has none."""
    return _changed(layer, _SPACE, _none)


def _changed(layer: Layer, pattern: re.Pattern[str], letters: Callable[[re.Match[str]], _Letters]) -> Layer | None:
    """A reading with parts of it replaced by letters; None where nothing is replaced."""
    text, count = pattern.subn(lambda match: "".join(letter for letter, _, _ in letters(match)), layer.text)
    return Layer(text, layer, (pattern, letters)) if count else None


def _none(_: re.Match[str]) -> _Letters:
    return []


def _letters(match: re.Match[str]) -> _Letters:
    """What an escape stands for, letter by letter, each with where it stands in the escape."""
    kind, said = match.lastgroup, match.group()
    if kind == "unit":
        return list(_of_bytes([bytes.fromhex(said[at + 2 : at + 6]) for at in range(0, len(said), 6)], 6, "utf-16-be"))
    if kind == "percent":
        return list(_of_bytes([bytes.fromhex(said[at + 1 : at + 3]) for at in range(0, len(said), 3)], 3, "utf-8"))
    return [(_said_by(match, kind or ""), 0, len(said))]


def _said_by(match: re.Match[str], kind: str) -> str:
    """What an escape of one letter stands for; an entity may stand for two."""
    if kind == "next":
        return match[kind]
    if kind in {"braced", "long", "byte"}:
        return _letter(int(match[kind], 16))
    if kind == "octal":
        return _letter(int(match[kind], 8))
    if kind == "control":
        return _CONTROLS[match[kind]]
    if kind in {"shell", "twice"}:
        return "'" if kind == "shell" else "%"
    return html.unescape(match.group())


def _letter(code: int) -> str:
    return chr(code) if code <= 0x10FFFF else "\ufffd"  # noqa: PLR2004  the last code point


def _of_bytes(units: list[bytes], width: int, encoding: str) -> Iterator[tuple[str, int, int]]:
    """The letters that escaped bytes spell, each escape so many characters wide; bytes that spell none stand for themselves."""
    at = 0
    while at < len(units):
        for count in range(1, _WIDEST + 1):
            try:
                letter = b"".join(units[at : at + count]).decode(encoding)
            except UnicodeDecodeError:
                continue
            yield letter, at * width, min(at + count, len(units)) * width
            at += count
            break
        else:
            yield _letter(int.from_bytes(units[at], "big")), at * width, (at + 1) * width
            at += 1
