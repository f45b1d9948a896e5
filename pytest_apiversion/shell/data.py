"""Existing data for requests: values from the policy, from what a create returned, from links, lists and examples.

A drawn identifier names nothing, so a drawn request to `GET /things/{id}` would only ever see 404. Here each path parameter gets a
value that is there: the policy's own, else one that was just created, else one an OpenAPI link or a list answer tells, else the
contract's example.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pytest_apiversion.core.pointer import MISSING, lookup
from pytest_apiversion.shell.building import encode

if TYPE_CHECKING:
    from pytest_apiversion.core.contract import Contract, Link, Operation
    from pytest_apiversion.core.exchange import Response
    from pytest_apiversion.core.policy import Policy

Ask = Callable[["str", "Operation", "Mapping[str, str]"], "Response | None"]
"""Sends an operation's accepted request (subject, operation, encoded path parameters) and gives a success, or None."""

_DEEPEST = 6
"""Levels of an answer searched for an identifier."""
_NAMES = ("id", "uuid", "key", "slug", "token", "name", "code")
"""What identifiers are called, where no member has the parameter's own name."""


class Data:
    """Values of existing data for one policy's operations.

    Args:
        policy: For the values it gives.
        contracts: Contracts by version.
        ask: Sends an accepted request.
        unsafe: Whether data may be created.
    """

    def __init__(self, policy: Policy, contracts: Mapping[str, Contract], ask: Ask, *, unsafe: bool) -> None:
        self._policy = policy
        self._contracts = contracts
        self._ask = ask
        self._unsafe = unsafe
        self._kept: dict[tuple[str, str, str], str | None] = {}
        self._lock = threading.RLock()
        self._busy: set[tuple[str, str]] = set()

    def path_values(self, subject: str, version: str, operation: Operation, *, fresh: bool = False) -> dict[str, str] | None:
        """Percent-encoded values for every path parameter of an operation, or None where one has none.

        Args:
            subject: The version or alias that is asked.
            version: Whose contract applies.
            operation: The operation.
            fresh: Whether the last parameter should name something just created, because the request will use it up.
        """
        found: dict[str, str] = {}
        with self._lock:
            for position, name in enumerate(operation.path_parameters):
                last = position == len(operation.path_parameters) - 1
                value = self._value(subject, version, operation, name, found, fresh=fresh and last)
                if value is None:
                    return None
                found[name] = value
        return found

    def members(self, subject: str, version: str, operation: Operation) -> dict[str, str]:
        """Values for members of a JSON body that name existing data: those called as a path parameter of the contract is."""
        schema = operation.body_schema
        properties = schema.get("properties") if isinstance(schema, dict) else None
        if not isinstance(properties, dict):
            return {}
        found: dict[str, str] = {}
        for name in properties:
            given = self._policy.values.get(name)
            other = next((each for each in self._contracts[version].operations.values()
                          if name in each.path_parameters and each.key != operation.key), None)  # fmt: skip
            if given:
                found[name] = given[0]
            elif other is not None and name.lower() not in _NAMES and (values := self._raw(subject, version, other, name)):
                found[name] = values
        return found

    def _raw(self, subject: str, version: str, operation: Operation, name: str) -> str | None:
        values = self.path_values(subject, version, operation)
        return unquote(values[name]) if values and name in values else None

    def _value(self, subject: str, version: str, operation: Operation, name: str, before: Mapping[str, str], *, fresh: bool) -> str | None:
        key = (subject, _collection(operation, name), name + "".join(before.values()))
        if not fresh and key in self._kept:
            return self._kept[key]
        if key[:2] in self._busy:  # an operation that needs itself
            return None
        self._busy.add(key[:2])
        try:
            value = next((value for value in self._sources(subject, version, operation, name, before, fresh=fresh) if value), None)
        finally:
            self._busy.discard(key[:2])
        if not fresh:
            self._kept[key] = value
        return value

    def _sources(
        self, subject: str, version: str, operation: Operation, name: str, before: Mapping[str, str], *, fresh: bool
    ) -> Iterator[str | None]:
        if not fresh:
            yield from self._given(operation, name)
        contract, collection = self._contracts[version], _collection(operation, name)
        if self._unsafe:
            yield from self._linked(subject, contract, operation, name, "POST")
            for path in _plurals(collection):
                creator = contract.operations.get(f"POST {path}")
                yield self._identifier(self._asked(subject, version, creator, before), name, collection)
        if fresh:
            yield from self._given(operation, name)
        yield from self._linked(subject, contract, operation, name, "GET")
        for path in _plurals(collection):
            lister = contract.operations.get(f"GET {path}")
            yield self._identifier(self._asked(subject, version, lister, before), name, collection)
        yield from self._examples(contract, operation, name)

    def _given(self, operation: Operation, name: str) -> Iterator[str]:
        rule = self._policy.operations.get(operation.key)
        if rule and name in rule.values.path:
            yield encode(rule.values.path[name])
        if name in self._policy.values:
            yield encode(self._policy.values[name][0])

    def _asked(self, subject: str, version: str, operation: Operation | None, before: Mapping[str, str]) -> Response | None:
        if operation is None:
            return None
        values = {name: before[name] for name in operation.path_parameters if name in before}
        if len(values) != len(operation.path_parameters):
            values = self.path_values(subject, version, operation) or {}
        if len(values) != len(operation.path_parameters):
            return None
        return self._ask(subject, operation, values)

    def _linked(self, subject: str, contract: Contract, operation: Operation, name: str, method: str) -> Iterator[str | None]:
        for source in contract.operations.values():
            if source.method != method or source.key == operation.key:
                continue
            for link in source.links:
                if link.target in {operation.operation_id, operation.key} and name in link.parameters:
                    yield _told(self._asked(subject, contract.version, source, {}), link, name)

    def _identifier(self, response: Response | None, name: str, collection: str) -> str | None:
        if response is None:
            return None
        thing = collection.rstrip("/").rpartition("/")[2]
        singular = re.sub(r"s$", "", thing)
        names = dict.fromkeys([name, f"{singular}_id", f"{singular}Id", *_NAMES])
        for candidate in names:
            for value in _members(response.json, candidate, _DEEPEST):
                return encode(value)
        location = response.header("location")
        return location.rstrip("/").rpartition("/")[2] if location and response.status == 201 else None  # noqa: PLR2004  RFC 9110 §15.3.2

    def _examples(self, contract: Contract, operation: Operation, name: str) -> Iterator[str]:
        holders = [operation, *(each for each in contract.operations.values() if name in each.path_parameters)]
        for holder in holders:
            if _collection(holder, name) != _collection(operation, name) and holder is not operation:
                continue
            for parameter in holder.parameters:
                if parameter.name == name and parameter.place == "path":
                    yield from (encode(value) for value in parameter.examples)


def _collection(operation: Operation, name: str) -> str:
    """The path a parameter's value is a member of: what stands before it in the template."""
    return operation.path.partition(f"{{{name}}}")[0].rstrip("/") or "/"


def _plurals(collection: str) -> tuple[str, ...]:
    """The collection as templates write it: bare, with a final slash, and in the plural."""
    return (collection, f"{collection}/", f"{collection}s")


def _told(response: Response | None, link: Link, name: str) -> str | None:
    expression = link.parameters[name]
    if response is None:
        return None
    if expression.startswith("$response.body#"):
        value = lookup(response.json, expression.removeprefix("$response.body#"))
        return encode(value) if value is not MISSING and not isinstance(value, dict | list) and value is not None else None
    if expression.startswith("$response.header."):
        found = response.header(expression.removeprefix("$response.header."))
        return encode(found) if found else None
    return None if expression.startswith("$") else encode(expression)


def _members(value: Any, name: str, depth: int) -> Iterator[object]:  # noqa: ANN401  a JSON value
    """Scalars under a member name, shallow ones first."""
    level = [value]
    for _ in range(depth):
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                found = item.get(name)
                if isinstance(found, str | int) and not isinstance(found, bool) and found != "":
                    yield found
                below += item.values()
            elif isinstance(item, list):
                below += item[:3]
        level = below
