"""What a policy says of changes: severity, waivers, and what each version bump allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.policy.carrier_positions import prefix_carrier
from pytest_apiversion.core.policy.compatibility import Allowance, Objection
from pytest_apiversion.core.policy.version_bumps import goes_back, release_step, step_between
from pytest_apiversion.core.policy.version_texts import spell
from pytest_apiversion.core.versions.schemes import parse
from pytest_apiversion.diff.operation_matching import shape
from pytest_apiversion.diff.pairs import Setting
from pytest_apiversion.selection import served_path
from pytest_apiversion.shell.comparison.near_changes import near_told

if TYPE_CHECKING:
    import datetime as dt

    from pytest_apiversion.core.contracts.change import Change, Identity
    from pytest_apiversion.core.policy.compatibility import ChangeWaiver, Step
    from pytest_apiversion.core.policy.policy import Policy

BUMP_CODE = "AV306"
"""The check that holds bumps; `[severity]` weighs it here too."""

WAIVER_CODE = "AV307"
"""The check that holds waivers; `[severity]` weighs it here too."""

WORDS_ONLY = frozenset({"operation-id-changed", "operation-tags-changed"})
"""Rules about what no client can notice: even a step that may carry nothing carries them."""

NOBODY = Allowance.ADDITIVE
"""What differs from a version's own contract where no bump says otherwise: nothing that breaks."""


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """What a policy makes of changes.

    Attributes:
        step: The step that was compared; None where no bump is held.
        waived: The waiver of each waived change, by its identity.
        beyond: The changes that are neither waived nor allowed, gravest first.
        objections: What there is to say besides.
        used: The waivers that matched, expired ones too.
        unwaived: The changes that are not waived, gravest first.
    """

    step: Step | None = None
    waived: Mapping[Identity, ChangeWaiver] = field(default_factory=dict)
    beyond: tuple[Change, ...] = ()
    objections: tuple[Objection, ...] = ()
    used: tuple[ChangeWaiver, ...] = ()
    unwaived: tuple[Change, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Weighing:
    """What a policy says of one comparison.

    Attributes:
        policy: The policy.
        versions: What is compared: a version with a new document of itself, one version with another, or nothing the policy knows.
        as_of: The day it is read at.
        releases: `info.version` of the old and of the new document; None where nobody looked.
        given: The step that is compared, where it is told and not found out.
    """

    policy: Policy
    versions: tuple[str, ...]
    as_of: dt.date
    releases: tuple[str, str] | None = None
    given: Step | None = None

    def between(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> Weighing:
        """The same of two documents, whose releases count where the policy says so."""
        told = [document.get("info") for document in (old, new)]
        names = [str(info.get("version", "")) if isinstance(info, dict) else "" for info in told]
        return replace(self, releases=(names[0], names[1]))

    @property
    def setting(self) -> Setting:
        """What the comparison itself is told."""
        changes = self.policy.changes
        return Setting(
            as_of=self.as_of,
            severities=changes.severities,
            unstable=changes.unstable,
            versions=_segments(self.policy),
            base_path=self.policy.base_path,
        )

    @property
    def step(self) -> Step | None:
        """The step that is compared; None where no bump is held."""
        if self.given is not None or not self.versions:
            return self.given
        step = step_between(self.policy, self.versions[0], self.versions[-1])
        step = step or (release_step(self.policy, *self._released) if self._released else None)
        held = step is None or step.allowance is Allowance.ANY or self.policy.severities.get(BUMP_CODE) != "off"
        return step if held else None

    @property
    def _released(self) -> tuple[str, str] | None:
        """The releases of one version's two documents, where the policy has them count and both can be read."""
        counts = self.policy.changes.releases and len(set(self.versions)) == 1
        readable = self.releases is not None and all(parse("semver", name) for name in self.releases)
        return self.releases if counts and readable else None

    @property
    def allowance(self) -> Allowance:
        """What the new document may carry."""
        return self.step.allowance if self.step else NOBODY

    def weigh(self, changes: Iterable[Change]) -> Weighed:
        """Tell waived changes, and those the policy does not allow.

        Args:
            changes: What a comparison under `setting` found, gravest first.
        """
        changes = tuple(changes)
        mine = [waiver for waiver in self.policy.changes.waivers if self.concerns(waiver)]
        matched = {id(waiver): [each for each in changes if matches(waiver, each, self.policy)] for waiver in mine}
        waived: dict[Identity, ChangeWaiver] = {}
        for waiver in mine:
            if not waiver.expired(self.as_of):
                for change in matched[id(waiver)]:
                    waived.setdefault(change.identity, waiver)
        unwaived = tuple(change for change in changes if change.identity not in waived)
        beyond = tuple(change for change in unwaived if exceeds(change, self.allowance))
        objections = [*self._bump(beyond), *self._waivers(mine, matched, unwaived)]
        return Weighed(
            step=self.step,
            waived=waived,
            beyond=beyond,
            objections=tuple(objections),
            used=tuple(waiver for waiver in mine if matched[id(waiver)]),
            unwaived=unwaived,
        )

    def concerns(self, waiver: ChangeWaiver) -> bool:
        """Whether a waiver is about what is compared here."""
        return not waiver.versions or set(waiver.versions) == set(self.versions)

    def _bump(self, beyond: Sequence[Change]) -> list[Objection]:
        step = self.step
        if self._released and self.policy.severities.get(BUMP_CODE) != "off" and goes_back(*self._released):
            text = f"the release goes back from {self._released[0]} to {self._released[1]}"
            return objection(self.policy, BUMP_CODE, text, "changes.releases")
        if step is None or not beyond:
            return []
        count = (
            f"{len(beyond)} change{'s' if len(beyond) > 1 else ''} {'are' if len(beyond) > 1 else 'is'} more than that"
        )
        return objection(self.policy, BUMP_CODE, f"{step.told}: {count}", step.place)

    def _waivers(
        self, mine: Sequence[ChangeWaiver], matched: Mapping[int, Sequence[Change]], unwaived: Sequence[Change]
    ) -> list[Objection]:
        found: list[Objection] = []
        for waiver in mine:
            used = bool(matched[id(waiver)])
            if waiver.expired(self.as_of) and (used or waiver.versions):
                found += objection(self.policy, WAIVER_CODE, expired_told(waiver, used=used), waiver.where)
            elif not used and waiver.versions:
                found += objection(self.policy, WAIVER_CODE, stale_told(waiver, unwaived), waiver.where)
        return found


def weighing(policy: Policy, *versions: str, as_of: dt.date) -> Weighing:
    """What a policy says of one comparison.

    Args:
        policy: The policy.
        *versions: One version that is compared with a new document of itself; two, the older first, that are compared with each other;
            none where the policy knows neither.
        as_of: The day it is read at.
    """
    return Weighing(policy=policy, versions=versions, as_of=as_of)


def objection(policy: Policy, code: str, text: str, place: str) -> list[Objection]:
    """What there is to say against a comparison, as heavy as the policy says; nothing where it does not want to hear of it."""
    told = policy.severities.get(code, "error")
    return [] if told == "off" else [Objection(code=code, text=text, place=place, severity=Severity(told))]


def exceeds(change: Change, allowance: Allowance) -> bool:
    """Whether a change is more than a step may carry."""
    if allowance is Allowance.NONE:
        return change.rule.id not in WORDS_ONLY
    return allowance is Allowance.ADDITIVE and change.severity is Severity.ERROR


def matches(waiver: ChangeWaiver, change: Change, policy: Policy) -> bool:
    """Whether a waiver is about a change, wherever it was found."""
    if waiver.change:
        return waiver.change == change.fingerprint
    if not fnmatchcase(change.rule.id, waiver.rule):
        return False
    places = (change.place, change.old_place)
    if waiver.place and not any(f"{place}/".startswith(f"{waiver.place}/") for place in places):
        return False
    if not waiver.operations:
        return True
    meant = {_plain(key, policy) for key in waiver.operations}
    return bool(change.operations) and {_plain(key, policy) for key in change.operations} <= meant


def expired_told(waiver: ChangeWaiver, *, used: bool) -> str:
    """What there is to say of a waiver whose time is over."""
    then = "what it waived counts again" if used else "and it waives nothing"
    return f"the waiver of {waiver.told} ended on {waiver.until}: {then} (it was: {waiver.reason})"


def stale_told(waiver: ChangeWaiver, unwaived: Iterable[Change] = ()) -> str:
    """What there is to say of a waiver that matches nothing.

    Args:
        waiver: The waiver.
        unwaived: The changes that no waiver matches, of which one may be what it was about.
    """
    other = "" if waiver.versions else ", or name in `versions` the one version whose new document it is for"
    near = near_told(waiver, unwaived)
    return f"the waiver of {waiver.told} matches no change: remove it{other}{near} (it was: {waiver.reason})"


def _plain(key: str, policy: Policy) -> str:
    """An operation's name without version, base path and names of parameters."""
    method, _, path = key.partition(" ")
    return f"{method} {shape(served_path(policy, path)[1])}"


def _segments(policy: Policy) -> frozenset[str]:
    """Segments of paths that name a declared version."""
    carrier = prefix_carrier(policy)
    if carrier is None:
        return frozenset()
    forms = [part for part in carrier.template.split("/") if "{version}" in part]
    return frozenset(
        part.replace("{version}", spell(policy, carrier.kind, name)) for part in forms for name in policy.versions
    )
