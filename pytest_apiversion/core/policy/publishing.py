"""Publishing: where an API serves its OpenAPI document, how that is held, and which copies there are."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass


class Covers(enum.Enum):
    """Which versions one published document describes."""

    ALL = "all"
    NEWEST = "newest"


class Hold(enum.Enum):
    """How a published document is held to the frozen contract."""

    ADDITIVE = "additive"
    SAME = "same"


@dataclass(frozen=True, kw_only=True, slots=True)
class Publishing:
    """Where the API publishes its document, and which copies of it exist.

    Attributes:
        served: Whole path below the base URL, `{version}` for each version's own; None where none is published.
        covers: Which of the versions that answer the document describes.
        hold: Whether it may say more than the frozen contract.
        copies: Groups of places whose content is the same byte for byte: a path that begins with `/` is asked of the API, any other is
            a file beside the policy file.
        begun: Dotted places of the last of these groups, where they are of minor releases.
    """

    served: str | None = None
    covers: Covers = Covers.ALL
    hold: Hold = Hold.ADDITIVE
    copies: tuple[tuple[str, ...], ...] = ()
    begun: tuple[str, ...] = ()

    def place_of(self, number: int) -> str:
        """The dotted place in the policy file of a group of copies."""
        later = number - (len(self.copies) - len(self.begun))
        return self.begun[later] if later >= 0 else f"contract.copies[{number}]"


Digests = Mapping[str, str | None]
"""SHA-256, hex, of the copies that are files, by their place in the policy; None where there is no file."""


def is_served(place: str) -> bool:
    """Whether a copy is asked of the API."""
    return place.startswith("/")


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """Where a service says which release of it answers.

    Attributes:
        operation: The operation that says so.
        version: JSON pointer to the release's semantic version.
        commit: JSON pointer to the commit it was built from, or None.
        deployed: JSON pointer to the instant it was deployed, or None.
    """

    operation: str
    version: str
    commit: str | None = None
    deployed: str | None = None
