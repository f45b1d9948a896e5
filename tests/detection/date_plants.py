"""Bugs of dates that follow from one another, and of times of notice that hold together, planted in a copy of the policy."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from tests.detection.plants import Plant, copied

_NOTICE = 'from = "deprecated"\n'
_DEPRECATED = "deprecated = 2026-01-15\nsunset = 2027-01-15T00:00:00Z\n"


def _saying(*edits: tuple[str, str]) -> Plant:
    """A policy in which some things are said otherwise; its server is not asked."""

    def edit(text: str) -> str:
        for old, new in edits:
            text = text.replace(old, new, 1)
        return text

    def folder(folder: Path) -> contextlib.AbstractContextManager[Path]:
        return copied(folder, "apiversion.toml", edit, locked=False)

    return Plant(folder=folder, offline=True)


def _tied(months: int, more: int) -> tuple[str, str]:
    """`[notice]` with a second time, and with a tie between deprecation and sunset."""
    ties = f'ties = {{ sunset = {{ months = {months}, after = "deprecated" }} }}\n'
    return _NOTICE, f'{_NOTICE}and = [{{ months = {more}, from = "successor-released" }}]\n{ties}'


def _on(days: int) -> tuple[str, str]:
    """v1, deprecated so many days after the release of its successor."""
    tie = f'deprecated = {{ on = 2026-01-15, days = {days}, after = "successor-released" }}\n'
    return _DEPRECATED, f"{tie}sunset = 2027-01-15T00:00:00Z\n"


DATES: Mapping[tuple[str, str], Plant] = {
    ("girard", "honest-dates-are-tied"): _saying(_tied(12, 12), _on(0)),
    ("girard", "sunset-a-month-behind-its-tie"): _saying(_tied(11, 12)),
    ("girard", "deprecated-a-day-before-its-tie"): _saying(_on(1)),
    ("girard", "second-time-of-notice-is-short"): _saying(_tied(12, 13)),
}
"""By policy and name of the bug."""
