"""Sequences: what a policy says of reading what was written, and how versions write one identifier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

ORDERED, IGNORED = "ordered", "ignored"
"""What a policy may say of lists that were written, beside `unordered`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sequences:
    """What a policy says of what was written. None leaves it open: it is looked at, and what is found is a warning.

    Attributes:
        read_your_writes: Whether what was created or updated is read as it was sent.
        listed: Whether what was created is in a list that is complete.
        gone_after_delete: Whether what was deleted is no longer there.
        across: Whether what one version writes is read in the others, and nothing is lost when they write it back. Not tried unless true.
        replaces: Whether a `PUT` keeps nothing of what it leaves out. Not tried unless true.
        keeps_unknown: Whether a `PUT` in another version keeps the members which that version does not know.
        lists: Whether lists of texts, numbers, booleans or objects are read with all that was written (`unordered`), with just that and in its order
            (`ordered`), or are not compared (`ignored`).
        nulls: Whether a null that was written is read as null, or is not there. None where only the empty value of its kind, or after a `PUT`
            what was there before, is told; False where nothing is.
        settle: Seconds until something that does not show what it should is read once more.
        wait: Seconds for which the status of what an answer 202 began is read until it has ended.
    """

    read_your_writes: bool | None = None
    listed: bool | None = None
    gone_after_delete: bool | None = None
    across: bool = False
    replaces: bool = False
    keeps_unknown: bool = False
    lists: str = "unordered"
    nulls: bool | None = None
    settle: float = 0.3
    wait: float = 2.0

    @property
    def wanted(self) -> bool:
        """Whether there is anything to find out."""
        return self.across or any(
            each is not False for each in (self.read_your_writes, self.listed, self.gone_after_delete)
        )

    @property
    def ordered(self) -> bool:
        """Whether lists are read in their order, with nothing added."""
        return self.lists == ORDERED

    def compares(self, value: Any) -> bool:
        """Whether a value that was written is looked for in what is read."""
        if value is None:
            return self.nulls is not False
        return not isinstance(value, list) or self.lists != IGNORED


HOLE = "{id}"
"""Where an identifier stands in a form."""


@dataclass(frozen=True, kw_only=True, slots=True)
class IdentifierForms:
    """How versions write the identifier of one thing: `1007` and `hv_1007`.

    Attributes:
        forms: The text around `{id}`, by version.
        names: The path parameters and members that are written so; empty where it is every path parameter, and whatever repeats it.
    """

    forms: Mapping[str, str]
    names: frozenset[str] = frozenset()

    def rewritten(self, text: str, version: str, other: str) -> str | None:
        """How another version writes what one writes so; None where this says nothing of it."""
        if version not in self.forms or other not in self.forms:
            return None
        before, _, after = self.forms[version].partition(HOLE)
        core = text[len(before) : len(text) - len(after)]
        if not core or text != f"{before}{core}{after}":
            return None
        return self.forms[other].replace(HOLE, core)


def rewritten(rows: Iterable[IdentifierForms], name: str, text: str, version: str, other: str) -> str:
    """How another version writes an identifier; as it is, where nothing is said of that.

    Args:
        rows: What the policy says.
        name: The path parameter, or the member.
        text: The identifier as one version writes it.
        version: That version.
        other: The other version.
    """
    mine = (each for each in rows if not each.names or name in each.names)
    found = (each.rewritten(text, version, other) for each in mine)
    return next((each for each in found if each is not None), text)
