r"""Patterns of ECMA-262 taken to pieces, as far as all engines read them alike and an automaton can be made of them.

Read are characters, classes, groups, alternatives, repetitions, `^` and `$` anywhere, and looks ahead that follow a `^` at the very start. What
refers back, looks behind or names a property of characters is not, and neither is what engines read in different ways.
Characters are code points, as the lengths of JSON Schema count them; `\d`, `\w` and `\s` are those of ECMA-262.
"""

from __future__ import annotations

from typing import NamedTuple

Ranges = tuple[tuple[int, int], ...]
"""Code points, from the first to the last of each range, in their order."""

_MOST_RANGES, _DEEPEST, _LONGEST, _MOST_DIGITS = 200, 20, 1_000, 7

LAST = 0x10FFFF
_ENDS = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))
_HALVES = (0xD800, 0xDFFF)
"""Half a character, of which no text is made."""

_ESCAPES: dict[str, Ranges] = {
    "d": ((0x30, 0x39),),
    "w": ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)),
    "s": (
        *((0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029)),
        *((0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF)),
    ),
}
_CONTROLS = {"0": 0, "t": 0x09, "n": 0x0A, "v": 0x0B, "f": 0x0C, "r": 0x0D}
_THEMSELVES = frozenset("^$\\.*+?()[]{}|/-_@:;,=!\"'#%&~ ")
"""Characters that stand for themselves after a backslash, in every engine."""
_HEXADECIMAL = frozenset("0123456789abcdefABCDEF")


class Unread(ValueError):  # noqa: N818  it is the pattern that is
    """A pattern is none, is too large, or is not read here."""


class Part(NamedTuple):
    """A piece of a pattern.

    Attributes:
        word: `chars`, `all` (one after the other), `any` (one of them), `repeat`, `begin` or `end`.
        inner: The pieces it is made of.
        ranges: The characters it is, of `chars`.
        least: How often it is repeated at least.
        most: How often at most; None where there is no limit.
    """

    word: str
    inner: tuple[Part, ...] = ()
    ranges: Ranges = ()
    least: int = 1
    most: int | None = 1

    @property
    def anchored(self) -> bool:
        """Whether it stands plainly at the start of a text, and nowhere else."""
        if self.word in {"all", "any"} and self.inner:
            return self.inner[0].anchored if self.word == "all" else all(one.anchored for one in self.inner)
        return self.word == "begin"

    def classes(self) -> set[Ranges]:
        """Characters that it tells apart from others, by class."""
        return {self.ranges} if self.word == "chars" else set().union(*(one.classes() for one in self.inner))


def parts_of(pattern: str) -> list[tuple[Part, bool]]:
    """The pieces of a pattern, of which each has to occur in a text or, where told so, must not: in texts that suit them all the pattern occurs.

    Raises:
        Unread: It is not read here.
    """
    if len(pattern) > _LONGEST:
        raise Unread
    reader = _Reader(pattern)
    found: list[tuple[Part, bool]] = []
    if pattern.startswith(("^(?=", "^(?!")):
        reader.at = 1
        while pattern.startswith(("(?=", "(?!"), reader.at):
            wanted = pattern[reader.at + 2] == "="
            reader.at += 3
            found.append((Part("all", (Part("begin"), reader.alternatives(1))), wanted))
            reader.expect(")")
        found.append((Part("all", (Part("begin"), reader.sequence(0))), True))
    else:
        found.append((reader.alternatives(0), True))
    if reader.at < len(
        pattern
    ):  # a group ends that has not begun, or what was looked for ahead is not of all alternatives
        raise Unread
    return found


def opposite(ranges: Ranges) -> Ranges:
    """All characters but some."""
    found, at = [], 0
    for first, last in ranges:
        if first > at:
            found.append((at, first - 1))
        at = last + 1
    return (*found, *([(at, LAST)] if at <= LAST else []))


def shown(ranges: Ranges) -> str:
    """One character of several: a plain one where there is one."""
    for char in "aA0b1B-_ .x\n":
        if any(first <= ord(char) <= last for first, last in ranges):
            return char
    return chr(next((max(first, ord("!")) for first, last in ranges if last >= ord("!")), ranges[0][0]))


def _joined(ranges: list[tuple[int, int]]) -> Ranges:
    """Ranges in their order, those that touch made one."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    if len(found) > _MOST_RANGES:
        raise Unread
    return tuple(found)


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def _next(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def _taken(self) -> str:
        char = self._next()
        if not char:
            raise Unread
        self.at += 1
        return char

    def expect(self, char: str) -> None:
        """Pass over a character that has to be there."""
        if self._taken() != char:
            raise Unread

    def alternatives(self, depth: int) -> Part:
        """All up to the end, or to the end of the group."""
        if depth > _DEEPEST:
            raise Unread
        ways = [self.sequence(depth)]
        while self._next() == "|":
            self.at += 1
            ways.append(self.sequence(depth))
        return ways[0] if len(ways) == 1 else Part("any", tuple(ways))

    def sequence(self, depth: int) -> Part:
        """One alternative."""
        found = []
        while self._next() not in {"", "|", ")"}:
            part = self._atom(depth)
            if self._next() in {"*", "+", "?", "{"}:
                if part.word in {"begin", "end"}:
                    raise Unread
                part = self._repeats(part)
            found.append(part)
        return Part("all", tuple(found))

    def _atom(self, depth: int) -> Part:
        char = self._taken()
        if char in "^$":
            return Part("begin" if char == "^" else "end")
        if char == "(":
            if self._next() == "?":
                self._group()
            inner = self.alternatives(depth + 1)
            self.expect(")")
            return inner
        if char == ".":
            return Part("chars", ranges=opposite(_ENDS))
        if char == "[":
            return Part("chars", ranges=self._class())
        if char == "\\":
            return Part("chars", ranges=self._escape())
        if char in "*+?{}]":
            raise Unread
        return Part("chars", ranges=_one(ord(char)))

    def _group(self) -> None:
        """Pass over what stands at the start of a group that has a name, or is not counted."""
        self.at += 1
        char = self._taken()
        if char == ":":
            return
        if char != "<" or self._next() in {"=", "!"}:
            raise Unread
        name = ""
        while (char := self._taken()) != ">":
            name += char
        if not name.isidentifier():
            raise Unread

    def _repeats(self, part: Part) -> Part:
        char = self._taken()
        least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(char) or self._numbers()
        if self._next() == "?":
            self.at += 1  # how much is taken first makes no difference to whether
        if self._next() in {"*", "+", "?", "{"}:
            raise Unread
        return Part("repeat", (part,), least=least, most=most)

    def _numbers(self) -> tuple[int, int | None]:
        told, closed, _ = self.pattern[self.at : self.at + 12].partition("}")
        first, comma, last = told.partition(",")
        if not closed or not _digits(first) or (last and not _digits(last)):
            raise Unread
        self.at += len(told) + 1
        least = int(first)
        most = (int(last) if last else None) if comma else least
        if most is not None and most < least:
            raise Unread
        return least, most

    def _class(self) -> Ranges:
        negated = self._next() == "^"
        self.at += negated
        found: list[tuple[int, int]] = []
        while (char := self._taken()) != "]":
            first = self._member(char)
            if self._next() == "-" and self.pattern[self.at + 1 : self.at + 2] not in {"]", ""}:
                self.at += 1
                last = self._member(self._taken())
                if len(first) != 1 or len(last) != 1 or first[0][0] != first[0][1] or last[0][0] != last[0][1]:
                    raise Unread
                if first[0][0] > last[0][0]:
                    raise Unread
                found.append((first[0][0], last[0][0]))
            else:
                found += first
        ranges = _joined(found)
        return opposite(ranges) if negated else ranges

    def _member(self, char: str) -> Ranges:
        """One character of a class, or an escape that stands for several."""
        if char != "\\":
            if char == "[" or (self._next() == char and char in "&-|~"):
                raise Unread  # some engines see a class in the class, or what is common to two
            return _one(ord(char))
        if self._next() == "b":
            self.at += 1
            return _one(0x08)
        return self._escape()

    def _escape(self) -> Ranges:
        char = self._taken()
        if char.lower() in _ESCAPES:
            ranges = _ESCAPES[char.lower()]
            return ranges if char.islower() else opposite(ranges)
        if char in _THEMSELVES:
            return _one(ord(char))
        if char == "u" and self._next() == "{":
            self.at += 1
            code = self._code(self.pattern.find("}", self.at) - self.at)
            self.expect("}")
            return _one(code)
        if char in {"x", "u"}:
            return _one(self._code(2 if char == "x" else 4))
        if char not in _CONTROLS or (char == "0" and self._next().isdigit()):
            raise Unread
        return _one(_CONTROLS[char])

    def _code(self, size: int) -> int:
        told = self.pattern[self.at : self.at + size]
        if not 0 < size == len(told) < _MOST_DIGITS or not set(told) <= _HEXADECIMAL:
            raise Unread
        self.at += size
        return int(told, 16)


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _one(code: int) -> Ranges:
    if code > LAST or _HALVES[0] <= code <= _HALVES[1]:
        raise Unread
    return ((code, code),)
