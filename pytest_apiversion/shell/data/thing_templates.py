"""The path templates of things, by their collection and by what links to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.shell.data.identifiers import bare, noun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pytest_apiversion.core.contracts.contract import Operation


class ThingTemplates:
    """The templates that end with one parameter: each names a thing.

    Args:
        operations: Operations, each with its version, by template (without a slash at its end) and method.

    Attributes:
        by_bare: They by themselves without the names of parameters.
        by_noun: Those with no other parameter, by the noun before it.
        linked: The same by the operationId and key of each operation there, each with its parameter: what links may lead to.
    """

    def __init__(self, operations: Mapping[str, Mapping[str, Sequence[tuple[str, Operation]]]]) -> None:
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


def _grouped(templates: Iterable[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in templates:
        found.setdefault(key(each), []).append(each)
    return found
