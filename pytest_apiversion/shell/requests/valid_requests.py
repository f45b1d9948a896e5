"""Builds and sends requests that should succeed: policy values and existing data over drawn cases."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pytest_apiversion.core.http.conditions import UNKNOWN, is_conditional
from pytest_apiversion.core.http.messages import NoAnswer, Request, Response
from pytest_apiversion.shell.data.broken_readings import BrokenReadings
from pytest_apiversion.shell.data.existing_data import Data
from pytest_apiversion.shell.data.fresh_texts import FreshTexts
from pytest_apiversion.shell.data.identifiers import unlikely
from pytest_apiversion.shell.data.ownership import Ownership
from pytest_apiversion.shell.data.shared_resources import SharedResources
from pytest_apiversion.shell.generation.body_values import fits, holder, like, names_in, varied
from pytest_apiversion.shell.generation.drawn import Drawn, Key
from pytest_apiversion.shell.openapi.serialization import encode
from pytest_apiversion.shell.requests.building import build, credentials_for, fill, plainly, with_credentials
from pytest_apiversion.shell.requests.case_selection import FRESH, conflicts, disguised, positive
from pytest_apiversion.shell.requests.drawn_cases import DrawnCases
from pytest_apiversion.shell.requests.guarded_sender import GuardedSender
from pytest_apiversion.shell.requests.idempotency_keys import IdempotencyKeys
from pytest_apiversion.shell.requests.listing import is_empty, pages, unfiltered
from pytest_apiversion.shell.requests.readings import Readings, take_conditions

if TYPE_CHECKING:
    import datetime as dt

    from pytest_apiversion.core.checking.check import Ask
    from pytest_apiversion.core.checking.drawn_case import DrawnCase
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Pairs
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.shell.generation.body_values import Holds
    from pytest_apiversion.shell.target.load import Target


@dataclass(kw_only=True, eq=False)
class Requests:
    """Builds and sends requests for one policy.

    Attributes:
        target: The policy and its contracts.
        transport: Sends one request.
        as_of: The instant the policy is read at.
        seed: Decides what is drawn.
        unsafe: Whether unsafe methods may be sent.
        drawn: Cases by shape, seed and numbers.
    """

    target: Target
    transport: Callable[[Request], Response | NoAnswer]
    as_of: dt.datetime
    seed: int
    unsafe: bool
    drawn: dict[Key, Drawn]
    _holders: dict[tuple[str, str], Holds] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def policy(self) -> Policy:
        """The policy."""
        return self.target.policy

    @cached_property
    def data(self) -> Data:
        """Values of existing data."""
        return Data(
            self.policy,
            self.target.contracts,
            self._succeed,
            unsafe=self.unsafe,
            drawn=lambda *of: [case.path_parameters for case in positive(self.cases(*of))],
            unused=self.unused,
            pages=self._pages,
            ownership=self.ownership,
            places=self.places.of,
        )

    @cached_property
    def ownership(self) -> Ownership:
        """What this run created, and may alter."""
        return Ownership(self.policy, self.target.contracts)

    @cached_property
    def token(self) -> FreshTexts:
        """Gives texts that nobody used, for an operation of a version."""
        return FreshTexts(self.seed, self.as_of)

    @cached_property
    def keys(self) -> IdempotencyKeys:
        """Gives each request an idempotency key of its own."""
        return IdempotencyKeys(self.policy, self.target.contracts, self.token)

    @cached_property
    def broken(self) -> BrokenReadings:
        """Which readings broke after a write of this run."""
        return BrokenReadings(self.target.contracts, self.ownership, self.policy.secrets)

    @cached_property
    def readings(self) -> Readings:
        """What the last reading of each thing said of its state."""
        return Readings(policy=self.policy, as_of=self.as_of, needed=take_conditions(self.target.contracts))

    @cached_property
    def places(self) -> SharedResources:
        """Which operations may touch the same data."""
        return SharedResources(self.target.contracts)

    @cached_property
    def drawing(self) -> DrawnCases:
        """The cases of operations, drawn when somebody sends them."""
        return DrawnCases(target=self.target, as_of=self.as_of, seed=self.seed, drawn=self.drawn)

    def cases(self, version: str, operation: Operation) -> tuple[DrawnCase, ...]:
        """The drawn cases of an operation; for a version that does not answer, only those it would accept."""
        return self.drawing.of(version, operation)

    def first(self, version: str, operation: Operation) -> DrawnCase | None:
        """The first case an operation accepts."""
        return self.drawing.first(version, operation)

    def build(
        self, subject: str, version: str, operation: Operation, case: DrawnCase, path: Mapping[str, str]
    ) -> Request:
        """A request that should succeed: with what the policy gives and what is known to exist put over what was drawn."""
        known: Mapping[str, str] = {}
        if self._serves(version, operation):
            required = [each.name for each in operation.parameters if each.place == "query" and each.required]
            known = self.data.known(subject, version, operation, [*required, *names_in(case.json)])
        held = self._held(version, operation)
        request = build(self.policy, operation, case, path, overlay=True, known=known, held=held)
        return self.conditioned(subject, version, operation, request)

    def _serves(self, version: str, operation: Operation) -> bool:
        """Whether an operation of a version answers by now."""
        return self.policy.seen_by(version, operation.key).stage(version, self.as_of).answers

    def conditioned(
        self, subject: str, version: str, operation: Operation, request: Request, *, read: bool = True
    ) -> Request:
        """The request, without a version, with the tag or date of the last reading of its thing in its conditional headers.

        Args:
            subject: The version or alias that is asked.
            version: Whose contract applies.
            operation: The operation.
            request: The request.
            read: Whether the thing may be read for it, where it was not yet.
        """
        declared = [each for each in operation.parameters if each.place == "header" and is_conditional(each.name)]
        if not any(request.header(each.name) is not None for each in declared):
            return request
        sent = plainly(self.policy, subject, operation, request)
        reader = self.target.contracts[version].operations.get(f"GET {operation.path}")
        case = self.first(version, reader) if reader is not None else None
        if read and reader is not None and case is not None and self._serves(version, reader):
            reading = replace(build(self.policy, reader, case, {}, overlay=True), path=request.path)
            for name in UNKNOWN:
                reading = reading.without_header(name)
            reading = self.signed(version, reader, plainly(self.policy, subject, reader, reading))
            self.readings.read_by(sent, reading)
            if not self.readings.knows(sent):
                self.send(reading)
        found = self.readings.current(sent, required={each.name.lower() for each in declared if each.required})
        for each in declared:
            value = found.header(each.name)
            request = request.without_header(each.name) if value is None else request.with_header(each.name, value)
        return request

    def signed(self, version: str, operation: Operation | None, request: Request, ask: Ask | None = None) -> Request:
        """The request with the credentials the operation needs in a version, the one that is asked wrongly with a wrong value."""
        mine = self.target.contracts.get(version)
        known = mine.named(operation.key) or operation if mine and operation else operation
        return with_credentials(request, credentials_for(self.policy, version, known), ask)

    def locked(self, version: str) -> Operation | None:
        """The first operation of a version that goes with a credential, where none is for what no contract has: keys may go before paths."""
        contract = self.target.contracts.get(version)
        if contract is None or credentials_for(self.policy, version, None):
            return None
        return next((each for each in contract.asked if credentials_for(self.policy, version, each)), None)

    def send(self, request: Request) -> Response | NoAnswer:
        """What a request gets.

        Raises:
            ToolError: It is unsafe, and may not be sent, or alters what is not this run's: this package planned what it must not.
        """
        return self.exchanged(request)[1]

    def exchanged(self, request: Request) -> tuple[Request, Response | NoAnswer]:
        """A request as it was sent, and what it got; see `GuardedSender`."""
        return self._sender.exchanged(request)

    @cached_property
    def _sender(self) -> GuardedSender:
        return GuardedSender(
            policy=self.policy,
            transport=self.transport,
            unsafe=self.unsafe,
            ownership=self.ownership,
            readings=self.readings,
            broken=self.broken,
            keys=self.keys,
        )

    def alters(self, operation: Operation) -> bool:
        """Whether a request of an operation may be sent, and alters what it is about."""
        return self.unsafe and self.ownership.alters(operation)

    def harmless(self, operation: Operation, path: Mapping[str, str]) -> bool:
        """Whether a request of an operation about these path parameters alters nothing that this run did not create."""
        body = b"{}" if operation.request else None
        return self.ownership.harmless(Request(method=operation.method, path=fill(operation.path, path), body=body))

    def _succeed(self, subject: str, operation: Operation, path: Mapping[str, str]) -> Response | None:
        """A success of an operation, for the data in it: the first of its positive cases that gets one."""
        version = self.policy.version_of(subject)
        if not self._serves(version, operation):
            return None
        others: list[DrawnCase | None] = []
        empty: Response | None = None
        for index, case in zip(range(2 * FRESH), chain(self._likely(version, operation), others), strict=False):
            answer = self._asked(subject, version, operation, case, path) if case is not None else None
            if isinstance(answer, Response) and answer.status < 300 and not disguised(self.policy, answer):  # noqa: PLR2004  RFC 9110 §15.3
                if operation.method != "GET" or not is_empty(answer):
                    return answer
                empty = empty or answer
            if case is not None and answer is not None and conflicts(answer):
                if index >= FRESH:  # a name that nobody should have is taken
                    self.token.renew()
                others.append(self.varied(version, operation, case))
            if empty is not None and not (case and case.query):
                break  # no filter is in the way
        return empty

    def _likely(self, version: str, operation: Operation) -> Iterator[DrawnCase | None]:
        """Cases that should succeed, the likeliest first; those after the first are drawn when they are wanted."""
        first = self.first(version, operation)
        document = self.target.contracts[version].document
        yield from (unfiltered(operation, document, first), first) if operation.method == "GET" else (first,)
        yield from positive(self.cases(version, operation))[1:FRESH]

    def _asked(
        self, subject: str, version: str, operation: Operation, case: DrawnCase, path: Mapping[str, str]
    ) -> Response | NoAnswer | None:
        """What a case gets; None where it could do harm."""
        request = self.build(subject, version, operation, case, path)
        request = self.signed(version, operation, plainly(self.policy, version, operation, request))
        return self.send(request) if self.ownership.harmless(request) else None

    def _pages(
        self, subject: str, operation: Operation, path: Mapping[str, str], first: Response
    ) -> Iterator[Response]:
        """The pages of a list after the first."""
        version = self.policy.version_of(subject)
        case = unfiltered(operation, self.target.contracts[version].document, self.first(version, operation))

        def read(query: Pairs) -> Response | None:
            answer = self._asked(subject, version, operation, replace(case, query=query), path)
            return answer if isinstance(answer, Response) and answer.status < 300 else None  # noqa: PLR2004  RFC 9110 §15.3

        return pages(operation, case, first, read)

    def varied(
        self, version: str, operation: Operation, case: DrawnCase, make: Callable[..., Any] = varied
    ) -> DrawnCase | None:
        """The case with texts nobody used, as a function of `body_values` makes them; None where it has nothing to make anew."""
        if not isinstance(case.json, dict | list):
            return None
        made = make(case.json, self.token(version, operation.key), self._held(version, operation))
        return None if made == case.json else replace(case, json=made, body=json.dumps(made).encode())

    def unused(self, version: str, operation: Operation, name: str, drawn: str) -> str | None:
        """A text for a path parameter that nobody has, like one that was drawn where it has to be; None where it takes none."""
        schema = next((each.schema for each in operation.parameters if (each.name, each.place) == (name, "path")), True)
        contract = self.target.contracts[version]
        found = (
            encode(text)
            for text in like(unquote(drawn), self.token(version, operation.key))
            if fits(contract, schema, str(text))
        )
        return next((text for text in found if unlikely(text)), None)

    def _held(self, version: str, operation: Operation) -> Holds:
        with self._lock:
            if (key := (version, operation.key)) not in self._holders:
                self._holders[key] = holder(self.target.contracts[version], operation)
            return self._holders[key]
