"""Notices readings that succeeded and fail since a write of this run was accepted: what the run put there may keep a service broken."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.http.messages import NoAnswer, Request, Response
from pytest_apiversion.core.json.pointer import lookup
from pytest_apiversion.shell.json_schema.validators import holds

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.contracts.contract import Contract
    from pytest_apiversion.core.policy.secrets import Secrets
    from pytest_apiversion.shell.data.ownership import Ownership

_SUCCESS = range(200, 300)
_BROKEN = range(500, 600)
_WRITES = 512
"""Accepted writes that are remembered."""
_READINGS = 2_000
"""Readings that are remembered as having succeeded."""
_SHOWN = 120
"""Characters of a body that are shown."""
_ASKED = 20
"""Readings that are sent once more at the end of a run, at most."""


@dataclass(frozen=True, kw_only=True)
class BrokenReading:
    """A reading that fails since this run wrote something.

    Attributes:
        reading: The reading as `METHOD /path`, without what stands before the contract's path.
        status: The status it gets now.
        version: The version of the write.
        operation: What was written with, as `METHOD /template`.
        path: Where the thing is that was written; empty where no answer said.
        body: The body that was accepted, shortened.
        outside: Whether the contract does not allow that body.
    """

    reading: str
    status: int
    version: str
    operation: str
    path: str
    body: str
    outside: bool

    @property
    def text(self) -> str:
        """A sentence."""
        how = "though the contract does not allow it" if self.outside else "the last write before"
        where = f", at {self.path}" if self.path else ""
        return (
            f"{self.reading} succeeded before and gets {self.status} since this run's {self.operation} "
            f"was accepted ({how}): {self.body or 'no body'}{where}"
        )

    def to_dict(self) -> dict[str, object]:
        """Plain values, the sentence among them."""
        return {
            "reading": self.reading,
            "status": self.status,
            "version": self.version,
            "operation": self.operation,
            "path": self.path,
            "body": self.body,
            "outside": self.outside,
            "text": self.text,
        }


class BrokenReadings:
    """Which readings broke, and after which write; safe to ask from several threads.

    Args:
        contracts: Contracts by version.
        ownership: What the run created.
        secrets: What no body that is shown may show.
    """

    def __init__(self, contracts: Mapping[str, Contract], ownership: Ownership, secrets: Secrets) -> None:
        self._contracts = contracts
        self._secrets = secrets
        self._ownership = ownership
        self._writes: deque[tuple[int, Request]] = deque(maxlen=_WRITES)
        self._count = 0
        self._good: dict[Request, int] = {}
        self._broken: dict[Request, BrokenReading] = {}
        self._bodies: dict[Request, Mapping[str, Any] | None] = {}
        self._lock = threading.Lock()

    def took(self, request: Request, answer: Response | NoAnswer, *, succeeded: bool) -> None:
        """Take in what a request got.

        Args:
            request: The request as it was sent.
            answer: What it got.
            succeeded: Whether that is no error in disguise.
        """
        if not isinstance(answer, Response):
            return
        if request.method == "GET":
            self._read(request, answer.status, succeeded=succeeded)
        elif succeeded and answer.status in _SUCCESS and request.method in {"POST", "PUT", "PATCH"}:
            with self._lock:
                self._count += 1
                self._writes.append((self._count, request))

    def _read(self, request: Request, status: int, *, succeeded: bool) -> None:
        with self._lock:
            if status in _SUCCESS and succeeded:
                if len(self._good) < _READINGS or request in self._good:
                    self._good[request] = self._count
                self._broken.pop(request, None)
                return
            if status not in _BROKEN or request in self._broken or request not in self._good:
                return
            since = [write for number, write in self._writes if number > self._good[request]]
        told = [each for each in (self._told(request, status, write) for write in since) if each is not None]
        if told:
            with self._lock:
                self._broken[request] = next((each for each in told if each.outside), told[-1])

    def _told(self, request: Request, status: int, write: Request) -> BrokenReading | None:
        """What is said of a reading that broke, were it by this write; None where no contract knows the write."""
        there = self._ownership.located(write.path)
        known = [
            (version, self._contracts[version].schemas, operation)
            for version, operation in (self._ownership.operations_at(there, write.method) if there else ())
        ]
        if not known or there is None:
            return None
        version, schemas, operation = next((each for each in known if f"/{each[0]}/" in write.path), known[-1])
        made = next((each.path for each in self._ownership.things.all() if each.request is write), "")
        return BrokenReading(
            reading=f"{request.method} {self._place(request)}",
            status=status,
            version=version,
            operation=operation.key,
            path=made or (there.path if there.ends_with_parameter else ""),
            body=self._secrets.beginning((write.body or b"").decode(errors="replace"), _SHOWN),
            outside=operation.body_schema is not None and not holds(schemas, operation.body_schema, _json(write)),
        )

    def notes(self, exchanges: Iterable[Exchange], send: Callable[[Request], object]) -> tuple[str, ...]:
        """What is said of exchanges that read something which this run broke.

        Args:
            exchanges: What was sent.
            send: Sends a request, and has what it gets taken in.
        """
        failed = dict.fromkeys(
            self._place(each.request)
            for each in exchanges
            if each.request.method == "GET" and each.response is not None and each.response.status in _BROKEN
        )
        for place in list(failed)[:_ASKED]:
            self._confirm(place, send)
        with self._lock:
            said = [each.text for request, each in self._broken.items() if self._place(request) in failed]
        return tuple(dict.fromkeys(said))

    def _place(self, request: Request) -> str:
        """The path of a request as contracts have it, in whatever version."""
        where = self._ownership.located(request.path)
        return where.path if where else request.path

    def _confirm(self, place: str, send: Callable[[Request], object]) -> None:
        """Send the last reading of a place that succeeded once more, where something was written since: so it is known to be broken."""
        with self._lock:
            if any(self._place(each) == place for each in self._broken):
                return
            known = [each for each, count in self._good.items() if count < self._count and self._place(each) == place]
        if known:
            send(known[-1])

    def with_writes(self, exchanges: Iterable[Exchange]) -> list[Exchange]:
        """The exchanges; what shows a thing that this run was let write, though the contract does not allow it, rests on that write.

        Whoever repeats such a reading has to write first: a service that takes what its contract forbids may answer so ever after.
        """
        with self._lock:
            writes = [write for _, write in reversed(self._writes)]
        return [self._with_write(each, writes) if writes else each for each in exchanges]

    def _with_write(self, exchange: Exchange, writes: Sequence[Request]) -> Exchange:
        response, contract = exchange.response, self._contracts.get(exchange.version)
        operation = contract.named(exchange.operation) if contract else None
        spec = operation.response(response.status) if operation and response and operation.method == "GET" else None
        body = spec.body(response.media_type) if spec and response else None
        if response is None or body is None or body.validate is None or response.parsed.problem is not None:
            return exchange
        wrong = [found for each in body.validate(response.json) for found in _objects_at(response.json, each.where)]
        if not wrong:
            return exchange
        forbidden = ((write, members) for write in writes if (members := self._forbidden(write)) is not None)
        write = next((write for write, members in forbidden if any(_shows(each, members) for each in wrong)), None)
        return exchange if write is None else replace(exchange, before=(write, *exchange.before))

    def _forbidden(self, write: Request) -> Mapping[str, Any] | None:
        """The members of a written body that the contract does not allow; None of one that it does."""
        if write not in self._bodies:
            body = _json(write)
            told = self._told(write, 0, write) if isinstance(body, dict) and body else None
            self._bodies[write] = body if isinstance(body, dict) and told is not None and told.outside else None
        return self._bodies[write]

    def confirm(self, send: Callable[[Request], object]) -> None:
        """Send once more, at the end of a run, a reading of each list that something was written to."""
        with self._lock:
            written = {path.rpartition("/")[0] for path in self._ownership.things.paths()}
            due = {request.path: request for request in self._good if self._place(request) in written}
            due |= {request.path: request for request in self._broken}
        for request in list(due.values())[-_ASKED:]:
            send(request)

    def all(self) -> Iterator[BrokenReading]:
        """Every reading that is broken, as far as it is known."""
        with self._lock:
            yield from dict.fromkeys(self._broken.values())


def _objects_at(value: Any, pointer: str) -> Iterator[Mapping[str, Any]]:
    """The objects that a place of an answer is in."""
    steps = pointer.split("/")
    for count in range(1, len(steps) + 1):
        found = lookup(value, "/".join(steps[:count]))
        if isinstance(found, dict):
            yield found


def _shows(found: Mapping[str, Any], body: Mapping[str, Any]) -> bool:
    """Whether an object has each member of a body as it was written."""
    return all(name in found and json.dumps(found[name]) == json.dumps(value) for name, value in body.items())


def _json(request: Request) -> object:
    try:
        return json.loads(request.body or b"null")
    except ValueError:
        return None
