"""Loads a target: a policy, its frozen contracts and its lock, read from one folder and held to each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.alike_templates import alike_templates
from pytest_apiversion.core.contracts.named_queries import listed_as
from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.policy.carrier_positions import parameters_of
from pytest_apiversion.core.policy.element_lives import located_elements
from pytest_apiversion.core.policy.parts import located_parts
from pytest_apiversion.shell.openapi.contracts import read_contract
from pytest_apiversion.shell.openapi.document_files import read_document
from pytest_apiversion.shell.policy_file.load import load_policy
from pytest_apiversion.shell.policy_file.mistakes import told
from pytest_apiversion.shell.policy_file.published_copies import contents_of, digests_of
from pytest_apiversion.shell.policy_file.referenced_files import is_file
from pytest_apiversion.shell.target.likely_slips import told_of_slips
from pytest_apiversion.shell.target.lock_file import LOCK_NAME, read_lock, read_sunsets
from pytest_apiversion.shell.target.queried_operations import named_queries, with_queried_rules
from pytest_apiversion.shell.target.releases import Releases, on_day, with_all_operations
from pytest_apiversion.shell.target.unknown_elements import unknown_elements
from pytest_apiversion.shell.target.unknown_parts import unknown_parts
from pytest_apiversion.shell.target.unknown_queries import unknown_query
from pytest_apiversion.shell.target.unknown_schemes import unknown_schemes
from pytest_apiversion.shell.target.unknown_ways import unknown_ways
from pytest_apiversion.shell.target.version_media_types import own_media_types
from pytest_apiversion.shell.target.version_paths import locate_for, names_version
from pytest_apiversion.shell.texts.suggestions import nearest, quoted
from pytest_apiversion.shell.texts.toml_text import Mistake, dotted, read_toml

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.publishing import Digests
    from pytest_apiversion.diff.document import Document


@dataclass(frozen=True, kw_only=True, eq=False)
class Target:
    """A policy file with everything it names.

    Attributes:
        policy: The policy.
        contracts: Contracts by version.
        locked: SHA-256 by contract file, or None where there is no lock.
        sunsets: The first instant without service by version or alias, as locked; empty where the lock says nothing of it.
        copies: SHA-256 of the declared copies that are files.
        releases: The contracts of versions with minor releases: the first one, then the releases' in their order.
        folder: Where the policy file is; None where its text came from elsewhere.
    """

    policy: Policy
    contracts: Mapping[str, Contract]
    locked: Mapping[str, str] | None
    sunsets: Mapping[str, dt.datetime] = field(default_factory=dict)
    copies: Digests = field(default_factory=dict)
    releases: Releases = field(default_factory=dict)
    folder: Path | None = None

    def contents(self, place: str) -> bytes | None:
        """The bytes of a declared copy that is a file, where it can be read."""
        return contents_of(self.folder / place) if self.folder is not None and place in self.copies else None

    @property
    def digests(self) -> dict[str, str]:
        """SHA-256 of every contract by its file, those of all releases included."""
        every = (*self.contracts.values(), *(each for rows in self.releases.values() for each in rows))
        return {contract.source: contract.digest for contract in every}

    def release_documents(self, version: str) -> tuple[Document, ...]:
        """The contracts of a version's releases, ready to be compared: the first one, then the releases' in their order.

        Raises:
            PolicyError: One cannot be compared.
        """
        from pytest_apiversion.shell.target.version_documents import narrowed  # noqa: PLC0415  most runs compare nothing

        return tuple(
            narrowed(each.document, self.policy, version, each.source) for each in self.releases.get(version, ())
        )

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
            for each in contract.every
            if not each.idle and not (each.key in self.policy.operations and self.policy.operations[each.key].skip)
        ]
        if alias is None:
            return found
        return [
            each
            for each in found
            if not each.neutral
            and alias.absent.isdisjoint(listed_as(each.key))
            and (alias.operations is None or not alias.operations.isdisjoint(listed_as(each.key)))
        ]


def load_target(
    path: Path,
    environment: Mapping[str, str],
    *,
    base_url: str | None = None,
    with_lock: bool = True,
    as_of: dt.datetime | None = None,
) -> Target:
    """Read a policy file, its contracts and, unless told otherwise, its lock.

    Args:
        path: The policy file.
        environment: Where `${NAME}` is looked up.
        base_url: A base URL that overrides the file's, and its application.
        with_lock: Whether the lock is read.
        as_of: The instant whose minor releases it is about; None is before all of them.

    Raises:
        PolicyError: With every mistake found in the policy file; or, once that is right, in the contracts.
    """
    policy = load_policy(path, environment, base_url=base_url)
    releases = _read_releases(policy, path)
    policy = policy if as_of is None else on_day(policy, as_of)
    contracts = told_of_slips(policy, read_contracts(policy, path, {}, releases=releases))
    policy = with_parts(policy, contracts)
    lock = path.parent / LOCK_NAME
    return Target(
        policy=policy,
        contracts=contracts,
        locked=read_lock(lock) if with_lock else None,
        sunsets=read_sunsets(lock) if with_lock else {},
        copies=digests_of(policy, path.parent),
        releases=releases,
        folder=path.parent,
    )


def _read_releases(policy: Policy, path: Path) -> Releases:
    """The contracts of each version that has minor releases. Raises `PolicyError`."""
    found: dict[str, tuple[Contract, ...]] = {}
    for name, version in policy.versions.items():
        if version.releases and version.contract is not None:
            files = (version.contract, *(row.contract for row in version.releases))
            rows = [
                read_contracts(
                    replace(policy, versions={**policy.versions, name: replace(version, contract=file)}),
                    path,
                    {},
                    only=name,
                )
                for file in files
            ]
            found[name] = tuple(row[name] for row in rows)
    return found


def with_parts(policy: Policy, contracts: Mapping[str, Contract]) -> Policy:
    """The policy, knowing which operations of its contracts are one, and which of them, and of their elements, have a life of their own."""
    policy = replace(with_queried_rules(policy, contracts), alike=alike_templates(contracts))
    if not policy.lifecycles:
        return policy
    parts, elements = located_parts(policy.lifecycles, contracts), located_elements(policy.lifecycles, contracts)
    return replace(policy, parts=parts, elements=elements)


def read_contracts(
    policy: Policy,
    path: Path,
    given: Mapping[str, tuple[dict[str, Any], str]],
    *,
    unfrozen: bool = False,
    releases: Releases | None = None,
    only: str | None = None,
) -> dict[str, Contract]:
    """Read the contracts of a policy, by version.

    Args:
        policy: The policy.
        path: Its file.
        given: Documents and their digests by file name, to be taken instead of what stands in the files.
        unfrozen: Whether a contract may not be there yet.
        releases: The contracts of minor releases, whose operations the policy may name too; names are not looked up where there are such, and
            they are not given.
        only: The one version that is read, for which no names are looked up; None reads all.

    Raises:
        PolicyError: With every mistake found in them, and every operation the policy names and they have not.
    """
    contracts: dict[str, Contract] = {}
    mistakes: list[str] = []
    missing = False
    for name, version in policy.versions.items():
        if version.contract is None or only not in {None, name}:
            continue
        if unfrozen and version.contract not in given and not is_file(path.parent, version.contract):
            missing = True
            continue
        try:
            document, digest = given.get(version.contract) or read_document(path.parent / version.contract, path.parent)
            contracts[name] = read_contract(
                own_media_types(document, policy, name),
                source=version.contract,
                version=name,
                digest=digest,
                locate=locate_for(policy, name),
                names_version=names_version(policy),
                ours=parameters_of(policy),
                given=frozenset(policy.values),
                neutral=policy.neutral,
                additions=policy.rules.additions,
                told={key: rule.additions for key, rule in policy.operations.items() if rule.additions is not None},
                formats=policy.rules.formats,
                queries=named_queries(policy, name),
            )
        except PolicyError as error:
            mistakes += error.mistakes
            continue
        if not contracts[name].operations:
            mistakes.append(f"{version.contract} /paths: expected an operation of {name}, got none")
    named = with_all_operations(contracts, releases or {})
    whole = releases is not None or not any(version.releases for version in policy.versions.values())
    if not mistakes and not missing and whole and only is None and (unknown := list(_unknown_names(policy, named))):
        mistakes = told(unknown, read_toml(path.read_text("utf-8-sig")).lines, {}, policy.secrets)
    if mistakes:
        raise PolicyError(str(path), list(dict.fromkeys(mistakes)))
    return contracts


def _unknown_names(policy: Policy, contracts: Mapping[str, Contract]) -> Iterator[Mistake]:
    """What the policy names and no contract has."""
    yield from _unknown_operations(policy, contracts)
    yield from _unknown_segments(policy, contracts)
    yield from unknown_parts(policy, contracts)
    yield from unknown_elements(policy, contracts)
    yield from unknown_schemes(policy, contracts)
    yield from unknown_ways(policy, contracts)


def _unknown_operations(policy: Policy, contracts: Mapping[str, Contract]) -> Iterator[Mistake]:
    """Operations the policy names and no contract has."""
    keys = {name: [*contract.operations, *contract.queries] for name, contract in contracts.items()}
    everywhere = list(dict.fromkeys(key for row in keys.values() for key in row))
    wanted = [(dotted("operations.rules", key), "any contract", key, everywhere) for key in policy.operations]
    named = [("service.version.operation", policy.release.operation)] if policy.release is not None else []
    if policy.rate_limit is not None:
        named += [(dotted("rate_limit.limits", key), key) for key in policy.rate_limit.limits]
    named += [(f"{tier.place}.operations", key) for tier in policy.tiers for key in sorted(tier.operations)]
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
    every = {id(known): frozenset(known) for *_, known in wanted}
    for place, owner, key, known in wanted:
        if key not in every[id(known)]:
            text = f"expected an operation of {owner}, got {quoted(key)}{nearest(key, dict.fromkeys(known))}"
            yield Mistake(place=place, text=unknown_query(key, contracts, owner) or text)


def _unknown_segments(policy: Policy, contracts: Mapping[str, Contract]) -> Iterator[Mistake]:
    """Path segments the policy names and no path has."""
    paths = [policy.base_path]
    paths += [operation.path for contract in contracts.values() for operation in contract.operations.values()]
    known = list(dict.fromkeys(part for path in paths for part in path.split("/")[1:] if "{" not in part))
    for index, decoy in enumerate(policy.decoys):
        if decoy not in known:
            text = f"expected a segment of some path, got {quoted(decoy)}{nearest(decoy, known)}"
            yield Mistake(place=f"versioning.decoys[{index}]", text=text)
