"""Compares two OpenAPI documents."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypedDict

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.diff.compare import compare
from pytest_apiversion.diff.document import Document
from pytest_apiversion.diff.pairs import Setting, TooEntangled
from pytest_apiversion.shell.comparison.result import Comparison
from pytest_apiversion.shell.comparison.sources import USUAL, Bounds, read_source, shown_source
from pytest_apiversion.shell.openapi.broken_parts import Notes
from pytest_apiversion.shell.openapi.comparable_document import document_of
from pytest_apiversion.shell.openapi.kinds.wrong_kinds import hold_kinds
from pytest_apiversion.shell.target.garbage_collector import uncollected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import BinaryIO

    from pytest_apiversion.core.contracts.change import Change


def changes_between(
    old: Document, new: Document, old_source: str, new_source: str, setting: Setting | None = None
) -> tuple[Change, ...]:
    """What changed from one document to another, gravest first.

    Raises:
        PolicyError: They cannot be compared within bounds.
    """
    try:
        return compare(old, new, setting)
    except RecursionError:
        raise PolicyError(
            new_source, [f"{old_source} and {new_source}: schemas nest too deeply to be compared"]
        ) from None
    except TooEntangled:
        raise PolicyError(
            new_source, [f"{old_source} and {new_source}: references are too entangled to be compared"]
        ) from None


def compare_sources(
    old: str,
    new: str,
    *,
    stdin: BinaryIO,
    setting: Setting | None = None,
    witness: str | None = None,
    bounds: Bounds = USUAL,
) -> Comparison:
    """Read and compare two documents.

    Args:
        old: What clients were given; see `sources.read_source`.
        new: What is to take its place.
        stdin: Standard input.
        setting: The day, the time of grace, and whose severities.
        witness: The effort (`low`, `normal`, `high`) with which breaks are to be proved, which takes longer; None for no proofs.
        bounds: How far reading may go.

    Raises:
        PolicyError: One of them cannot be read or compared.
    """
    if old == new == "-":
        raise PolicyError("-", ["-: standard input can be one of the two documents, not both"])
    with uncollected():  # of two documents nothing can be let go, and looking for it costs a fifth of the time
        readings = [(shown_source(source), partial(_read, source, stdin, bounds)) for source in (old, new)]
        documents, notes = read_both(readings, lenient=bounds.lenient)
        old, new = shown_source(old), shown_source(new)
        changes = changes_between(documents[0], documents[1], old, new, setting)
    comparison = Comparison(old=old, new=new, changes=changes, **noted(notes))
    return proved(comparison, documents[0], documents[1], witness) if witness else comparison


def read_both(
    readings: Iterable[tuple[str, Callable[[Notes], Document]]], *, lenient: bool
) -> tuple[list[Document], list[Notes]]:
    """Read two documents, the second one with the help of the first, and what there is to note of each.

    Args:
        readings: What each is called, and what reads it.
        lenient: Whether anything may be left out, so that they can share nothing.

    Raises:
        PolicyError: Whatever keeps one from being read.
    """
    documents: list[Document] = []
    notes: list[Notes] = []
    for source, read in readings:
        notes.append(Notes(before=notes[0].seen, looked=notes[0].looked) if notes and not lenient else Notes())
        documents.append(readable(source, partial(read, notes[-1])))
    return documents, notes


def _read(source: str, stdin: BinaryIO, bounds: Bounds, notes: Notes) -> Document:
    raw = read_source(source, stdin, notes, bounds)
    hold_kinds(raw, shown_source(source), notes)
    return document_of(raw, shown_source(source), notes)


def noted(notes: Iterable[Notes]) -> Noted:
    """What a comparison tells of the documents it read."""
    told = list(notes)
    return {
        "notes": tuple(dict.fromkeys(line for each in told for line in each.lines)),
        "left_out": tuple(dict.fromkeys(part for each in told for part in each.parts)),
    }


class Noted(TypedDict):
    """The members of a comparison that tell of the documents it read."""

    notes: tuple[str, ...]
    left_out: tuple[str, ...]


def readable(source: str, read: Callable[[], Document]) -> Document:
    """What is read from a source.

    Raises:
        PolicyError: Whatever keeps it from being read.
    """
    try:
        return read()
    except RecursionError:
        raise PolicyError(source, [f"{source}: nests too deeply"]) from None
    except (OSError, MemoryError, UnicodeError, ValueError) as error:
        raise PolicyError(source, [f"{source}: could not be read ({type(error).__name__})"]) from None


def proved(comparison: Comparison, old: Document, new: Document, effort: str) -> Comparison:
    """A comparison with a witness of each break, where one is found within the bounds."""
    from pytest_apiversion.shell.comparison.witness import Effort, prove  # noqa: PLC0415  draws values, which most comparisons need not

    witnesses = prove(old, new, comparison.of(Severity.ERROR), effort=Effort(effort))
    return replace(comparison, witnesses=witnesses, proving=True)
