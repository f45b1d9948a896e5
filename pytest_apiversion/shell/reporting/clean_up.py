"""What became of the things a run created: summed over processes, and put into lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

_NAMED = 4
"""Things named before the rest is counted."""
_KINDS = 6
"""Kinds of things that are told."""


def merged(found: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What several processes of a run cleaned up, together."""
    return {
        "deleted": sum(each["deleted"] for each in found),
        "left": [row for each in found for row in each["left"]],
        "broken": [row for each in found for row in each["broken"]],
    }


def clean_up_lines(found: Mapping[str, Any] | None, *, whole: bool) -> Iterator[str]:
    """What the page says: how many things are deleted, and what stays, by what created it and why it stays.

    Args:
        found: What became of them; None where nothing is known.
        whole: Whether every thing is named.
    """
    if found:
        yield from (f"still broken: {row['text']}" for row in found["broken"])
    if not found or not found["left"]:
        return
    left, deleted = found["left"], found["deleted"]
    yield f"left behind: {_things(len(left))} that this run created; {deleted} deleted at its end"

    def kind(row: Mapping[str, Any]) -> tuple[str, ...]:
        return row["version"], row["operation"], row["why"]

    kinds = [(each, list(rows)) for each, rows in groupby(sorted(left, key=kind), kind)]
    for (version, operation, why), rows in kinds[: len(kinds) if whole else _KINDS]:
        paths = [row["path"] for row in rows if row["path"]]
        shown = paths if whole else paths[:_NAMED]
        more = f" and {len(paths) - len(shown)} more" if len(paths) > len(shown) else ""
        yield f"  {version} {operation}: {', '.join(shown)}{more}{': ' if shown else ''}{why}"
    if len(kinds) > _KINDS and not whole:
        yield f"  and {len(kinds) - _KINDS} more kinds (-v names them)"


def _things(number: int) -> str:
    return "1 thing" if number == 1 else f"{number} things"
