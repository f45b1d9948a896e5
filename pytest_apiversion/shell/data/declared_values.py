"""Values of path parameters that the policy or the contract declares, as examples and enums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.path_values import bare
from pytest_apiversion.core.json.choices import choices
from pytest_apiversion.shell.data.identifiers import Found
from pytest_apiversion.shell.data.operation_index import Index, collection_of
from pytest_apiversion.shell.data.value_pool import MOST
from pytest_apiversion.shell.openapi.serialization import encode

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract, Operation, Parameter
    from pytest_apiversion.core.policy.policy import Policy

GIVEN: Mapping[str, Any] = {"": "the policy file"}
"""The holder of values the policy gives: those are not held to the contract."""


def given(policy: Policy, operation: Operation, name: str, *, spare: bool = False) -> Iterator[Found]:
    """The policy's values: the operation's own, then those by name; the last of these only, and not the only one, to spare them."""
    rule = policy.operations.get(operation.key)
    values = policy.values.get(name, ())
    if rule and name in rule.values.path:
        yield Found(text=encode(rule.values.path[name]), holder=GIVEN)
        if spare:
            return
    for value in values[1:] if spare else values:
        yield Found(text=encode(value), holder=GIVEN)


def shown(index: Index, operation: Operation, name: str) -> Iterator[Found]:
    """The contract's examples of the parameter, and the values its schema names."""
    place = bare(collection_of(operation, name))
    holders = [
        operation,
        *(each for each in index.with_parameter[name] if bare(collection_of(each, name)) == place),
    ]
    found = [each for holder in holders for each in holder.parameters if each.name == name and each.place == "path"]
    for parameter in found:
        yield from (Found(text=encode(value), holder={}) for value in parameter.examples)
    for parameter in found[:1]:
        values = _named(parameter)[:MOST]
        yield from (Found(text=encode(value), holder={}) for value in values if isinstance(value, str | int))


def declared_identifiers(policy: Policy, contracts: Mapping[str, Contract]) -> frozenset[str]:
    """Every value of a path parameter that the policy or a contract names."""
    found = [str(value) for values in policy.values.values() for value in values]
    for rule in policy.operations.values():
        found += [str(value) for value in rule.values.path.values()]
    for contract in contracts.values():
        for operation in contract.operations.values():
            for each in operation.parameters:
                if each.place == "path":
                    found += [str(value) for value in (*each.examples, *_named(each))]
    return frozenset(found)


def _named(parameter: Parameter) -> list[Any]:
    """The values that a parameter's schema names: those of a closed list, and the default."""
    schema = parameter.schema if isinstance(parameter.schema, dict) else {}
    return [*(choices({}, schema) or ()), *([schema["default"]] if "default" in schema else ())]
