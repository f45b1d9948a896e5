"""Policies without their brownouts: the lives that lie around the windows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pytest_apiversion.core.policy.parts import Part
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.subjects import Alias, Version


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
