"""What a policy speaks of: versions, aliases, and promises nobody outside can check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pytest_apiversion.core.policy.credentials import Tier
from pytest_apiversion.core.policy.responses import Deprecation, RequiredHeader, Sunset
from pytest_apiversion.core.policy.selection import Answer
from pytest_apiversion.core.versions.lifecycle import Lifecycle, Moment
from pytest_apiversion.core.versions.notice_period import Notice


@dataclass(frozen=True, kw_only=True, slots=True)
class MinorRelease:
    """A minor release of a version, and what begins with it.

    Attributes:
        release: Its semantic version, which `info.version` of its contract repeats.
        begins: Its first day.
        contract: Path of the contract that is frozen for it, relative to the policy file.
        served: Where the version's own document is published from then on; None where it was before.
        headers: Response headers that are promised from then on.
        tiers: What single credentials see more from then on.
        copies: Groups of places whose content is the same from then on.
        place: Dotted place in the policy file.
    """

    release: str
    begins: Moment
    contract: str
    served: str | None = None
    headers: tuple[RequiredHeader, ...] = ()
    tiers: tuple[Tier, ...] = ()
    copies: tuple[tuple[str, ...], ...] = ()
    place: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """One declared version.

    Attributes:
        name: As declared, and the identity everywhere.
        contract: Path of its frozen contract, relative to the policy file.
        lifecycle: Its dates.
        spellings: How it is written in a carrier kind, where that does not follow from the carrier's spelling.
        envelope: Name of its error envelope, or None for the API's.
        order: Position among the declared versions, oldest first.
        notice: The least notice before its sunset, or None where none is promised.
        count: How many operations it is said to have, or None.
        served: Where a document of its own is published; None leaves it to the API's.
        success: Name of the shape of its successes, or None where none is promised.
        gone: What it answers after its sunset, or None for what the API's versions do.
        releases: Its minor releases, oldest first.
        current: The one that is in force on the day the policy is read for; None before the first, and where no day is known.
        deprecation: How its deprecation is announced, or None for how the API announces them.
    """

    name: str
    contract: str | None
    lifecycle: Lifecycle
    spellings: Mapping[str, str] = field(default_factory=dict)
    envelope: str | None = None
    order: int = 0
    notice: Notice | None = None
    count: int | None = None
    served: str | None = None
    success: str | None = None
    gone: Sunset | None = None
    releases: tuple[MinorRelease, ...] = ()
    current: MinorRelease | None = None
    deprecation: Deprecation | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Alias:
    """Unversioned paths that answer as a version does, until an end of their own.

    Attributes:
        name: Its name in the policy file and in reports.
        version: The version it answers as.
        prefix: What stands before an operation's path instead of the version's prefix.
        operations: `METHOD /template` of the version's contract, or path templates; None is all of them.
        absent: Operations of the contract that have no alias and must not answer under the prefix.
        absent_answer: What those get.
        lifecycle: Its dates.
        gone: What it gets after its end.
        notice: The least notice before its end, or None where none is promised.
        count: How many operations it is said to have, as they are listed, or None.
        equivalent: Whether it answers just as the version does.
        deprecation: How its deprecation is announced, or None for how the API announces them.
    """

    name: str
    version: str
    prefix: str
    operations: frozenset[str] | None = None
    absent: frozenset[str] = frozenset()
    absent_answer: Answer | None = None
    lifecycle: Lifecycle = field(default_factory=Lifecycle)
    gone: Sunset = field(default_factory=Sunset)
    notice: Notice | None = None
    count: int | None = None
    equivalent: bool = True
    deprecation: Deprecation | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Declared:
    """A promise nobody outside can check; reported, never dropped."""

    id: str
    text: str
