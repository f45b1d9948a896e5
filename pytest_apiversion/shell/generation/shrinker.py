"""Shrinks a row of choices with Hypothesis; heavy, imported when something is shrunk."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from unittest import SkipTest

from hypothesis import HealthCheck, Phase, Verbosity, database, find, settings
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException

from pytest_apiversion.shell.compat.frame_memory import in_one_piece
from pytest_apiversion.shell.compat.hypothesis_internals import choices_to_bytes
from pytest_apiversion.shell.compat.unwritten_values import Unwritten
from pytest_apiversion.shell.generation.choices import Following, Original

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_apiversion.shell.generation.choices import Choice, Choosing

T = TypeVar("T")

_KEY = b"pytest-apiversion"
_EVALUATIONS = 5_000
"""Rows that are looked at; most of them lead to nothing that may be sent."""


class _Drawn:
    """Chooses by drawing."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def keep(self) -> bool:
        return self._draw(st.booleans())

    def text(self, original: str) -> str:
        return self._draw(st.text("".join(sorted({*original, "0"})), max_size=len(original)))

    def number(self, original: float) -> float:
        low, high = min(original, 0), max(original, 0)
        if isinstance(original, int):
            return self._draw(st.integers(int(low), int(high)))
        return self._draw(st.floats(low, high, allow_nan=False))


def shrink(value: T, remake: Callable[[T, Choosing], T], shows: Callable[[T], bool]) -> None:
    """Look for the simplest value that still shows something, beginning with one that did.

    Parts that need not be there are left out first, many at a time; the rest is Hypothesis' work. It is given the choices of what is left
    as those of an earlier run, so that the first value it tries is a known one. A second row is given beside it, in which every text is
    noughts: a text that only has to be long is then done with one request.

    Args:
        value: The value that was drawn.
        remake: Makes a value from another by choices.
        shows: Whether a value shows it; it remembers what it has to, and may raise to end this.
    """
    if not shows(value):
        return
    value = _without(value, remake, shows)
    row = _row(value, remake)
    if not row:
        return
    if choices_to_bytes is None:
        step_by_step(value, remake, shows)
        return
    seeds = database.InMemoryExampleDatabase()
    plain = ["0" * len(choice) if isinstance(choice, str) else choice for choice in row]
    for seed in (plain, row):
        # one choice too many: a row that fits exactly would count as shrunk by an earlier run
        seeds.save(_KEY, choices_to_bytes([*seed, 0]))
    quiet = settings(
        max_examples=_EVALUATIONS,
        database=seeds,
        deadline=None,
        derandomize=False,
        phases=[Phase.reuse, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
        print_blob=False,
    )

    @st.composite
    def made(draw: st.DrawFn) -> Unwritten[T]:
        return Unwritten(remake(value, _Drawn(draw)))

    try:
        in_one_piece(lambda: find(made(), lambda each: shows(each.value), settings=quiet, database_key=_KEY))
    except (HypothesisException, SkipTest):  # nothing showed it again, or not each time
        return


def _row(value: T, remake: Callable[[T, Choosing], T]) -> list[Choice]:
    original = Original()
    remake(value, original)
    return original.row


def _without(value: T, remake: Callable[[T, Choosing], T], shows: Callable[[T], bool]) -> T:
    """The value without the parts that need not be there: all of them, then each half, each quarter, down to single ones."""
    row = _row(value, remake)
    parts = [index for index, choice in enumerate(row) if choice is True]
    width = len(parts)
    while width:
        for start in range(0, len(parts), width):
            gone = {index for index in parts[start : start + width] if row[index]}
            changed = [False if index in gone else choice for index, choice in enumerate(row)]
            if gone and shows(remake(value, Following(changed))):
                row = changed
        width //= 2
    return remake(value, Following(row))


def step_by_step(value: T, remake: Callable[[T, Choosing], T], shows: Callable[[T], bool]) -> None:
    """The same without Hypothesis: each choice by itself, until no choice can be made simpler."""
    row = _row(value, remake)
    improved = True
    while improved:
        improved = False
        for index, choice in enumerate(row):
            for simpler in _simpler(choice):
                changed = [*row[:index], simpler, *row[index + 1 :]]
                if shows(remake(value, Following(changed))):
                    row, improved = changed, True
                    break


def _simpler(choice: Choice) -> Iterator[Choice]:
    """Simpler choices, the simplest first."""
    if isinstance(choice, bool):
        yield from (False,) if choice else ()
    elif isinstance(choice, str):
        noughts = "0" * len(choice)
        yield from dict.fromkeys(
            text for text in ("", noughts, choice[: len(choice) // 2], choice[:-1], choice[1:]) if text != choice
        )
    elif choice:
        yield from dict.fromkeys(number for number in (type(choice)(0), type(choice)(choice / 2)) if number != choice)
