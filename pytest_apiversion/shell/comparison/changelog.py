"""The changes between two contracts for those who use the API: by operation, what was added, changed, deprecated and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_apiversion.core.contracts.change import ABSENT, brief
from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind
from pytest_apiversion.core.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_apiversion.core.contracts.change import Change
    from pytest_apiversion.shell.comparison.result import Comparison

HEADINGS = ("Added", "Changed", "Deprecated", "Removed")

BREAKING = "Breaking"
_MARKED = {Severity.ERROR: BREAKING, Severity.WARNING: "May break"}
_NAMED, _IN_TITLE = 5, 2
_WAYS = {Direction.REQUEST: " (in requests)", Direction.RESPONSE: " (in answers)"}
_MEMBERS = frozenset({"optional-property", "required-property", "property-of-closed-object"})
"""Subjects of rules whose text says of a member only that it came or went."""
_VALUES = frozenset({"enum-value", "extensible-enum-value"})
"""Subjects of rules whose text says of a value only that it came or went."""
_UNHEARD = frozenset({"operation-id-changed", "operation-tags-changed"})
"""Rules about what nobody who calls the API notices."""
_MARKS = ("deprecation", "deprecation-without-sunset", "sunset", "sunset-date", "sunset-grace", "sunset-syntax")


class Entry(NamedTuple):
    """One line of a changelog.

    Attributes:
        heading: One of `HEADINGS`.
        text: What changed, with names and values in backticks.
        mark: What it does to clients: `Breaking`, `May break`, or nothing.
    """

    heading: str
    text: str
    mark: str


class Section(NamedTuple):
    """The lines of the same operations.

    Attributes:
        title: The names of few operations, or how many there are.
        operations: The names, where the title does not say them; of many the first, and how many more there are.
        entries: The lines, in the order of the headings.
    """

    title: str
    operations: tuple[str, ...]
    entries: tuple[Entry, ...]


def heading_of(change: Change) -> str:
    """Under which heading a change stands."""
    if change.rule.kind is Kind.LIFECYCLE and change.rule.subject.partition("-")[2] in _MARKS:
        return "Changed" if change.rule.action is Action.REMOVE else "Deprecated"
    return {Action.ADD: "Added", Action.REMOVE: "Removed"}.get(change.rule.action, "Changed")


def sections(comparison: Comparison) -> list[Section]:
    """Operations that came, went or are marked first, then what else changed: of a single operation, and of several."""
    found: dict[tuple[str, ...], list[Change]] = {}
    for change in comparison.changes:
        if change.rule.id not in _UNHEARD:
            whole = change.operations == (change.name,) and change.rule.kind in {Kind.EXISTENCE, Kind.LIFECYCLE}
            found.setdefault(("",) if whole else change.operations, []).append(change)
    groups = sorted(found.items(), key=lambda group: (group[0] != ("",), len(group[0]) != 1, group[0]))
    return [_section(names, _entries(changes)) for names, changes in groups]


def _section(names: tuple[str, ...], entries: tuple[Entry, ...]) -> Section:
    if names == ("",):
        return Section("Operations", (), entries)
    if len(names) > _IN_TITLE:
        more = (f"{len(names) - _NAMED} more",) if len(names) > _NAMED else ()
        return Section(f"{len(names)} operations", (*names[:_NAMED], *more), entries)
    return Section(", ".join(f"`{name}`" for name in names) or "Everywhere", (), entries)


def _entries(changes: list[Change]) -> tuple[Entry, ...]:
    """A line for each change, or for several that differ in a value or in the member alone."""
    alike: dict[tuple[Any, ...], list[Change]] = {}
    for change in changes:
        name = change.name.rpartition(".")[0] if change.rule.subject in _MEMBERS else change.name
        value = change.rule.subject in _VALUES
        key = (change.rule.id, change.severity, name, *(() if value else (str(change.before), str(change.after))))
        alike.setdefault(key, []).append(change)
    lines = dict.fromkeys(
        Entry(heading_of(same[0]), f"{_text(same)}{_way(same[0])}", _MARKED.get(same[0].severity, ""))
        for same in alike.values()
    )
    return tuple(sorted(lines, key=lambda line: HEADINGS.index(line.heading)))


def _text(changes: list[Change]) -> str:
    first = changes[0]
    if len(changes) == 1:
        return first.text
    if first.rule.subject in _MEMBERS:
        parent = first.name.rpartition(".")[0]
        names = "`, `".join(dict.fromkeys(change.name.rpartition(".")[2] for change in changes))
        told = first.text.replace(f"`{first.name}` was", f"`{names}` were").replace("and was", "and were")
        return f"`{parent}`: {told}" if parent else told
    values = [brief(change.before if change.after is ABSENT else change.after) for change in changes]
    return first.text.replace(f"`{values[0]}`", "`" + "`, `".join(dict.fromkeys(values)) + "`")


def _way(change: Change) -> str:
    """Which way a value goes about which a text says only what it is."""
    return _WAYS.get(change.rule.direction, "") if change.rule.area is Area.SCHEMA else ""


def changelog_lines(comparison: Comparison) -> Iterator[str]:
    """As Markdown, for release notes."""
    made = sections(comparison)
    if not made:
        yield "Nothing changed for those who call the API."
    for section in made:
        yield f"### {section.title}"
        if section.operations:
            yield ""
            yield ", ".join(name if name.endswith(" more") else f"`{name}`" for name in section.operations)
        last = ""
        for line in section.entries:
            if line.heading != last:
                yield ""
                yield f"**{line.heading}**"
                yield ""
                last = line.heading
            yield f"- {f'**{line.mark}:** ' if line.mark else ''}{_plain(line.text)}"
        yield ""


def _plain(text: str) -> str:
    """A text on one line, whose parts outside backticks are no HTML; none is where backticks follow each other, which Markdown pairs otherwise."""
    text = " ".join(text.splitlines())
    if "``" in text:
        return text.replace("<", "&lt;")
    parts = text.split("`")
    return "`".join(part if index % 2 else part.replace("<", "&lt;") for index, part in enumerate(parts))


def html_lines(comparison: Comparison) -> Iterator[str]:
    """As a page that stands alone."""
    from html import escape  # noqa: PLC0415  no other format needs it, and it loads slowly

    title = f"Changes from {comparison.old} to {comparison.new}"
    yield "<!doctype html>"
    yield f'<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
    yield "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    yield "code{background:#8882;padding:0 .2em}.breaking{color:#b00020;font-weight:bold}.warning{font-weight:bold}</style></head><body>"
    yield f"<h1>{escape(title)}</h1>"
    made = sections(comparison)
    if not made:
        yield "<p>Nothing changed for those who call the API.</p>"
    for section in made:
        yield f"<h2>{_marked(section.title)}</h2>"
        if section.operations:
            yield f"<p>{escape(', '.join(section.operations))}</p>"
        for heading in HEADINGS:
            mine = [line for line in section.entries if line.heading == heading]
            if mine:
                yield f"<h3>{heading}</h3>"
                yield "<ul>"
                for line in mine:
                    kind = "breaking" if line.mark == BREAKING else "warning"
                    mark = f'<span class="{kind}">{line.mark}:</span> ' if line.mark else ""
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
