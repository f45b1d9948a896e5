"""Merges the mistakes of several readers: each once, with its line in the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pytest_apiversion.core.policy.secrets import NO_SECRETS, Secrets
from pytest_apiversion.shell.texts.toml_places import ancestors
from pytest_apiversion.shell.texts.toml_text import Mistake


def without_echoes(phases: Sequence[Sequence[Mistake]]) -> list[Mistake]:
    """The mistakes of all phases without those that only follow from an earlier phase's.

    What cannot be read, or is unknown, is spoken of once: later phases are not heard about that place or below it.
    """
    found: list[Mistake] = []
    hidden: set[str] = set()
    for phase in phases:
        heard = [
            mistake
            for mistake in dict.fromkeys(phase)
            if not any(place in hidden for place in ancestors(mistake.place))
        ]
        found += heard
        hidden |= {mistake.place for mistake in heard if mistake.hides}
    return found


def told(
    mistakes: Iterable[Mistake], lines: Mapping[str, int], written: Mapping[str, str], secrets: Secrets = NO_SECRETS
) -> list[str]:
    """The mistakes as lines of text, in the order of the file.

    Args:
        mistakes: What was found.
        lines: Line numbers by dotted place, as the file has them.
        written: SharedResources that were renamed, and what they are called in the file.
        secrets: What no message may show.
    """
    rows = []
    for mistake in mistakes:
        place = _as_written(mistake.place, written)
        line = mistake.line or next((lines[above] for above in ancestors(place) if above in lines), 1)
        text = f"line {line}: {place}: {mistake.text}" if place else f"line {line}: {mistake.text}"
        masked = (f"${{{piece}}}" if hidden else piece for piece, hidden in secrets.pieces(text))
        rows.append((line, "".join(masked)))
    return [text for _, text in sorted(rows, key=lambda row: row[0])]


def _as_written(place: str, written: Mapping[str, str]) -> str:
    for renamed in sorted(written, key=len, reverse=True):
        if place == renamed or place.startswith((f"{renamed}.", f"{renamed}[")):
            place = written[renamed] + place[len(renamed) :]
    return place
