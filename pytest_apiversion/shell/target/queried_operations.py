"""Which operations a policy names with a query (`GET /search?type=old`), and what is said of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.contracts.named_queries import whole
from pytest_apiversion.core.policy.requests import OperationRule

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract
    from pytest_apiversion.core.policy.policy import Policy


def named_queries(policy: Policy, version: str) -> dict[str, dict[str, bool]]:
    """The queries by which a policy names requests of a version's operations, by `METHOD /template`.

    True of one whose row in `[[lifecycle]]` has a sunset: the contract may have dropped it already.
    """
    found: dict[str, dict[str, bool]] = {}
    for name, ends in _named(policy, version):
        key, asked, query = name.partition("?")
        if asked and query:
            mine = found.setdefault(key, {})
            mine[query] = ends or mine.get(query, False)
    return found


def _named(policy: Policy, version: str) -> Iterator[tuple[str, bool]]:
    """Names of operations that may stand with a query, and whether each may be over."""
    for part in policy.lifecycles:
        life = part.lifecycle
        if part.versions is None or version in part.versions:
            yield from ((key, life.sunset is not None) for key in part.operations)
        heirs = {life.successor} if life.successor else part.versions
        if life.heir is not None and (heirs is None or version in heirs):
            yield life.heir, False
    yield from ((row[version], False) for row in policy.renamed if version in row)
    limits = policy.rate_limit.limits if policy.rate_limit is not None else {}
    others = (*policy.operations, *(key for tier in policy.tiers for key in sorted(tier.operations)), *limits)
    yield from ((key, False) for key in others)


def with_queried_rules(policy: Policy, contracts: Mapping[str, Contract]) -> Policy:
    """The policy, with a rule for each operation that is named with a query: what it says of that goes over what it says of the whole."""
    keys = dict.fromkeys(key for contract in contracts.values() for key in contract.queries)
    if not keys:
        return policy
    rules = {key: _over(policy.operations.get(key), policy.operations.get(whole(key))) for key in keys}
    return replace(policy, operations={**policy.operations, **rules})


def _over(own: OperationRule | None, common: OperationRule | None) -> OperationRule:
    if own is None or common is None:
        return own or common or OperationRule()
    values = {
        place.name: {**getattr(common.values, place.name), **getattr(own.values, place.name)}
        for place in fields(own.values)
    }
    return OperationRule(
        answers={**common.answers, **own.answers},
        values=replace(own.values, **values),
        skip=own.skip,
        refusals=own.refusals or common.refusals,
        harmless=own.harmless or common.harmless,
        reads=own.reads or common.reads,
        additions=common.additions if own.additions is None else own.additions,
    )
