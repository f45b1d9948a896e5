"""Drawn cases of operations that are named with a query, and of those that such are named of: a request belongs to one of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.contracts.named_queries import asks_for, pairs_of
from pytest_apiversion.core.contracts.query_parameters import query_parameters, unnamed
from pytest_apiversion.shell.generation.acceptance import Acceptance

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.drawn_case import DrawnCase
    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.http.messages import Pairs


def own_cases(contract: Contract, operation: Operation, cases: tuple[DrawnCase, ...]) -> tuple[DrawnCase, ...]:
    """The cases of an operation, with the query it is named with, and without those that others are named with.

    What the contract refuses is sent with that query where it is refused for something else, too.
    """
    if not operation.query and not operation.apart:
        return cases
    pinned = pairs_of(operation.query)
    names = {name for name, _ in pinned}
    own: list[DrawnCase] = []
    acceptance: Acceptance | None = None
    for index, case in enumerate(cases):
        query = (*(pair for pair in case.query if pair[0] not in names), *pinned) if pinned else case.query
        apart = _apart(contract, operation, query, index)
        if apart is None:
            continue
        made = case if apart == case.query else replace(case, query=apart)
        if made is not case and case.aim is Aim.REFUSED:
            acceptance = acceptance or Acceptance(contract, operation)
            if acceptance.accepts(made, made) is not False:
                continue  # it was the query alone that made it wrong
        own.append(made)
    return tuple(own)


def belongs(operation: Operation, case: DrawnCase) -> bool:
    """Whether the request of a case is one of an operation's own: it has the query that this is named with, and none that another one is."""
    return asks_for(case.query, operation.query) and not any(asks_for(case.query, other) for other in operation.apart)


def _apart(contract: Contract, operation: Operation, query: Pairs, index: int) -> Pairs | None:
    """A query that belongs to the operation itself: one of another has another value, or not the parameter where it may be left out.

    None where nothing tells another value that it takes.
    """
    known, pinned = query_parameters(operation), {name for name, _ in pairs_of(operation.query)}
    for other in operation.apart:
        if not asks_for(query, other):
            continue
        name = next(name for name, _ in pairs_of(other) if name not in pinned)
        rest = tuple(pair for pair in query if pair[0] != name)
        if name in known and known[name].required:
            values = unnamed(known[name], operation.apart, contract.schemas)
            if not values:
                return None
            rest = (*rest, (name, values[index % len(values)]))
        query = rest
    return query
