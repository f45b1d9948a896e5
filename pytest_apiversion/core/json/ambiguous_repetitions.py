"""Repetitions that may be read in many ways: what makes an engine that tries them all take for ever.

A group that is repeated without an upper bound is ambiguous where some text is one round of it, and several rounds as well. Short texts of the
letters that the pattern is about show that: a pattern for which none does is taken for one that ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

_REPEATS = re.compile(r"[*+](?!\+)|\{[0-9]*,\}(?!\+)")
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]?|\(|\)|\||[*+]|\{[0-9]*,\}", re.DOTALL)
_OPENING = re.compile(r"\((?:\?(?:P?<(?![=!])[^>]*>|[a-zA-Z-]*:))?(?!\?)")
_LETTERS = re.compile(r"[A-Za-z0-9 ,.;:/_@%+=-]")
_COMMON = "a0 -"
_MOST = 6
"""Letters that texts are made of."""
_LONGEST = 4
"""Letters of a text."""


@lru_cache(maxsize=1024)
def ambiguous(pattern: str) -> bool:
    """Whether a group of a pattern, as Python reads it, is repeated without an upper bound and its rounds can be told apart in many ways."""
    return any(_many_ways(body) for body in _repeated(pattern))


def _repeated(pattern: str) -> Iterator[str]:
    """What is inside each group that is repeated without an upper bound, and holds a repetition or alternatives."""
    groups: list[tuple[int, bool]] = [(0, False)]
    for token in _TOKEN.finditer(pattern):
        said = token.group()
        if said == "(":
            groups.append((token.start(), False))
        elif said == ")" and len(groups) > 1:
            start, inner = groups.pop()
            again = _REPEATS.match(pattern, token.end()) is not None
            opening = _OPENING.match(pattern, start)
            if inner and again and opening:
                yield pattern[opening.end() : token.start()]
            groups[-1] = (groups[-1][0], groups[-1][1] or inner or again)
        elif said[0] in "*+{|":
            groups[-1] = (groups[-1][0], True)


def _many_ways(body: str) -> bool:
    letters = list(dict.fromkeys([*_LETTERS.findall(re.sub(r"\\.|\?[:=!<]", "", body)), *_COMMON]))[:_MOST]
    try:
        once, often = re.compile(body), re.compile(f"(?:{body}){{2,{_LONGEST}}}")
        ways = [re.compile(way) for way in alternatives(body)]
    except (re.error, OverflowError, RecursionError):  # it refers to a group elsewhere
        return True
    for size in range(_LONGEST + 1):
        for text in map("".join, product(letters, repeat=size)):
            if once.fullmatch(text) and size and often.fullmatch(text):
                return True
            if len(ways) > 1 and sum(way.fullmatch(text) is not None for way in ways) > 1:
                return True
    return False


def alternatives(body: str) -> list[str]:
    """The alternatives of a pattern or a group, without those of groups in it."""
    depth, start, found = 0, 0, []
    for token in _TOKEN.finditer(body):
        said = token.group()
        depth += (said == "(") - (said == ")")
        if said == "|" and not depth:
            found.append(body[start : token.start()])
            start = token.end()
    return [*found, body[start:]]
