"""Announcements: how the deprecation of a version or an alias is told on its answers, by its own table or by `[deprecation]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_apiversion.core.policy.parts import Part
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.responses import Deprecation, DeprecationHeader
    from pytest_apiversion.core.policy.subjects import Alias, Version


def announcement(policy: Policy, subject: str) -> Deprecation:
    """How the deprecation of a version or an alias is told; in the view of one operation, how that operation's is."""
    alias = policy.aliases.get(subject)
    own = alias.deprecation if alias is not None else policy.versions[subject].deprecation
    return policy.deprecation if own is None else own


def announcing_headers(policy: Policy) -> tuple[DeprecationHeader, ...]:
    """The headers that tell of a deprecation of anything, each name once: of the API, of its versions, of its aliases and of their parts."""
    found: dict[str, DeprecationHeader] = {}
    for deprecation in (policy.deprecation, *_own(policy)):
        for header in deprecation.headers:
            found.setdefault(header.name if header.in_body else header.name.lower(), header)
    return tuple(found.values())


def _own(policy: Policy) -> Iterator[Deprecation]:
    owners: list[Version | Alias | Part] = [*policy.versions.values(), *policy.aliases.values(), *policy.lifecycles]
    yield from (each.deprecation for each in owners if each.deprecation is not None)
