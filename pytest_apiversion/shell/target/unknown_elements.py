"""Parameters and members that `[[lifecycle]]` names and no contract has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pytest_apiversion.core.contracts.elements import ElementKind, declarations, names
from pytest_apiversion.core.contracts.named_queries import pairs_of
from pytest_apiversion.shell.texts.suggestions import near_name, nearest, quoted
from pytest_apiversion.shell.texts.toml_text import Mistake

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.contracts.elements import Element
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
            if (pinned := _pinned(part, element)) is not None:
                text = f"expected a parameter that {pinned} is not named with, got {quoted(element.name)}"
                yield Mistake(place=element.source, text=text)
                continue
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


def likely_elements(policy: Policy, contracts: Mapping[str, Contract]) -> Iterator[tuple[str, str]]:
    """By version, a warning for each element that may be gone from the contracts and is near to one that is there: a slip of the pen, perhaps."""
    for part in policy.lifecycles:
        there = list(_about(part, contracts)) if part.elements else []
        for element in part.elements:
            if any(declarations(contract, operation, element) for contract, operation in there):
                continue
            known = dict.fromkeys(
                name for contract, operation in there for name in names(contract, operation, element.kind)
            )
            near = near_name(element.name, list(known))
            mine = [name for name, contract in contracts.items() if any(each is contract for each, _ in there)]
            if near is not None and mine:
                owner = ", ".join(dict.fromkeys(contracts[name].source for name in mine))
                text = f"nothing of this kind in {owner} is called {quoted(element.name)}; did you mean {quoted(near)}?"
                yield mine[-1], f"{element.source}: {text}"


def _pinned(part: Part, element: Element) -> str | None:
    """The operation of a row that is named with a parameter, the very one that is to end: then it is the operation that ends."""
    if element.kind is not ElementKind.PARAMETER or element.place not in {None, "query"}:
        return None
    queries = ((key, key.partition("?")[2]) for key in part.operations)
    return next((key for key, query in queries if element.name in dict(pairs_of(query))), None)


def _about(part: Part, contracts: Mapping[str, Contract]) -> Iterator[tuple[Contract, Operation]]:
    narrowed = bool(part.operations or part.paths or part.tags)
    for version, contract in contracts.items():
        if part.versions is None or version in part.versions:
            for operation in contract.every:
                if not operation.neutral and (not narrowed or part.names(version, operation.key, operation.tags)):
                    yield contract, operation
