"""Where a promise stands: the file, and the line, of a place in a policy file or a contract."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pytest_apiversion.shell.texts.toml_places import ancestors, places, statements

_LARGEST = 8_000_000
"""Bytes; in a larger file no line is looked for."""
_SUFFIXES = (".json", ".yaml", ".yml")
_CONTRACT = re.compile(r"(?P<file>\S+?\.(?:json|ya?ml))(?:[ #]+(?P<rest>.*))?", re.DOTALL)


class Line(NamedTuple):
    """A line of a file.

    Attributes:
        file: The file: as the repository names it that it is in, else from the working directory; else its whole path.
        line: The line, from 1.
    """

    file: str
    line: int


def line_of(source: str, place: str) -> Line:
    """Where a finding's promise stands; the policy file's first line where nothing more is known.

    Args:
        source: The policy file.
        place: A dotted place in it, or a contract and a place in that.
    """
    found = _CONTRACT.fullmatch(place)
    if found and found["file"].endswith(_SUFFIXES):
        path = Path(source).parent / found["file"]
        if path.is_file():
            return Line(_shown(path), _in_contract(str(path), found["rest"] or ""))
    lines = _policy_lines(source)
    return Line(
        _shown(Path(source)), next((lines[each] for each in ancestors(place.partition(" ")[0]) if each in lines), 1)
    )


def _shown(path: Path) -> str:
    whole = path.absolute()
    repository = next((each for each in whole.parents if (each / ".git").exists()), Path.cwd())
    return (whole.relative_to(repository) if whole.is_relative_to(repository) else whole).as_posix()


@lru_cache(maxsize=64)
def _policy_lines(source: str) -> dict[str, int]:
    return places(tuple(statements(_text(source))))


@lru_cache(maxsize=512)
def _in_contract(path: str, rest: str) -> int:
    """The line of an operation in an OpenAPI document: that of its path, and below it that of its method."""
    found = re.search(r"\b([A-Z]+) (/\S*)", rest)
    if found is None:
        return 1
    text = _text(path)
    key = re.search(rf"""^[ \t{{]*["']?{re.escape(found[2])}["']?[ \t]*:""", text, re.MULTILINE)
    if key is None:
        return 1
    method = re.compile(rf"""["']?\b{found[1].lower()}\b["']?[ \t]*:""").search(text, key.end())
    return text.count("\n", 0, method.start() if method else key.end()) + 1


@lru_cache(maxsize=8)
def _text(path: str) -> str:
    """A file's text; empty where it cannot be read any more."""
    try:
        if Path(path).stat().st_size > _LARGEST:
            return ""
        return Path(path).read_text("utf-8", "replace")
    except OSError:
        return ""
