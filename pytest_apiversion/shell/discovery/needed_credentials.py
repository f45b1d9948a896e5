"""Which credentials a document asks for, and which of them a service answers without. Pure: documents and statuses in, names out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pytest_apiversion.shell.discovery.documented_versions import followed, operations

_REFUSED = frozenset({401, 403})
Alternatives = tuple[tuple[str, ...], ...]
"""Sets of security schemes of which a request needs one; an empty set where it needs none."""


def alternatives(document: Mapping[str, Any], operation: Mapping[str, Any]) -> Alternatives:
    """What an operation asks for, by its own `security` or the document's; nothing where neither says."""
    rows: Any = operation.get("security", document.get("security"))
    found = [followed(document, each) for each in rows] if isinstance(rows, list | tuple) else []
    return tuple(tuple(str(name) for name in row) for row in found if isinstance(row, Mapping))


def schemes(document: Mapping[str, Any], is_set: Callable[[str], bool] = lambda _: False) -> list[str]:
    """The names of the security schemes that a run needs, in the document's order.

    They are those that an operation has no alternative to. Where they do not serve an operation, its alternative with the fewest
    schemes that are neither needed already nor set is added.

    Args:
        document: The OpenAPI document.
        is_set: Whether the environment has the credential of a scheme.
    """
    asked = [alternatives(document, operation) for _, _, operation, _ in operations(document)]
    needed = {name for rows in asked if len(rows) == 1 for name in rows[0]}
    for rows in asked:
        if rows and not any(needed.issuperset(row) for row in rows):
            ranked = sorted(rows, key=lambda row: (_unset(row, needed, is_set), len(row)))
            needed.update(ranked[0])
    return [name for name in dict.fromkeys(name for rows in asked for row in rows for name in row) if name in needed]


def _unset(row: Sequence[str], needed: Collection[str], is_set: Callable[[str], bool]) -> int:
    return sum(name not in needed and not is_set(name) for name in row)


@dataclass(frozen=True, kw_only=True)
class Locks:
    """What reads that ask for a credential answered without it.

    Attributes:
        sent: The schemes whose credential was sent.
        answered: Schemes of reads that answered with a success though none of their alternatives was sent.
        refused: Schemes of reads that got 401 or 403.
    """

    sent: frozenset[str]
    answered: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)

    def note(self, asked: Alternatives, status: int) -> None:
        """Take down the status that a read got."""
        names = {name for row in asked for name in row} - self.sent
        if status in _REFUSED:
            self.refused.update(names)
        elif status < 300 and not any(self.sent.issuperset(row) for row in asked):  # noqa: PLR2004  RFC 9110 §15.3
            self.answered.update(names)

    @property
    def unasked(self) -> frozenset[str]:
        """The schemes that the service was seen not to ask for, where the document says that it does."""
        return frozenset(self.answered - self.refused)
