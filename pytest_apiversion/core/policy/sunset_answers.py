"""What a version or an alias answers after its end: as its own table says, or as `[sunset]` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.responses import Sunset


def sunset_answer(policy: Policy, subject: str) -> Sunset:
    """What a version or an alias of a policy answers after its end."""
    alias = policy.aliases.get(subject)
    if alias is not None:
        return alias.gone
    version = policy.versions.get(subject)
    return policy.sunset if version is None or version.gone is None else version.gone


def sunset_answers(policy: Policy) -> tuple[Sunset, ...]:
    """Every answer after an end that a policy speaks of."""
    versions = [version.gone for version in policy.versions.values() if version.gone is not None]
    parts = [part.gone for part in policy.lifecycles if part.gone is not None]
    return (policy.sunset, *versions, *parts, *(alias.gone for alias in policy.aliases.values()))
