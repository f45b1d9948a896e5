"""What the last reading of each thing said of its state, for the conditional requests to it: entity tags and dates."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from email.utils import format_datetime
from typing import TYPE_CHECKING

from pytest_apiversion.core.http.conditions import ANY, LONG_AGO, NO_TAG, PRECONDITIONS, UNKNOWN, is_conditional
from pytest_apiversion.core.http.messages import NoAnswer, Request, Response
from pytest_apiversion.core.http.statuses import NOT_MODIFIED, SUCCESS
from pytest_apiversion.selection import served_path

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping

    from pytest_apiversion.core.contracts.contract import Contract
    from pytest_apiversion.core.policy.policy import Policy

_READS = frozenset({"GET", "HEAD"})

Key = tuple[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Validators:
    """What a reading said of a thing's state: its entity tag and when it was last modified, None where it did not say."""

    tag: str | None = None
    modified: str | None = None


@dataclass(kw_only=True, eq=False)
class Readings:
    """The last readings of one policy's things.

    Attributes:
        policy: Whose versions are read; versions may differ in their tags.
        as_of: The instant the policy is read at, for a date where none is known and one is required.
        needed: Whether any operation takes a conditional header; without one nothing is remembered.
    """

    policy: Policy
    as_of: dt.datetime
    needed: bool = True
    _known: dict[Key, Validators] = field(default_factory=dict)
    _anywhere: dict[str, Validators] = field(default_factory=dict)
    _how: dict[Key, Request] = field(default_factory=dict)
    _given: set[tuple[str, str]] = field(default_factory=lambda: set(UNKNOWN.items()))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, request: Request, answer: Response | NoAnswer) -> None:
        """Remember what an answer says of the thing that was asked about; forget it where the thing was changed without a word."""
        if not self.needed or not isinstance(answer, Response):
            return
        key, path = self._key(request), self._path(request)
        read = request.method in _READS
        told = Validators(tag=answer.header("etag"), modified=answer.header("last-modified"))
        unchanged = read and answer.status == NOT_MODIFIED and told != Validators()
        if answer.status in SUCCESS or unchanged:
            with self._lock:
                if read or (request.method in {"PUT", "PATCH"} and told.tag is not None):
                    self._known[key] = self._anywhere[path] = told
                else:
                    self._known.pop(key, None)
                    self._anywhere.pop(path, None)

    def knows(self, request: Request) -> bool:
        """Whether the thing that a request, as it is sent, is about was read since it was last changed."""
        return self._key(request) in self._known

    def read_by(self, request: Request, reading: Request) -> None:
        """Remember how the thing is read that a request, as it is sent, is about."""
        with self._lock:
            self._how[self._key(request)] = reading

    def reading(self, request: Request) -> Request | None:
        """How the thing is read that a request is about, where the request says what it takes its state for."""
        told = {name.lower(): value for name, value in request.headers}
        ours = any((name, told.get(name, "")) in self._given for name in PRECONDITIONS)
        return self._how.get(self._key(request)) if ours else None

    def current(self, request: Request, *, required: Collection[str] | None = None) -> Request:
        """The request as it is sent, with what is known now in the conditional headers that were filled from here.

        Args:
            request: The request as it is sent.
            required: Conditional headers, in lower case, that the contract requires; None where what is there stays there.
        """
        if not any(is_conditional(name) for name, _ in request.headers):
            return request
        found = self._known.get(self._key(request)) or self._anywhere.get(self._path(request))
        names = {name.lower() for name, _ in request.headers}
        for name, value in request.headers:
            if not is_conditional(name) or (name.lower(), value) not in self._given:
                continue
            wanted = self._value(name.lower(), request.method, found, names)
            if wanted is not None:
                self._given.add((name.lower(), wanted))
                request = request.with_header(name, wanted)
            elif required is not None:
                kept = self._stand_in(name.lower(), request.method) if name.lower() in required else None
                request = request.without_header(name) if kept is None else request.with_header(name, kept)
        return request

    def _value(self, name: str, method: str, found: Validators | None, names: Collection[str]) -> str | None:
        """What a client sends in a conditional header; None where it sends none, unless it must."""
        tag, modified = (found.tag, found.modified) if found else (None, None)
        reads = method in _READS
        if name == "if-match":
            return tag or ANY
        if name == "if-none-match":
            if reads:
                return tag or ANY
            return None if found or "if-match" in names else ANY  # a write with it is there to create
        if name == "if-modified-since" and not reads:
            return None
        return modified

    def _stand_in(self, name: str, method: str) -> str:
        """What stands in a header that is required, and of no use."""
        if name == "if-none-match":
            return NO_TAG
        now = format_datetime(self.as_of.replace(microsecond=0), usegmt=True)
        made = now if name == "if-unmodified-since" and method not in _READS else LONG_AGO
        self._given.add((name, made))
        return made

    def _key(self, request: Request) -> Key:
        texts = tuple(carrier.form.read(request, carrier) for carrier in self.policy.carriers.values())
        return f"{request.host or ''}{request.path}", texts

    def _path(self, request: Request) -> str:
        return served_path(self.policy, request.path)[1]


def take_conditions(contracts: Mapping[str, Contract]) -> bool:
    """Whether any operation of any contract takes a conditional header."""
    operations = (each for contract in contracts.values() for each in contract.operations.values())
    return any(is_conditional(each.name) for one in operations for each in one.parameters if each.place == "header")
