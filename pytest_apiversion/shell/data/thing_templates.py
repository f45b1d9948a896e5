"""The path templates of things, by their collection and by what links to them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from pytest_apiversion.core.contracts.path_values import bare
from pytest_apiversion.shell.data.identifiers import noun
from pytest_apiversion.shell.generation.body_values import fits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pytest_apiversion.core.contracts.contract import Contract, Operation


class ThingTemplates:
    """The templates that end with one parameter: each names a thing.

    Args:
        operations: Operations, each with its version, by template (without a slash at its end) and method.
        contracts: Contracts by version.

    Attributes:
        by_bare: They by themselves without the names of parameters.
        by_noun: Those with no other parameter, by the noun before it.
        linked: The same by the operationId and key of each operation there, each with its parameter: what links may lead to.
    """

    def __init__(
        self,
        operations: Mapping[str, Mapping[str, Sequence[tuple[str, Operation]]]],
        contracts: Mapping[str, Contract],
    ) -> None:
        self._operations, self._contracts = operations, contracts
        ending = [each for each in operations if each.endswith("}") and each.rpartition("/")[2].count("{") == 1]
        self.by_bare = _grouped(ending, bare)
        alone = [each for each in ending if each.count("{") == 1]
        self.by_noun = _grouped(alone, lambda each: noun(each.rpartition("/")[0]))
        self.linked: dict[str, list[tuple[str, str]]] = {}
        for template, methods in operations.items():
            for _, target in (each for mine in methods.values() for each in mine):
                if template.endswith("}") and len(target.path_parameters) == 1:
                    for name in {target.operation_id or target.key, target.key}:
                        self.linked.setdefault(name, []).append((template, target.path_parameters[0]))

    def may_be_called(self, template: str, text: str) -> bool:
        """Whether a thing of a template may have this identifier, percent-encoded, by any of its operations: a message's number names no session."""
        name = template.rpartition("{")[2].rstrip("}")
        schemas = [
            (version, parameter.schema)
            for operations in self._operations.get(template, {}).values()
            for version, operation in operations
            for parameter in operation.parameters
            if (parameter.name, parameter.place) == (name, "path")
        ]
        held = (fits(self._contracts[version], schema, unquote(text)) for version, schema in schemas)
        return not schemas or any(held)


def _grouped(templates: Iterable[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in templates:
        found.setdefault(key(each), []).append(each)
    return found
