"""Version bumps: how far one version is from another, and what a step of that class may change."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from pytest_apiversion.core.policy.compatibility import Allowance, Step
from pytest_apiversion.core.policy.stability import is_preview
from pytest_apiversion.core.versions.schemes import parse

if TYPE_CHECKING:
    from pytest_apiversion.core.policy.compatibility import ChangeWaiver
    from pytest_apiversion.core.policy.policy import Policy

_LEVELS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "semver": (("major", "major"), ("minor", "minor"), ("patch", "patch")),
    "minor.patch.codename": (("major", "codename"), ("minor", "minor"), ("patch", "patch")),
    "major.minor": (("major", "major"), ("minor", "minor")),
    "date.codename": (("major", "codename"), ("minor", "date")),
}
"""Class of a step by the first field that differs, for schemes that tell classes apart; in all others each step is a major one."""

_USUAL: Mapping[str, Mapping[str, Allowance]] = {
    "semver": {"patch": Allowance.NONE, "minor": Allowance.ADDITIVE},
    "minor.patch.codename": {"patch": Allowance.NONE, "minor": Allowance.ADDITIVE},
}
"""What a step may carry where the policy does not say; where a scheme promises nothing of a class, anything."""

_PREVIEW_FIELDS = frozenset({"preview", "prerelease", "stability", "revision", "build"})
"""Fields that tell a preview from the version it leads to."""


def bump_between(scheme: str, old: str, new: str) -> str:
    """Class of the step between two versions of a scheme that are no previews: `patch`, `minor` or `major`.

    Below 1.0.0 semver promises nothing (semver.org 2.0.0 item 4), so each step there is a major one. Builds of one version are a patch
    apart.
    """
    one, other = parse(scheme, old), parse(scheme, new)
    levels = _LEVELS.get(scheme, ())
    if one is None or other is None or not levels or (scheme == "semver" and one.fields["major"] == "0"):
        return "major"
    found = (bump for bump, field in levels if one.fields.get(field) != other.fields.get(field))
    return next(found, levels[-1][0])


def allowance(policy: Policy, bump: str) -> Allowance:
    """What a step of a class may carry."""
    usual = _USUAL.get(policy.scheme, {})
    return policy.changes.bumps.get(bump, usual.get(bump, Allowance.ANY))


def steps_to(policy: Policy, version: str) -> tuple[Step, ...]:
    """The steps that lead to a version: from the version before it, and from the last of its previews.

    A stable version comes after the last stable one, so that no preview in between carries a break into it.
    """
    names = list(policy.versions)
    before = names[: names.index(version)]
    if is_preview(policy, version):
        return tuple(_step(policy, name, version, "preview") for name in before[-1:])
    stable = [name for name in before if not is_preview(policy, name)][-1:]
    previews = [name for name in before if is_preview(policy, name) and base(policy, name) == base(policy, version)]
    return (
        *(_step(policy, name, version, bump_between(policy.scheme, name, version)) for name in stable),
        *(_step(policy, name, version, "promotion") for name in previews[-1:]),
    )


def held_steps(policy: Policy, version: str) -> tuple[Step, ...]:
    """The steps to a version that may not carry anything: the others need not be looked at."""
    return tuple(step for step in steps_to(policy, version) if step.allowance is not Allowance.ANY)


def step_between(policy: Policy, old: str, new: str) -> Step | None:
    """The step between two declared versions, whether they follow each other or not; None back to an older one.

    A version and itself are a step when it is a preview, whose document may go on changing.
    """
    names = list(policy.versions)
    if old == new:
        return _step(policy, old, new, "preview") if is_preview(policy, new) else None
    if names.index(old) > names.index(new):
        return None
    if is_preview(policy, new):
        return _step(policy, old, new, "preview")
    promoted = is_preview(policy, old) and base(policy, old) == base(policy, new)
    return _step(policy, old, new, "promotion" if promoted else bump_between(policy.scheme, old, new))


def release_step(policy: Policy, old: str, new: str) -> Step | None:
    """The step between two releases of one version, by semver; None where it is no bump, or one that would need a new version."""
    bump = bump_between("semver", old, new)
    if old == new or bump == "major" or goes_back(old, new):
        return None
    allowed = policy.changes.bumps.get(bump, _USUAL["semver"][bump])
    return Step(old=old, new=new, bump=bump, allowance=allowed, noun="release")


def minor_steps(policy: Policy, version: str, first: str) -> tuple[Step, ...]:
    """The steps between the releases of a version, each a bump by semver.

    Args:
        policy: The policy.
        version: A version with minor releases.
        first: What the contract before them calls its release; where that is none, the first of them is a minor one.
    """
    names = (first, *(row.release for row in policy.versions[version].releases))
    found = []
    for old, new in pairwise(names):
        known = parse("semver", old) is not None and bump_between("semver", old, new) != "major"
        bump = bump_between("semver", old, new) if known else "minor"
        allowed = policy.changes.bumps.get(bump, _USUAL["semver"][bump])
        found.append(Step(old=old, new=new, bump=bump, allowance=allowed, noun=f"release of {version}"))
    return tuple(found)


def goes_back(old: str, new: str) -> bool:
    """Whether a release comes before the one it is to follow, by semver's order."""
    one, other = parse("semver", old), parse("semver", new)
    return one is not None and other is not None and other.key < one.key


def _step(policy: Policy, old: str, new: str, bump: str) -> Step:
    return Step(old=old, new=new, bump=bump, allowance=allowance(policy, bump))


def base(policy: Policy, version: str) -> Mapping[str, str]:
    """What a version and its previews have in common: its fields without those of previews."""
    known = parse(policy.scheme, version, policy.codenames)
    own = known.fields if known else {"version": version}
    return {name: value for name, value in own.items() if name not in _PREVIEW_FIELDS}


def owner(waiver: ChangeWaiver, policy: Policy) -> str:
    """The version that answers for a waiver: the last of those it names, or the newest of all."""
    names = list(policy.versions)
    return max(waiver.versions, key=names.index) if waiver.versions else names[-1]
