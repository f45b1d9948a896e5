"""How much an engine that backtracks may try: repetitions that can take each other's letters multiply it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pytest_apiversion.core.json.ambiguous_repetitions import alternatives

_ATOM = re.compile(
    r"(\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[^\\\[(){}*+?|])([*+?]|\{([0-9]{0,6})(,?)([0-9]{0,6})\})?[?+]?", re.DOTALL
)
_REPEATS = re.compile(r"(?<!\\)[*+]|(?<!\\)\{[0-9]*,[0-9]*\}")
_ANCHORS = frozenset("^$")
_BEYOND = re.compile(r"\\[uUN]")
"""How ASCII names a letter that may be any."""
_ANY = frozenset(map(chr, range(0x180)))
"""Letters that tell what an atom takes: those of ASCII and some beyond."""


class _Atom(NamedTuple):
    takes: frozenset[str]
    repeats: bool
    needed: bool


@lru_cache(maxsize=1024)
def multiplied(pattern: str) -> int:
    """How many repetitions of a pattern, as Python reads it, multiply what is tried: at least as many as it has, where groups or far letters hide it."""
    counts = []
    for way in alternatives(pattern):
        atoms = _atoms(way)
        counts.append(len(_REPEATS.findall(way)) if atoms is None else _together(atoms))
    return max(counts)


def _atoms(way: str) -> list[_Atom] | None:
    """The atoms of an alternative, in their order; None where it has groups, or names letters beyond those that are tried."""
    found, at = [], 0
    while at < len(way):
        atom = _ATOM.match(way, at)
        if atom is None or not atom[1].isascii() or _BEYOND.search(atom[1]):
            return None
        at = atom.end()
        if atom[1] in _ANCHORS or atom[1] in {r"\b", r"\B", r"\A", r"\Z"}:
            continue
        try:
            one = re.compile(atom[1], re.DOTALL)
        except re.error:
            return None
        often = atom[2] or ""
        several = often in {"*", "+"} or (often.startswith("{") and bool(atom[4]))
        takes = frozenset(filter(one.fullmatch, _ANY))
        found.append(_Atom(takes, repeats=several, needed=often not in {"*", "?"} and atom[3] not in {"", "0"}))
    return found


def _together(atoms: list[_Atom]) -> int:
    """The most repetitions that one repetition shares letters with, itself included: what stands between takes nothing else that has to be there."""
    most = 0
    for index, first in enumerate(atoms):
        if not first.repeats:
            continue
        count = 1
        for atom in atoms[index + 1 :]:
            if atom.repeats and atom.takes & first.takes:
                count += 1
            elif atom.needed and not atom.takes & first.takes:
                break
        most = max(most, count)
    return most
