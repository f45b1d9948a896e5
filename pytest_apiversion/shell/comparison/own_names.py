"""What a contract says of the name of its own version: no change between versions, wherever the policy has the name stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.contracts.change import ABSENT
from pytest_apiversion.core.contracts.change_rule import Kind
from pytest_apiversion.core.policy.carrier_positions import parameters_of
from pytest_apiversion.core.policy.version_texts import spell
from pytest_apiversion.core.versions.spelling import spelling as spelling_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.contracts.change import Change
    from pytest_apiversion.core.policy.policy import Policy


def without_own_names(changes: Iterable[Change], policy: Policy, versions: Iterable[str]) -> tuple[Change, ...]:
    """The changes but for those that only say each version's own name, in the parameter that selects it or where answers repeat it.

    Args:
        changes: What a comparison found.
        policy: Its carriers and its echo say where a version's name stands.
        versions: The versions that are compared.
    """
    names, texts = _places(policy), _texts(policy, versions)
    return tuple(each for each in changes if not _names_itself(each, names, texts))


def _places(policy: Policy) -> frozenset[str]:
    """What is called so holds the name of a version, in lower case."""
    found = {name.lower() for place, name in parameters_of(policy) if place in {"header", "query"}}
    found -= {part.name.lower() for each in policy.credentials for part in each.fields}
    if policy.echo is not None:
        pointer = (policy.echo.pointer or "").rpartition("/")[2]
        found |= {name.lower() for name in (policy.echo.header, pointer) if name}
    return frozenset(found)


def _texts(policy: Policy, versions: Iterable[str]) -> frozenset[str]:
    """How these versions are written there."""
    told = list(versions)
    found = {*told, *(spell(policy, kind, name) for kind in policy.carriers for name in told)}
    if policy.echo is not None:
        written = spelling_of(policy.echo.spelling, policy.scheme, policy.codenames)
        found |= {written.write(name) for name in told}
    return frozenset(found)


def _names_itself(change: Change, names: frozenset[str], texts: frozenset[str]) -> bool:
    if change.rule.kind is not Kind.VALUES or change.name.rpartition("/")[2].rpartition(".")[2].lower() not in names:
        return False
    told = [value for value in (change.before, change.after) if value is not ABSENT]
    return bool(told) and all(str(value) in texts for value in told)
