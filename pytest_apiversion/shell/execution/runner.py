"""Runs one item: plans its requests, has them sent, and has the answers judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.scene import Scene, part_scenes, undisturbed
from pytest_apiversion.core.http.messages import SAFE_METHODS
from pytest_apiversion.core.judging.evidence import answered
from pytest_apiversion.core.judging.promises import sunset_of
from pytest_apiversion.core.policy.requests import SAFE_ONLY
from pytest_apiversion.core.versions.lifecycle import Stage
from pytest_apiversion.shell.catalogue.entries import planned
from pytest_apiversion.shell.comparison.version_steps import Steps
from pytest_apiversion.shell.execution.after_sunset import after_sunset, sunset_label
from pytest_apiversion.shell.execution.asked_again import asked_again
from pytest_apiversion.shell.execution.judging import Tallies, judge, promised_codes
from pytest_apiversion.shell.execution.options import Run
from pytest_apiversion.shell.execution.outcome import ROUTER, Outcome, merge_findings
from pytest_apiversion.shell.execution.past_failures import Memory
from pytest_apiversion.shell.execution.reach import reach_of
from pytest_apiversion.shell.execution.shrinking import Shrinking
from pytest_apiversion.shell.execution.time_limit import Allowance, OutOfTimeError
from pytest_apiversion.shell.execution.waivers import waived
from pytest_apiversion.shell.generation.interruption import ONE_AT_A_TIME
from pytest_apiversion.shell.requests.case_selection import heard, unsafe_reason
from pytest_apiversion.shell.requests.contract_requests import ContractRequests
from pytest_apiversion.shell.requests.malformed_version_selection import MalformedVersions
from pytest_apiversion.shell.sequences.plan import Resources, resources_of
from pytest_apiversion.shell.transport.opening import transport_of
from pytest_apiversion.shell.transport.proxies import elsewhere
from pytest_apiversion.shell.transport.reproduction import reproduction
from pytest_apiversion.shell.transport.sender import Transport, is_local

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.finding import Finding
    from pytest_apiversion.core.http.messages import Request
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.shell.generation.drawn import Drawn, Key
    from pytest_apiversion.shell.target.load import Target
    from pytest_apiversion.shell.transport.in_process import Application
    from pytest_apiversion.shell.transport.sender import Record


@dataclass(kw_only=True, eq=False)
class Runner:
    """Runs the items of one policy file over one transport.

    Attributes:
        target: The policy and its contracts.
        run: What the whole run is decided by.
        drawn: Cases by shape, seed and numbers; runners that share it draw once.
        application: What is asked in this process instead of the base URL, if anything.
        allowance: The time there is.
        memory: What failed in earlier runs.
        record: Gives what takes down the exchanges of a policy.
    """

    target: Target
    run: Run
    drawn: dict[Key, Drawn] = field(default_factory=dict)
    application: Application | None = None
    allowance: Allowance = field(default_factory=Allowance)
    memory: Memory = field(default_factory=Memory)
    record: Callable[[Policy], Record] | None = None
    _once: dict[object, Any] = field(default_factory=dict)

    @property
    def policy(self) -> Policy:
        """The policy."""
        return self.target.policy

    @cached_property
    def transport(self) -> Transport:
        """The one transport of this policy; opened at the first request."""
        record = self.record(self.policy) if self.record else None
        return transport_of(self.policy, application=self.application, record=record)

    @cached_property
    def trials(self) -> ContractRequests:
        """What turns plans into exchanges."""
        return ContractRequests(
            target=self.target,
            send=self.allowance.bounded(self.transport.send),
            submit=self.transport.submit,
            as_of=self.run.as_of,
            seed=self.run.seed,
            unsafe=self.unsafe,
            _drawn=self.drawn,
        )

    @cached_property
    def turns(self) -> MalformedVersions:
        """Malformed version texts, by whose turn it is."""
        return MalformedVersions(target=self.target, as_of=self.run.as_of, seed=self.run.seed)

    @cached_property
    def shrinking(self) -> Shrinking:
        """What makes the requests behind findings smaller."""
        limit = self.policy.limits.shrink
        return Shrinking(trials=self.trials, reproduce=self.reproduction, requests=limit, memory=self.memory)

    @cached_property
    def steps(self) -> Steps:
        """The steps between the versions; each is compared when a check first asks for it."""
        return Steps(self.policy, self.target.document, self.run.as_of.date(), self.target.release_documents)

    @cached_property
    def resources(self) -> Resources:
        """What can be created and read, by version that answers."""
        return resources_of(self.policy, self.target.contracts, self.run.as_of)

    @property
    def unsafe(self) -> bool:
        """Whether unsafe methods may be sent: nowhere where only safe ones are wanted, else to this machine, to others only when told."""
        limits = self.policy.limits
        here = is_local(self.policy.base_url or "") and not elsewhere(limits.connection.proxy)
        return limits.methods != SAFE_ONLY and (limits.all_methods or here)

    def prepare(self) -> None:
        """Make what is made once before several threads ask for it: from Python 3.12 on, a `cached_property` has no lock."""
        _ = (
            self.turns,
            self.shrinking,
            self.steps,
            self.resources,
            self.trials.probing,
            self.trials.requests.data,
            self.trials.requests.ownership,
        )

    def close(self) -> None:
        """End the transport, if it was ever opened."""
        if "transport" in self.__dict__:
            self.transport.close()

    def scene(self, subject: str, operation: Operation | None = None) -> Scene:
        """What checks may look at for a version or alias, and one operation of it."""
        version = self.policy.version_of(subject)
        return Scene(
            policy=self.policy if operation is None else self.policy.seen_by(version, operation.key),
            contracts=self.target.contracts,
            as_of=self.run.as_of,
            subject=subject,
            version=version,
            operation=operation,
            malformed=self.turns.texts(version, operation),
            unsafe=self.unsafe,
            locked=self.target.locked,
            steps=self.steps.to,
            objections=self.steps.objections,
            sunsets=self.target.sunsets,
            copies=self.target.copies,
            contents=self.target.contents,
            resources=self.resources,
            memo=self._once,
        )

    def policy_item(self) -> list[Outcome]:
        """What the policy and its files say by themselves: one outcome a version or alias."""
        found = []
        for subject in (*self.policy.versions, *self.policy.aliases):
            scene = self.scene(subject)
            findings, tallies = judge([], undisturbed(scene), self.reproduction)
            parts = part_scenes(scene)
            for each in parts:
                said, counted = judge([], each, self.reproduction)
                findings += said
                tallies += counted
            needless, notes = waived(scene)
            contract = self.target.contracts.get(subject)
            notes += contract.warnings if contract else ()
            findings += needless
            found.append(self.outcome_of(scene, "policy", findings, tallies, [], notes=tuple(notes), parts=parts))
        return found

    def operation_item(self, subject: str, operation: Operation) -> Outcome:
        """Hold one operation of a version or alias that answers.

        Raises:
            OutOfTimeError: The time was over before its drawn cases were sent.
        """
        scene = self.scene(subject, operation)
        if scene.stage is Stage.SUNSET:
            return self._ended(scene, operation, operation.key)
        if scene.stage is Stage.PLANNED:
            return self._untried(scene, operation, f"it is released on {scene.policy.lifecycle(subject).released}")
        if not self.unsafe and operation.method not in SAFE_METHODS:
            return self._untried(scene, operation, unsafe_reason(self.policy, operation))
        before, said = self.memory.recalled(self.trials, scene, operation)
        exchanges, notes = self.trials.contract(scene, operation)
        exchanges = [*before, *exchanges]
        more, elsewhere, reached = self._beyond(scene, operation, exchanges)
        exchanges += more
        exchanges, away = heard(self.policy, self.trials.requests.broken.with_writes(exchanges))
        findings, tallies = judge(exchanges, scene, self.reproduction)
        findings = self.shrinking.shrunk(scene, operation, findings, exchanges)
        ours = self.trials.requests.broken.notes(exchanges, self.trials.requests.exchanged) if findings else ()
        succeeded = any(
            self.trials.succeeded(each)
            for each in exchanges
            if each.aim.meaning.well_formed and each.request.method == operation.method
        )
        return self.outcome_of(
            scene,
            operation.key,
            findings,
            tallies,
            exchanges,
            succeeded=succeeded,
            notes=(*said, *notes, *elsewhere, *away, *ours),
            reached=reached,
        )

    def _untried(self, scene: Scene, operation: Operation, why: str) -> Outcome:
        return self.outcome_of(scene, operation.key, [], Tallies(), [], notes=(f"not tried: {why}",))

    def _beyond(
        self, scene: Scene, operation: Operation, before: list[Exchange]
    ) -> tuple[list[Exchange], tuple[str, ...], bool]:
        """Exchanges of what the checks ask and where answers lead, what is not followed, and whether there was time for all of it."""
        try:
            found = self.trials.probing.asks(scene, operation, [] if operation.neutral else planned(scene))
            found += asked_again(self.trials, scene, operation, [*before, *found])
            followed, elsewhere = self.trials.successors(scene, [*before, *found])
        except OutOfTimeError:
            return [], (), False
        return [*found, *followed], elsewhere, True

    def router_item(self, subject: str) -> Outcome:
        """Hold what a version answers where no operation is.

        Raises:
            OutOfTimeError: The time was over before it was done.
        """
        scene = self.scene(subject)
        asks = planned(scene)
        whole = [ask for ask in asks if ask.aim.meaning.published]
        found = self.trials.probing.asks(scene, None, [ask for ask in asks if ask not in whole])
        if whole:
            with ONE_AT_A_TIME:
                from pytest_apiversion.shell.requests.published_documents import published  # noqa: PLC0415  the comparison is loaded where one is due
            found += published(self.trials.requests, scene, whole)
        exchanges, away = heard(self.policy, found)
        findings, tallies = judge(exchanges, scene, self.reproduction)
        return self.outcome_of(scene, ROUTER, findings, tallies, exchanges, notes=away)

    def sunset_item(self, subject: str, operation: Operation) -> Outcome:
        """Hold one operation of a version or alias after its sunset."""
        return self._ended(self.scene(subject, operation), operation, sunset_label(operation))

    def _ended(self, scene: Scene, operation: Operation, label: str) -> Outcome:
        findings, tallies, exchanges, notes = after_sunset(self.trials, scene, operation, self.reproduction)
        return self.outcome_of(scene, label, findings, tallies, exchanges, notes=notes)

    def operations(self, subject: str) -> list[Operation]:
        """The operations of a version or alias that are held."""
        return self.target.operations(subject)

    def reproduction(self, request: Request) -> str:
        """A line to paste that sends a request again."""
        return reproduction(self.policy, request)

    def outcome_of(
        self,
        scene: Scene,
        label: str,
        findings: list[Finding],
        tallies: Tallies,
        exchanges: list[Exchange],
        *,
        succeeded: bool | None = None,
        notes: tuple[str, ...] = (),
        reached: bool = True,
        parts: Sequence[Scene] = (),
    ) -> Outcome:
        """What an item found and did."""
        return Outcome(
            promised=promised_codes(scene, parts),
            policy=self.policy.name,
            source=self.policy.source,
            subject=scene.subject,
            label=label,
            findings=merge_findings(findings),
            tallies=dict(tallies),
            held={code: tuple(sorted(settings)) for code, settings in tallies.held.items()},
            exchanges=len(exchanges),
            succeeded=succeeded,
            answered=answered(exchanges, scene) if label != ROUTER else None,
            notes=notes,
            reached=reached,
            later=tuple(tallies.later),
            reach=reach_of(scene.contracts.get(scene.version), label, exchanges, sunset_of(scene).statuses),
        )
