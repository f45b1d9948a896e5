"""Likenesses: what can be said of a text that is no declared version beside those that are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def _otherwise(text: str, version: str) -> bool:
    """Whether a text is the version in letters or digits of another kind (full-width digits, say)."""
    return text != version and unicodedata.normalize("NFKC", text) == version


_LIKENESSES: tuple[tuple[str, Callable[[str, str], bool]], ...] = (
    ("is {} in other case", lambda text, version: text.casefold() == version.casefold()),
    ("is {} with blanks around it", lambda text, version: text.strip() == version),
    ("is {} in letters or digits of another kind", _otherwise),
    ("is {} with zeros before its number", lambda text, version: _numbers(text) == version),
    ("starts with {}", lambda text, version: text.startswith(version)),
    ("ends with {}", lambda text, version: text.endswith(version)),
    ("has {} in it", lambda text, version: version in text),
    ("is the start of {}", lambda text, version: bool(text) and version.startswith(text)),
)
"""The most telling first."""


def _numbers(text: str) -> str:
    """A text without the zeros that begin its numbers."""
    return _ZEROS.sub("", text)


def likenesses(text: str, declared: Mapping[str, bool]) -> tuple[str, ...]:
    """What holds of a text and some declared version, as ends of a sentence that begins with "every text that".

    Args:
        text: The text that was written.
        declared: The declared versions as they are written in the same place, and whether each answers.

    Returns:
        The most telling first; nothing of a text that is a declared version, or like none.
    """
    if text in declared:
        return ()
    found = []
    for words, holds in _LIKENESSES:
        answer = {answers for version, answers in declared.items() if holds(text, version)}
        found += [words.format("a declared version")] if answer else []
        found += [words.format("a version that answers")] if True in answer else []
    return tuple(found)
