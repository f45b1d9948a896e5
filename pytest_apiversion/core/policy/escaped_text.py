"""Text under its escapes: what a text says once JSON, URL, HTML, shell and terminal escapes are undone, and where each letter stood."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Layer:
    """One reading of a text.

    Attributes:
        text: What it says.
        starts: For each letter, where what stands for it begins in the text as it was; None where nothing was undone.
        ends: The same, where it ends.
    """

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of this reading stands in the text as it was."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def layers(text: str) -> Iterator[Layer]:
    """A text as it is, and as it reads when its escapes are undone, layer by layer: all of them at once, and those of one kind first."""
    whole = Layer(text)
    yield whole
    read = {text}
    for layer in _below(whole):
        read.add(layer.text)
        yield layer
    for kind in _KINDS:
        first = _undone(whole, kind)
        if first is None or first.text in read:
            continue
        for layer in (first, *_below(first)):
            if layer.text not in read:
                read.add(layer.text)
                yield layer


def _below(layer: Layer) -> Iterator[Layer]:
    """What is below a reading, layer by layer."""
    for _ in range(_ROUNDS):
        seen = _changed(layer, ((match.start(), match.end(), []) for match in _NOTHING.finditer(layer.text)))
        if seen is not None:
            layer = seen
            yield layer
        deeper = _undone(layer, _ESCAPE)
        if deeper is None:
            return
        layer = deeper
        yield layer


def without_space(layer: Layer) -> Layer | None:
    """A reading without its white space, as a text that was broken into lines reads; None where it has none."""
    return _changed(layer, ((match.start(), match.end(), []) for match in _SPACE.finditer(layer.text)))


def _undone(layer: Layer, escapes: re.Pattern[str]) -> Layer | None:
    return _changed(layer, ((match.start(), match.end(), _letters(match)) for match in escapes.finditer(layer.text)))


def _changed(layer: Layer, changes: Iterator[tuple[int, int, list[tuple[str, int, int]]]]) -> Layer | None:
    """A reading with parts of it replaced: each by letters, and where in the part each stood. None where nothing is replaced."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    end = 0

    def keep(upto: int) -> None:
        parts.append(layer.text[end:upto])
        starts.extend(range(end, upto) if layer.starts is None else layer.starts[end:upto])
        ends.extend(range(end + 1, upto + 1) if layer.ends is None else layer.ends[end:upto])

    for start, after, letters in changes:
        if start > end:
            keep(start)
        for letter, first, last in letters:
            begin, stop = layer.span(start + first, start + last)
            parts.append(letter)
            if len(letter) == 1:
                starts.append(begin)
                ends.append(stop)
            else:
                starts.extend([begin] * len(letter))
                ends.extend([stop] * len(letter))
        end = after
    if not end:
        return None
    keep(len(layer.text))
    return Layer("".join(parts), starts, ends)


def _letters(match: re.Match[str]) -> list[tuple[str, int, int]]:
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
