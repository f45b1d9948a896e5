"""Names of `[[fields]]`, `[[identifiers]]` and `[[lifecycle]]` that no contract has, and that are near to one that is there: slips of the pen, perhaps.

An open contract does not tell all its members, so such a name may be right: it is told, and refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.shell.target.unknown_elements import likely_elements
from pytest_apiversion.shell.target.unknown_ways import likely_ways
from pytest_apiversion.shell.texts.suggestions import near_name, quoted
from pytest_apiversion.shell.texts.toml_text import dotted

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract
    from pytest_apiversion.core.policy.policy import Policy


def told_of_slips(policy: Policy, contracts: Mapping[str, Contract]) -> dict[str, Contract]:
    """The contracts, each with a warning for each name that it has not and that is near to one of its own."""
    if not (policy.fields or policy.identifiers or any(part.elements for part in policy.lifecycles)):
        return dict(contracts)
    known = {name: _names(contract) for name, contract in contracts.items()}
    said: dict[str, list[str]] = {name: [] for name in contracts}
    for index, row in enumerate(policy.fields):
        for version in row.keys() & contracts.keys():
            said[version] += _slips(dotted(f"fields[{index}]", version), [row[version]], contracts, [version], known)
    for version, note in (*likely_ways(policy, contracts), *likely_elements(policy, contracts)):
        said[version].append(note)
    for index, forms in enumerate(policy.identifiers):
        versions = [name for name in contracts if name in forms.forms]
        if versions:
            place = f"identifiers[{index}].names"
            said[versions[-1]] += _slips(place, sorted(forms.names), contracts, versions, known)
    return {
        name: replace(contract, warnings=(*contract.warnings, *said[name])) if said[name] else contract
        for name, contract in contracts.items()
    }


def _slips(
    place: str,
    names: Iterable[str],
    contracts: Mapping[str, Contract],
    versions: Iterable[str],
    known: Mapping[str, frozenset[str]],
) -> Iterator[str]:
    there = frozenset[str]().union(*(known[version] for version in versions))
    owner = ", ".join(dict.fromkeys(contracts[version].source for version in versions))
    for name in names:
        if "." in name or name in there:
            continue  # of ways it is told otherwise
        if (near := near_name(name, sorted(there))) is not None:
            yield f"{place}: nothing in {owner} is called {quoted(name)}; did you mean {quoted(near)}?"


def _names(contract: Contract) -> frozenset[str]:
    """Every name that a document gives a member of an object, and those of all parameters."""
    found = {each.name for operation in contract.operations.values() for each in operation.parameters}
    found |= {name for operation in contract.operations.values() for name in operation.path_parameters}
    waiting: list[Any] = [contract.document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            named = node.get("properties")
            found |= set(named) if isinstance(named, dict) else set()
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
    return frozenset(found)
