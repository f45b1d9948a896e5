"""Resources: the operations that create, read, list, update and delete one kind of thing."""

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
