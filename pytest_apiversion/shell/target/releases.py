"""Minor releases of a version: the policy as it is on a day, and the contracts of all releases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.versions.lifecycle import instant

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.subjects import MinorRelease, Version

Releases = Mapping[str, "tuple[Contract, ...]"]
"""The contracts of a version that has minor releases: its first one, then those of the releases in their order."""


def on_day(policy: Policy, as_of: dt.datetime) -> Policy:
    """The policy as it is at an instant: each version with the contract of its release, and with all that has begun by then."""
    if not any(version.releases for version in policy.versions.values()):
        return policy
    begun = {name: _begun(version, as_of) for name, version in policy.versions.items()}
    rows = [row for each in begun.values() for row in each]
    return replace(
        policy,
        versions={name: _current(version, begun[name]) for name, version in policy.versions.items()},
        headers=(*policy.headers, *(header for row in rows for header in row.headers)),
        tiers=(*policy.tiers, *(tier for row in rows for tier in row.tiers)),
        publishing=replace(
            policy.publishing,
            copies=(*policy.publishing.copies, *(group for row in rows for group in row.copies)),
            begun=tuple(f"{row.place}.copies[{number}]" for row in rows for number in range(len(row.copies))),
        ),
    )


def _begun(version: Version, as_of: dt.datetime) -> tuple[MinorRelease, ...]:
    return tuple(row for row in version.releases if instant(row.begins) <= as_of)


def _current(version: Version, begun: tuple[MinorRelease, ...]) -> Version:
    if not begun:
        return version
    served = next((row.served for row in reversed(begun) if row.served), version.served)
    return replace(version, contract=begun[-1].contract, served=served, current=begun[-1])


def contract_files(policy: Policy) -> list[str]:
    """The contracts of all versions that have minor releases, those of the releases included."""
    found = [
        (each.contract, *(row.contract for row in each.releases)) for each in policy.versions.values() if each.releases
    ]
    return [file for files in found for file in files if file is not None]


def of_release(policy: Policy, version: str, document: Mapping[str, Any]) -> Policy:
    """The policy with the contract of the release that a new document is of, by its `info.version`; as it is where no release has that name."""
    info, known = document.get("info"), policy.versions[version]
    told = info.get("version") if isinstance(info, Mapping) else None
    row = next((row for row in known.releases if row.release == told), None)
    if row is None:
        return policy
    return replace(policy, versions={**policy.versions, version: replace(known, contract=row.contract, current=row)})


def with_all_operations(contracts: Mapping[str, Contract], releases: Releases) -> dict[str, Contract]:
    """The contracts, each with the operations that its version has in any release: a policy speaks of all of them."""
    known = dict(contracts)
    for name, rows in releases.items():
        if name in known:
            more = {key: operation for row in rows for key, operation in row.operations.items()}
            named = {key: operation for row in rows for key, operation in row.queries.items()}
            known[name] = replace(
                known[name],
                operations={**more, **known[name].operations},
                queries={**named, **known[name].queries},
            )
    return known
