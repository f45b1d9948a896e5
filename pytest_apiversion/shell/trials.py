"""Turns drawn cases and asks into exchanges: fills in data, writes versions, sends, and keeps what came back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from pytest_apiversion.core.announcing import announcing
from pytest_apiversion.core.case import DrawnCase
from pytest_apiversion.core.exchange import Aim, Exchange, NoAnswer, Request, Response
from pytest_apiversion.core.links import parse_links
from pytest_apiversion.selection import served_path
from pytest_apiversion.shell.building import asked, build, credentials_for, plainly, with_credentials
from pytest_apiversion.shell.data import Data
from pytest_apiversion.shell.drawing import draw
from pytest_apiversion.shell.side_effects import SideEffect

if TYPE_CHECKING:
    import datetime as dt

    from pytest_apiversion.core.check import Ask, Scene
    from pytest_apiversion.core.contract import Operation
    from pytest_apiversion.core.policy import Policy
    from pytest_apiversion.shell.target import Target

_UNKNOWN = 2
"""Requests about drawn identifiers, which need not exist."""
_FRESH = 3
"""Requests that use their data up, at most."""
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

    @property
    def policy(self) -> Policy:
        """The policy."""
        return self.target.policy

    @cached_property
    def data(self) -> Data:
        """Values of existing data."""
        return Data(self.policy, self.target.contracts, self._succeed, unsafe=self.unsafe)

    def cases(self, version: str, operation: Operation) -> tuple[DrawnCase, ...]:
        """The drawn cases of an operation, drawn once for its shape."""
        examples = self.policy.limits.max_examples
        return draw(self.target.contracts[version], operation, seed=self.seed, examples=examples, negative=max(examples // 2, 1), cache=self._drawn)

    def contract(self, scene: Scene, operation: Operation) -> tuple[list[Exchange], tuple[str, ...]]:
        """Exchanges of the drawn cases, and what could not be tried."""
        cases = self.cases(scene.version, operation)
        positive = [case for case in cases if case.aim is Aim.UNKNOWN_DATA]
        negative = [case for case in cases if case.aim is Aim.REFUSED]
        consuming = operation.method == "DELETE" and bool(operation.path_parameters)
        there = self.data.path_values(scene.subject, scene.version, operation, fresh=consuming)
        notes: tuple[str, ...] = ()
        futures: list[Future[Exchange]] = []
        if there is None:
            names = ", ".join(operation.path_parameters)
            notes = (f"no existing data for {names}: give [values], [operations.rules] values, an example or a link in the contract",)
        elif consuming:
            for number, case in enumerate(positive[:_FRESH]):
                values = there if number == 0 else self.data.path_values(scene.subject, scene.version, operation, fresh=True)
                if values is not None and (number == 0 or values != there):
                    futures.append(self.submit(self._case, scene, operation, case, values, Aim.ACCEPTED))
        else:
            futures += [self.submit(self._case, scene, operation, case, there, Aim.ACCEPTED) for case in positive]
        if operation.path_parameters:
            futures += [self.submit(self._case, scene, operation, case, case.path_parameters, Aim.UNKNOWN_DATA) for case in positive[-_UNKNOWN:]]
        for case in (*negative, *_broken_bodies(positive, operation)):
            path = {**case.path_parameters, **(there or {})}
            futures.append(self.submit(self._case, scene, operation, case, path, Aim.REFUSED))
        return [future.result() for future in futures], notes

    def asks(self, scene: Scene, operation: Operation | None, asks: Sequence[Ask], before: Sequence[Exchange]) -> list[Exchange]:
        """Exchanges of what the checks ask, on the request that is known to succeed where there is one."""
        if not asks:
            return []
        base = self._base(scene, operation, before)
        plain: dict[str, Response] = {}
        for version in dict.fromkeys(version for ask in asks for version in ask.compare):
            if operation is not None and isinstance(answer := self.send(self._plain(scene, version, operation, base)), Response):
                plain[version] = answer
        futures = [self.submit(self._ask, scene, operation, ask, base, plain) for ask in asks]
        return [exchange for future in futures if (exchange := future.result()) is not None]

    def successors(self, scene: Scene, before: Sequence[Exchange]) -> list[Exchange]:
        """Exchanges that follow, once each, the successor links of a deprecated version's successes."""
        wanted = [link.rel.lower() for link in scene.policy.deprecation.links if link.successor]
        found: list[Exchange] = []
        for exchange in before:
            response = announcing(exchange, scene)
            if response is None or not wanted or response.status >= 300 or exchange.aim is not Aim.ACCEPTED:  # noqa: PLR2004  RFC 9110 §15.3
                continue
            for link in parse_links(response.header("link") or ""):
                key = (exchange.operation, link.target)
                if not link.rels & set(wanted) or key in self._followed or "{" in link.target:
                    continue
                self._followed.add(key)
                found += self._follow(scene, exchange, link.target)
        return found

    def _follow(self, scene: Scene, exchange: Exchange, target: str) -> list[Exchange]:
        base = self.policy.base_url or ""
        url = urlsplit(urljoin(base + exchange.request.path, target))
        successor = exchange.lifecycle.successor
        if successor is None or (urlsplit(target).netloc and url.netloc != urlsplit(base).netloc):
            return []  # a link to another host is not followed
        contract, path = self.target.contracts.get(successor), served_path(self.policy, url.path)[1]
        operation = next((found for method in (exchange.request.method, "GET") if contract and (found := contract.match(method, path))), None)
        method = operation.method if operation and operation.method in {"GET", "HEAD"} else "OPTIONS" if operation else "GET"
        if operation is not None and method == "OPTIONS":
            return []  # the contract has the target; asking for it would write
        request = with_credentials(Request(method="GET", path=url.path), credentials_for(self.policy, successor, operation))
        return [self._exchange(scene, Aim.SUCCESSOR, request, operation=exchange.operation, via=exchange.via)]

    def _base(self, scene: Scene, operation: Operation | None, before: Sequence[Exchange]) -> Request:
        """A request without a version: one that succeeded, else the first that could."""
        if operation is None:
            return Request(method="GET", path="/")
        cases = self.cases(scene.version, operation)
        case = next((case for case in cases if case.aim is Aim.UNKNOWN_DATA), _NO_CASE)
        won = next((number for number, each in enumerate(before) if each.aim is Aim.ACCEPTED and each.response and each.response.status < 300), None)  # noqa: PLR2004
        if won is not None and won < len(cases):
            case = cases[won]
        path = self._path(scene, operation, case)
        return build(self.policy, scene.version, operation, case, path, overlay=True, known=self._members(scene, operation))

    def _path(self, scene: Scene, operation: Operation, case: DrawnCase) -> Mapping[str, str]:
        if not scene.stage.answers:
            return case.path_parameters
        there = self.data.path_values(scene.subject, scene.version, operation)
        return there if there is not None else case.path_parameters

    def _members(self, scene: Scene, operation: Operation) -> Mapping[str, str]:
        return self.data.members(scene.subject, scene.version, operation) if scene.stage.answers else {}

    def _case(self, scene: Scene, operation: Operation, case: DrawnCase, path: Mapping[str, str], aim: Aim) -> Exchange:
        known = self._members(scene, operation) if aim is Aim.ACCEPTED else None
        request = build(self.policy, scene.version, operation, case, path, overlay=aim is not Aim.REFUSED, known=known)
        request = plainly(self.policy, scene.subject, operation, request)
        return self._exchange(scene, aim, self._signed(scene.version, operation, request), operation=operation.key, via=self._strongest(scene))

    def _ask(self, scene: Scene, operation: Operation | None, ask: Ask, base: Request, plain: Mapping[str, Response]) -> Exchange | None:
        if ask.aim is Aim.SIDE_EFFECT and operation is not None:
            return self._side_effect(scene, operation, ask, base)
        if ask.aim is Aim.ACCEPTED and operation is not None and operation.method == "DELETE" and operation.path_parameters:
            values = self.data.path_values(scene.subject, scene.version, operation, fresh=True)
            if values is None:
                return None
            base = build(self.policy, scene.version, operation, _NO_CASE, values, overlay=True)
        request = asked(self.policy, ask, base)
        if scene.is_alias and ask.prefix is None:
            request = replace(request, path=self.policy.aliases[scene.subject].prefix + _below(self.policy, request.path))
        if not ask.anonymous:
            request = self._signed(ask.expected_version or scene.version, operation, request)
        peers = {version: plain[version] for version in ask.compare if version in plain}
        if len(peers) < len(ask.compare):
            return None
        return self._exchange(scene, ask.aim, request, operation=operation.key if operation else "", via=ask.via, probe=ask.probe,
                              expected=ask.expected_version, peers=peers)  # fmt: skip

    def _plain(self, scene: Scene, version: str, operation: Operation, base: Request) -> Request:
        if version == scene.version and operation.method == "DELETE":
            values = self.data.path_values(scene.subject, scene.version, operation, fresh=True)
            base = build(self.policy, version, operation, _NO_CASE, values or {}, overlay=True) if values else base
        return self._signed(version, operation, plainly(self.policy, version, operation, base))

    def _side_effect(self, scene: Scene, operation: Operation, ask: Ask, base: Request) -> Exchange | None:
        successor = scene.policy.lifecycle(scene.subject).successor
        if successor is None or not self.policy.stage(successor, self.as_of).answers:
            return None
        effect = SideEffect(policy=self.policy, contracts=self.target.contracts, data=self.data, send=self.send, successor=successor, case=self._accepted)
        write = partial(self._write, scene, operation, ask)
        found = effect.watch(scene.version, operation, base, write)
        if found is None:
            return None
        request, answer, marker, peers = found
        return self._exchange(scene, Aim.SIDE_EFFECT, request, operation=operation.key, via=ask.via, probe=marker, peers=peers, answer=answer)

    def _accepted(self, version: str, operation: Operation) -> DrawnCase | None:
        return next((case for case in self.cases(version, operation) if case.aim is Aim.UNKNOWN_DATA), None)

    def _write(self, scene: Scene, operation: Operation, ask: Ask, request: Request) -> None:
        request = asked(self.policy, ask, request)
        if scene.is_alias:
            request = replace(request, path=self.policy.aliases[scene.subject].prefix + _below(self.policy, request.path))
        self.send(self._signed(scene.version, operation, request))

    def _signed(self, version: str, operation: Operation | None, request: Request) -> Request:
        mine = self.target.contracts.get(version)
        known = mine.operations.get(operation.key, operation) if mine and operation else operation
        return with_credentials(request, credentials_for(self.policy, version, known))

    def _strongest(self, scene: Scene) -> str:
        return scene.subject if scene.is_alias else next(iter(self.policy.carriers))

    def _succeed(self, subject: str, operation: Operation, path: Mapping[str, str]) -> Response | None:
        """A success of an operation, for the data in it: the first of its positive cases that gets one."""
        alias = self.policy.aliases.get(subject)
        version = alias.version if alias else subject
        if not self.policy.stage(version, self.as_of).answers:
            return None
        known = self.data.members(subject, version, operation)
        for case in [case for case in self.cases(version, operation) if case.aim is Aim.UNKNOWN_DATA][:3]:
            request = build(self.policy, version, operation, case, path, overlay=True, known=known)
            answer = self.send(self._signed(version, operation, plainly(self.policy, version, operation, request)))
            if isinstance(answer, Response) and answer.status < 300:  # noqa: PLR2004  RFC 9110 §15.3
                return answer
        return None

    def _exchange(
        self, scene: Scene, aim: Aim, request: Request, *, operation: str, via: str, probe: str | None = None, expected: str | None = None,
        peers: Mapping[str, Response] | None = None, answer: Response | NoAnswer | None = None,
    ) -> Exchange:  # fmt: skip
        return Exchange(
            aim=aim, version=scene.subject, via=via, operation=operation, request=request, answer=answer or self.send(request),
            as_of=self.as_of, stage=scene.stage, lifecycle=self.policy.lifecycle(scene.subject), probe=probe, expected_version=expected,
            peers=dict(peers or {}),
        )  # fmt: skip


def _below(policy: Policy, path: str) -> str:
    """A path without the base path that selection put before it."""
    return path.removeprefix(policy.base_path) if policy.base_path else path


def _broken_bodies(positive: Sequence[DrawnCase], operation: Operation) -> list[DrawnCase]:
    """Bodies no draw makes surely: JSON cut short, and a content type the operation does not take."""
    case = next((case for case in positive if case.json is not None and case.body), None)
    if case is None or case.body is None:
        return []
    cut = replace(case, aim=Aim.REFUSED, body=json.dumps(case.json).encode()[:-1] or b"{", json=None)
    other = replace(case, aim=Aim.REFUSED, media_type="text/plain", json=None)
    return [cut] if "text/plain" in operation.body_media_types else [cut, other]
