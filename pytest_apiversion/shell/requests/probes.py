"""Sends what checks ask for: each ask is put over a request that is known to succeed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.core.checking.exchange import Exchange
from pytest_apiversion.core.http.messages import SAFE_METHODS, NoAnswer, Request, Response
from pytest_apiversion.core.http.statuses import NOT_NOW
from pytest_apiversion.core.judging.element_use import parts_with
from pytest_apiversion.core.judging.ends import shown_by_a_thing
from pytest_apiversion.shell.requests.body_members import takes
from pytest_apiversion.shell.requests.building import (
    asked,
    plainly,
    refilled,
    shaped,
    with_credentials,
    without_credentials,
)
from pytest_apiversion.shell.requests.case_selection import conflicts, consumes
from pytest_apiversion.shell.requests.element_asks import request_using
from pytest_apiversion.shell.requests.in_turn import submitter
from pytest_apiversion.shell.requests.probe_turns import turn_of
from pytest_apiversion.shell.requests.sending import exchange_of
from pytest_apiversion.shell.requests.side_effects import SideEffect
from pytest_apiversion.shell.requests.turns import Turns
from pytest_apiversion.shell.requests.unique_names import path_to_nothing

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.check import Ask
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.shell.requests.valid_requests import Requests

_NO_CASE = DrawnCase(aim=Aim.UNKNOWN_DATA, origin="minimal")


@dataclass(kw_only=True, eq=False)
class Probing:
    """Asks for one policy what its checks ask.

    Attributes:
        requests: Builds and sends requests that should succeed.
        submit: Runs a function beside others, within the limits of the run.
        won: The case and path parameters that succeeded, by version or alias and operation; the trials fill it.
    """

    requests: Requests
    submit: Callable[..., Future[Any]]
    won: Mapping[tuple[str, str], tuple[DrawnCase, Mapping[str, str]]]
    _unique: set[tuple[str, str]] = field(default_factory=set)

    def asks(self, scene: Scene, operation: Operation | None, asks: Sequence[Ask]) -> list[Exchange]:
        """Exchanges of what the checks ask, on the request that is known to succeed where there is one."""
        asks = asks if operation is None else turn_of(scene, operation, asks)
        if not self.requests.unsafe:
            asks = [ask for ask in asks if (ask.method or (operation.method if operation else "GET")) in SAFE_METHODS]
        asks = [ask for ask in asks if not ask.once or self._turns.possible(scene, operation, ask)]
        if not asks:
            return []
        base = self._base(scene, operation)
        versions = dict.fromkeys(version for ask in asks for version in ask.compare) if operation is not None else ()
        submit = submitter(operation, self.submit)
        answers = {each: submit(self._plain, scene, each, operation, base[0]) for each in versions}
        told = ((version, future.result()) for version, future in answers.items())
        plain = {each: answer for each, answer in told if isinstance(answer, Response) and answer.status not in NOT_NOW}
        asks = [
            ask
            for ask in asks
            if not ask.once or (takes(ask, base[0]) and self._turns.taken(scene, operation, ask, plain))
        ]
        bases = self._victims(scene, operation, asks, base[0])
        futures = [submit(self._ask, scene, operation, ask, bases.get(_group(ask), base), plain) for ask in asks]
        return [exchange for future in futures if (exchange := future.result()) is not None]

    @cached_property
    def _turns(self) -> Turns:
        return Turns(policy=self.requests.policy, won=self.won)

    def _base(self, scene: Scene, operation: Operation | None) -> tuple[Request, bool]:
        """A request without a version, one that succeeded or else the first that could; and whether what it names is there."""
        if operation is None:
            return Request(method="GET", path="/"), True
        case, path = self._best(scene, operation)
        if path is None or consumes(operation):
            about = scene.stage.answers or shown_by_a_thing(scene, self.requests.policy)
            path = self.requests.data.path_values(scene.subject, scene.version, operation) if about else None
        there = path is not None or not operation.path_parameters
        if path is None and (not scene.stage.answers or self.requests.ownership.alters(operation)):
            # it must not be served; should it be, it must not harm what is there
            path = path_to_nothing(self.requests, scene.version, operation)
        named = path if path is not None else case.path_parameters
        return self.requests.build(scene.subject, scene.version, operation, case, named), there

    def _best(self, scene: Scene, operation: Operation) -> tuple[DrawnCase, Mapping[str, str] | None]:
        """The case and path that succeeded; the first case where none did."""
        first = self.requests.first(scene.version, operation)
        return self.won.get((scene.subject, operation.key), (first or _NO_CASE, None))

    def _ask(
        self,
        scene: Scene,
        operation: Operation | None,
        ask: Ask,
        about: tuple[Request, bool],
        plain: Mapping[str, Response],
    ) -> Exchange | None:
        base, there = about
        made: Request | None = base
        if _renews(ask) and operation is not None and ask.method is None:
            made = self._renewed(scene, operation, base, plain)
        if ask.uses is not None and operation is not None and made is not None:
            made = request_using(self.requests, scene, operation, ask.uses, self._best(scene, operation), made)
        if made is not None and not takes(ask, made):
            return None
        if made is not None and (ask.template is not None or ask.like is not None):
            made = self._otherwise(scene, operation, ask, made)
        if made is None:
            return None
        base = made
        if ask.aim is Aim.SIDE_EFFECT and operation is not None:
            return self._side_effect(scene, operation, ask, base)
        request = asked(self.requests.policy, scene.subject, ask, base)
        again = ask.wrong_credential is None  # each wrong one that is sent may count against somebody
        request = self._signed(scene, operation, ask, request)
        request = replace(request, waits=again and ask.aim is not Aim.USED_UP, renews=again)
        if not self.requests.ownership.harmless(request):
            return None
        if not plain.keys() >= set(ask.compare):
            return None
        return exchange_of(
            self.requests,
            scene,
            ask.aim,
            request,
            operation=operation.key if operation else "",
            via=ask.via,
            probe=ask.probe,
            expected=ask.expected_version,
            peers={version: plain[version] for version in ask.compare},
            base=shaped(ask, base),
            of_nothing=not there,
            fault=ask.fault,
        )

    def _signed(self, scene: Scene, operation: Operation | None, ask: Ask, request: Request) -> Request:
        """The request with the operation's credentials, or with the one the ask names, or with none."""
        if not ask.anonymous and ask.credential is None:
            named = ask.expected_version or scene.version
            about = operation or (self.requests.locked(named) if ask.aim is Aim.UNROUTED else None)
            return self.requests.signed(named, about, request, ask)
        known = self.requests.policy.credentials
        request = without_credentials(request, known)
        return with_credentials(request, [each for each in known if each.name == ask.credential])

    def _otherwise(self, scene: Scene, operation: Operation | None, ask: Ask, base: Request) -> Request | None:
        """The base request with another path, or another operation's body; None where there is nothing to make it of."""
        if operation is None and ask.like is not None:
            return self._of_contract(*ask.like)
        if operation is None or (scene.subject, operation.key) not in self.won:
            return None  # what is refused would be refused anyway
        if ask.template is not None:
            path = refilled(operation.path, base.path, ask.template)
            if path is None:
                return None
            base = replace(base, path=path)
        if ask.like is None:
            return base
        version, key = ask.like
        other = self.requests.target.contracts[version].operations[key]
        case = self._best_case(version, other)
        if case is None or case.body is None or case.media_type is None:
            return base if ask.template is not None else None
        return replace(base, body=case.body).with_header("Content-Type", case.media_type)

    def _of_contract(self, version: str, key: str) -> Request | None:
        """The request of an operation that only another version has; None where none could be drawn."""
        other = self.requests.target.contracts[version].operations[key]
        case = self._best_case(version, other)
        return None if case is None else self.requests.build(version, version, other, case, case.path_parameters)

    def _best_case(self, version: str, operation: Operation) -> DrawnCase | None:
        """The case that succeeded in a version, else the first that could."""
        won = self.won.get((version, operation.key))
        return won[0] if won else self.requests.first(version, operation)

    def _victims(
        self, scene: Scene, operation: Operation | None, asks: Sequence[Ask], base: Request
    ) -> Mapping[tuple[object, ...], tuple[Request, bool]]:
        """Requests about data of their own for probes that would use it up, should a server accept what it must refuse."""
        if operation is None or not consumes(operation) or not scene.stage.answers:
            return {}
        mine = (each for each in asks if each.method is None and each.aim is not Aim.SIDE_EFFECT and not _renews(each))
        found = {group: self._renewed(scene, operation, base, {}) for group in dict.fromkeys(map(_group, mine))}
        return {group: (request or base, request is not None) for group, request in found.items()}

    def _plain(self, scene: Scene, version: str, operation: Operation, base: Request) -> Response | NoAnswer | None:
        """What the base request gets when a version is asked plainly; None where that could do harm."""
        own = version == scene.version
        if own or consumes(operation):
            renewed = self._renewed(scene, operation, base, {})
            if renewed is None and not own:
                return None
            base = renewed or base
        request = self.requests.signed(version, operation, plainly(self.requests.policy, version, operation, base))
        if not self.requests.ownership.harmless(request):
            return None
        answer = self.requests.send(request)
        mine = own or operation.method == "POST"
        if conflicts(answer) and mine and (other := self._another(scene, operation)):
            return self.requests.send(
                self.requests.signed(version, operation, plainly(self.requests.policy, version, operation, other))
            )
        return answer

    def _renewed(
        self, scene: Scene, operation: Operation, base: Request, plain: Mapping[str, Response]
    ) -> Request | None:
        """The base request, where it uses its data up about other data; None where there is none."""
        if consumes(operation):
            values = self.requests.data.take(scene.subject, scene.version, operation)
            if values is None:
                return None
            return self.requests.build(scene.subject, scene.version, operation, self._best(scene, operation)[0], values)
        unique = operation.method in {"POST", "PUT"} and (scene.subject, operation.key) in self._unique
        return (self._another(scene, operation) or base) if unique and scene.version in plain else base

    def _another(self, scene: Scene, operation: Operation) -> Request | None:
        """The request that succeeded, with texts nobody used."""
        case, path = self._best(scene, operation)
        if operation.method == "PUT" and path and operation.path.rstrip("/").endswith("}"):
            last = operation.path_parameters[-1]
            text = self.requests.unused(scene.version, operation, last, path[last])
            if text is None:
                return None
            self._unique.add((scene.subject, operation.key))
            return self.requests.build(scene.subject, scene.version, operation, case, {**path, last: text})
        other = (
            self.requests.varied(scene.version, operation, case)
            if path is not None and operation.method == "POST"
            else None
        )
        if other is None or path is None:
            return None
        self._unique.add((scene.subject, operation.key))
        return self.requests.build(scene.subject, scene.version, operation, other, path)

    def _side_effect(self, scene: Scene, operation: Operation, ask: Ask, base: Request) -> Exchange | None:
        life = scene.policy.lifecycle(scene.subject)
        # what a part leaves is seen beside it
        successor = life.successor or (scene.version if life.place or ask.uses else None)
        if successor is None or not self.requests.policy.stage(successor, self.requests.as_of).answers:
            return None
        effect = SideEffect(
            policy=self.requests.policy,
            contracts=self.requests.target.contracts,
            data=self.requests.data,
            send=self.requests.send,
            harmless=self.requests.ownership.harmless,
            alters=self.requests.ownership.alters,
            successor=successor,
            case=self.requests.first,
            request=partial(self.requests.build, successor),
        )
        if (found := effect.watch(scene.version, operation, base, partial(self._write, scene, operation, ask))) is None:
            return None
        request, answer, marker, peers = found
        return exchange_of(
            self.requests,
            scene,
            Aim.SIDE_EFFECT,
            request,
            operation=operation.key,
            via=ask.via,
            probe=marker,
            peers=peers,
            answer=answer,
            elements=parts_with(scene, operation, ask.uses),
        )

    def _write(self, scene: Scene, operation: Operation, ask: Ask, request: Request) -> Response | NoAnswer:
        request = asked(self.requests.policy, scene.subject, ask, request)
        return self.requests.send(self.requests.signed(scene.version, operation, request))


def _renews(ask: Ask) -> bool:
    """Whether it is asked about data of its own, since it should succeed or is asked in several ways."""
    return ask.aim is Aim.ACCEPTED or bool(ask.lacks) or ask.once


def _group(ask: Ask) -> tuple[object, ...]:
    """What asks share the data they would use up."""
    return ask.aim, ask.via, ask.credential, ask.wrong_credential
