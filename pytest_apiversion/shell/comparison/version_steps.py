"""Compares each version of a policy with the next, and tells what exceeds its bump."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.policy.version_bumps import held_steps, minor_steps, owner
from pytest_apiversion.shell.comparison.change_policy import (
    WAIVER_CODE,
    Weighed,
    expired_told,
    objection,
    stale_told,
    weighing,
)
from pytest_apiversion.shell.comparison.own_names import without_own_names
from pytest_apiversion.shell.generation.interruption import ONE_AT_A_TIME

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from pytest_apiversion.core.contracts.change import Change
    from pytest_apiversion.core.policy.compatibility import ChangeWaiver, Objection, Step
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.diff.document import Document


class Steps:
    """The steps between the versions of a policy.

    At most two lead to a version, and those that may carry anything are never compared: the work grows with the number of versions.

    Args:
        policy: The policy.
        document: Gives a version's frozen contract, ready to be compared.
        as_of: The day the policy is read at.
        releases: Gives the contracts of a version's minor releases, the first one before them, ready to be compared.
    """

    def __init__(
        self,
        policy: Policy,
        document: Callable[[str], Document],
        as_of: dt.date,
        releases: Callable[[str], tuple[Document, ...]] = lambda _: (),
    ) -> None:
        self._policy = policy
        self._releases = releases
        self._document = document
        self._as_of = as_of
        self._documents: dict[str, Document] = {}
        self._done: dict[tuple[str, str], tuple[Step, Weighed]] = {}

    def to(self, version: str) -> tuple[Step, ...]:
        """The steps to a version that may not carry anything, with what they carry beyond what they may."""
        between = tuple(self._compared(step)[0] for step in held_steps(self._policy, version))
        return (*between, *self._minor(version)) if self._policy.versions[version].releases else between

    def _minor(self, version: str) -> tuple[Step, ...]:
        """The steps between a version's minor releases, with what they carry beyond what they may."""
        with ONE_AT_A_TIME:
            from pytest_apiversion.shell.comparison.compare import changes_between  # noqa: PLC0415  most policies compare nothing

        first = f"the contract before {self._policy.versions[version].releases[0].release}"
        try:
            documents = self._releases(version)
        except PolicyError as error:
            steps = minor_steps(self._policy, version, first)
            return tuple(replace(step, problem=error.mistakes[0]) for step in steps)
        info = documents[0].raw.get("info")
        told = info.get("version") if isinstance(info, dict) else None
        steps = minor_steps(self._policy, version, told if isinstance(told, str) else first)
        found = []
        for step, (old, new) in zip(steps, pairwise(documents), strict=True):
            rules = replace(weighing(self._policy, version, as_of=self._as_of), given=step)
            try:
                changes = changes_between(old, new, step.old, step.new, rules.setting)
                found.append(replace(step, changes=rules.weigh(changes).beyond))
            except PolicyError as error:
                found.append(replace(step, problem=error.mistakes[0]))
        return tuple(found)

    def objections(self, version: str) -> tuple[Objection, ...]:
        """What there is to say of the waivers that a version answers for.

        A waiver that names versions belongs to the last of them, any other to the newest version of all.
        """
        mine = [each for each in self._policy.changes.waivers if version == owner(each, self._policy)]
        return self.idle(mine)

    def idle(
        self, waivers: Iterable[ChangeWaiver], *, alone: bool = True, unwaived: tuple[Change, ...] = ()
    ) -> tuple[Objection, ...]:
        """Those of some waivers whose time is over, or that match no change of any step they are about.

        Args:
            waivers: The waivers.
            alone: Whether steps are all that can be compared here; where none is compared, nothing is known then of a waiver that
                could be for a new document.
            unwaived: Changes of what else is compared that are not waived.
        """
        found: list[Objection] = []
        for waiver in waivers:
            used, others = self._used(waiver)
            if waiver.expired(self._as_of):
                found += objection(self._policy, WAIVER_CODE, expired_told(waiver, used=used is True), waiver.where)
            elif used is False or (used is None and not alone):
                found += objection(self._policy, WAIVER_CODE, stale_told(waiver, (*unwaived, *others)), waiver.where)
        return tuple(found)

    def _used(self, waiver: ChangeWaiver) -> tuple[bool | None, tuple[Change, ...]]:
        """Whether a waiver matches a change of a step it is about, None where it is about none that is compared; and what is not waived there."""
        steps = [
            step
            for version in self._policy.versions
            for step in held_steps(self._policy, version)
            if not waiver.versions or set(waiver.versions) == {step.old, step.new}
        ]
        done = [self._compared(step) for step in steps]
        if not done or any(step.problem for step, _ in done):
            return None, ()
        unwaived = tuple(change for _, weighed in done for change in weighed.unwaived)
        return any(waiver in weighed.used for _, weighed in done), unwaived

    def _compared(self, step: Step) -> tuple[Step, Weighed]:
        with ONE_AT_A_TIME:
            from pytest_apiversion.shell.comparison.compare import changes_between  # noqa: PLC0415  most policies compare nothing

        key = (step.old, step.new)
        if key not in self._done:
            rules = weighing(self._policy, step.old, step.new, as_of=self._as_of)
            try:
                documents = [self._read(name) for name in key]
                found = changes_between(documents[0], documents[1], step.old, step.new, rules.setting)
                weighed = rules.weigh(without_own_names(found, self._policy, key))
                self._done[key] = replace(step, changes=weighed.beyond), weighed
            except PolicyError as error:
                self._done[key] = replace(step, problem=error.mistakes[0]), Weighed()
        return self._done[key]

    def _read(self, version: str) -> Document:
        if version not in self._documents:
            self._documents[version] = self._document(version)
        return self._documents[version]
