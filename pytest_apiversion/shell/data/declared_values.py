"""Values of path parameters that somebody wrote down: in the policy, or in the contract as examples and listed values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pytest_apiversion.shell.data.identifiers import Found, bare, encode
from pytest_apiversion.shell.data.operation_index import Index, collection_of
from pytest_apiversion.shell.data.value_pool import MOST

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Operation
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
        schema = parameter.schema if isinstance(parameter.schema, dict) else {}
        listed = schema.get("enum", [])
        values = [
            *(listed if isinstance(listed, list) else []),
            *(schema[key] for key in ("const", "default") if key in schema),
        ]
        yield from (Found(text=encode(value), holder={}) for value in values[:MOST] if isinstance(value, str | int))
