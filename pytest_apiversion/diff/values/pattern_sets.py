"""Patterns as sets of texts: whether one takes all that others take, and which few texts there are; found out by finite automata.

The work is counted, not timed, so that a slow machine finds out what a fast one does. What takes too much of it is not found out.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable
from itertools import count, pairwise

from pytest_apiversion.diff.values.pattern_parts import LAST, Part, Ranges, Unread, parts_of, shown

MOST_STEPS, _MOST_OF_QUESTION = 400_000, 40_000
"""Steps of all questions of one comparison, and of one of them."""

FEW = 64
"""Texts that are listed; of more, or of endless many, none is."""

_Ways = frozenset[tuple[int, int]]
_ALL: _Ways = frozenset({(0, 0)})
"""What stands for the ways on where a pattern has occurred, whatever follows."""


class _Run:
    """One piece of a pattern that reads texts; what may still come, all ways at once, is a state, and states are numbered as they come.

    What is to come is a chain: a piece and the number of what follows it, of which 0 is nothing.
    """

    def __init__(self, part: Part, masks: dict[Ranges, int], texts: Texts) -> None:
        self._masks, self._texts = masks, texts
        self._chains: list[tuple[Part, int, int | None, int]] = [(part, 1, 1, 0)]
        self._known: dict[tuple[int, int, int, int | None], int] = {}
        self._numbers: dict[tuple[_Ways, bool], int] = {}
        self._states: list[_Ways] = []
        self._steps: dict[tuple[int, int], int] = {}
        whole = self._chain(part, 0, part.least, part.most)
        self._again = [] if part.anchored else [whole]
        self.accepts: list[bool] = []
        self.surely: list[bool | None] = []
        self.first = self._number([whole], start=True)

    def _chain(self, part: Part, rest: int, least: int, most: int | None) -> int:
        key = (id(part), rest, least, most)
        if key not in self._known:
            self._known[key] = len(self._chains)
            self._chains.append((part, least, most, rest))
        return self._known[key]

    def _open(self, numbers: Iterable[int], *, start: bool, end: bool) -> tuple[_Ways, bool]:
        """The characters that may come next, each with what comes after it; and whether nothing has to."""
        ways: set[tuple[int, int]] = set()
        seen, stack = set(numbers), list(numbers)
        while stack:
            number = stack.pop()
            if not number:
                continue
            part, least, most, rest = self._chains[number]
            self._texts.spend(1 + len(part.inner))
            into: list[int] = []
            if part.word == "chars":
                ways.add((self._masks[part.ranges], rest))
            elif part.word == "all":
                for inner in reversed(part.inner):
                    rest = self._chain(inner, rest, inner.least, inner.most)
                into = [rest]
            elif part.word == "any":
                into = [self._chain(inner, rest, inner.least, inner.most) for inner in part.inner]
            elif part.word == "repeat":
                (inner,) = part.inner
                into = [rest] if least == 0 else []
                if most != 0:
                    again = self._chain(part, rest, max(least - 1, 0), None if most is None else most - 1)
                    into.append(self._chain(inner, again, inner.least, inner.most))
            elif start if part.word == "begin" else end:
                into = [rest]
            new = [one for one in into if one not in seen]
            seen.update(new)
            stack += new
        return frozenset(ways), 0 in seen

    def _number(self, chains: list[int], *, start: bool = False) -> int:
        ways, done = self._open(chains, start=start, end=False)
        accepts = done or self._open(chains, start=start, end=True)[1]
        key = (_ALL if done else ways, accepts)
        if not start and key in self._numbers:
            return self._numbers[key]
        number = len(self._states)
        if not start:
            self._numbers[key] = number
        self._states.append(key[0])
        self.accepts.append(accepts)
        self.surely.append(True if done else None if ways or self._again or accepts else False)
        return number

    def step(self, number: int, kind: int) -> int:
        """The number of the state after a character of a kind."""
        found = self._steps.get((number, kind))
        if found is None:
            ways = self._states[number]
            if ways is _ALL:
                return number
            self._texts.spend(len(ways))
            chains = dict.fromkeys(rest for mask, rest in ways if mask >> kind & 1)
            found = self._steps[number, kind] = self._number([*chains, *self._again])
        return found


_State = tuple[int, ...]


class _Question:
    """Several patterns that read the same text."""

    def __init__(self, patterns: tuple[str, ...], texts: Texts) -> None:
        self.texts = texts
        told = [parts_of(one) for one in patterns]
        self.kinds, masks = _kinds({ranges for one in told for part, _ in one for ranges in part.classes()}, texts)
        self._runs = [(_Run(part, masks, texts), wanted) for one in told for part, wanted in one]
        self._of = [index for index, one in enumerate(told) for _ in one]
        self.first: _State = tuple(run.first for run, _ in self._runs)

    def step(self, state: _State, kind: int) -> _State:
        """What a state becomes with a character of a kind."""
        self.texts.spend(len(state))
        return tuple(run.step(number, kind) for (run, _), number in zip(self._runs, state, strict=True))

    def refusing(self, state: _State) -> set[int]:
        """The patterns that do not take the text that ends here."""
        known = zip(self._runs, state, self._of, strict=True)
        return {pattern for (run, wanted), number, pattern in known if run.accepts[number] is not wanted}

    def doomed(self, state: _State) -> set[int]:
        """The patterns that take no text that goes on from here."""
        known = zip(self._runs, state, self._of, strict=True)
        return {pattern for (run, wanted), number, pattern in known if run.surely[number] is (not wanted)}

    def open(self, state: _State) -> set[int]:
        """The patterns of which it is not sure that they take each text that goes on from here."""
        known = zip(self._runs, state, self._of, strict=True)
        return {pattern for (run, wanted), number, pattern in known if run.surely[number] is not wanted}


def _kinds(classes: Iterable[Ranges], texts: Texts) -> tuple[list[Ranges], dict[Ranges, int]]:
    """Characters that no class tells apart, and by class which of these it holds, as bits."""
    masks = dict.fromkeys(sorted(classes), 0)
    cuts = sorted({0, 0xD800, 0xE000, LAST + 1, *(limit for one in masks for a, b in one for limit in (a, b + 1))})
    holders: list[list[Ranges]] = [[] for _ in cuts]
    for ranges in masks:
        for first, last in ranges:
            here = range(bisect_left(cuts, first), bisect_left(cuts, last + 1))
            texts.spend(len(here))
            for index in here:
                holders[index].append(ranges)
    found: dict[tuple[Ranges, ...], list[tuple[int, int]]] = {}
    for index, (first, after) in enumerate(pairwise(cuts)):
        if first != 0xD800:  # noqa: PLR2004  halves of characters, of which no text is made
            found.setdefault(tuple(holders[index]), []).append((first, after - 1))
    kinds = sorted(found.items(), key=lambda one: shown(tuple(one[1])).isspace())
    for kind, (held, _) in enumerate(kinds):
        for ranges in held:
            masks[ranges] |= 1 << kind
    return [tuple(ranges) for _, ranges in kinds], masks


class Texts:
    """Answers questions about the patterns of one comparison, as long as there is work left."""

    def __init__(self, steps: int = MOST_STEPS) -> None:
        self._left, self._of_question = steps, 0
        self._missing: dict[tuple[object, ...], str | Unread | None] = {}
        self._few: dict[tuple[object, ...], list[str] | None] = {}

    def spend(self, steps: int) -> None:
        """Count work of a question.

        Raises:
            Unread: There was too much of it.
        """
        self._of_question -= steps
        self._left -= steps
        if min(self._of_question, self._left) < 0:
            raise Unread

    def missing(self, narrow: Iterable[str], wide: Iterable[str], least: int = 0, most: float = math.inf) -> str | None:
        """A shortest text of a length that several patterns take, and not each of others; None where there surely is none.

        Args:
            narrow: Patterns that take it.
            wide: Patterns of which one does not.
            least: Its least length.
            most: Its greatest.

        Raises:
            Unread: That is not found out.
        """
        taken = tuple(sorted(set(narrow)))
        asked = tuple(sorted(set(wide).difference(taken)))
        found = self._asked(taken, asked, 0, math.inf) if asked else None
        return found if found is None or least <= len(found) <= most else self._asked(taken, asked, least, most)

    def _asked(self, taken: tuple[str, ...], asked: tuple[str, ...], least: int, most: float) -> str | None:
        key = (taken, asked, least, most)
        if key not in self._missing:
            self._of_question = _MOST_OF_QUESTION
            try:
                self._missing[key] = _missing(_Question(taken + asked, self), len(taken), least, most)
            except Unread as error:
                self._missing[key] = error
        found = self._missing[key]
        if isinstance(found, Unread):
            raise found
        return found

    def includes(
        self, narrow: Iterable[str], wide: Iterable[str], least: int = 0, most: float = math.inf
    ) -> bool | None:
        """Whether patterns take each text that others take; None where that is not found out."""
        try:
            return self.missing(narrow, wide, least, most) is None
        except Unread:
            return None

    def few(self, patterns: Iterable[str], least: int = 0, most: float = math.inf) -> list[str] | None:
        """All texts of a length that several patterns take; None where they are not few, or that is not found out."""
        told = tuple(sorted(set(patterns)))
        key = (told, least, most)
        if key not in self._few:
            self._of_question = _MOST_OF_QUESTION
            try:
                self._few[key] = _few(_Question(told, self), least, most)
            except Unread:
                self._few[key] = None
        return self._few[key]


def _missing(question: _Question, taken: int, least: int, most: float) -> str | None:
    ends: dict[tuple[_State, int], str] = {(question.first, 0): ""}
    seen = set(ends)
    for length in count():
        for (state, _), text in ends.items() if length >= least else ():
            if min(question.refusing(state), default=-1) >= taken:
                return text
        if not ends or length >= most:
            return None
        longer: dict[tuple[_State, int], str] = {}
        for (state, _), text in ends.items():
            for kind, ranges in enumerate(question.kinds):
                after = (question.step(state, kind), min(length + 1, least))
                hopeless = min(question.doomed(after[0]), default=taken) < taken
                if after not in seen and not hopeless and max(question.open(after[0]), default=-1) >= taken:
                    seen.add(after)
                    longer[after] = text + shown(ranges)
        ends = longer
    return None


def _few(question: _Question, least: int, most: float) -> list[str] | None:
    ways: dict[_State, list[tuple[int, _State]]] = {}
    back: dict[_State, list[_State]] = {}
    stack = [question.first]
    while stack:
        state = stack.pop()
        if state not in ways:
            known = [(kind, question.step(state, kind)) for kind in range(len(question.kinds))]
            ways[state] = [(kind, after) for kind, after in known if not question.doomed(after)]
            for _, after in ways[state]:
                back.setdefault(after, []).append(state)
                stack.append(after)
    takes = {state for state in ways if not question.refusing(state)}
    live, stack = set(takes), list(takes)
    while stack:
        new = [one for one in back.get(stack.pop(), ()) if one not in live]
        live.update(new)
        stack += new
    found: list[str] = []
    ends = [(question.first, "")] if question.first in live else []
    for length in count():
        found += [text for state, text in ends if length >= least and state in takes]
        if not ends or length >= most:
            return found
        longer: list[tuple[_State, str]] = []
        for state, text in ends:
            for kind, after in ways[state]:
                ranges = question.kinds[kind] if after in live else ()
                if sum(last - first + 1 for first, last in ranges) + len(longer) + len(found) > FEW:
                    return None
                longer += [(after, text + chr(code)) for first, last in ranges for code in range(first, last + 1)]
        ends = longer
    return None
