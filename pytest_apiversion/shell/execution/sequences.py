"""Goes through the life of one thing: create, read, list, update, read, in other versions too, delete, read again."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.core.checking.exchange import Aim, Exchange
from pytest_apiversion.core.contracts.round_trip import (
    After,
    Follows,
    complete,
    differences,
    due,
    lists,
    thing,
    writable,
)
from pytest_apiversion.core.judging.reading import primary
from pytest_apiversion.shell.data.identifiers import identifiers, linked
from pytest_apiversion.shell.data.operation_index import collection_of
from pytest_apiversion.shell.execution.case_selection import FRESH, disguised, positive
from pytest_apiversion.shell.execution.exchange import exchange_of
from pytest_apiversion.shell.execution.request_building import plainly
from pytest_apiversion.shell.execution.sequences_across_versions import read_across

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Response
    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.contracts.resource import Resource
    from pytest_apiversion.shell.execution.valid_requests import Requests

_LIMITS = ("limit", "page_size", "pageSize", "per_page", "perPage", "size", "max_results", "maxResults", "top", "$top")
"""Query parameters that say how long a page may be."""
_LONGEST = 1_000
"""Elements of a page that are asked for, at most."""
_ACCEPTED = 202
"""RFC 9110 §15.3.3: it may be done later, or never; nothing can be claimed of it."""
_MINIMAL = DrawnCase(aim=Aim.UNKNOWN_DATA, origin="minimal")


@dataclass(kw_only=True)
class Sequence:
    """The life of one thing of a version.

    Attributes:
        requests: Builds and sends requests.
        scene: Gives the scene of a version.
        subject: The version.
        resource: What can be done with the thing.
        exchanges: What was sent so far, in order.
        notes: What could not be tried.
        reached: Whether there was time for all of it.
    """

    requests: Requests
    scene: Callable[[str], Scene]
    subject: str
    resource: Resource
    exchanges: list[Exchange] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    reached: bool = True
    _sound: bool = True

    def run(self) -> None:
        """Go through it; what is created is deleted at the end, where that can be done."""
        create, read = self.resource.create, self.resource.read
        parents = self.requests.data.path_values(self.subject, self.subject, create)
        if parents is None:
            names = ", ".join(create.path_parameters)
            self.notes.append(f"no sequence: no existing data for {names}: give [values]")
            return
        made = self._created(parents)
        if made is None:
            self.notes.append(f"no sequence: {create.key} created nothing that could be read")
            return
        answer, path = made
        self.requests.data.forget(read, path)  # nobody else is to count on it
        if self._there(answer, path):
            self._listed(answer, parents, path)
            for update in self.resource.updates:
                self._updated(update, path)
            for version, reader in self.resource.elsewhere.items() if self.requests.policy.sequences.across else ():
                if self._sound:  # what a version itself does not show says nothing of the others
                    read_across(self, answer, version, reader, path)
        self._deleted(path)

    def _created(self, parents: Mapping[str, str]) -> tuple[Exchange, dict[str, str]] | None:
        """The exchange that created the thing, and the path parameters that lead to it."""
        create, read = self.resource.create, self.resource.read
        for case in self._bodies(create):
            exchange = self.send(self.subject, create, case, parents)
            if self.done(exchange):
                values = self._path(exchange.response, parents, read)
                return None if values is None else (exchange, values)
        return None

    def _bodies(self, operation: Operation) -> Iterator[DrawnCase]:
        """Cases likely to be accepted, with texts nobody used where they may have them: the fullest, the first, the first as it was drawn."""
        cases = [case for case in positive(self.requests.cases(self.subject, operation)) if case.json is not None]
        ranked = sorted(cases, key=lambda case: -len(case.json) if isinstance(case.json, dict) else 0)
        for case in [*ranked[:1], *cases[:1]][:FRESH]:
            yield self.requests.varied(self.subject, operation, case) or case
        yield from cases[:1]

    def _path(self, answer: Response | None, parents: Mapping[str, str], read: Operation) -> dict[str, str] | None:
        """The path parameters of the thing that an answer says was created."""
        *above, last = read.path_parameters
        if answer is None or len(above) > len(parents):
            return None
        told = (
            linked(answer, link.parameters[name])
            for link in self.resource.create.links
            if link.target in {read.operation_id, read.key}
            for name in (last, f"path.{last}")
            if name in link.parameters
        )
        found = next((each for each in told if each), None)
        if found is None:
            first = next(identifiers(answer, collection_of(read, last), last), None)
            found = first.text if first else None
        if found is None:
            return None
        return {**dict(zip(above, parents.values(), strict=False)), last: found}

    def _there(self, created: Exchange, path: Mapping[str, str]) -> bool:
        """Whether what was created can be read."""
        return self.done(self.read(After.CREATED, created, path, self._members(created)))

    def _members(self, write: Exchange) -> tuple[str, dict[str, Any]]:
        """Where the thing stands in a read, and what a write says must be seen there."""
        contract = self.contract(self.subject)
        operation = contract.operations[write.operation]
        sent = json.loads(write.request.body or b"null")
        may = writable(contract, operation)
        place, known = thing(contract, self.resource.read, frozenset(may))
        return place, due(sent, may, known)

    def read(
        self, after: After, write: Exchange, path: Mapping[str, str], members: tuple[str, dict[str, Any]]
    ) -> Exchange:
        """A read of what was written; read once more where it does not show what is due."""
        follows = Follows(
            after=after,
            write=write.operation if write.version == self.subject else f"{write.version} {write.operation}",
            version=write.version,
            identifier=unquote(path[self.resource.read.path_parameters[-1]]),
            place=members[0],
            members=members[1],
        )
        return self.twice(self.subject, self.resource.read, path, follows)

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
            self._sound = self._sound and self._settled(exchange, follows)
        self.exchanges[-1] = replace(exchange, follows=follows)
        return self.exchanges[-1]

    def _settled(self, exchange: Exchange, follows: Follows) -> bool:
        """Whether an answer shows what it should already."""
        response = exchange.response
        if response is None:
            return False
        if follows.after is After.DELETED:
            return not self.done(exchange)
        if follows.after is After.LISTED:
            return lists(response, follows.identifier) or not complete(response, follows.limit)
        return self.done(exchange) and not differences(follows, response)

    def _listed(self, created: Exchange, parents: Mapping[str, str], path: Mapping[str, str]) -> None:
        listing = self.resource.listing
        if listing is None or self.requests.policy.sequences.listed is False:
            return
        case, limit = self.case(self.subject, listing), None
        for parameter in listing.parameters:
            if parameter.place == "query" and parameter.name in _LIMITS and isinstance(parameter.schema, Mapping):
                limit = min(int(parameter.schema.get("maximum", _LONGEST // 10)), _LONGEST)
                query = (*(pair for pair in case.query if pair[0] != parameter.name), (parameter.name, str(limit)))
                case = replace(case, query=query)
                break
        follows = Follows(
            after=After.LISTED,
            write=created.operation,
            version=self.subject,
            identifier=unquote(path[self.resource.read.path_parameters[-1]]),
            limit=limit,
        )
        values = {name: parents[name] for name in listing.path_parameters}
        self.twice(self.subject, listing, values, follows, case)

    def _updated(self, update: Operation, path: Mapping[str, str]) -> None:
        values = self.like(update, path)
        for case in self._bodies(update):
            exchange = self.send(self.subject, update, case, values)
            if self.done(exchange):
                self.read(After.UPDATED, exchange, path, self._members(exchange))
                return

    def _deleted(self, path: Mapping[str, str]) -> None:
        delete = self.resource.delete
        if delete is None:
            return
        exchange = self.send(self.subject, delete, self.case(self.subject, delete), self.like(delete, path))
        if self.done(exchange):
            self.read(After.DELETED, exchange, path, ("", {}))

    def case(self, version: str, operation: Operation) -> DrawnCase:
        """The least request of an operation that needs no body."""
        needs = any(each.required and each.place != "path" for each in operation.parameters)
        return (self.requests.first(version, operation) if needs else None) or _MINIMAL

    def like(self, operation: Operation, path: Mapping[str, str]) -> dict[str, str]:
        """Path parameters by their order, whatever another operation calls them."""
        return dict(zip(operation.path_parameters, path.values(), strict=False))

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
