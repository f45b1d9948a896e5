"""The steps of a sequence: a request that should succeed, and a read that must show what was written."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.core.checking.exchange import Exchange
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.contracts.listed_things import is_complete, lists_identifier
from pytest_apiversion.core.contracts.round_trip import (
    After,
    Follows,
    due_members,
    kept_members,
    member_differences,
    resource_schemas,
    writable_members,
)
from pytest_apiversion.core.http.messages import SAFE_METHODS
from pytest_apiversion.shell.requests.building import plainly
from pytest_apiversion.shell.requests.case_selection import FRESH, disguised, positive
from pytest_apiversion.shell.requests.sending import exchange_of

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.contracts.resource import Resource
    from pytest_apiversion.core.http.messages import Request, Response
    from pytest_apiversion.shell.requests.valid_requests import Requests

_ACCEPTED = 202
"""RFC 9110 §15.3.3: it may be done later, or never; nothing can be claimed of it."""
_MERGE_PATCH = "application/merge-patch+json"
_MINIMAL = DrawnCase(aim=Aim.UNKNOWN_DATA, origin="minimal")


@dataclass(kw_only=True)
class SequenceSteps:
    """The steps of a sequence over one thing of a version: each sends a request and keeps its exchange.

    Attributes:
        requests: Builds and sends requests.
        scene: Gives the scene of a version.
        subject: The version.
        resource: What can be done with the thing.
        exchanges: What was sent so far, in order.
        notes: What could not be tried.
        reached: Whether there was time for all of it.
        sound: Whether everything that was read showed what was written.
    """

    requests: Requests
    scene: Callable[[str], Scene]
    subject: str
    resource: Resource
    exchanges: list[Exchange] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    reached: bool = True
    sound: bool = True

    def read(
        self,
        after: After,
        write: Exchange,
        path: Mapping[str, str],
        members: tuple[str, dict[str, Any]],
        before: Response | None = None,
    ) -> Exchange:
        """A read of what was written; read once more where it does not show what is due."""
        said = self.requests.policy.sequences
        follows = Follows(
            after=after,
            write=write.operation if write.version == self.subject else f"{write.version} {write.operation}",
            version=write.version,
            identifier=unquote(path[self.resource.read.path_parameters[-1]]),
            place=members[0],
            members={name: value for name, value in members[1].items() if said.compares(value)},
            before=before,
            ordered=said.ordered,
            nulls=said.nulls,
            earlier=self._earlier(path) if after is After.UPDATED else (),
            merged=(write.request.header("content-type") or "").partition(";")[0].strip().lower() == _MERGE_PATCH,
        )
        return self.twice(self.subject, self.resource.read, path, follows)

    def _earlier(self, path: Mapping[str, str]) -> tuple[Mapping[str, Any], ...]:
        """What was due of a thing after earlier writes, as they sent it."""
        name = unquote(path[self.resource.read.path_parameters[-1]])
        told = (each.follows for each in self.exchanges if each.follows is not None and each.version == self.subject)
        written = (each for each in told if each.after in {After.CREATED, After.UPDATED} and each.identifier == name)
        return tuple(each.members for each in written)

    def last_read(self, path: Mapping[str, str]) -> Response | None:
        """What a thing was like when it was read for the last time; None where it was not."""
        key, name = self.resource.read.key, unquote([*path.values()][-1])
        mine = (
            each
            for each in reversed(self.exchanges)
            if (each.version, each.operation) == (self.subject, key)
            and each.follows is not None
            and each.follows.identifier == name
        )
        return next((each.response for each in mine if self.done(each)), None)

    def answered(self, write: Exchange, seen: Exchange, members: tuple[str, dict[str, Any]]) -> None:
        """Hold the answer to a write to what it must show, where what was read shows it.

        Args:
            write: The write.
            seen: What was read after it.
            members: Where the thing stands in the answer to the write, and what it must show.
        """
        if seen.follows is None or not self._settled(seen, seen.follows):
            return
        follows = replace(seen.follows, after=After.ANSWERED, place=members[0], members=members[1], before=None)
        kept = [replace(each, follows=follows) if each is write else each for each in self.exchanges]
        self.exchanges[:] = kept

    def see(self, after: After, write: Exchange, path: Mapping[str, str], before: Response | None) -> Exchange:
        """Read what was written; the answer to the write is held to the same."""
        seen = self.read(after, write, path, self.members_of(write, self.resource.read), before)
        self.answered(write, seen, self.members_of(write, self.contract(self.subject).operations[write.operation]))
        return seen

    def members_of(self, write: Exchange, shown_by: Operation) -> tuple[str, dict[str, Any]]:
        """Where the thing stands in what an operation shows, and what a write says must be seen there."""
        contract = self.contract(self.subject)
        operation = contract.operations[write.operation]
        sent = json.loads(write.request.body or b"null")
        may = writable_members(contract, operation)
        place, known = resource_schemas(contract, shown_by, frozenset(may))
        return place, due_members(sent, may, known)

    def twice(
        self,
        version: str,
        operation: Operation,
        path: Mapping[str, str],
        follows: Follows,
        case: DrawnCase | None = None,
    ) -> Exchange:
        """A read that must show something, the second one where the first does not; its exchange says what must be shown."""
        case = case or self.case(version, operation)
        exchange = self.send(version, operation, case, path)
        if not self._settled(exchange, follows):
            time.sleep(self.requests.policy.sequences.settle)
            exchange = self.send(version, operation, case, path)
            self.sound = self.sound and self._settled(exchange, follows)
        self.exchanges[-1] = replace(exchange, follows=follows, before=self.writes())
        return self.exchanges[-1]

    def writes(self) -> tuple[Request, ...]:
        """What was written so far, in order."""
        return tuple(each.request for each in self.exchanges if each.request.method not in SAFE_METHODS)

    def _settled(self, exchange: Exchange, follows: Follows) -> bool:
        """Whether an answer shows what it should already."""
        response = exchange.response
        if response is None:
            return False
        if follows.after is After.DELETED:
            return not self.done(exchange)
        if follows.after is After.REPLACED:
            return self.done(exchange) and not kept_members(follows, response)
        if follows.after is After.LISTED:
            return lists_identifier(response, follows.identifier) or not is_complete(response, follows.limit)
        return self.done(exchange) and not member_differences(follows, response)

    def case(self, version: str, operation: Operation) -> DrawnCase:
        """The least request of an operation that needs no body."""
        needs = any(each.required and each.place != "path" for each in operation.parameters)
        return (self.requests.first(version, operation) if needs else None) or _MINIMAL

    def bodies(self, operation: Operation) -> Iterator[DrawnCase]:
        """Cases likely to be accepted, with texts nobody used where they may have them: the fullest, the first, the first as it was drawn."""
        cases = [case for case in positive(self.requests.cases(self.subject, operation)) if case.json is not None]
        ranked = sorted(cases, key=_fullness, reverse=True)
        for case in [*ranked[:1], *cases[:1]][:FRESH]:
            yield self.requests.varied(self.subject, operation, case) or case
        yield from cases[:1]

    def like(self, operation: Operation, path: Mapping[str, str]) -> dict[str, str]:
        """Path parameters by their order, whatever another operation calls them."""
        return dict(zip(operation.path_parameters, path.values(), strict=False))

    def may(self, operation: Operation, path: Mapping[str, str]) -> bool:
        """Whether a step may be taken: what it alters is this run's own."""
        return self.requests.harmless(operation, path)

    def contract(self, version: str) -> Contract:
        """A version's contract."""
        return self.requests.target.contracts[version]

    def done(self, exchange: Exchange) -> bool:
        """Whether an answer says that something was done, now."""
        answer = exchange.response
        return (
            answer is not None
            and 200 <= answer.status < 300  # noqa: PLR2004  RFC 9110 §15.3
            and answer.status != _ACCEPTED
            and not disguised(self.requests.policy, answer)
        )

    def begun(self, exchange: Exchange) -> bool:
        """Whether an answer says that something was begun, which is done later, or never."""
        answer = exchange.response
        return answer is not None and answer.status == _ACCEPTED and not disguised(self.requests.policy, answer)

    def send(
        self, version: str, operation: Operation, case: DrawnCase, path: Mapping[str, str], *, whole: bool = False
    ) -> Exchange:
        """Send a request that should succeed, and keep what came back.

        Args:
            version: The version it is sent to.
            operation: Its operation.
            case: What it carries.
            path: Encoded path parameters.
            whole: Whether its body goes out as it is, without the policy's values over it.
        """
        requests = self.requests
        request = requests.build(version, version, operation, case, path)
        if whole:
            request = replace(request, body=case.body)
        request = requests.signed(version, operation, plainly(requests.policy, version, operation, request))
        scene = self.scene(version)
        exchange = exchange_of(requests, scene, Aim.UNKNOWN_DATA, request, operation=operation.key, via=primary(scene))
        if self.done(exchange):
            exchange = replace(exchange, aim=Aim.ACCEPTED)
        self.exchanges.append(exchange)
        return exchange


def _fullness(case: DrawnCase) -> tuple[int, int]:
    """How many members of a body say something, and how many it has: what it leaves empty cannot be seen to be lost."""
    members = case.json if isinstance(case.json, dict) else {}
    return sum(1 for each in members.values() if each not in ("", None, [], {})), len(members)
