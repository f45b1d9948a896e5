"""Turns drawn cases and asks into exchanges: fills in data, writes versions, sends, and keeps what came back."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from pytest_apiversion.core.announcing import announcing
from pytest_apiversion.core.case import DrawnCase
from pytest_apiversion.core.envelope import FIRST_ERROR, problems
from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.core.exchange import SAFE_METHODS, Aim, Exchange, NoAnswer, Request, Response
from pytest_apiversion.core.links import parse_links
from pytest_apiversion.core.naming import spell
from pytest_apiversion.selection import carriers, served_path
from pytest_apiversion.shell.building import asked, build, credentials_for, plainly, with_credentials
from pytest_apiversion.shell.data import Data, unlikely
from pytest_apiversion.shell.drawing import draw
from pytest_apiversion.shell.side_effects import SideEffect
from pytest_apiversion.shell.variation import fits, holder, names_in, varied

if TYPE_CHECKING:
    import datetime as dt

    from pytest_apiversion.core.check import Ask, Scene
    from pytest_apiversion.core.contract import Contract, Operation
    from pytest_apiversion.core.policy import Policy
    from pytest_apiversion.shell.target import Target
    from pytest_apiversion.shell.variation import Holds

_UNKNOWN = 2
"""Requests about drawn identifiers, which need not exist."""
_FRESH = 3
"""Requests that use their data up, at most; and cases tried where the first does not do."""
_TRIES = 5
"""Existing data tried where the first is not what an operation takes."""
_DATA_STATUSES = frozenset({403, 404, 409, 410, 412, 423, 428})
"""Refusals that may be due to the data a request is about."""
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
    _holders: dict[tuple[str, str], Holds] = field(default_factory=dict)
    _counter: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def policy(self) -> Policy:
        """The policy."""
        return self.target.policy

    @cached_property
    def data(self) -> Data:
        """Values of existing data."""
        return Data(self.policy, self.target.contracts, self._succeed, unsafe=self.unsafe, drawn=self._drawn_paths)

    def cases(self, version: str, operation: Operation) -> tuple[DrawnCase, ...]:
        """The drawn cases of an operation, drawn once for its shape."""
        examples = self.policy.limits.max_examples
        return draw(self.target.contracts[version], operation, seed=self.seed, examples=examples, negative=max(examples // 2, 1), cache=self._drawn)

    def contract(self, scene: Scene, operation: Operation) -> tuple[list[Exchange], tuple[str, ...]]:
        """Exchanges of the drawn cases, and what could not be tried."""
        cases = self.cases(scene.version, operation)
        positive = _positive(cases)
        negative = [case for case in cases if case.aim is Aim.REFUSED]
        existing, there, notes = self._on_existing(scene, operation, positive)
        futures = [
            self.submit(self._case, scene, operation, case, case.path_parameters, Aim.UNKNOWN_DATA)
            for case in _about_nothing(positive, operation)
        ]
        for case in (*negative, *_broken_bodies(positive, operation)):
            path = _refused_path(self.target.contracts[scene.version], operation, case, there or {})
            futures.append(self.submit(self._case, scene, operation, case, path, Aim.REFUSED))
        return existing + [future.result() for future in futures], notes

    def succeeded(self, exchange: Exchange) -> bool:
        """Whether an answer is a success: a 2xx, or the redirect an operation is there for, and no error in disguise."""
        response = exchange.response
        if response is None or self._disguised(response):
            return False
        if response.status < 300:  # noqa: PLR2004  RFC 9110 §15.3
            return True
        version = self.policy.aliases[exchange.version].version if exchange.version in self.policy.aliases else exchange.version
        operation = self.target.contracts[version].operations.get(exchange.operation)
        return response.status < FIRST_ERROR and operation is not None and operation.declares(response.status)

    def asks(self, scene: Scene, operation: Operation | None, asks: Sequence[Ask]) -> list[Exchange]:
        """Exchanges of what the checks ask, on the request that is known to succeed where there is one."""
        if not self.unsafe:
            asks = [ask for ask in asks if (ask.method or (operation.method if operation else "GET")) in SAFE_METHODS]
        if not asks:
            return []
        base = self._base(scene, operation)
        plain: dict[str, Response] = {}
        if operation is not None:
            versions = dict.fromkeys(version for ask in asks for version in ask.compare)
            answers = {version: self.submit(self._plain, scene, version, operation, base) for version in versions}
            plain = {version: answer for version, future in answers.items() if isinstance(answer := future.result(), Response)}
        bases = self._victims(scene, operation, asks, base)
        futures = [self.submit(self._ask, scene, operation, ask, bases.get((ask.aim, ask.via), base), plain) for ask in asks]
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

    def _on_existing(
        self, scene: Scene, operation: Operation, positive: Sequence[DrawnCase]
    ) -> tuple[list[Exchange], Mapping[str, str] | None, tuple[str, ...]]:
        """Exchanges about existing data, the path parameters that were used, and what could not be tried."""
        consuming = _consumes(operation)
        tried: list[Mapping[str, str]] = []
        found: list[Exchange] = []
        wanted = min(len(positive), _FRESH if consuming else 1)
        won = 0
        while won < wanted and len(tried) < _TRIES:
            values = self.data.path_values(scene.subject, scene.version, operation, fresh=consuming, tried=tried)
            if values is None and tried and not consuming:  # what was known is used up or in another state
                values = self.data.path_values(scene.subject, scene.version, operation, fresh=True, tried=tried)
            if values is None:
                break
            tried.append(values)
            exchange = self._case(scene, operation, positive[won], values, Aim.ACCEPTED)
            found.append(exchange)
            if self.succeeded(exchange):
                self._keep(scene, operation, positive[won], values)
                won += 1
            elif not operation.path_parameters or not _of_data(exchange):
                break
        if not tried:
            names = ", ".join(operation.path_parameters)
            return [], None, (f"no existing data for {names}: give [values], [operations.rules] values, an example or a link in the contract",)
        if won:
            found = [each if self.succeeded(each) or not _of_data(each) else replace(each, aim=Aim.UNKNOWN_DATA) for each in found]
        there = tried[-1] if won else tried[0]
        if not consuming:
            futures = [self.submit(self._case, scene, operation, case, there, Aim.ACCEPTED) for case in positive[1:]]
            more = [future.result() for future in futures]
            for case, exchange in zip(positive[1:], more, strict=True):
                if self.succeeded(exchange):
                    self._keep(scene, operation, case, there)
            found += more
        return found + self._unlike(scene, operation, positive, there, found), there, ()

    def _unlike(
        self, scene: Scene, operation: Operation, positive: Sequence[DrawnCase], there: Mapping[str, str], before: Sequence[Exchange]
    ) -> list[Exchange]:
        """Where requests met conflicts and no success, the same with texts nobody used: a name may have to be unique."""
        if any(self.succeeded(exchange) for exchange in before) or not any(_conflicts(exchange.answer) for exchange in before):
            return []
        found: list[Exchange] = []
        for case in (self._varied(scene.version, operation, case) for case in positive[:_FRESH]):
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
        if _consumes(operation):
            self.data.forget(operation, path)
        elif operation.path_parameters:
            self.data.prefer(scene.subject, operation, path)

    def _varied(self, version: str, operation: Operation, case: DrawnCase) -> DrawnCase | None:
        """The case with texts nobody used; None where it has nothing to vary."""
        if not isinstance(case.json, dict | list):
            return None
        with self._lock:
            self._counter += 1
            number = self._counter
        mixed = f"{self.seed} {self.as_of.isoformat()} {version} {operation.key} {number}"
        token = f"av{hashlib.sha256(mixed.encode()).hexdigest()[:12]}"
        made = varied(case.json, token, self._held(version, operation))
        return None if made == case.json else replace(case, json=made, body=json.dumps(made).encode())

    def _held(self, version: str, operation: Operation) -> Holds:
        with self._lock:
            key = (version, operation.key)
            if key not in self._holders:
                self._holders[key] = holder(self.target.contracts[version], operation)
            return self._holders[key]

    def _disguised(self, response: Response) -> bool:
        """Whether an answer is an error in spite of its status: only where the policy declares such errors."""
        answers = [*self.policy.answers.values(), *(each for carrier in self.policy.carriers.values() for each in carrier.answers.values())]
        if response.status not in {status for answer in answers for status in answer.statuses if status < FIRST_ERROR}:
            return False
        shaped = [envelope for envelope in self.policy.envelopes.values() if envelope.code is not None or envelope.schema is not None]
        return any(not any(problems(envelope, response)) for envelope in shaped)

    def _follow(self, scene: Scene, exchange: Exchange, target: str) -> list[Exchange]:
        base = self.policy.base_url or ""
        url = urlsplit(urljoin(base + exchange.request.path, target))
        successor = exchange.lifecycle.successor
        if successor is None or (urlsplit(target).netloc and url.netloc != urlsplit(base).netloc):
            return []  # a link to another host is not followed
        prefix = urlsplit(base).path.rstrip("/")
        full = url.path.removeprefix(prefix) if f"{url.path}/".startswith(f"{prefix}/") else url.path
        contract, path = self.target.contracts.get(successor), served_path(self.policy, full)[1]
        methods = (exchange.request.method, "GET")
        operation = next((found for method in methods if contract and (found := contract.match(method, path))), None)
        if operation is not None and operation.method not in {"GET", "HEAD"}:
            return []  # the contract has the target; asking for it would write
        request = Request(method="GET", path=full or "/", query=tuple(parse_qsl(url.query, keep_blank_values=True)))
        if not any(carriers()[kind].read(request, carrier) for kind, carrier in self.policy.carriers.items()):
            kind = next((kind for kind in self.policy.carriers if kind != "path"), None)
            if kind is not None:  # the link says where, and the carrier says which version
                request = carriers()[kind].write(request, self.policy.carriers[kind], spell(self.policy, kind, successor))
        request = with_credentials(request, credentials_for(self.policy, successor, operation))
        return [self._exchange(scene, Aim.SUCCESSOR, request, operation=exchange.operation, via=exchange.via)]

    def _base(self, scene: Scene, operation: Operation | None) -> Request:
        """A request without a version: one that succeeded, else the first that could."""
        if operation is None:
            return Request(method="GET", path="/")
        case, path = self._won.get((scene.subject, operation.key), (None, None))
        case = case or next(iter(_positive(self.cases(scene.version, operation))), _NO_CASE)
        if path is None or _consumes(operation):
            path = self.data.path_values(scene.subject, scene.version, operation) if scene.stage.answers else None
        if path is None and not scene.stage.answers:  # it must not be served; should it be, it must not harm what others ask about
            nothing = _about_nothing(_positive(self.cases(scene.version, operation)), operation)
            path = nothing[-1].path_parameters if nothing else None
        return self._request(scene.subject, scene.version, operation, case, path if path is not None else case.path_parameters)

    def _request(self, subject: str, version: str, operation: Operation, case: DrawnCase, path: Mapping[str, str]) -> Request:
        """A request that should succeed: with what the policy gives and what is known to exist put over what was drawn."""
        known: Mapping[str, str] = {}
        if self.policy.stage(version, self.as_of).answers:
            required = [each.name for each in operation.parameters if each.place == "query" and each.required]
            known = self.data.known(subject, version, operation, [*required, *names_in(case.json)])
        return build(self.policy, operation, case, path, overlay=True, known=known, held=self._held(version, operation))

    def _case(self, scene: Scene, operation: Operation, case: DrawnCase, path: Mapping[str, str], aim: Aim) -> Exchange:
        if aim is Aim.ACCEPTED:
            request = self._request(scene.subject, scene.version, operation, case, path)
        else:
            request = build(self.policy, operation, case, path, overlay=aim is not Aim.REFUSED)
        request = plainly(self.policy, scene.subject, operation, request)
        return self._exchange(scene, aim, self._signed(scene.version, operation, request), operation=operation.key, via=self._strongest(scene))

    def _ask(self, scene: Scene, operation: Operation | None, ask: Ask, base: Request, plain: Mapping[str, Response]) -> Exchange | None:
        if ask.aim is Aim.SIDE_EFFECT and operation is not None:
            return self._side_effect(scene, operation, ask, base)
        if ask.aim is Aim.ACCEPTED and operation is not None and ask.method is None:
            renewed = self._renewed(scene, operation, base, plain)
            if renewed is None:
                return None
            base = renewed
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

    def _victims(
        self, scene: Scene, operation: Operation | None, asks: Sequence[Ask], base: Request
    ) -> Mapping[tuple[Aim, str], Request]:
        """Requests about data of their own for probes that would use it up, should a server accept what it must refuse."""
        if operation is None or not _consumes(operation) or not scene.stage.answers:
            return {}
        groups = dict.fromkeys((ask.aim, ask.via) for ask in asks if ask.method is None and ask.aim not in {Aim.ACCEPTED, Aim.SIDE_EFFECT})
        return {group: self._renewed(scene, operation, base, {}) or base for group in groups}

    def _plain(self, scene: Scene, version: str, operation: Operation, base: Request) -> Response | NoAnswer:
        """What the base request gets when a version is asked plainly."""
        if version == scene.version:
            base = self._renewed(scene, operation, base, {}) or base
        answer = self._send(self._signed(version, operation, plainly(self.policy, version, operation, base)))
        if _conflicts(answer) and version == scene.version and (other := self._another(scene, operation)):
            return self._send(self._signed(version, operation, plainly(self.policy, version, operation, other)))
        return answer

    def _renewed(self, scene: Scene, operation: Operation, base: Request, plain: Mapping[str, Response]) -> Request | None:
        """The base request, where it uses its data up about other data; None where there is none."""
        case = self._won.get((scene.subject, operation.key), (None,))[0] or next(iter(_positive(self.cases(scene.version, operation))), _NO_CASE)
        if _consumes(operation):
            values = self.data.path_values(scene.subject, scene.version, operation, fresh=True)
            if values is None:
                return None
            self.data.forget(operation, values)
            return self._request(scene.subject, scene.version, operation, case, values)
        unique = operation.method == "POST" and (scene.subject, operation.key) in self._unique
        return (self._another(scene, operation) or base) if unique and scene.version in plain else base

    def _another(self, scene: Scene, operation: Operation) -> Request | None:
        """The request that succeeded, with texts nobody used."""
        case, path = self._won.get((scene.subject, operation.key), (None, None))
        other = self._varied(scene.version, operation, case) if case is not None and operation.method == "POST" else None
        if other is None or path is None:
            return None
        self._unique.add((scene.subject, operation.key))
        return self._request(scene.subject, scene.version, operation, other, path)

    def _side_effect(self, scene: Scene, operation: Operation, ask: Ask, base: Request) -> Exchange | None:
        successor = scene.policy.lifecycle(scene.subject).successor
        if successor is None or not self.policy.stage(successor, self.as_of).answers:
            return None
        effect = SideEffect(policy=self.policy, contracts=self.target.contracts, data=self.data, send=self._send, successor=successor, case=self._accepted,
                            request=partial(self._request, successor))  # fmt: skip
        write = partial(self._write, scene, operation, ask)
        found = effect.watch(scene.version, operation, base, write)
        if found is None:
            return None
        request, answer, marker, peers = found
        return self._exchange(scene, Aim.SIDE_EFFECT, request, operation=operation.key, via=ask.via, probe=marker, peers=peers, answer=answer)

    def _accepted(self, version: str, operation: Operation) -> DrawnCase | None:
        return next(iter(_positive(self.cases(version, operation))), None)

    def _drawn_paths(self, version: str, operation: Operation) -> list[Mapping[str, str]]:
        return [case.path_parameters for case in _positive(self.cases(version, operation))]

    def _write(self, scene: Scene, operation: Operation, ask: Ask, request: Request) -> Response | NoAnswer:
        request = asked(self.policy, ask, request)
        if scene.is_alias:
            request = replace(request, path=self.policy.aliases[scene.subject].prefix + _below(self.policy, request.path))
        return self._send(self._signed(scene.version, operation, request))

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
        cases: list[DrawnCase | None] = [*_positive(self.cases(version, operation))[:_FRESH]]
        for case in cases:
            if case is None:
                continue
            request = self._request(subject, version, operation, case, path)
            answer = self._send(self._signed(version, operation, plainly(self.policy, version, operation, request)))
            if isinstance(answer, Response) and answer.status < 300 and not self._disguised(answer):  # noqa: PLR2004  RFC 9110 §15.3
                return answer
            if _conflicts(answer) and len(cases) < 2 * _FRESH:
                cases.append(self._varied(version, operation, case))
        return None

    def _send(self, request: Request) -> Response | NoAnswer:
        if not self.unsafe and request.method not in SAFE_METHODS:
            raise ToolError(f"{request.method} {request.path} was about to leave for {self.policy.base_url}, which may only be asked safely")
        return self.send(request)

    def _exchange(
        self, scene: Scene, aim: Aim, request: Request, *, operation: str, via: str, probe: str | None = None, expected: str | None = None,
        peers: Mapping[str, Response] | None = None, answer: Response | NoAnswer | None = None,
    ) -> Exchange:  # fmt: skip
        return Exchange(
            aim=aim, version=scene.subject, via=via, operation=operation, request=request, answer=answer or self._send(request),
            as_of=self.as_of, stage=scene.stage, lifecycle=self.policy.lifecycle(scene.subject), probe=probe, expected_version=expected,
            peers=dict(peers or {}),
        )  # fmt: skip


def _below(policy: Policy, path: str) -> str:
    """A path without the base path that selection put before it."""
    return path.removeprefix(policy.base_path) if policy.base_path else path


def _positive(cases: Sequence[DrawnCase]) -> list[DrawnCase]:
    return [case for case in cases if case.aim is Aim.UNKNOWN_DATA]


def _consumes(operation: Operation) -> bool:
    """Whether a success of the operation uses up what its path names."""
    return operation.method == "DELETE" and bool(operation.path_parameters)


def _of_data(exchange: Exchange) -> bool:
    """Whether an answer may be what it is because of the data it was about."""
    return exchange.response is not None and exchange.response.status in _DATA_STATUSES


def _conflicts(answer: Response | NoAnswer) -> bool:
    return isinstance(answer, Response) and answer.status == 409  # noqa: PLR2004  RFC 9110 §15.5.10


def _about_nothing(positive: Sequence[DrawnCase], operation: Operation) -> list[DrawnCase]:
    """Cases about drawn identifiers; where they could do harm, only those that name nothing by chance, and no examples."""
    if not operation.path_parameters:
        return []
    last = operation.path_parameters[-1]
    found = [case for case in positive if operation.method in SAFE_METHODS or unlikely(case.path_parameters.get(last, ""))]
    return [case for case in found if operation.method in SAFE_METHODS or case.origin != "example"][-_UNKNOWN:]


def _refused_path(contract: Contract, operation: Operation, case: DrawnCase, there: Mapping[str, str]) -> Mapping[str, str]:
    """The path of a case that should be refused: about existing data, unless it is the path that is wrong."""
    schemas = {each.name: each.schema for each in operation.parameters if each.place == "path"}
    if all(fits(contract, schemas.get(name, True), unquote(text)) for name, text in case.path_parameters.items()):
        return {**case.path_parameters, **there}
    return case.path_parameters


def _broken_bodies(positive: Sequence[DrawnCase], operation: Operation) -> list[DrawnCase]:
    """Bodies no draw makes surely: JSON cut short, and a content type the operation does not take."""
    case = next((case for case in positive if case.json is not None and case.body), None)
    if case is None or case.body is None:
        return []
    cut = replace(case, aim=Aim.REFUSED, body=json.dumps(case.json).encode()[:-1] or b"{", json=None)
    other = replace(case, aim=Aim.REFUSED, media_type="text/plain", json=None)
    return [cut] if "text/plain" in operation.body_media_types else [cut, other]
