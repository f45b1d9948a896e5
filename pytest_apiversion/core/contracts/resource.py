"""A kind of thing a contract lets be created and read, and what else may be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Operation


@dataclass(frozen=True, kw_only=True, slots=True)
class Resource:
    """The operations on one kind of thing in one contract.

    Attributes:
        create: Creates one.
        read: Reads one; its last path parameter names it.
        listing: Lists them, or None.
        updates: Change one, in the order of the contract.
        delete: Deletes one, or None.
        elsewhere: What reads the same thing in the neighbouring versions that answer, by version.
    """

    create: Operation
    read: Operation
    listing: Operation | None = None
    updates: tuple[Operation, ...] = ()
    delete: Operation | None = None
    elsewhere: Mapping[str, Operation] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What a sequence of them is called: `sequence /debates`."""
        return f"sequence {self.create.path}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sequences:
    """What a policy says of what was written. None leaves it open: it is looked at, and what is found is a warning.

    Attributes:
        read_your_writes: Whether what was created or updated is read as it was sent.
        listed: Whether what was created is in a list that is complete.
        gone_after_delete: Whether what was deleted is no longer there.
        across: Whether what one version writes is read in the others, and nothing is lost when they write it back. Not tried unless true.
        settle: Seconds until something that does not show what it should is read once more.
    """

    read_your_writes: bool | None = None
    listed: bool | None = None
    gone_after_delete: bool | None = None
    across: bool = False
    settle: float = 0.3

    @property
    def wanted(self) -> bool:
        """Whether there is anything to find out."""
        return self.across or any(
            each is not False for each in (self.read_your_writes, self.listed, self.gone_after_delete)
        )
