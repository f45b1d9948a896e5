"""The scene of a check: the policy, the contracts, the instant, and the subject under test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pytest_apiversion.core.contracts.contract import Contract, Operation
from pytest_apiversion.core.contracts.resource import Resource
from pytest_apiversion.core.policy.compatibility import Objection, Step
from pytest_apiversion.core.policy.parts import Part
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.core.policy.publishing import Digests
from pytest_apiversion.core.policy.sunset_answers import without_brownouts
from pytest_apiversion.core.policy.version_texts import spell
from pytest_apiversion.core.versions.lifecycle import Stage

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What a check may look at: the policy, the contracts, the instant, and the subject under test.

    Attributes:
        policy: The policy.
        contracts: Contracts by version.
        as_of: The instant the policy is read at.
        subject: The version or alias under test.
        version: The version whose contract applies (an alias' version).
        operation: The operation under test; None in scenes of a whole version.
        malformed: Drawn malformed texts by carrier kind.
        unsafe: Whether unsafe methods may be sent.
        locked: Digests of the lock file by contract file; None where there is no lock.
        steps: Gives the steps to a version that may not carry anything, with what they carry beyond that; compares when it is called.
        objections: Gives what there is to say of the waivers a version answers for; compares when it is called.
        sunsets: When the lock says a version or alias ends; empty where it says nothing.
        copies: Digests of the declared copies that are files.
        contents: Gives the bytes of a declared copy that is a file, where it can be read; reads when it is called.
        resources: What can be created and read, by version that answers.
        part: The part of the version that is looked at offline; None where it is the version itself.
        memo: What was worked out `once` for all scenes of a run; they share it.
    """

    policy: Policy
    contracts: Mapping[str, Contract]
    as_of: dt.datetime
    subject: str
    version: str
    operation: Operation | None = None
    malformed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unsafe: bool = True
    locked: Mapping[str, str] | None = None
    steps: Callable[[str], Iterable[Step]] = lambda _: ()
    objections: Callable[[str], Iterable[Objection]] = lambda _: ()
    sunsets: Mapping[str, dt.datetime] = field(default_factory=dict)
    copies: Digests = field(default_factory=dict)
    contents: Callable[[str], bytes | None] = lambda _: None
    resources: Mapping[str, tuple[Resource, ...]] = field(default_factory=dict)
    part: Part | None = None
    memo: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def stage(self) -> Stage:
        """The subject's stage."""
        return self.policy.stage(self.subject, self.as_of)

    @property
    def title(self) -> str:
        """What a finding calls it: the version or alias, or a part of it."""
        return self.subject if self.part is None else f"{self.part.name} of {self.subject}"

    @property
    def is_alias(self) -> bool:
        """Whether the subject is an alias."""
        return self.subject in self.policy.aliases

    @property
    def selection(self) -> tuple[tuple[str, str], ...]:
        """What names the subject where it does not matter how, for an `Ask`: its strongest carrier; an alias is its prefix, and no more."""
        if self.is_alias:
            return ()
        kind = next(iter(self.policy.carriers))
        return ((kind, spell(self.policy, kind, self.subject)),)

    def released(self, *, but: str) -> tuple[str, ...]:
        """The released versions without one, oldest first: those a request can name beside it, after their sunset too."""
        found = (name for name in self.policy.versions if name != but)
        return tuple(name for name in found if self.policy.stage(name, self.as_of) is not Stage.PLANNED)

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What follows from the policy, the contracts, the instant and the subject, whatever the operation: made for the first scene that asks.

        Whoever looks at all operations of a version for each of them takes a time that grows with their square.

        Args:
            name: What it is, different for each thing that is made.
            make: Makes it, without looking at the operation.
        """
        key = (name, self.subject, self.as_of, self.unsafe)
        known = self.memo.get(key)
        if known is None:  # of several threads that make it, all get what the first one made
            known = self.memo.setdefault(key, (self.policy, self.contracts, make()))
        if known[0] is not self.policy or known[1] is not self.contracts:
            known = self.memo[key] = (self.policy, self.contracts, make())
        made: T = known[2]
        return made

    def operation_named(self, version: str, key: str) -> Operation | None:
        """An operation of a version's contract, by key."""
        contract = self.contracts.get(version)
        return contract.named(key) if contract else None


def primary(scene: Scene) -> str:
    """How the subject is asked for when it does not matter: the strongest carrier, or the alias itself."""
    return scene.subject if scene.is_alias else next(iter(scene.policy.carriers))


def undisturbed(scene: Scene) -> Scene:
    """The scene as it is without brownouts: what a file says by itself does not change for some hours."""
    return replace(scene, policy=without_brownouts(scene.policy))


def part_scenes(scene: Scene) -> list[Scene]:
    """The scene of each part of a version that has a life of its own, to be inspected as the version is."""
    policy, version = without_brownouts(scene.policy), scene.subject
    return [replace(scene, policy=policy.of_part(version, part), part=part) for part in policy.parts_of(version)]
