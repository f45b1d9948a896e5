"""What is wrong with the query of an operation that a policy names, where the operation itself is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pytest_apiversion.core.contracts.named_queries import pairs_of, whole
from pytest_apiversion.core.contracts.query_parameters import listed_values, query_parameters
from pytest_apiversion.shell.texts.suggestions import nearest, quoted

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract


def unknown_query(key: str, contracts: Mapping[str, Contract], owner: str) -> str | None:
    """What to say of the first parameter, or value, of a query that no contract has; None where the operation is not there at all.

    Args:
        key: The operation, with its query.
        contracts: The contracts that may have it.
        owner: How they are called.
    """
    name, asked, query = key.partition("?")
    having = [(each, each.operations[name]) for each in contracts.values() if name in each.operations]
    if not asked or not having:
        return None
    if not pairs_of(query):
        return f"expected a query such as ?name=value behind {whole(key)}, got {quoted(key)}"
    known = dict.fromkeys(each for _, operation in having for each in query_parameters(operation))
    for parameter, value in pairs_of(query):
        if parameter not in known:
            return (
                f"expected a query parameter of {name} in {owner}, got {quoted(parameter)}{nearest(parameter, known)}"
            )
        listed = [
            listed_values(mine, contract.schemas)
            for contract, operation in having
            if (mine := query_parameters(operation).get(parameter)) is not None
        ]
        values = dict.fromkeys(each for row in listed for each in row or ())
        if None not in listed and value not in values:
            return f"expected a value of {parameter} of {name} in {owner}, got {quoted(value)}{nearest(value, values)}"
    return None
