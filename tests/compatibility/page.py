"""The written part of `docs/reference/compatibility.md`: one table for each dependency."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

BEGIN = "<!-- written by `python -m tests.compatibility`: begin -->"
END = "<!-- written by `python -m tests.compatibility`: end -->"
WORKS = "works"
_HEAD = ("release", "day", "Python", "moved with it", "what came out", "tests passed")
_COMPARED = (3, 4)
"""The columns that `changes` compares: neither a later day nor a test more is a change."""
_NARROW = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """What came out of one trial.

    Attributes:
        release: The release that was tried.
        day: When, as `YYYY-MM-DD` in UTC.
        python: Under which Python.
        moved: Other dependencies that could not stay at the section's releases, and where they went: `pytest 8.4.2`.
        outcome: `works`, or what failed, or why it could not be tried.
        passed: Tests that passed; None where none could run.
    """

    release: str
    day: str
    python: str
    moved: tuple[str, ...]
    outcome: str
    passed: int | None


def section(name: str, allowed: str, beside: Mapping[str, str], rows: Iterable[Row]) -> str:
    """The heading, the sentence and the table of one dependency.

    Args:
        name: The dependency.
        allowed: Its range, as `pyproject.toml` has it.
        beside: The other dependencies and their releases, where a row says nothing else.
        rows: Its trials, the oldest release first.
    """
    others = ", ".join(f"{other} {release}" for other, release in beside.items())
    lines = [
        f"## {name}",
        "",
        f"Allowed: `{name}{allowed}`. Beside it, where a row says nothing else: {others}.",
        "",
        _line(_HEAD),
        _line(["---"] * (len(_HEAD) - 1) + ["---:"]).replace(" ", ""),
        *(_line(_cells(row)) for row in rows),
    ]
    return "\n".join(lines) + "\n"


def _cells(row: Row) -> list[str]:
    passed = "" if row.passed is None else str(row.passed)
    return [row.release, row.day, row.python, ", ".join(row.moved), _one_line(row.outcome), passed]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _one_line(text: str) -> str:
    """A text that can stand in a cell: no ends of lines, no bars, not too long."""
    text = " ".join(text.split()).replace("|", "/")
    return text if len(text) <= _NARROW else f"{text[:_NARROW]}…"


def sections(page: str) -> dict[str, str]:
    """The written sections of a page, each under its dependency."""
    written = _parts(page)[1]
    found = re.split(r"^(?=## )", written, flags=re.MULTILINE)[1:]
    return {each.partition("\n")[0].removeprefix("## "): each.rstrip() + "\n" for each in found}


def replaced(page: str, written: Mapping[str, str], order: Iterable[str]) -> str:
    """The page with these sections in the place of the old ones; the other sections stay, those of no dependency go.

    Args:
        page: The page as it is.
        written: New sections, each under its dependency.
        order: Every dependency, in the order of the page.
    """
    before, _, after = _parts(page)
    now = {**sections(page), **written}
    return "\n".join([f"{before}{BEGIN}\n", *(now[name] for name in order if name in now), END]) + after


def _parts(page: str) -> tuple[str, str, str]:
    """What stands before the markers, between them and after them."""
    before, begin, rest = page.partition(BEGIN)
    between, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page needs the lines {BEGIN!r} and {END!r}")
    return before, between, after


def changes(name: str, old: str, new: str) -> list[str]:
    """What a section says now and did not say before, one line for each release.

    Args:
        name: The dependency.
        old: Its section as the page has it; empty where it has none.
        new: Its section as it would be written.
    """
    was, now = compared(old), compared(new)
    return [
        f"{name} {release}: {_told(was.get(release))} -> {_told(now.get(release))}"
        for release in dict.fromkeys([*was, *now])
        if was.get(release) != now.get(release)
    ]


def compared(text: str) -> dict[str, tuple[str, ...]]:
    """The compared cells of each row of a section, under its release."""
    rows = [line[2:-2].split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return {cells[0]: tuple(cells[at] for at in _COMPARED) for cells in rows if cells[0][0].isdigit()}


def _told(cells: tuple[str, ...] | None) -> str:
    if cells is None:
        return "not tried"
    return " with ".join(cell for cell in reversed(cells) if cell)
