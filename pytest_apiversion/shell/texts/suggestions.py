"""What is near to a name nobody knows, and values as a message shows them."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from pytest_apiversion.shell.texts.toml_text import Stamp


def nearest(name: str, known: Iterable[str]) -> str:
    """`; did you mean "x"?` for the nearest known name, or the list of known names where none is near."""
    names = list(known)
    if near := near_name(name, names):
        return f'; did you mean "{near}"?'
    return f" (known: {', '.join(names[:12])}{', …' if len(names) > 12 else ''})" if names else ""  # noqa: PLR2004


def near_name(name: str, known: Iterable[str]) -> str | None:
    """The known name that is meant by one that nobody knows; None where none is near."""
    names = list(known)
    same = [other for other in names if other.lower() == name.lower()]
    close = same or difflib.get_close_matches(name, names, n=len(names) or 1, cutoff=0.6)
    best = [other for other in close if _ratio(name, other) == _ratio(name, close[0])]
    return max(best, key=lambda other: next(_differing(name, other), len(name)), default=None)


def _differing(name: str, other: str) -> Iterator[int]:
    """Where two names differ."""
    return (index for index, pair in enumerate(zip(name, other, strict=False)) if pair[0] != pair[1])


def _ratio(name: str, other: str) -> float:
    """How near two names are, as `difflib.get_close_matches` has it."""
    return difflib.SequenceMatcher(None, other, name).ratio()


def quoted(value: Any) -> str:
    """A value as it may be shown in a line."""
    if value == "\0":
        return "a value that cannot be read"
    text = str(value) if isinstance(value, Stamp) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:59]}…"  # noqa: PLR2004  a message is one line
