"""The fenced blocks of the documentation, as values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = tuple(
    sorted(
        [
            *ROOT.glob("docs/**/*.md"),
            *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "SECURITY.md")),
            ROOT / "benchmarks" / "README.md",
        ]
    )
)
"""Every page a reader may open."""

_FENCE = re.compile(r"^```(?P<head>[^\n`]*)\n(?P<text>.*?)^```[ ]*$", flags=re.MULTILINE | re.DOTALL)
_WORD = re.compile(r'(\w+)="([^"]*)"')


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One fenced block.

    Attributes:
        page: The file it stands in, from the root of the repository.
        line: Its first line there.
        language: What it says it is: `toml`, `python`, `console` …
        title: The file or the step it stands for; empty where it stands for nothing.
        replaces: How the line begins that it takes the place of; empty for a whole file.
        text: What is in it.
    """

    page: str
    line: int
    language: str
    title: str
    replaces: str
    text: str

    @property
    def id(self) -> str:
        """What a test about it is called."""
        return f"{self.page}:{self.line}"


def blocks_of(path: Path) -> Iterator[Block]:
    """The blocks of one page, in order."""
    text = path.read_text("utf-8")
    for found in _FENCE.finditer(text):
        head = found["head"]
        told = dict(_WORD.findall(head))
        yield Block(
            page=path.relative_to(ROOT).as_posix(),
            line=text.count("\n", 0, found.start()) + 1,
            language=head.split()[0] if head.split() else "",
            title=told.get("title", ""),
            replaces=told.get("replaces", ""),
            text=found["text"],
        )


BLOCKS = tuple(block for page in PAGES for block in blocks_of(page))
"""Every block of every page."""


def written(*languages: str) -> list[Block]:
    """The blocks in some languages."""
    return [block for block in BLOCKS if block.language in languages]


def commands(block: Block) -> list[str]:
    """The commands of a console block: a line each, those that end in a backslash joined, comments left out."""
    joined = block.text.replace("\\\n", " ")
    return [line.strip() for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]
