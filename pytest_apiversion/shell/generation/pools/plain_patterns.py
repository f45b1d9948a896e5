"""Texts of regular expressions that consist of letters, classes, groups, alternatives and repetitions, made by a seed alone."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

from pytest_apiversion.shell.generation.pools.plain_texts import letters

Make = Callable[[Random], str]


class Part(NamedTuple):
    """A part of a pattern: what makes texts of it, and how many letters they have at most."""

    make: Make
    longest: int


_LETTER = re.compile(r"\\[dwsDWS]|\\[.*+?^$|/\\()\[\]{}\-@,:;_ #'\"=!<>%&~]|\\[tnr]|[^\\^$.*+?()\[\]{}|]")
_CLASS = re.compile(r"\[(\^?)((?:\\[^bBcuxpP0-9]|[^\\\]\[])+)\]")
_TIMES = re.compile(r"([*+?]|\{([0-9]{1,4})(,?)([0-9]{0,4})\})(\??)")
_LEFT = re.compile(r"\((?:\?:|(?!\?))")
_MORE = (0, 1, 1, 2, 3, 5, 8, 13)
"""How often beyond the fewest something is repeated that has no end."""
_OTHERS = 24
"""Letters that are tried for a class beside those of ASCII, where it takes others at all."""
_CONTROL = "\t\n\r\x0b\x0c"
_ASCII = (*string.ascii_letters, *string.digits, *string.punctuation, " ", *_CONTROL)
_COMMON = frozenset(string.ascii_letters + string.digits)
_LONGEST = 2_000
"""Letters of a text, at most."""
_AROUND = (0, 0, 1, 3)
"""Letters before and after what a pattern says, where it says nothing of them."""


class UnreadError(Exception):
    """A pattern has what is not read here. No part of the tree: it is caught where the pattern is drawn."""


def maker(pattern: str) -> Make:
    """What makes texts in which an ECMA-262 pattern occurs; not all that it makes need be such.

    Args:
        pattern: The pattern.

    Raises:
        UnreadError: It has what is not read here.
    """
    ways = [_anchored(way) for way in _split(pattern)]
    return lambda choose: choose.choice(ways)(choose)


def _split(pattern: str) -> list[str]:
    """The alternatives of a pattern; one that has groups is not torn apart."""
    if "(" in pattern or "[" in pattern or "\\" in pattern:
        return [pattern]
    return pattern.split("|")


def _anchored(way: str) -> Make:
    begins, ends = way.startswith("^"), way.endswith("$") and not way.endswith("\\$")
    body = way[begins : len(way) - ends]
    reader = _Reader(body)
    inner = reader.alternatives()
    if reader.at < len(body) or ((begins or ends) and reader.top > 1) or inner.longest > _LONGEST:
        raise UnreadError

    def make(choose: Random) -> str:
        before = "" if begins else letters(choose, choose.choice(_AROUND))
        after = "" if ends else letters(choose, choose.choice(_AROUND))
        return f"{before}{inner.make(choose)}{after}"

    return make


class _Reader:
    """Reads a pattern from left to right.

    Args:
        pattern: The pattern, without what anchors it.

    Attributes:
        at: How far it is read.
        top: How many alternatives the outermost level has.
    """

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self.at = 0
        self.top = 0

    def alternatives(self) -> Part:
        """What makes one of some alternatives."""
        ways = [self._sequence()]
        while self._pattern.startswith("|", self.at):
            self.at += 1
            ways.append(self._sequence())
        self.top = len(ways)
        if len(ways) == 1:
            return ways[0]
        return Part(lambda choose: choose.choice(ways).make(choose), max(way.longest for way in ways))

    def _sequence(self) -> Part:
        parts = list(self._parts())
        return Part(lambda choose: "".join([part.make(choose) for part in parts]), sum(part.longest for part in parts))

    def _parts(self) -> Iterator[Part]:
        while self.at < len(self._pattern) and self._pattern[self.at] not in "|)":
            one = self._one()
            found = _TIMES.match(self._pattern, self.at)
            if found is None:
                yield one
                continue
            self.at = found.end()
            yield _repeated(one, *_bounds(found))

    def _one(self) -> Part:
        if (found := _LEFT.match(self._pattern, self.at)) is not None:
            self.at = found.end()
            inner = self.alternatives()
            if not self._pattern.startswith(")", self.at):
                raise UnreadError
            self.at += 1
            return inner
        if self._pattern.startswith(".", self.at):
            self.at += 1
            return Part(_of("[^\\n\\r\\u2028\\u2029]"), 1)
        found = _CLASS.match(self._pattern, self.at) or _LETTER.match(self._pattern, self.at)
        if found is None:
            raise UnreadError
        self.at = found.end()
        said = found.group()
        return Part((lambda _: said) if len(said) == 1 else _of(said), 1)


def _bounds(found: re.Match[str]) -> tuple[int, int | None]:
    """The fewest and the most repetitions."""
    sign, least, comma, most, _ = found.groups()
    if sign[0] != "{":
        return int(sign == "+"), 1 if sign == "?" else None
    return int(least), int(most) if most else None if comma else int(least)


def _repeated(one: Part, least: int, most: int | None) -> Part:
    def make(choose: Random) -> str:
        more = choose.choice(_MORE) if most is None else choose.randint(0, max(most - least, 0))
        return "".join([one.make(choose) for _ in range(least + more)])

    return Part(make, one.longest * (least + max(_MORE) if most is None else max(least, most)))


def _of(said: str) -> Make:
    """What makes one letter of a class."""
    try:
        takes = re.compile(said, re.ASCII)
    except re.error as error:
        raise UnreadError from error
    known = [letter for letter in _ASCII if takes.fullmatch(letter)]
    common = [letter for letter in known if letter in _COMMON]
    others = [letter for letter in map(chr, (*range(0xA1, 0x180), 0x4E2D, 0x1F600)) if takes.fullmatch(letter)]
    groups = [group for group in (common, known, others[:_OTHERS]) if group]
    if not groups:
        raise UnreadError
    if len(groups) == 1 or (len(common) == len(known) and not others):
        return lambda choose: choose.choice(groups[0])
    return lambda choose: choose.choice(choose.choice(groups))
