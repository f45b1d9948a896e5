"""Makes operations of their own of the requests that a policy names with a query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.named_queries import asks_for, pairs_of
from pytest_apiversion.core.contracts.query_parameters import nothing_left, takes

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Operation, ResponseSpec

Queries = Mapping[str, Mapping[str, bool]]
"""Queries by `METHOD /template`; true of one that is there though the contract has no such parameter or value (any more)."""


def with_queries(
    operations: Mapping[str, Operation],
    queries: Queries,
    answers: Mapping[str, Mapping[str, ResponseSpec]],
    schemas: Mapping[str, Any],
) -> tuple[dict[str, Operation], dict[str, Operation]]:
    """The operations of a contract, and those of them that a policy names with a query.

    Args:
        operations: The operations, by key.
        queries: What the policy names.
        answers: The responses of those that are held to other rules than the operation they belong to, by their names.
        schemas: What references in schemas lead to.
    """
    every = dict(operations)
    found: dict[str, Operation] = {}
    for key, wanted in queries.items():
        operation = operations.get(key)
        if operation is None:
            continue
        mine = tuple(query for query, anyway in wanted.items() if anyway or takes(operation, query, schemas))
        for query in mine:
            name = f"{key}?{query}"
            longer = tuple(each for each in mine if each != query and asks_for(pairs_of(each), query))
            answered = answers.get(name, operation.responses)
            found[name] = replace(operation, query=query, responses=answered, apart=longer)
        every[key] = replace(operation, apart=mine, idle=nothing_left(operation, mine, schemas))
    return every, found
