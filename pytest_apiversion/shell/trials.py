"""Turns drawn cases and asks into exchanges: fills in data, writes versions, sends, and keeps what came back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.case import DrawnCase
from pytest_apiversion.core.exchange import SAFE_METHODS, Aim, Exchange, NoAnswer, Request, Response
from pytest_apiversion.shell.building import asked, build, plainly
from pytest_apiversion.shell.cases import (
    FRESH,
    TOO_MANY,
    about_nothing,
    broken_bodies,
    conflicts,
    consumes,
    following,
    of_data,
    positive,
    refused_path,
    succeeded,
    successor_targets,
)
from pytest_apiversion.shell.requesting import Requests
from pytest_apiversion.shell.side_effects import SideEffect

if TYPE_CHECKING:
    import datetime as dt

    from pytest_apiversion.core.check import Ask, Scene
    from pytest_apiversion.core.contract import Operation
    from pytest_apiversion.core.policy import Policy
    from pytest_apiversion.shell.target import Target

_TRIES = 5
"""Existing data tried where the first is not what an operation takes."""
_NO_CASE = DrawnCase(aim=Aim.UNKNOWN_DATA, origin="minimal")


@dataclass(kw_only=True, eq=False)
class Trials:
    """Makes exchanges for one policy.

    Attributes:
        target: The policy and its contracts.
        send: Sends one request.
        submit: Runs a function beside others, within the limits of the run.
        as_of: The instant the policy is read at.
        seed: Decides what is drawn.
        unsafe: Whether unsafe methods may be sent.
    """

    target: Target
    send: Callable[[Request], Response | NoAnswer]
    submit: Callable[..., Future[Any]]
    as_of: dt.datetime
    seed: int
    unsafe: bool
    _drawn: dict[tuple[object, ...], Any] = field(default_factory=dict)
    _followed: set[tuple[str, str]] = field(default_factory=set)
    _won: dict[tuple[str, str], tuple[DrawnCase, Mapping[str, str]]] = field(default_factory=dict)
    _unique: set[tuple[str, str]] = field(default_factory=set)

    @property
    def policy(self) -> Policy:
        """The policy."""
        return self.target.policy

    @cached_property
    def requests(self) -> Requests:
        """Builds and sends requests that should succeed."""
        return Requests(target=self.target, transport=self.send, as_of=self.as_of, seed=self.seed, unsafe=self.unsafe, drawn=self._drawn)

    def contract(self, scene: Scene, operation: Operation) -> tuple[list[Exchange], tuple[str, ...]]:
        """Exchanges of the drawn cases, and what could not be tried."""
        cases = self.requests.cases(scene.version, operation)
        accepted = positive(cases)
        negative = [case for case in cases if case.aim is Aim.REFUSED]
        existing, there, notes = self._on_existing(scene, operation, accepted)
        futures = [
            self.submit(self._case, scene, operation, case, case.path_parameters, Aim.UNKNOWN_DATA)
            for case in about_nothing(accepted, operation)
        ]
        for case in (*negative, *broken_bodies(accepted, operation)):
            path = refused_path(self.target.contracts[scene.version], operation, case, there or {})
            futures.append(self.submit(self._case, scene, operation, case, path, Aim.REFUSED))
        return existing + [future.result() for future in futures], notes

    def succeeded(self, exchange: Exchange) -> bool:
        """Whether an answer is a success: a 2xx, or the redirect an operation is there for, and no error in disguise."""
        return succeeded(self.policy, self.target.contracts, exchange)

    def asks(self, scene: Scene, operation: Operation | None, asks: Sequence[Ask]) -> list[Exchange]:
        """Exchanges of what the checks ask, on the request that is known to succeed where there is one."""
        if not self.unsafe:
            asks = [ask for ask in asks if (ask.method or (operation.method if operation else "GET")) in SAFE_METHODS]
        if not asks:
            return []
        base = self._base(scene, operation)
        versions = dict.fromkeys(version for ask in asks for version in ask.compare)
        answers = {version: self.submit(self._plain, scene, version, operation, base) for version in versions if operation is not None}
        told = {version: future.result() for version, future in answers.items()}
        plain = {version: answer for version, answer in told.items() if isinstance(answer, Response) and answer.status != TOO_MANY}
        bases = self._victims(scene, operation, asks, base)
        futures = [self.submit(self._ask, scene, operation, ask, bases.get((ask.aim, ask.via), base), plain) for ask in asks]
        return [exchange for future in futures if (exchange := future.result()) is not None]

    def successors(self, scene: Scene, before: Sequence[Exchange]) -> list[Exchange]:
        """Exchanges that follow, once each, the successor links of a deprecated version's successes."""
        found: list[Exchange] = []
        for exchange in before:
            for target in successor_targets(exchange, scene):
                key = (exchange.operation, target)
                if key in self._followed:
                    continue
                self._followed.add(key)
                request = following(self.policy, self.target.contracts, exchange, target)
                if request is not None:
                    found.append(self._exchange(scene, Aim.SUCCESSOR, request, operation=exchange.operation, via=exchange.via))
        return found

    def _on_existing(
        self, scene: Scene, operation: Operation, accepted: Sequence[DrawnCase]
    ) -> tuple[list[Exchange], Mapping[str, str] | None, tuple[str, ...]]:
        """Exchanges about existing data, the path parameters that were used, and what could not be tried."""
        found, tried = self._scouted(scene, operation, accepted)
        if not tried:
            names = ", ".join(operation.path_parameters)
            return [], None, (f"no existing data for {names}: give [values], [operations.rules] values, an example or a link in the contract",)
        won = any(self.succeeded(each) for each in found)
        if won:
            found = [each if self.succeeded(each) or not of_data(each) else replace(each, aim=Aim.UNKNOWN_DATA) for each in found]
        there = tried[-1] if won else tried[0]
        if not consumes(operation):
            futures = [self.submit(self._case, scene, operation, case, there, Aim.ACCEPTED) for case in accepted[1:]]
            more = [future.result() for future in futures]
            for case, exchange in zip(accepted[1:], more, strict=True):
                if self.succeeded(exchange):
                    self._keep(scene, operation, case, there)
            found += more
        return found + self._unlike(scene, operation, accepted, there, found), there, ()

    def _scouted(
        self, scene: Scene, operation: Operation, accepted: Sequence[DrawnCase]
    ) -> tuple[list[Exchange], list[Mapping[str, str]]]:
        """Exchanges about one existing thing after the other, until one will do (or enough are used up), and what they were about."""
        consuming = consumes(operation)
        found: list[Exchange] = []
        tried: list[Mapping[str, str]] = []
        won = 0
        while won < min(len(accepted), FRESH if consuming else 1) and len(tried) < _TRIES:
            values = self.requests.data.path_values(scene.subject, scene.version, operation, fresh=consuming, tried=tried)
            if values is None and tried and not consuming:  # what was known is used up or in another state
                values = self.requests.data.path_values(scene.subject, scene.version, operation, fresh=True, tried=tried)
            if values is None:
                break
            tried.append(values)
            found.append(self._case(scene, operation, accepted[won], values, Aim.ACCEPTED))
            if self.succeeded(found[-1]):
                self._keep(scene, operation, accepted[won], values)
                won += 1
            elif not operation.path_parameters or not of_data(found[-1]):
                break
        return found, tried

    def _unlike(
        self, scene: Scene, operation: Operation, accepted: Sequence[DrawnCase], there: Mapping[str, str], before: Sequence[Exchange]
    ) -> list[Exchange]:
        """Where requests met conflicts and no success, the same with texts nobody used: a name may have to be unique."""
        if any(self.succeeded(exchange) for exchange in before) or not any(conflicts(exchange.answer) for exchange in before):
            return []
        found: list[Exchange] = []
        for case in (self.requests.varied(scene.version, operation, case) for case in accepted[:FRESH]):
            if case is None:
                continue
            found.append(self._case(scene, operation, case, there, Aim.ACCEPTED))
            if self.succeeded(found[-1]):
                self._keep(scene, operation, case, there)
                break
        return found

    def _keep(self, scene: Scene, operation: Operation, case: DrawnCase, path: Mapping[str, str]) -> None:
        """Remember what succeeded."""
        self._won.setdefault((scene.subject, operation.key), (case, path))
        if consumes(operation):
            self.requests.data.forget(operation, path)
        elif operation.path_parameters:
            self.requests.data.prefer(scene.subject, operation, path)

    def _base(self, scene: Scene, operation: Operation | None) -> Request:
        """A request without a version: one that succeeded, else the first that could."""
        if operation is None:
            return Request(method="GET", path="/")
        case, path = self._best(scene, operation)
        if path is None or consumes(operation):
            path = self.requests.data.path_values(scene.subject, scene.version, operation) if scene.stage.answers else None
        if path is None and not scene.stage.answers:  # it must not be served; should it be, it must not harm what others ask about
            nothing = about_nothing(positive(self.requests.cases(scene.version, operation)), operation)
            path = nothing[-1].path_parameters if nothing else None
        return self.requests.build(scene.subject, scene.version, operation, case, path if path is not None else case.path_parameters)

    def _best(self, scene: Scene, operation: Operation) -> tuple[DrawnCase, Mapping[str, str] | None]:
        """The case and path that succeeded; the first case where none did."""
        first = self.requests.first(scene.version, operation)
        return self._won.get((scene.subject, operation.key), (first or _NO_CASE, None))

    def _case(self, scene: Scene, operation: Operation, case: DrawnCase, path: Mapping[str, str], aim: Aim) -> Exchange:
        if aim is Aim.ACCEPTED:
            request = self.requests.build(scene.subject, scene.version, operation, case, path)
        else:
            request = build(self.policy, operation, case, path, overlay=aim is not Aim.REFUSED)
        request = plainly(self.policy, scene.subject, operation, request)
        return self._exchange(scene, aim, self.requests.signed(scene.version, operation, request), operation=operation.key, via=self._strongest(scene))

    def _ask(self, scene: Scene, operation: Operation | None, ask: Ask, base: Request, plain: Mapping[str, Response]) -> Exchange | None:
        if ask.aim is Aim.SIDE_EFFECT and operation is not None:
            return self._side_effect(scene, operation, ask, base)
        if ask.aim is Aim.ACCEPTED and operation is not None and ask.method is None:
            renewed = self._renewed(scene, operation, base, plain)
            if renewed is None:
                return None
            base = renewed
        request = asked(self.policy, scene.subject, ask, base)
        if not ask.anonymous:
            request = self.requests.signed(ask.expected_version or scene.version, operation, request)
        if not plain.keys() >= set(ask.compare):
            return None
        peers = {version: plain[version] for version in ask.compare}
        return self._exchange(scene, ask.aim, request, operation=operation.key if operation else "", via=ask.via, probe=ask.probe,
                              expected=ask.expected_version, peers=peers)  # fmt: skip

    def _victims(
        self, scene: Scene, operation: Operation | None, asks: Sequence[Ask], base: Request
    ) -> Mapping[tuple[Aim, str], Request]:
        """Requests about data of their own for probes that would use it up, should a server accept what it must refuse."""
        if operation is None or not consumes(operation) or not scene.stage.answers:
            return {}
        groups = dict.fromkeys((ask.aim, ask.via) for ask in asks if ask.method is None and ask.aim not in {Aim.ACCEPTED, Aim.SIDE_EFFECT})
        return {group: self._renewed(scene, operation, base, {}) or base for group in groups}

    def _plain(self, scene: Scene, version: str, operation: Operation, base: Request) -> Response | NoAnswer:
        """What the base request gets when a version is asked plainly."""
        if version == scene.version:
            base = self._renewed(scene, operation, base, {}) or base
        answer = self.requests.send(self.requests.signed(version, operation, plainly(self.policy, version, operation, base)))
        if conflicts(answer) and version == scene.version and (other := self._another(scene, operation)):
            return self.requests.send(self.requests.signed(version, operation, plainly(self.policy, version, operation, other)))
        return answer

    def _renewed(self, scene: Scene, operation: Operation, base: Request, plain: Mapping[str, Response]) -> Request | None:
        """The base request, where it uses its data up about other data; None where there is none."""
        if consumes(operation):
            values = self.requests.data.path_values(scene.subject, scene.version, operation, fresh=True)
            if values is None:
                return None
            self.requests.data.forget(operation, values)
            return self.requests.build(scene.subject, scene.version, operation, self._best(scene, operation)[0], values)
        unique = operation.method == "POST" and (scene.subject, operation.key) in self._unique
        return (self._another(scene, operation) or base) if unique and scene.version in plain else base

    def _another(self, scene: Scene, operation: Operation) -> Request | None:
        """The request that succeeded, with texts nobody used."""
        case, path = self._best(scene, operation)
        other = self.requests.varied(scene.version, operation, case) if path is not None and operation.method == "POST" else None
        if other is None or path is None:
            return None
        self._unique.add((scene.subject, operation.key))
        return self.requests.build(scene.subject, scene.version, operation, other, path)

    def _side_effect(self, scene: Scene, operation: Operation, ask: Ask, base: Request) -> Exchange | None:
        successor = scene.policy.lifecycle(scene.subject).successor
        if successor is None or not self.policy.stage(successor, self.as_of).answers:
            return None
        effect = SideEffect(policy=self.policy, contracts=self.target.contracts, data=self.requests.data, send=self.requests.send, successor=successor, case=self.requests.first,
                            request=partial(self.requests.build, successor))  # fmt: skip
        if (found := effect.watch(scene.version, operation, base, partial(self._write, scene, operation, ask))) is None:
            return None
        request, answer, marker, peers = found
        return self._exchange(scene, Aim.SIDE_EFFECT, request, operation=operation.key, via=ask.via, probe=marker, peers=peers, answer=answer)

    def _write(self, scene: Scene, operation: Operation, ask: Ask, request: Request) -> Response | NoAnswer:
        request = asked(self.policy, scene.subject, ask, request)
        return self.requests.send(self.requests.signed(scene.version, operation, request))

    def _strongest(self, scene: Scene) -> str:
        return scene.subject if scene.is_alias else next(iter(self.policy.carriers))

    def _exchange(
        self, scene: Scene, aim: Aim, request: Request, *, operation: str, via: str, probe: str | None = None, expected: str | None = None,
        peers: Mapping[str, Response] | None = None, answer: Response | NoAnswer | None = None,
    ) -> Exchange:  # fmt: skip
        return Exchange(
            aim=aim, version=scene.subject, via=via, operation=operation, request=request, answer=answer or self.requests.send(request),
            as_of=self.as_of, stage=scene.stage, lifecycle=self.policy.lifecycle(scene.subject), probe=probe, expected_version=expected,
            peers=dict(peers or {}),
        )  # fmt: skip
