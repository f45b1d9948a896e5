"""Sequences: what a policy says of reading what was written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Sequences:
    """What a policy says of what was written. None leaves it open: it is looked at, and what is found is a warning.

    Attributes:
        read_your_writes: Whether what was created or updated is read as it was sent.
        listed: Whether what was created is in a list that is complete.
        gone_after_delete: Whether what was deleted is no longer there.
        across: Whether what one version writes is read in the others, and nothing is lost when they write it back. Not tried unless true.
        settle: Seconds until something that does not show what it should is read once more.
        wait: Seconds for which the status of what an answer 202 began is read until it has ended.
    """

    read_your_writes: bool | None = None
    listed: bool | None = None
    gone_after_delete: bool | None = None
    across: bool = False
    settle: float = 0.3
    wait: float = 2.0

    @property
    def wanted(self) -> bool:
        """Whether there is anything to find out."""
        return self.across or any(
            each is not False for each in (self.read_your_writes, self.listed, self.gone_after_delete)
        )
