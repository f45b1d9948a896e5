"""Sends the drawn cases of an operation, with existing data and a version, as exchanges."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.core.checking.exchange import Exchange
from pytest_apiversion.core.contracts.stored_parts import standing_alone
from pytest_apiversion.core.http.messages import SAFE_METHODS, NoAnswer, Request, Response
from pytest_apiversion.core.http.statuses import OF_VALUES
from pytest_apiversion.shell.compat.determinism import unsteady
from pytest_apiversion.shell.generation.body_values import holder
from pytest_apiversion.shell.requests.building import build, plainly
from pytest_apiversion.shell.requests.case_selection import (
    FRESH,
    about_nothing,
    broken_bodies,
    conflicts,
    consumes,
    elsewhere,
    following,
    nothing_known,
    of_data,
    positive,
    refused_path,
    succeeded,
    successor_targets,
)
from pytest_apiversion.shell.requests.in_turn import submitter
from pytest_apiversion.shell.requests.probes import Probing
from pytest_apiversion.shell.requests.scouting import Scouting, replaced_alone
from pytest_apiversion.shell.requests.sending import exchange_of
from pytest_apiversion.shell.requests.sunset_pointers import Pointed
from pytest_apiversion.shell.requests.unique_names import cure, taken
from pytest_apiversion.shell.requests.valid_requests import Requests

if TYPE_CHECKING:
    import datetime as dt

    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.shell.generation.drawn import Drawn, Key
    from pytest_apiversion.shell.target.load import Target


@dataclass(kw_only=True, eq=False)
class ContractRequests:
    """Makes exchanges for one policy.

    Attributes:
        target: The policy and its contracts.
        send: Sends one request.
        submit: Runs a function beside others, within the limits of the run.
        as_of: The instant the policy is read at.
        seed: Decides what is drawn.
        unsafe: Whether unsafe methods may be sent.
        pointed: What the places that sunset answers point to were answered.
    """

    target: Target
    send: Callable[[Request], Response | NoAnswer]
    submit: Callable[..., Future[Any]]
    as_of: dt.datetime
    seed: int
    unsafe: bool
    pointed: Pointed = field(default_factory=Pointed)
    _drawn: dict[Key, Drawn] = field(default_factory=dict)
    _followed: set[tuple[str, str]] = field(default_factory=set)
    _won: dict[tuple[str, str], tuple[DrawnCase, Mapping[str, str]]] = field(default_factory=dict)

    @property
    def policy(self) -> Policy:
        """The policy."""
        return self.target.policy

    @cached_property
    def requests(self) -> Requests:
        """Builds and sends requests that should succeed."""
        return Requests(
            target=self.target,
            transport=self.send,
            as_of=self.as_of,
            seed=self.seed,
            unsafe=self.unsafe,
            drawn=self._drawn,
        )

    @cached_property
    def probing(self) -> Probing:
        """Asks what the checks ask, on what succeeded here."""
        return Probing(requests=self.requests, submit=self.submit, won=self._won)

    @cached_property
    def scouting(self) -> Scouting:
        """Looks for existing data that an operation takes."""
        return Scouting(requests=self.requests, case=self.case, succeeded=self.succeeded, keep=self.keep, won=self._won)

    def contract(self, scene: Scene, operation: Operation) -> tuple[list[Exchange], tuple[str, ...]]:
        """Exchanges of the drawn cases, and what is to be said of them: what could not be tried, what may be drawn otherwise."""
        cases = self.requests.cases(scene.version, operation)
        accepted = positive(cases)
        negative = [case for case in cases if case.aim is Aim.REFUSED]
        found, tried = self.scouting.scouted(scene, operation, accepted)
        won = any(self.succeeded(each) for each in found)
        if won:
            found = [
                each if self.succeeded(each) or not of_data(each) else replace(each, aim=Aim.UNKNOWN_DATA)
                for each in found
            ]
        there = (tried[-1] if won else tried[0]) if tried else None
        likely = [] if there is None or consumes(operation) else accepted[1:]
        submit = submitter(operation, self.submit)
        futures = [submit(self.case, scene, operation, case, there, Aim.ACCEPTED) for case in likely]
        others = [
            self.submit(self.case, scene, operation, case, path, Aim.UNKNOWN_DATA)
            for case, path in self._about_nothing(scene, operation, accepted)
        ]
        for case in (*negative, *broken_bodies(accepted, operation)):
            path = self._spared(
                scene, operation, refused_path(self.target.contracts[scene.version], operation, case, there or {})
            )
            if path is not None:
                others.append(self.submit(self.case, scene, operation, case, path, Aim.REFUSED))
        for case, future in zip(likely, futures, strict=True):
            found.append(future.result())
            if there is not None and self.succeeded(found[-1]):
                self.keep(scene, operation, case, there)
        if there is not None:

            def again(case: DrawnCase) -> Exchange:
                return self.case(scene, operation, case, case.path_parameters, Aim.ACCEPTED)

            cure(self.requests, scene.version, operation, found, send=again, succeeded=self.succeeded)
            found += self._unlike(scene, operation, accepted, there, found)
            found += self._alone(scene, operation, found)
            found += self._another(scene, operation, there) if won else []
        found = replaced_alone(self.requests, operation, found)
        left = there if won and not consumes(operation) else None
        found += [_told_of_nothing(future.result(), left) for future in others]
        known = tried or any(self.succeeded(each) for each in found)
        notes = (
            *(unsteady() if cases else ()),
            *(() if known else (nothing_known(operation, altering=self.requests.alters(operation)),)),
        )
        return found, notes

    def succeeded(self, exchange: Exchange) -> bool:
        """Whether an answer is a success: a 2xx, or the redirect an operation is there for, and no error in disguise."""
        return succeeded(self.policy, self.target.contracts, exchange)

    def harmless(self, operation: Operation, path: Mapping[str, str]) -> bool:
        """Whether a request of an operation about these path parameters alters nothing that this run did not create."""
        return self.requests.harmless(operation, path)

    def _about_nothing(
        self, scene: Scene, operation: Operation, accepted: Sequence[DrawnCase]
    ) -> list[tuple[DrawnCase, Mapping[str, str]]]:
        """Cases that the contract accepts, each with the path of what nobody has; where none was drawn that is surely none, one is made."""
        found = [
            (case, case.path_parameters)
            for case in about_nothing(accepted, operation)
            if self.harmless(operation, case.path_parameters)
        ]
        if found or not accepted or not operation.path_parameters or operation.method in SAFE_METHODS:
            return found
        last = operation.path_parameters[-1]
        drawn = accepted[-1].path_parameters
        text = self.requests.unused(scene.version, operation, last, drawn.get(last, ""))
        path = {**drawn, last: text} if text is not None else drawn
        return [(accepted[-1], path)] if text is not None and self.harmless(operation, path) else []

    def _spared(self, scene: Scene, operation: Operation, path: Mapping[str, str]) -> Mapping[str, str] | None:
        """The path of a request that should be refused, about what nobody has where it could alter something; None where it cannot be."""
        if self.harmless(operation, path):
            return path
        if not operation.path_parameters:
            return None
        last = operation.path_parameters[-1]
        text = self.requests.unused(scene.version, operation, last, path.get(last, ""))
        other = {**path, last: text} if text is not None else path
        return other if self.harmless(operation, other) else None

    def successors(self, scene: Scene, before: Sequence[Exchange]) -> tuple[list[Exchange], tuple[str, ...]]:
        """Exchanges that follow, once each, the successor links of a deprecated version's successes; and what is not followed."""
        found: list[Exchange] = []
        notes: dict[str, None] = {}
        for exchange in before:
            for target in successor_targets(exchange, scene):
                if host := elsewhere(self.policy, target):
                    notes[f"the successor link is not followed: {host} is another host"] = None
                key = (exchange.operation, target)
                if key in self._followed:
                    continue
                self._followed.add(key)
                request = following(self.policy, self.target.contracts, exchange, target)
                if request is not None:
                    found.append(
                        exchange_of(
                            self.requests, scene, Aim.SUCCESSOR, request, operation=exchange.operation, via=exchange.via
                        )
                    )
        return found, tuple(notes)

    def _another(self, scene: Scene, operation: Operation, there: Mapping[str, str]) -> list[Exchange]:
        """A reading of another existing thing, with what succeeded for the first: one thing shows little of what things have."""
        if operation.method not in SAFE_METHODS or not operation.path_parameters:
            return []
        other = self.requests.data.path_values(scene.subject, scene.version, operation, tried=(there,))
        kept = self._won.get((scene.subject, operation.key))
        if other is None or kept is None:
            return []
        found = self.case(scene, operation, kept[0], other, Aim.ACCEPTED)
        return [found if self.succeeded(found) or not of_data(found) else replace(found, aim=Aim.UNKNOWN_DATA)]

    def _unlike(
        self,
        scene: Scene,
        operation: Operation,
        accepted: Sequence[DrawnCase],
        there: Mapping[str, str],
        before: Sequence[Exchange],
    ) -> list[Exchange]:
        """Where requests met conflicts and no success, the same with texts nobody used: a name may have to be unique."""
        met = any(conflicts(exchange.answer) for exchange in before)
        if not met or any(self.succeeded(exchange) for exchange in before):
            return []
        found: list[Exchange] = []
        varied = (self.requests.varied(scene.version, operation, case) for case in accepted[:FRESH])
        for case in filter(None, varied):
            found.append(self.case(scene, operation, case, there, Aim.ACCEPTED))
            if self.succeeded(found[-1]):
                self.keep(scene, operation, case, there)
                break
            if taken(found[-1]):
                self.requests.token.renew()
        return found

    def _alone(self, scene: Scene, operation: Operation, before: Sequence[Exchange]) -> list[Exchange]:
        """Partial updates that were refused perhaps for what is stored, without what rests on that: the rest has to be taken."""
        contract = self.target.contracts[scene.version]
        found: list[Exchange] = []
        told: list[Any] = []
        for each in before:
            if each.case is None or each.case.media_type is None or not _of_values(each):
                continue
            left = standing_alone(contract, operation, each.case.media_type, each.case.json)
            if left is None or left in told or not holder(contract, operation)(left):
                continue
            told.append(left)
            case = replace(each.case, json=left, body=json.dumps(left).encode())
            found.append(self.case(scene, operation, case, each.case.path_parameters, Aim.ACCEPTED))
        return found

    def keep(self, scene: Scene, operation: Operation, case: DrawnCase, path: Mapping[str, str]) -> None:
        """Remember what succeeded."""
        self._won.setdefault((scene.subject, operation.key), (case, path))
        if consumes(operation):
            self.requests.data.forget(operation, path)
        elif operation.path_parameters:
            self.requests.data.prefer(scene.subject, operation, path)

    def case(self, scene: Scene, operation: Operation, case: DrawnCase, path: Mapping[str, str], aim: Aim) -> Exchange:
        """The exchange of a drawn case, with these path parameters."""
        if aim is Aim.ACCEPTED:
            request = self.requests.build(scene.subject, scene.version, operation, case, path)
        else:
            request = build(self.policy, operation, case, path, overlay=aim is not Aim.REFUSED)
            request = self.requests.conditioned(scene.subject, scene.version, operation, request, read=False)
        base, request = request, plainly(self.policy, scene.subject, operation, request)
        return exchange_of(
            self.requests,
            scene,
            aim,
            self.requests.signed(scene.version, operation, request),
            operation=operation.key,
            via=scene.subject if scene.is_alias else next(iter(self.policy.carriers)),
            case=replace(case, path_parameters=path),
            base=base,
        )


def _of_values(exchange: Exchange) -> bool:
    """Whether what a contract accepts is refused for what it says."""
    return exchange.aim is Aim.ACCEPTED and exchange.response is not None and exchange.response.status in OF_VALUES


def _told_of_nothing(exchange: Exchange, there: Mapping[str, str] | None) -> Exchange:
    """The exchange, told whether it is about another thing than the one that is still there, if one is."""
    path = exchange.case.path_parameters if exchange.case is not None else {}
    return replace(exchange, of_nothing=bool(path) and path != there)
