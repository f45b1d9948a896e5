"""Existing data for requests: values from the policy, from what a create returned, from links, lists and examples.

A drawn identifier names nothing, so a drawn request to `GET /things/{id}` would only ever see 404. Here each path parameter gets
values that are there, likeliest first: the policy's own, what was just created, what an OpenAPI link or a list answer tells, the
contract's examples, the values its schema enumerates, and what a PUT made.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pytest_apiversion.shell.data.declared_values import GIVEN, given, shown
from pytest_apiversion.shell.data.identifiers import (
    GENERIC,
    Found,
    bare,
    identifiers,
    linked,
    members_named,
    names_for,
    noun,
    spellings,
    words,
)
from pytest_apiversion.shell.data.operation_index import Index, collection_of
from pytest_apiversion.shell.data.shared_resources import Gate
from pytest_apiversion.shell.data.value_pool import MOST, Pool, values_of
from pytest_apiversion.shell.generation.body_values import fits

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Response
    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.policy.policy import Policy

Ask = Callable[[str, "Operation", Mapping[str, str]], "Response | None"]
"""Sends an operation's accepted request (subject, operation, encoded path parameters) and gives a success, or None."""
Drawn = Callable[[str, "Operation"], Iterable[Mapping[str, str]]]
"""Encoded path parameters drawn for an operation of a version."""


class Data:
    """Values of existing data for one policy's operations.

    Args:
        policy: For the values it gives.
        contracts: Contracts by version.
        ask: Sends an accepted request.
        unsafe: Whether data may be created.
        drawn: Gives drawn path parameters.
        places: Where an operation's data are; what is in one place is looked for by one thread at a time.
    """

    def __init__(
        self,
        policy: Policy,
        contracts: Mapping[str, Contract],
        ask: Ask,
        *,
        unsafe: bool,
        drawn: Drawn = lambda _version, _operation: (),
        places: Callable[[Operation], object] = lambda _: None,
    ) -> None:
        self._policy = policy
        self._contracts = contracts
        self._ask = ask
        self._unsafe = unsafe
        self._drawn = drawn
        self._pools: dict[tuple[str, ...], Pool] = {}
        self._gone: set[tuple[str, str]] = set()
        self._barren: set[tuple[str, ...]] = set()
        self._indices: dict[str, Index] = {}
        self._known: dict[tuple[str, str], str | None] = {}
        self._gate = Gate(places)

    def path_values(
        self,
        subject: str,
        version: str,
        operation: Operation,
        *,
        fresh: bool = False,
        tried: Collection[Mapping[str, str]] = (),
    ) -> dict[str, str] | None:
        """Percent-encoded values for every path parameter of an operation, or None where one has none (any more).

        Args:
            subject: The version or alias that is asked.
            version: Whose contract applies.
            operation: The operation.
            fresh: Whether the last parameter should name something just created, because the request will use it up.
            tried: Values that are not wanted again.
        """
        with self._gate.passed(operation):
            for found in self._walk(subject, version, operation, (), fresh=fresh):
                values = {name: each.text for name, each in zip(operation.path_parameters, found, strict=True)}
                if values not in tried:
                    return values
        return None

    def prefer(self, subject: str, operation: Operation, values: Mapping[str, str]) -> None:
        """Remember that these values work, so that they come first."""
        with self._gate.passed(operation):
            before: tuple[str, ...] = ()
            for name in operation.path_parameters:
                pool = self._pools.get(self._key(subject, operation, name, before))
                if pool is not None:
                    mine = next(
                        (each for each in pool.found if each.text == values[name]), Found(text=values[name], holder={})
                    )
                    pool.found = [mine, *(each for each in pool.found if each.text != mine.text)]
                before = (*before, values[name])

    def forget(self, operation: Operation, values: Mapping[str, str]) -> None:
        """Remember that a request used up what its last path parameter names."""
        with self._gate.passed(operation):
            name = operation.path_parameters[-1]
            mark = (noun(collection_of(operation, name)), values[name])
            self._gone.add(mark)
            for key, pool in list(self._pools.items()):
                if noun(key[1]) == mark[0]:
                    pool.found = [each for each in pool.found if each.text != mark[1]]
            for key, value in list(self._known.items()):
                if value == unquote(mark[1]):
                    self._known.pop(key, None)

    def known(self, subject: str, version: str, operation: Operation, names: Iterable[str]) -> dict[str, str]:
        """Values for members and parameters that name existing data, by name.

        A name is one of the policy's `[values]`, or a path parameter of another operation, or says whose identifier it is:
        `customer_id` where the contract has `/customers/{id}`, and `customer_ids`.
        """
        found: dict[str, str] = {}
        with self._gate.passed(operation):
            for name in names:
                if name in self._policy.values:
                    found[name] = self._policy.values[name][0]
                    continue
                if (subject, name) not in self._known:
                    self._known[subject, name] = None  # what is needed to make it cannot need it
                    value = self._other(subject, version, operation, name)
                    self._known[subject, name] = value
                    if value is None:
                        del self._known[subject, name]
                value = self._known.get((subject, name))
                if value is not None:
                    found[name] = value
        return found

    def _other(self, subject: str, version: str, operation: Operation, name: str) -> str | None:
        index = self._index(version)
        holder = next((each for each in index.with_parameter.get(name, ()) if each.key != operation.key), None)
        if holder is not None and name not in GENERIC:
            return self._raw(subject, version, holder, name)
        *whose, what = words(name)
        if not whose or what not in {"id", "ids", "uuid", "key"}:
            return None
        if what == "ids" and (held := self._other(subject, version, operation, "_".join([*whose, "id"]))):
            return held
        owner = index.collections.get("".join(whose))
        return self._raw(subject, version, *owner) if owner else None

    def _raw(self, subject: str, version: str, operation: Operation, name: str) -> str | None:
        values = self.path_values(subject, version, operation)
        return unquote(values[name]) if values and name in values else None

    def _walk(
        self, subject: str, version: str, operation: Operation, before: tuple[Found, ...], *, fresh: bool
    ) -> Iterator[tuple[Found, ...]]:
        names = operation.path_parameters
        if len(before) == len(names):
            yield before
            return
        name, last = names[len(before)], len(before) == len(names) - 1
        if fresh and last:
            options = self._sources(subject, version, operation, name, before, fresh=True)
        else:
            key = self._key(subject, operation, name, tuple(each.text for each in before))
            if key not in self._pools:
                self._pools[key] = Pool(self._sources(subject, version, operation, name, before, fresh=False))
            options = values_of(self._pools[key])
        collection = collection_of(operation, name)
        for found in options:
            if (noun(collection), found.text) not in self._gone and self._fits(version, operation, name, found):
                yield from self._walk(subject, version, operation, (*before, found), fresh=fresh)

    def _key(self, subject: str, operation: Operation, name: str, before: tuple[str, ...]) -> tuple[str, ...]:
        rule = self._policy.operations.get(operation.key)
        own = operation.key if rule and rule.values.path else ""
        return (subject, bare(collection_of(operation, name)), own, *before)

    def _fits(self, version: str, operation: Operation, name: str, found: Found) -> bool:
        parameter = next((each for each in operation.parameters if each.place == "path" and each.name == name), None)
        return (
            found.holder is GIVEN
            or parameter is None
            or fits(self._contracts[version], parameter.schema, unquote(found.text))
        )

    def _sources(
        self, subject: str, version: str, operation: Operation, name: str, before: tuple[Found, ...], *, fresh: bool
    ) -> Iterator[Found]:
        collection, holder = collection_of(operation, name), before[-1].holder if before else {}
        adjoining = bool(before) and collection.rpartition("/")[2].count("{") > 0
        if not fresh:
            yield from given(self._policy, operation, name)
            yield from members_named(holder, names_for(name, collection) if adjoining else _specific(name))
        if self._unsafe:
            yield from self._linked(subject, version, operation, name, "POST")
            yield from self._told(subject, version, operation, name, before, "POST", most=2)
        if fresh:
            yield from self._made(subject, version, operation, name, before)
            yield from reversed(list(given(self._policy, operation, name, spare=True)))
        yield from self._linked(subject, version, operation, name, "GET")
        yield from self._told(subject, version, operation, name, before, "GET", most=MOST)
        if not fresh:
            yield from shown(self._index(version), operation, name)
            yield from self._made(subject, version, operation, name, before)

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
        for source in self._index(version).around(method, collection):
            if source.key == operation.key or source.neutral:
                continue
            answer = self._asked(
                subject, version, source, before if bare(source.path).startswith(bare(collection)) else ()
            )
            for found in itertools.islice(identifiers(answer, collection, name) if answer else (), most):
                if method == "POST":
                    self._gone.discard((noun(collection), found.text))
                yield found

    def _asked(self, subject: str, version: str, source: Operation, before: tuple[Found, ...]) -> Response | None:
        names = source.path_parameters
        if len(names) <= len(before):
            values: dict[str, str] | None = {name: each.text for name, each in zip(names, before, strict=False)}
        else:
            values = self.path_values(subject, version, source)
        return None if values is None else self._ask(subject, source, values)

    def _linked(self, subject: str, version: str, operation: Operation, name: str, method: str) -> Iterator[Found]:
        index = self._index(version)
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
        """What a PUT to the place of the thing itself makes there."""
        collection = collection_of(operation, name)
        maker = self._index(version).at.get(f"PUT {bare(collection).rstrip('/')}/{{}}")
        if maker is None or not self._unsafe or len(maker.path_parameters) != len(before) + 1:
            return
        *names, last = maker.path_parameters
        values = {other: each.text for other, each in zip(names, before, strict=True)}
        if (place := (subject, maker.key, *values.values())) in self._barren:
            return
        made = False
        for drawn in list(self._drawn(version, maker))[:MOST]:
            text = drawn.get(last, "")
            if unlikely(text) and self._ask(subject, maker, {**values, last: text}) is not None:
                self._gone.discard((noun(collection), text))
                made = True
                yield Found(text=text, holder={})
        if not made:
            self._barren.add(place)

    def _index(self, version: str) -> Index:
        if version not in self._indices:
            self._indices[version] = Index(self._contracts[version])
        return self._indices[version]


def unlikely(text: str) -> bool:
    """Whether a drawn path text is not an identifier something has by chance, as `1` is."""
    plain = unquote(text)
    return plain.isprintable() and len(plain) > 3 and not (plain.isdecimal() and len(plain) < 6)  # noqa: PLR2004  the first of a sequence


def _specific(name: str) -> tuple[str, ...]:
    return () if name in GENERIC else spellings(name)
