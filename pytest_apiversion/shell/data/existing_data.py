"""Existing data for path parameters: from the policy, created resources, links, lists and examples.

A drawn identifier names nothing, so a drawn request to `GET /things/{id}` would only ever see 404. Here each path parameter gets
values that are there, likeliest first: the policy's own, what was just created, what an OpenAPI link or a list answer tells, the
contract's examples, the values its schema enumerates, and what a PUT made.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pytest_apiversion.core.contracts.names import words
from pytest_apiversion.core.contracts.path_values import bare
from pytest_apiversion.core.http.messages import SAFE_METHODS
from pytest_apiversion.shell.data.declared_values import GIVEN
from pytest_apiversion.shell.data.identifier_sources import Ask, Claim, Drawn, Pages, Sources, Unused
from pytest_apiversion.shell.data.identifiers import GENERIC, Found, noun, spellings
from pytest_apiversion.shell.data.operation_index import collection_of
from pytest_apiversion.shell.data.ownership import Ownership
from pytest_apiversion.shell.data.shared_resources import Gate
from pytest_apiversion.shell.data.value_pool import Pool, values_of
from pytest_apiversion.shell.generation.body_values import fits

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.policy.policy import Policy


class Data:
    """Values of existing data for one policy's operations.

    Args:
        policy: For the values it gives.
        contracts: Contracts by version.
        ask: Sends an accepted request.
        unsafe: Whether data may be created.
        drawn: Gives drawn path parameters.
        unused: Gives path texts nobody has.
        pages: Gives further pages of lists.
        ownership: What this run created; nothing else is altered or used up.
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
        unused: Unused = lambda _version, _operation, _name, _drawn: None,
        pages: Pages = lambda _subject, _operation, _path, _first: iter(()),
        ownership: Ownership | None = None,
        places: Callable[[Operation], object] = lambda _: None,
    ) -> None:
        self._policy = policy
        self._contracts = contracts
        self._unsafe = unsafe
        self._pools: dict[tuple[str, ...], Pool] = {}
        self._gone: set[tuple[str, str]] = set()
        self._pools_of: dict[str, list[Pool]] = {}
        self._known: dict[tuple[str, str], str | None] = {}
        self._known_as: dict[str, set[tuple[str, str]]] = {}
        self._told_by: dict[tuple[str, str, str], tuple[tuple[Operation, str], ...]] = {}
        self._gate = Gate(places)
        self._ownership = ownership or Ownership(policy, contracts)
        self._sources = Sources(
            policy=policy,
            contracts=contracts,
            ask=ask,
            drawn=drawn,
            unused=unused,
            pages=pages,
            unsafe=unsafe,
            ownership=self._ownership,
            values=self.path_values,
            gone=self._gone,
        )

    def path_values(
        self,
        subject: str,
        version: str,
        operation: Operation,
        *,
        fresh: bool = False,
        tried: Collection[Mapping[str, str]] = (),
        own: bool | None = None,
    ) -> dict[str, str] | None:
        """Percent-encoded values for every path parameter of an operation, or None where one has none (any more).

        What an operation alters or uses up is this run's own, or what the operation's own rule offers.

        Args:
            subject: The version or alias that is asked.
            version: Whose contract applies.
            operation: The operation.
            fresh: Whether the last parameter should name something just created, because the request will use it up.
            tried: Values that are not wanted again.
            own: Whether it must be this run's own; None is as the operation needs it.
        """
        claim = self._claim(operation) if own is None else Claim.OWN if own else Claim.ANYBODY
        with self._gate.passed(operation):
            for found in self._walk(subject, version, operation, (), fresh=fresh, claim=claim):
                values = {name: each.text for name, each in zip(operation.path_parameters, found, strict=True)}
                if values not in tried:
                    return values
        return None

    def take(self, subject: str, version: str, operation: Operation) -> dict[str, str] | None:
        """Values for an operation that will use up what its last path parameter names, which nobody is given any more; None where there are none."""
        with self._gate.passed(operation):
            values = self.path_values(subject, version, operation, fresh=True)
            if values is not None:
                self.forget(operation, values)
        return values

    def _claim(self, operation: Operation) -> Claim:
        """Whose data an operation may be about."""
        if not self._unsafe or operation.method in SAFE_METHODS:
            return Claim.ANYBODY
        needs = self._ownership.alters(operation) and not self._ownership.offered(operation)
        return Claim.OWN if needs else Claim.OWN_FIRST

    def prefer(self, subject: str, operation: Operation, values: Mapping[str, str]) -> None:
        """Remember that these values work, so that they come first."""
        with self._gate.passed(operation):
            before: tuple[str, ...] = ()
            for name in operation.path_parameters:
                pool = self._pools.get(self._key(subject, operation, name, before, self._part(operation, name)))
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
            for pool in list(self._pools_of.get(mark[0], ())):
                pool.found = [each for each in pool.found if each.text != mark[1]]
            for key in list(self._known_as.get(unquote(mark[1]), ())):
                if self._known.get(key) == unquote(mark[1]):
                    self._known.pop(key, None)

    def known(self, subject: str, version: str, operation: Operation, names: Iterable[str]) -> dict[str, str]:
        """Values for members and parameters that name existing data, by name.

        A name is one of the policy's `[values]`, or a path parameter of another operation, or says whose identifier it is:
        `customer_id` where the contract has `/customers/{id}` or `/clients/{customer}`, and `customer_ids`.
        """
        found: dict[str, str] = {}
        with self._gate.passed(operation):
            for name in names:
                if name in self._policy.values:
                    found[name] = self._policy.values[name][0]
                    continue
                if (subject, name) not in self._known and self._tellers(version, operation.key, name):
                    self._known[subject, name] = None  # what is needed to make it cannot need it
                    value = self._other(subject, version, operation, name)
                    self._known[subject, name] = value
                    if value is None:
                        del self._known[subject, name]
                    else:
                        self._known_as.setdefault(value, set()).add((subject, name))
                value = self._known.get((subject, name))
                if value is not None:
                    found[name] = value
        return found

    def _other(self, subject: str, version: str, operation: Operation, name: str) -> str | None:
        values = (self._raw(subject, version, *each) for each in self._tellers(version, operation.key, name))
        return next(filter(None, values), None)

    def _tellers(self, version: str, operation: str, name: str) -> tuple[tuple[Operation, str], ...]:
        """The operations, each with a parameter, whose data a member of an operation may name: none for most names, so each is looked for once."""
        if (version, operation, name) not in self._told_by:
            self._told_by[version, operation, name] = tuple(self._look_up(version, operation, name))
        return self._told_by[version, operation, name]

    def _look_up(self, version: str, operation: str, name: str) -> Iterator[tuple[Operation, str]]:
        index = self._sources.index(version)
        holder = next((each for each in index.with_parameter.get(name, ()) if each.key != operation), None)
        if holder is not None and name not in GENERIC:
            yield holder, name
            return
        *whose, what = words(name)
        if not whose or what not in {"id", "ids", "uuid", "key"}:
            return
        if what == "ids":
            yield from self._look_up(version, operation, "_".join([*whose, "id"]))
        thing = "_".join(whose)
        called = [each for each in (*spellings(thing), *spellings(f"{thing}_id")) if each not in GENERIC]
        if owner := index.collections.get("".join(whose)):
            yield owner
        elif found := next(((each, key) for key in called for each in index.with_parameter.get(key, ())), None):
            yield found

    def _raw(self, subject: str, version: str, operation: Operation, name: str) -> str | None:
        values = self.path_values(subject, version, operation, own=False)
        return unquote(values[name]) if values and name in values else None

    def _walk(
        self, subject: str, version: str, operation: Operation, before: tuple[Found, ...], *, fresh: bool, claim: Claim
    ) -> Iterator[tuple[Found, ...]]:
        names = operation.path_parameters
        if len(before) == len(names):
            if claim is not Claim.OWN or self._is_own(operation, before):
                yield before
            return
        name, last = names[len(before)], len(before) == len(names) - 1
        whose = claim if last or claim is Claim.ANYBODY else Claim.OWN_FIRST
        if fresh and last:
            options = self._sources.of(subject, version, operation, name, before, fresh=True, claim=whose)
        else:
            key = self._key(subject, operation, name, tuple(each.text for each in before), whose)
            if key not in self._pools:
                found = self._sources.of(subject, version, operation, name, before, fresh=False, claim=whose)
                self._pools[key] = Pool(found)
                self._pools_of.setdefault(noun(key[1]), []).append(self._pools[key])
            options = values_of(self._pools[key])
        collection = collection_of(operation, name)
        for each in options:
            if (noun(collection), each.text) not in self._gone and self._fits(version, operation, name, each):
                yield from self._walk(subject, version, operation, (*before, each), fresh=fresh, claim=claim)

    def _is_own(self, operation: Operation, found: tuple[Found, ...]) -> bool:
        values = {name: each.text for name, each in zip(operation.path_parameters, found, strict=True)}
        return self._ownership.may_alter(operation, values)

    def _part(self, operation: Operation, name: str) -> Claim:
        claim = self._claim(operation)
        return claim if name == operation.path_parameters[-1] or claim is Claim.ANYBODY else Claim.OWN_FIRST

    def _key(
        self, subject: str, operation: Operation, name: str, before: tuple[str, ...], claim: Claim
    ) -> tuple[str, ...]:
        rule = self._policy.operations.get(operation.key)
        own = operation.key if (rule and rule.values.path) or (claim is Claim.OWN and operation.method == "PUT") else ""
        return (subject, bare(collection_of(operation, name)), own, claim.value, *before)

    def _fits(self, version: str, operation: Operation, name: str, found: Found) -> bool:
        parameter = next((each for each in operation.parameters if each.place == "path" and each.name == name), None)
        return (
            found.holder is GIVEN
            or parameter is None
            or fits(self._contracts[version], parameter.schema, unquote(found.text))
        )
