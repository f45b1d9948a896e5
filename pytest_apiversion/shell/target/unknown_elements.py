"""Parameters and members that `[[lifecycle]]` names and no contract has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pytest_apiversion.core.contracts.elements import ElementKind, declarations, names
from pytest_apiversion.shell.texts.suggestions import nearest, quoted
from pytest_apiversion.shell.texts.toml_text import Mistake

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.policy.parts import Part
    from pytest_apiversion.core.policy.policy import Policy

_WORDS = {
    ElementKind.PARAMETER: "a parameter",
    ElementKind.REQUEST: "a member of request bodies",
    ElementKind.RESPONSE: "a member of successes",
}


def unknown_elements(policy: Policy, contracts: Mapping[str, Contract]) -> Iterator[Mistake]:
    """Elements that no operation a row is about has. One that ends may be gone from the contract, where the row names its operations."""
    for part in policy.lifecycles:
        there = list(_about(part, contracts)) if part.elements else []
        for element in part.elements:
            if any(declarations(contract, operation, element) for contract, operation in there):
                continue
            if part.operations and part.lifecycle.sunset is not None:
                continue
            known = dict.fromkeys(
                name for contract, operation in there for name in names(contract, operation, element.kind)
            )
            owner = ", ".join(dict.fromkeys(contract.source for contract, _ in there)) or "no operation"
            text = (
                f"expected {_WORDS[element.kind]} of {owner}, got {quoted(element.name)}{nearest(element.name, known)}"
            )
            yield Mistake(place=element.source, text=text)


def _about(part: Part, contracts: Mapping[str, Contract]) -> Iterator[tuple[Contract, Operation]]:
    narrowed = bool(part.operations or part.paths or part.tags)
    for version, contract in contracts.items():
        if part.versions is None or version in part.versions:
            for operation in contract.operations.values():
                if not operation.neutral and (not narrowed or part.names(version, operation.key, operation.tags)):
                    yield contract, operation
