"""Ways to members, in rows of `[[fields]]`, that lead nowhere in a contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pytest_apiversion.shell.texts.suggestions import nearest, quoted
from pytest_apiversion.shell.texts.toml_text import Mistake, dotted

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract
    from pytest_apiversion.core.policy.policy import Policy


def unknown_ways(policy: Policy, contracts: Mapping[str, Contract]) -> Iterator[Mistake]:
    """Ways such as `config.model` of which a step is a member of nothing in the contract.

    A plain name may be one that no contract tells, and there are plain names with dots in them (`@odata.etag`): a way begins with a member, or
    with what is nearly one where the rest are members.
    """
    members: dict[str, set[str]] = {}
    for index, row in enumerate(policy.fields):
        for version, name in row.items():
            if "." not in name or version not in contracts:
                continue
            if version not in members:
                members[version] = set(_members(contracts[version].document))
            known, steps = members[version], name.split(".")
            if name in known or known.issuperset(steps):
                continue
            wrong = next(step for step in steps if step not in known)
            near = nearest(wrong, sorted(known))
            if steps[0] not in known and not (near.startswith("; did") and known.issuperset(steps[1:])):
                continue
            text = f"expected the way to a member of {contracts[version].source}, got {quoted(name)}: nothing there has {quoted(wrong)}{near}"
            yield Mistake(place=dotted(f"fields[{index}]", version), text=text)


def _members(document: Any) -> Iterator[str]:
    """Every name that a schema of a document gives a member, at whatever depth."""
    waiting = [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            named = node.get("properties")
            yield from named if isinstance(named, dict) else ()
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
