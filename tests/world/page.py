"""docs/reference/frameworks.md: one table for each style of each service."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

HEAD = """\
# Frameworks and services as they are

What real packages do with versions, asked on a real socket and written by `python -m tests.world`; nothing here is from memory
or from documentation. Each service is [a small script](https://packaging.python.org/en/latest/specifications/inline-script-metadata/)
with two versions of one resource, on the framework's own mechanism and with its own errors. *serves 2* means that the answer came from
version 2; else a row tells the media type and the shape of the body. Headers that say nothing of versions, methods or places are
left out, and the methods of `Allow` are in order of their names, since some frameworks have another order in each process. A [preset](presets.md) that was held against one of these says so. At the end stand generators of documents: what they write
for each version is frozen as it is, compared with what they write for the next one, and held against the service it describes.
What a removed version gets is a row of its own where the end of a version is something a framework knows; elsewhere it is a version that is not there.
A row that says *by chance* got one of these answers: the next process may give another one. NSwag's documents need Mono's compiler `mcs` and its `System.ComponentModel.DataAnnotations` on the machine, and Spring a JDK of 17 or later.

Not asked, for want of packages that npm's, Python's or Debian's index has: springdoc, which is in Maven's alone (Spring's own libraries are inside a
wheel), and ASP.NET's own API versioning, which is in NuGet's alone. The services of vendors (Elasticsearch, GitHub, Google, Kubernetes, Shopify, Stripe,
Zalando, Azure's but for its emulator of storage) are not to be installed at all: their presets name the documents and the day on which they were read.
"""
_COLUMNS = ("asked", "status", "answer", "headers", "release", "day")
_STEP_COLUMNS = ("asked", "answer", "release", "day")
_COMPARED = slice(1, -2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """What one question got.

    Attributes:
        question: What was asked.
        status: The status, or what happened instead of an answer.
        answer: What came back.
        headers: What its headers say.
    """

    question: str
    status: str
    answer: str
    headers: str


def section(title: str, said: str, rows: Iterable[Row], release: str, day: str) -> str:
    """The heading, the sentence and the table of one style.

    Args:
        title: The framework and the style.
        said: What was installed, and how a version is named.
        rows: One for each question.
        release: The release that answered.
        day: When, as `YYYY-MM-DD` in UTC.
    """
    cells = [(row.question, row.status, row.answer, row.headers, release, day) for row in rows]
    lines = [f"## {title}", "", said, "", _line(_COLUMNS), f"|{'---|' * len(_COLUMNS)}", *map(_line, cells)]
    return "\n".join(lines) + "\n"


def steps(title: str, said: str, rows: Iterable[Row], release: str, day: str) -> str:
    """The same of a generator, whose rows have neither status nor headers."""
    cells = [(row.question, row.answer, release, day) for row in rows]
    lines = [f"## {title}", "", said, "", _line(_STEP_COLUMNS), f"|{'---|' * len(_STEP_COLUMNS)}", *map(_line, cells)]
    return "\n".join(lines) + "\n"


def missing(title: str, why: str, day: str) -> str:
    """The section of what could not be asked."""
    return f"## {title}\n\nNot asked on {day}: {' '.join(why.split())[:300]}\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(' '.join(cell.split()).replace('|', '/') for cell in cells)} |"


def sections(page: str) -> dict[str, str]:
    """The sections of a page, each under its title."""
    found = re.split(r"^(?=## )", page, flags=re.MULTILINE)[1:]
    return {each.partition("\n")[0].removeprefix("## "): each.rstrip() + "\n" for each in found}


def replaced(page: str, written: Mapping[str, str], order: Iterable[str]) -> str:
    """The page with these sections in the place of the old ones; those with no place in the order go."""
    now = {**sections(page), **written}
    return "\n".join([HEAD, *(now[title] for title in order if title in now)])


def changes(title: str, old: str, new: str) -> list[str]:
    """What a section says now and did not say before, one line for each question; a later day or release alone is no change."""
    was, now = _compared(old), _compared(new)
    return [
        f"{title}, {name}: {_told(was.get(name))} -> {_told(now.get(name))}"
        for name in dict.fromkeys([*was, *now])
        if was.get(name) != now.get(name)
    ]


def _compared(text: str) -> dict[str, tuple[str, ...]]:
    rows = [line[2:-2].split(" | ") for line in text.splitlines() if line.startswith("| ")][1:]
    return {cells[0]: tuple(cells[_COMPARED]) for cells in rows}


def _told(cells: tuple[str, ...] | None) -> str:
    return "not asked" if cells is None else " ".join(cell for cell in cells if cell)
