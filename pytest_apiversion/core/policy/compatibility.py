"""Compatibility: what a step between two contracts may change, how much each change weighs, and which are waived."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_apiversion.core.finding import Severity

if TYPE_CHECKING:
    import datetime as dt

    from pytest_apiversion.core.contracts.change import Change

UNSTABLE = frozenset({"draft", "alpha", "preview"})
"""Levels of `x-stability-level` that promise nothing, unless the policy says otherwise."""


class Allowance(enum.Enum):
    """What may differ between two contracts."""

    NONE = "none"
    """Words only: nothing a client could notice."""
    ADDITIVE = "additive"
    """Whatever breaks no client."""
    ANY = "any"


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeWaiver:
    """A change that is accepted although it breaks clients.

    Attributes:
        reason: Why; never blank.
        change: Fingerprint of the one change; empty where `rule` says which.
        rule: Rule id, or a pattern with `*` over them; empty where `change` says which.
        place: JSON pointer, in either document, at or below which the change is; empty is anywhere.
        operations: `METHOD /template` of the operations the change may reach, none but these; empty is any.
        versions: What has to be compared: a version with a new document of itself, or one version with a later one; empty is anything.
        until: The last day it counts; None is for ever.
        where: Dotted place in the policy file.
    """

    reason: str
    change: str = ""
    rule: str = ""
    place: str = ""
    operations: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    until: dt.date | None = None
    where: str = "changes.waivers"

    def expired(self, as_of: dt.date) -> bool:
        """Whether it counts no more on a day."""
        return self.until is not None and as_of > self.until

    @property
    def told(self) -> str:
        """What it waives, in words."""
        parts = [self.change or self.rule]
        parts += [f"at {self.place}"] if self.place else []
        parts += [f"of {', '.join(self.operations)}"] if self.operations else []
        parts += [f"in {' to '.join(self.versions)}"] if self.versions else []
        return " ".join(parts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """The table `[changes]`.

    Attributes:
        severities: Severity by rule id where it differs from the rule's own; None leaves the rule out.
        bumps: What a step between two versions may carry, by its class (see `version_bumps`), where it differs from the scheme's usual.
        releases: Whether `info.version` of a contract is its release by semver, so that a new document of a version is held to its bump.
        unstable: Levels of `x-stability-level` that promise nothing.
        strict: Whether changes weigh what the letter says, not what clients usually feel.
        waivers: Accepted changes, in the order of the file.
    """

    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    bumps: Mapping[str, Allowance] = field(default_factory=dict)
    releases: bool = False
    unstable: frozenset[str] = UNSTABLE
    strict: bool = False
    waivers: tuple[ChangeWaiver, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Objection:
    """What the policy has against a comparison as a whole.

    Attributes:
        code: Code of the check that says the same in a run.
        text: One sentence.
        place: Dotted place in the policy file.
        severity: How much it weighs.
    """

    code: str
    text: str
    place: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """The way from one contract to another, and what it may carry.

    Attributes:
        old: The version it leads from.
        new: The version it leads to; the same where a version gets a new document.
        bump: Its class.
        allowance: What it may carry.
        changes: What it carries beyond that, gravest first; empty until somebody compared.
        noun: What its two ends are.
        problem: Why the two contracts could not be compared; empty where they could.
    """

    old: str
    new: str
    bump: str
    allowance: Allowance
    changes: tuple[Change, ...] = ()
    noun: str = "version"
    problem: str = ""

    @property
    def told(self) -> str:
        """What it may carry, in words."""
        may = _MAY[self.allowance]
        if self.bump == "promotion":
            return f"{self.new} {may} after its last preview, {self.old}"
        if self.old == self.new:
            return f"{self.new} is a preview, which {may}"
        what = "preview" if self.bump == "preview" else f"{self.bump} {self.noun}"
        return f"{self.new} is a {what} after {self.old}, which {may}"

    @property
    def place(self) -> str:
        """Dotted place in the policy file."""
        return f"changes.bumps.{self.bump}"


_MAY = {
    Allowance.NONE: "may change nothing",
    Allowance.ADDITIVE: "may change nothing that breaks clients",
    Allowance.ANY: "may change anything",
}
