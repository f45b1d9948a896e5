"""Lines for a terminal that is narrower than they are: words go to the next line, and a command can still be pasted."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterator, Sequence

_ROW = re.compile(r"(  (\S+) {2,}| {12})(?=\S)")
"""How a row of a finding begins: a name in a column of its own, or the column left empty."""
_COMMAND = re.compile(r"(\w+=\S+ )*(curl|printf|apiversion send|python\S* -m)\b")
_WORD = re.compile(r"""(?:[^\s'"\\]|'[^']*'|"(?:[^"\\]|\\.)*"|\\.)+""")
"""A word of a shell, with its quotation marks."""
_NARROWEST = 40
"""Columns; what claims to be narrower is no terminal (pytest's own bound)."""


def terminal_width() -> int | None:
    """Columns of the terminal, or what `COLUMNS` says; None where the output is no terminal, so that its lines stay whole."""
    width = shutil.get_terminal_size(fallback=(0, 0)).columns
    return width if width >= _NARROWEST else None


def wrapped(line: str, width: int | None) -> list[str]:
    r"""A line as the lines that fit; a word that is longer stays whole.

    What goes on is indented as the text of its row, or by two more than the line. A command of a shell goes on after a backslash.

    Args:
        line: The line.
        width: Columns; None leaves it whole.
    """
    if width is None or len(line) <= width:
        return [line]
    row = _ROW.match(line)
    before = row[0] if row else line[: len(line) - len(line.lstrip())]
    text, indent = line[len(before) :], " " * (len(before) if row else len(before) + 2)
    words = _WORD.findall(text)
    if _COMMAND.match(text) and " ".join(words) == text:
        return list(_filled(before, indent, _paired(words, width - 2 - len(indent)), width - 2))
    found = textwrap.wrap(
        text,
        width,
        initial_indent=before,
        subsequent_indent=indent,
        expand_tabs=False,
        replace_whitespace=False,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return found or [line]


def _paired(words: Sequence[str], width: int) -> list[str]:
    """Options together with what follows them, where both fit into a line."""
    found: list[str] = []
    for word in words:
        option = bool(found and re.fullmatch(r"-[A-Za-z]|--[a-z-]+", found[-1])) and not word.startswith("-")
        if option and len(found[-1]) + 1 + len(word) <= width:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def _filled(before: str, indent: str, words: Sequence[str], width: int) -> Iterator[str]:
    """Lines of a command's words, each as long as it may be; all but the last go on after a backslash."""
    line = before + words[0]
    for word in words[1:]:
        if len(line) + 1 + len(word) > width:
            yield f"{line} \\"
            line = indent + word
        else:
            line += f" {word}"
    yield line
