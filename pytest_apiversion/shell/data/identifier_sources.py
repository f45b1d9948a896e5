"""Where identifiers of existing data come from: the policy, creations, links, lists, examples, and what this run created."""

from __future__ import annotations

import enum
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_apiversion.core.contracts.path_values import bare
from pytest_apiversion.shell.data.declared_values import GIVEN, given, shown
from pytest_apiversion.shell.data.identifiers import (
    GENERIC,
    Found,
    identifiers,
    linked,
    members_named,
    names_for,
    noun,
    spellings,
    unlikely,
)
from pytest_apiversion.shell.data.operation_index import Index, collection_of
from pytest_apiversion.shell.data.value_pool import MOST
from pytest_apiversion.shell.openapi.serialization import encode

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.shell.data.ownership import Ownership

Ask = Callable[[str, "Operation", Mapping[str, str]], "Response | None"]
"""Sends an operation's accepted request (subject, operation, encoded path parameters) and gives a success, or None."""
Drawn = Callable[[str, "Operation"], Iterable[Mapping[str, str]]]
"""Encoded path parameters drawn for an operation of a version."""
Unused = Callable[[str, "Operation", str, str], "str | None"]
"""A path text nobody has (version, operation, parameter, one that was drawn), percent-encoded; None where the parameter takes none."""

Pages = Callable[[str, "Operation", Mapping[str, str], "Response"], Iterator["Response"]]
"""The pages of a list (subject, operation, encoded path parameters) after the first."""

_FOLLOWED = 2
"""Actions that are sent in search of what they create."""


class Claim(enum.Enum):
    """Whose data a request may be about."""

    ANYBODY = ""
    OWN_FIRST = "own first"
    OWN = "own"


@dataclass(kw_only=True, eq=False)
class Sources:
    """Where identifiers come from, for one policy's operations.

    Attributes:
        policy: For the values it gives.
        contracts: Contracts by version.
        ask: Sends an accepted request.
        drawn: Gives drawn path parameters.
        unused: Gives path texts nobody has.
        pages: Gives further pages of lists.
        unsafe: Whether data may be created.
        ownership: What this run created.
        values: Values of existing data for an operation: what a source itself needs.
        gone: Nouns and identifiers of what was used up.
    """

    policy: Policy
    contracts: Mapping[str, Contract]
    ask: Ask
    drawn: Drawn
    unused: Unused
    pages: Pages
    unsafe: bool
    ownership: Ownership
    values: Callable[[str, str, Operation], Mapping[str, str] | None]
    gone: set[tuple[str, str]]
    _barren: set[tuple[str, ...]] = field(default_factory=set)
    _indices: dict[str, Index] = field(default_factory=dict)
    _acts: dict[str, tuple[Operation, ...]] = field(default_factory=dict)

    def of(
        self,
        subject: str,
        version: str,
        operation: Operation,
        name: str,
        before: tuple[Found, ...],
        *,
        fresh: bool,
        claim: Claim,
    ) -> Iterator[Found]:
        """Identifiers for one path parameter, likeliest first.

        Args:
            subject: The version or alias that is asked.
            version: Whose contract applies.
            operation: The operation.
            name: The parameter.
            before: What the parameters before it have.
            fresh: Whether it should be created now, for the request will use it up.
            claim: Whose it may be.
        """
        where = (subject, version, operation, name)
        if claim is Claim.OWN:
            yield from self._own(*where, before, fresh=fresh)
            return
        collection, holder = collection_of(operation, name), before[-1].holder if before else {}
        adjoining = bool(before) and collection.rpartition("/")[2].count("{") > 0
        if claim is Claim.OWN_FIRST:
            yield from itertools.islice(self._own(*where, before, fresh=False), 1)
        if not fresh:
            yield from given(self.policy, operation, name)
            yield from members_named(holder, names_for(name, collection) if adjoining else _specific(name))
        if self.unsafe:
            yield from self._linked(*where, "POST")
            yield from self._told(*where, before, "POST", most=2)
        if fresh:
            yield from self._made(*where, before)
            yield from reversed(list(given(self.policy, operation, name, spare=True)))
        yield from self._linked(*where, "GET")
        yield from self._told(*where, before, "GET", most=MOST)
        if not fresh:
            yield from shown(self.index(version), operation, name)
            yield from self._made(*where, before)

    def _own(
        self, subject: str, version: str, operation: Operation, name: str, before: tuple[Found, ...], *, fresh: bool
    ) -> Iterator[Found]:
        """What this run created, or creates now; what the operation's own rule offers, first or, to spare it, last."""
        where = (subject, version, operation, name)
        rule = self.policy.operations.get(operation.key)
        offered = (
            [Found(text=encode(rule.values.path[name]), holder=GIVEN)] if rule and name in rule.values.path else []
        )
        if not fresh:
            yield from offered
        yield from self._linked(*where, "POST")
        yield from self._told(*where, before, "POST", most=1)
        yield from self._made(*where, before)
        yield from self._created(operation, name, before)
        if self._act(subject, version, operation, name, before):
            yield from self._created(operation, name, before)
        if self.ownership.things.owns(_place(operation, name, before)):  # what is below something of ours came with it
            yield from self._told(*where, before, "GET", most=MOST)
        yield from offered

    def _created(self, operation: Operation, name: str, before: tuple[Found, ...]) -> Iterator[Found]:
        """What this run created there so far, the newest first."""
        for path in self.ownership.things.at(_place(operation, name, before)):
            yield Found(text=path.rpartition("/")[2], holder={})

    def _act(self, subject: str, version: str, operation: Operation, name: str, before: tuple[Found, ...]) -> bool:
        """Whether actions that may create such things were sent now: a `POST` one step below their list, or one that says where what it began is."""
        place = (subject, "acts", bare(collection_of(operation, name)))
        if place in self._barren or not self.unsafe:
            return False
        self._barren.add(place)
        if version not in self._acts:
            operations = self.contracts[version].operations.values()
            saying = (each for each in operations if each.method == "POST" and not each.neutral and _says_where(each))
            self._acts[version] = tuple(itertools.islice(saying, _FOLLOWED + 1))
        near = self.index(version).below(collection_of(operation, name))
        found = {each.key: each for each in (*near, *self._acts[version])}
        acts = [each for key, each in found.items() if key != operation.key]
        for each in acts[:_FOLLOWED]:
            self._asked(subject, version, each, before if each in near else ())
        return bool(acts)

    def _told(
        self,
        subject: str,
        version: str,
        operation: Operation,
        name: str,
        before: tuple[Found, ...],
        method: str,
        *,
        most: int,
    ) -> Iterator[Found]:
        """What creations or lists of the collection tell."""
        collection = collection_of(operation, name)
        for source in self.index(version).around(method, collection):
            if source.key == operation.key or source.neutral:
                continue
            above = before if bare(source.path).startswith(bare(collection)) else ()
            values = self._values_of(subject, version, source, above)
            answer = None if values is None else self.ask(subject, source, values)
            if values is None or answer is None:
                continue
            found = identifiers(answer, collection, name)
            if method == "GET":
                further = self.pages(subject, source, values, answer)
                more = (identifiers(each, collection, name) for each in further)
                found = itertools.chain(found, itertools.chain.from_iterable(more))
            if method == "POST":
                made = [path.rpartition("/")[2] for path in self.ownership.made_with(answer, collection)]
                told = [each for each in found if not made or each.text in made]
                known = {each.text for each in told}
                found = iter([*told, *(Found(text=text, holder={}) for text in made if text not in known)])
            for each in itertools.islice(found, most):
                if method == "POST":
                    self.gone.discard((noun(collection), each.text))
                yield each

    def _asked(self, subject: str, version: str, source: Operation, before: tuple[Found, ...]) -> Response | None:
        values = self._values_of(subject, version, source, before)
        return None if values is None else self.ask(subject, source, values)

    def _values_of(
        self, subject: str, version: str, source: Operation, before: tuple[Found, ...]
    ) -> Mapping[str, str] | None:
        """The path parameters a source is asked with: those before, where they are enough."""
        names = source.path_parameters
        if len(names) <= len(before):
            return {name: each.text for name, each in zip(names, before, strict=False)}
        return self.values(subject, version, source)

    def _linked(self, subject: str, version: str, operation: Operation, name: str, method: str) -> Iterator[Found]:
        index = self.index(version)
        for target in (operation.operation_id, operation.key):
            for source, link in index.links.get(target or "", ()):
                wanted = name if name in link.parameters else f"path.{name}"
                if source.method == method and source.key != operation.key and wanted in link.parameters:
                    found = linked(self._asked(subject, version, source, ()), link.parameters[wanted])
                    if found:
                        yield Found(text=found, holder={})

    def _made(
        self, subject: str, version: str, operation: Operation, name: str, before: tuple[Found, ...]
    ) -> Iterator[Found]:
        """What a PUT to the place of the thing itself makes there; for that PUT, a name nobody has."""
        collection = collection_of(operation, name)
        maker = self.index(version).at.get(f"PUT {bare(collection).rstrip('/')}/{{}}")
        if maker is None or not self.unsafe or len(maker.path_parameters) != len(before) + 1:
            return
        *names, last = maker.path_parameters
        values = {other: each.text for other, each in zip(names, before, strict=True)}
        if (place := (subject, maker.key, *values.values())) in self._barren:
            return
        made = False
        for drawn in list(self.drawn(version, maker))[:MOST]:
            text = self.unused(version, maker, last, drawn.get(last, "")) or drawn.get(last, "")
            if not unlikely(text):
                continue
            if maker.key == operation.key or self.ask(subject, maker, {**values, last: text}) is not None:
                self.gone.discard((noun(collection), text))
                made = True
                yield Found(text=text, holder={})
        if not made:
            self._barren.add(place)

    def index(self, version: str) -> Index:
        """A version's operations by place."""
        if version not in self._indices:
            self._indices[version] = Index(self.contracts[version])
        return self._indices[version]


def _place(operation: Operation, name: str, before: tuple[Found, ...]) -> str:
    """The path before a parameter, as it is with what the parameters before it have."""
    place = collection_of(operation, name)
    for other, found in zip(operation.path_parameters, before, strict=False):
        place = place.replace(f"{{{other}}}", found.text)
    return place


def _says_where(operation: Operation) -> bool:
    """Whether a success of an operation says where what it began is."""
    return "202" in operation.responses or any(
        header.name.lower() == "location"
        for status, response in operation.responses.items()
        if status.startswith("2")
        for header in response.headers
    )


def _specific(name: str) -> tuple[str, ...]:
    return () if name in GENERIC else spellings(name)
