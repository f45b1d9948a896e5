"""What is wrong with a document and does not keep it from being read: what nothing uses, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pytest_apiversion.diff.left_out import MARK

if TYPE_CHECKING:
    from pytest_apiversion.shell.openapi.document_texts import Seen


def leave_out(part: dict[str, Any]) -> None:
    """Put the mark of what was left out in the place of a part; the object stays the same one."""
    part.clear()
    part[MARK] = True


_NAMED = 3
"""Places that are named for one reason."""


@dataclass(kw_only=True, slots=True)
class Notes:
    """What is told of a document that was read.

    Attributes:
        unused: References to nothing in parts that no operation uses, with their places.
        lenient: Whether anything may be left out.
        references: Every reference in the document, where it stands alone; None where nobody looked.
        seen: What is kept of the document for the one that is read next.
        before: The same of another one, of which this one may have many parts; what is read shares them with it.
        left_out: What was left out, by the reason: the places of it, in order.
        looked: The objects that were looked at for such parts, by identity; two documents that share some are looked at once.
        slips: The same of what is of the wrong kind, as every reader lives with.
    """

    unused: list[str] = field(default_factory=list)
    lenient: bool = False
    references: frozenset[str] | None = None
    seen: Seen | None = None
    before: Seen | None = None
    left_out: dict[str, dict[str, None]] = field(default_factory=dict)
    looked: dict[int, Any] = field(default_factory=dict)
    slips: dict[str, dict[str, None]] = field(default_factory=dict)

    def leave_out(self, place: str, reason: str) -> None:
        """Note that what stands at a place was left out."""
        self.left_out.setdefault(reason, {})[place] = None

    def slip(self, place: str, reason: str) -> None:
        """Note that what stands at a place is of the wrong kind, and does no harm."""
        self.slips.setdefault(reason, {})[place] = None

    @property
    def lines(self) -> list[str]:
        """A sentence for each, once."""
        told = [f"{line}; no operation uses it" for line in self.unused]
        for reason, places in self.slips.items():
            told.append(f"{next(iter(places))}: {reason}{_more(places)}")
        for reason, places in self.left_out.items():
            told.append(f"{next(iter(places))}: {reason}; left out{_more(places)}")
        return list(dict.fromkeys(told))

    @property
    def parts(self) -> list[str]:
        """Where what was left out stood."""
        return list(dict.fromkeys(place for places in self.left_out.values() for place in places))


def _more(places: dict[str, None]) -> str:
    """The further places of one reason."""
    more = f", and the same at {', '.join(list(places)[1:_NAMED])}" if len(places) > 1 else ""
    return more + (f" and {len(places) - _NAMED} more" if len(places) > _NAMED else "")
