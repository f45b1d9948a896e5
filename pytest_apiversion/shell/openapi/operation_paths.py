"""Where the operations of a document stand without their version, and which of them have none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, kw_only=True, slots=True)
class Located:
    """Where an operation stands.

    Attributes:
        path: The path template: without the version, or whole where the operation has none.
        neutral: Whether it has no version.
        bare: Whether nothing stands behind the version's prefix, or the base path, not even a slash.
    """

    path: str
    neutral: bool = False
    bare: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Paths:
    """The paths of one version in a document.

    Attributes:
        locate: Maps a full path template to the template without version; None where it belongs to another version.
        names_version: Whether a full path template begins with some version's prefix.
        neutral: Operations without a version, `METHOD /full/path`, as the policy says.
        versioned: The operations behind a prefix, without it; empty where the document writes no prefix at all, and means it
            everywhere.
    """

    locate: Callable[[str], str | None]
    names_version: Callable[[str], bool]
    neutral: frozenset[str]
    versioned: frozenset[tuple[str, str | None]] = frozenset()

    def of(self, operations: Iterable[tuple[str, str]]) -> Paths:
        """The same, for a document that has these operations (method, full path)."""
        found = {(method, self.locate(full)) for method, full in operations if self.names_version(full)}
        return replace(self, versioned=frozenset(found))

    def located(self, method: str, full: str) -> Located | None:
        """Where an operation stands; None where it belongs to another version.

        What stands beside the versions' prefixes, and not behind one of them too, has no version: `/healthz` beside `/v1/things`.
        """
        if f"{method} {full}" in self.neutral:
            return Located(path=full, neutral=True)
        path = self.locate(full)
        if path is None:
            return None
        if self.versioned and not self.names_version(full) and (method, path) not in self.versioned:
            return Located(path=full, neutral=True)
        return Located(path=path, bare=path == "/" and not full.endswith("/"))

    def behind_prefix_too(self, method: str, full: str) -> bool:
        """Whether an operation without a prefix stands behind the version's too, which is the version's own: `/` beside `/v1/`."""
        return bool(self.versioned) and not self.names_version(full) and (method, self.locate(full)) in self.versioned
