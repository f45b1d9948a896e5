"""The changes between two contracts for those who use the API: by operation, what was added, changed, deprecated and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_apiversion.core.contracts.change_rule import Action, Kind
from pytest_apiversion.core.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_apiversion.core.contracts.change import Change
    from pytest_apiversion.shell.comparison.result import Comparison

HEADINGS = ("Added", "Changed", "Deprecated", "Removed")

_NAMED = 5
_UNHEARD = frozenset({"operation-id-changed", "operation-tags-changed"})
"""Rules about what nobody who calls the API notices."""
_MARKS = ("deprecation", "deprecation-without-sunset", "sunset", "sunset-date", "sunset-grace", "sunset-syntax")


class Entry(NamedTuple):
    """One line of a changelog.

    Attributes:
        heading: One of `HEADINGS`.
        text: What changed, with names and values in backticks.
        breaking: Whether it breaks clients.
    """

    heading: str
    text: str
    breaking: bool


def heading_of(change: Change) -> str:
    """Under which heading a change stands."""
    if change.rule.kind is Kind.LIFECYCLE and change.rule.subject.partition("-")[2] in _MARKS:
        return "Changed" if change.rule.action is Action.REMOVE else "Deprecated"
    return {Action.ADD: "Added", Action.REMOVE: "Removed"}.get(change.rule.action, "Changed")


def entries(comparison: Comparison) -> dict[tuple[str, ...], list[Entry]]:
    """The lines by the operations they are about, those of a single operation first; within each, in the order of the headings."""
    found: dict[tuple[str, ...], list[Entry]] = {}
    for change in comparison.changes:
        if change.rule.id not in _UNHEARD:
            entry = Entry(heading_of(change), change.text, change.severity is Severity.ERROR)
            lines = found.setdefault(change.operations, [])
            if entry not in lines:
                lines.append(entry)
    groups = sorted(found.items(), key=lambda group: (len(group[0]) != 1, group[0]))
    return {names: sorted(lines, key=lambda line: HEADINGS.index(line.heading)) for names, lines in groups}


def _named(operations: tuple[str, ...]) -> list[str]:
    return [*operations[:_NAMED], *([f"{len(operations) - _NAMED} more"] if len(operations) > _NAMED else [])]


def changelog_lines(comparison: Comparison) -> Iterator[str]:
    """As Markdown, for release notes."""
    groups = entries(comparison)
    if not groups:
        yield "Nothing changed for those who call the API."
    for operations, lines in groups.items():
        names = [name if name.endswith(" more") else f"`{name}`" for name in _named(operations)]
        yield f"### {', '.join(names) or 'Everywhere'}"
        last = ""
        for line in lines:
            if line.heading != last:
                yield ""
                yield f"**{line.heading}**"
                yield ""
                last = line.heading
            yield f"- {'**Breaking:** ' if line.breaking else ''}{_plain(line.text)}"
        yield ""


def _plain(text: str) -> str:
    """A text whose parts outside backticks are no HTML."""
    parts = text.split("`")
    return "`".join(part if index % 2 else part.replace("<", "&lt;") for index, part in enumerate(parts))


def html_lines(comparison: Comparison) -> Iterator[str]:
    """As a page that stands alone."""
    from html import escape  # noqa: PLC0415  no other format needs it, and it loads slowly

    title = f"Changes from {comparison.old} to {comparison.new}"
    yield "<!doctype html>"
    yield f'<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
    yield "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    yield "code{background:#8882;padding:0 .2em}.breaking{color:#b00020;font-weight:bold}</style></head><body>"
    yield f"<h1>{escape(title)}</h1>"
    groups = entries(comparison)
    if not groups:
        yield "<p>Nothing changed for those who call the API.</p>"
    for operations, lines in groups.items():
        yield f"<h2>{escape(', '.join(_named(operations)) or 'Everywhere')}</h2>"
        for heading in HEADINGS:
            mine = [line for line in lines if line.heading == heading]
            if mine:
                yield f"<h3>{heading}</h3>"
                yield "<ul>"
                for line in mine:
                    mark = '<span class="breaking">Breaking:</span> ' if line.breaking else ""
                    yield f"<li>{mark}{_marked(line.text)}</li>"
                yield "</ul>"
    yield "</body></html>"


def _marked(text: str) -> str:
    """A text with what stands in backticks as code."""
    from html import escape  # noqa: PLC0415  no other format needs it

    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    told = (f"<code>{escape(part)}</code>" if index % 2 else escape(part) for index, part in enumerate(parts))
    return "".join(told)
