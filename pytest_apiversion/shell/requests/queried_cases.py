"""Drawn cases of operations that are named with a query, and of those that such are named of: a request belongs to one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.contracts.named_queries import asks_for, pairs_of
from pytest_apiversion.core.contracts.query_parameters import query_parameters, unnamed

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.drawn_case import DrawnCase
    from pytest_apiversion.core.contracts.contract import Contract, Operation


def own_cases(contract: Contract, operation: Operation, cases: tuple[DrawnCase, ...]) -> tuple[DrawnCase, ...]:
    """The cases of an operation, with the query it is named with, and without those that others are named with.

    What the contract refuses is sent to the whole operation only: it may be the very query that makes it wrong.
    """
    if operation.query:
        names = {name for name, _ in pairs_of(operation.query)}
        kept = (case for case in cases if case.aim is not Aim.REFUSED)
        cases = tuple(
            replace(
                case,
                query=(*(pair for pair in case.query if pair[0] not in names), *pairs_of(operation.query)),
            )
            for case in kept
        )
    return tuple(_apart(contract, operation, cases)) if operation.apart else cases


def belongs(operation: Operation, case: DrawnCase) -> bool:
    """Whether the request of a case is one of an operation's own: it has the query that this is named with, and none that another one is."""
    return asks_for(case.query, operation.query) and not any(asks_for(case.query, other) for other in operation.apart)


def _apart(contract: Contract, operation: Operation, cases: tuple[DrawnCase, ...]) -> Iterator[DrawnCase]:
    """The cases, those that belong to another operation with another value; without the parameter where it may be left out."""
    known, pinned = query_parameters(operation), {name for name, _ in pairs_of(operation.query)}
    for index, case in enumerate(cases):
        query = case.query
        for other in operation.apart:
            if not asks_for(query, other):
                continue
            name = next(name for name, _ in pairs_of(other) if name not in pinned)
            rest = tuple(pair for pair in query if pair[0] != name)
            values = unnamed(known[name], operation.apart, contract.schemas) if name in known else None
            if case.aim is not Aim.REFUSED and name in known and known[name].required:
                if not values:
                    break  # nothing tells another value that it takes
                rest = (*rest, (name, values[index % len(values)]))
            query = rest
        else:
            yield case if query == case.query else replace(case, query=query)
