"""What a run is about: a policy, its frozen contracts and its lock, read from one folder and held to each other."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.policy.carrier_positions import prefix_carrier
from pytest_apiversion.core.policy.version_texts import spell
from pytest_apiversion.core.versions.lifecycle import instant
from pytest_apiversion.selection import served_path
from pytest_apiversion.shell.openapi.contracts import read_contract
from pytest_apiversion.shell.openapi.document_files import read_document
from pytest_apiversion.shell.policy_file.load import load_policy
from pytest_apiversion.shell.policy_file.mistakes import told
from pytest_apiversion.shell.policy_file.published_copies import digests_of
from pytest_apiversion.shell.policy_file.referenced_files import is_file
from pytest_apiversion.shell.policy_file.schema import nearest, quoted
from pytest_apiversion.shell.texts.toml_text import Mistake, dotted, read_toml

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.published_documents import Digests
    from pytest_apiversion.diff.document import Document

LOCK_NAME = "apiversion.lock"
"""The lock's file name, beside the policy file."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Target:
    """A policy file with everything it names.

    Attributes:
        policy: The policy.
        contracts: Contracts by version.
        locked: SHA-256 by contract file, or None where there is no lock.
        sunsets: The first instant without service by version or alias, as locked; empty where the lock says nothing of it.
        copies: SHA-256 of the declared copies that are files.
    """

    policy: Policy
    contracts: Mapping[str, Contract]
    locked: Mapping[str, str] | None
    sunsets: Mapping[str, dt.datetime] = field(default_factory=dict)
    copies: Digests = field(default_factory=dict)

    def document(self, version: str) -> Document:
        """A version's frozen contract, ready to be compared.

        Raises:
            PolicyError: It cannot be compared.
        """
        from pytest_apiversion.shell.target.version_documents import narrowed  # noqa: PLC0415  most runs compare nothing

        contract = self.contracts[version]
        return narrowed(contract.document, self.policy, version, contract.source)

    def operations(self, subject: str) -> list[Operation]:
        """The operations of a version, or those of its version that an alias has; those the policy skips left out."""
        alias = self.policy.aliases.get(subject)
        contract = self.contracts[alias.version if alias else subject]
        found = [
            each
            for each in contract.operations.values()
            if not (each.key in self.policy.operations and self.policy.operations[each.key].skip)
        ]
        if alias is None:
            return found
        return [
            each
            for each in found
            if not each.neutral
            and not {each.key, each.path} & alias.absent
            and (alias.operations is None or {each.key, each.path} & alias.operations)
        ]


def load_target(
    path: Path, environment: Mapping[str, str], *, base_url: str | None = None, with_lock: bool = True
) -> Target:
    """Read a policy file, its contracts and, unless told otherwise, its lock.

    Raises:
        PolicyError: With every mistake found in the policy file; or, once that is right, in the contracts.
    """
    policy = load_policy(path, environment, base_url=base_url)
    contracts = read_contracts(policy, path, {})
    lock = path.parent / LOCK_NAME
    return Target(
        policy=policy,
        contracts=contracts,
        locked=read_lock(lock) if with_lock else None,
        sunsets=read_sunsets(lock) if with_lock else {},
        copies=digests_of(policy, path.parent),
    )


def read_contracts(
    policy: Policy, path: Path, given: Mapping[str, tuple[dict[str, Any], str]], *, unfrozen: bool = False
) -> dict[str, Contract]:
    """Read the contracts of a policy, by version.

    Args:
        policy: The policy.
        path: Its file.
        given: Documents and their digests by file name, to be taken instead of what stands in the files.
        unfrozen: Whether a contract may not be there yet.

    Raises:
        PolicyError: With every mistake found in them, and every operation the policy names and they have not.
    """
    contracts: dict[str, Contract] = {}
    mistakes: list[str] = []
    missing = False
    for name, version in policy.versions.items():
        if version.contract is None:
            continue
        if unfrozen and version.contract not in given and not is_file(path.parent, version.contract):
            missing = True
            continue
        try:
            document, digest = given.get(version.contract) or read_document(path.parent / version.contract, path.parent)
            contracts[name] = read_contract(
                document,
                source=version.contract,
                version=name,
                digest=digest,
                locate=locate_for(policy, name),
                neutral=policy.neutral,
                additions=policy.rules.additions,
                formats=policy.rules.formats,
            )
        except PolicyError as error:
            mistakes += error.mistakes
            continue
        if not contracts[name].operations:
            mistakes.append(f"{version.contract} /paths: expected an operation of {name}, got none")
    if not mistakes and not missing and (unknown := list(_unknown_names(policy, contracts))):
        mistakes = told(unknown, read_toml(path.read_text("utf-8-sig")).lines, {}, {})
    if mistakes:
        raise PolicyError(str(path), list(dict.fromkeys(mistakes)))
    return contracts


def read_lock(path: Path) -> Mapping[str, str] | None:
    """The digests of a lock file, or None where there is none.

    Raises:
        PolicyError: The file is no lock.
    """
    if not path.is_file():
        return None
    try:
        locked = json.loads(path.read_text("utf-8"))["contracts"]
        return {str(name): str(digest) for name, digest in locked.items()}
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise PolicyError(
            str(path), ["not a lock: expected a JSON object with the digests under 'contracts'"]
        ) from error


def read_sunsets(path: Path) -> Mapping[str, dt.datetime]:
    """The sunsets of a lock file; empty where there is no lock, or one that was written before locks had them.

    Raises:
        PolicyError: They are no instants.
    """
    if not path.is_file():
        return {}
    try:
        rows = json.loads(path.read_text("utf-8")).get("sunsets", {})
        return {str(name): dt.datetime.fromisoformat(text).astimezone(dt.UTC) for name, text in rows.items()}
    except (ValueError, AttributeError, TypeError, OverflowError) as error:
        raise PolicyError(str(path), ["not a lock: expected instants under 'sunsets'"]) from error


def sunsets(policy: Policy) -> dict[str, dt.datetime]:
    """The first instant without service of every version and alias that has a sunset."""
    lives = {name: policy.lifecycle(name) for name in (*policy.versions, *policy.aliases)}
    return {
        name: instant(life.sunset, boundary=life.boundary) for name, life in lives.items() if life.sunset is not None
    }


def lock_bytes(digests: Mapping[str, str], ends: Mapping[str, dt.datetime]) -> bytes:
    """The content of a lock file: the digests of contracts, and when versions end."""
    lock: dict[str, Any] = {"algorithm": "sha256", "contracts": dict(sorted(digests.items()))}
    if ends:
        lock["sunsets"] = {name: when.isoformat().replace("+00:00", "Z") for name, when in sorted(ends.items())}
    return f"{json.dumps(lock, indent=2)}\n".encode()


def locate_for(policy: Policy, version: str) -> Callable[[str], str | None]:
    """Where an operation of a version's document is, without its version; None where it belongs to another version."""
    carrier = prefix_carrier(policy)
    mine = spell(policy, carrier.kind, version) if carrier else None

    def locate(full_path: str) -> str | None:
        if mine is not None:
            full_path = full_path.replace("{version}", mine)
        text, path = served_path(policy, full_path)
        return path if text in {None, mine} else None

    return locate


def _unknown_names(policy: Policy, contracts: Mapping[str, Contract]) -> Iterator[Mistake]:
    """What the policy names and no contract has."""
    yield from _unknown_operations(policy, contracts)
    yield from _unknown_segments(policy, contracts)


def _unknown_operations(policy: Policy, contracts: Mapping[str, Contract]) -> Iterator[Mistake]:
    """Operations the policy names and no contract has."""
    keys = {name: list(contract.operations) for name, contract in contracts.items()}
    everywhere = list(dict.fromkeys(key for row in keys.values() for key in row))
    wanted = [(dotted("operations.rules", key), "any contract", key, everywhere) for key in policy.operations]
    named = [("service.version.operation", policy.release.operation)] if policy.release is not None else []
    if policy.rate_limit is not None:
        named += [(dotted("rate_limit.limits", key), key) for key in policy.rate_limit.limits]
    named += [
        (f"tiers[{index}].operations", key)
        for index, tier in enumerate(policy.tiers)
        for key in sorted(tier.operations)
    ]
    wanted += [(place, "any contract", key, everywhere) for place, key in named]
    for index, row in enumerate(policy.renamed):
        for version, key in row.items():
            place = dotted(f"operations.renamed[{index}]", version)
            wanted.append((place, f"{contracts[version].source} as {version}", key, keys[version]))
    for name, alias in policy.aliases.items():
        place, known = dotted("aliases", name), keys[alias.version]
        known = [*known, *(key.partition(" ")[2] for key in known)]
        for list_, listed in (("operations", alias.operations or ()), ("absent", alias.absent)):
            wanted += [
                (f"{place}.{list_}", f"{contracts[alias.version].source} as {alias.version}", key, known)
                for key in sorted(listed)
            ]
    for place, owner, key, known in wanted:
        if key not in known:
            text = f"expected an operation of {owner}, got {quoted(key)}{nearest(key, dict.fromkeys(known))}"
            yield Mistake(place=place, text=text)


def _unknown_segments(policy: Policy, contracts: Mapping[str, Contract]) -> Iterator[Mistake]:
    """Path segments the policy names and no path has."""
    paths = [operation.path for contract in contracts.values() for operation in contract.operations.values()]
    known = list(dict.fromkeys(part for path in paths for part in path.split("/")[1:] if "{" not in part))
    for index, decoy in enumerate(policy.decoys):
        if decoy not in known:
            text = f"expected a segment of some path, got {quoted(decoy)}{nearest(decoy, known)}"
            yield Mistake(place=f"versioning.decoys[{index}]", text=text)
