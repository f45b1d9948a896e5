"""What a version or an alias answers after its end: as its own table says, or as `[sunset]` does; and the policy without brownouts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pytest_apiversion.core.policy.parts import Part
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.responses import Sunset
    from pytest_apiversion.core.policy.subjects import Alias, Version


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


def without_brownouts(policy: Policy) -> Policy:
    """The policy without the windows in which something answers as after its end; as it is where there are none."""

    def lasting(each: Any) -> Any:
        return replace(each, lifecycle=replace(each.lifecycle, brownouts=()))

    lived: list[Version | Alias | Part] = [*policy.versions.values(), *policy.aliases.values(), *policy.lifecycles]
    if not any(each.lifecycle.brownouts for each in lived):
        return policy
    return replace(
        policy,
        versions={name: lasting(each) for name, each in policy.versions.items()},
        aliases={name: lasting(each) for name, each in policy.aliases.items()},
        lifecycles=tuple(map(lasting, policy.lifecycles)),
        parts={name: {key: lasting(each) for key, each in row.items()} for name, row in policy.parts.items()},
        elements={
            name: {key: tuple(map(lasting, each)) for key, each in row.items()} for name, row in policy.elements.items()
        },
    )
