"""What two documents differ in, and what a policy makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.policy.compatibility import Allowance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_apiversion.core.contracts.change import Change, Identity
    from pytest_apiversion.core.policy.compatibility import ChangeWaiver, Objection, Step
    from pytest_apiversion.shell.comparison.change_policy import Weighed
    from pytest_apiversion.shell.comparison.witness import Witness


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """What two documents differ in.

    Attributes:
        old: The source of the old document, as the user named it.
        new: The source of the new one.
        changes: Every difference that means something to a client, gravest first.
        witnesses: What proves a break, by the change's identity; None where proof was looked for and not found. Empty where nobody looked.
        proving: Whether proofs were asked for: a break without an entry among the witnesses was not tried then.
        notes: What is wrong with a document and did not keep it from being compared: references to nothing in parts that no operation
            uses, and what was left out of a document that was read leniently.
        left_out: The places that were left out, of which nothing is said.
        weighed: What a policy makes of the changes; None where there is none.
    """

    old: str
    new: str
    changes: tuple[Change, ...]
    witnesses: Mapping[Identity, Witness | None] = field(default_factory=dict)
    proving: bool = False
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    weighed: Weighed | None = None

    def of(self, severity: Severity) -> tuple[Change, ...]:
        """The changes of one severity that are not waived."""
        return tuple(change for change in self.changes if change.severity is severity and not self.waiver(change))

    def waiver(self, change: Change) -> ChangeWaiver | None:
        """What waives a change, if anything does."""
        return self.weighed.waived.get(change.identity) if self.weighed else None

    def proof(self, change: Change) -> str | None:
        """What came of the search for a proof: `found`, `not found` or `not tried`; None where nobody asked for one."""
        if not self.proving or (change.severity is not Severity.ERROR and change.identity not in self.witnesses):
            return None
        if change.identity not in self.witnesses:
            return "not tried"
        return "not found" if self.witnesses[change.identity] is None else "found"

    @property
    def step(self) -> Step | None:
        """The step between two versions that this is, and what it may carry; None where no policy says."""
        return self.weighed.step if self.weighed else None

    @property
    def objections(self) -> tuple[Objection, ...]:
        """What the policy has against it as a whole."""
        return self.weighed.objections if self.weighed else ()

    @property
    def free(self) -> bool:
        """Whether the new document may differ in any way."""
        return self.step is not None and self.step.allowance is Allowance.ANY

    @property
    def breaking(self) -> bool:
        """Whether a client that keeps to the old document may break, and the policy does not allow it."""
        return bool(self.of(Severity.ERROR)) and not self.free

    @property
    def rejected(self) -> bool:
        """Whether it breaks a client, or the policy has something against it."""
        return self.breaking or any(each.severity is Severity.ERROR for each in self.objections)
