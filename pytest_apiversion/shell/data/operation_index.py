"""An index of a contract's operations by path, by parameter and by resource."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from pytest_apiversion.core.contracts.names import words
from pytest_apiversion.core.contracts.path_values import bare
from pytest_apiversion.shell.data.identifiers import noun, singular

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract, Link, Operation


def collection_of(operation: Operation, name: str) -> str:
    """The path a parameter's value is a member of: what stands before it in the template."""
    return operation.path.partition(f"{{{name}}}")[0].rstrip("/") or "/"


def reads_one(operation: Operation) -> bool:
    """Whether an operation reads one thing of a collection."""
    return operation.method == "GET" and bare(operation.path).endswith("/{}")


class Index:
    """The places of one contract.

    Attributes:
        at: Operations by method and bare template.
        ending: Operations by method and the noun their path ends with.
        with_parameter: Operations by path parameter.
        collections: For a noun, an operation on one of its things, and the parameter that names the thing.
        links: The links that lead to an operation, by its operationId or key, each with the operation it starts from.
    """

    def __init__(self, contract: Contract) -> None:
        self.at: dict[str, Operation] = {}
        self.ending: dict[tuple[str, str], list[Operation]] = defaultdict(list)
        self.with_parameter: dict[str, list[Operation]] = defaultdict(list)
        self.collections: dict[str, tuple[Operation, str]] = {}
        self.links: dict[str, list[tuple[Operation, Link]]] = defaultdict(list)
        for operation in contract.operations.values():
            self.at.setdefault(f"{operation.method} {bare(operation.path)}", operation)
            last = bare(operation.path).rpartition("/")[2]
            self.ending[operation.method, singular(last)].append(operation)
            for name in operation.path_parameters:
                self.with_parameter[name].append(operation)
                thing = noun(collection_of(operation, name))
                if thing:
                    self.collections.setdefault("".join(words(thing)), (operation, name))
            for link in operation.links:
                self.links[link.target].append((operation, link))

    @cached_property
    def readers(self) -> tuple[Operation, ...]:
        """The operations that read one thing, those with the same path parameter beside each other."""
        return tuple(each for group in self.with_parameter.values() for each in group if reads_one(each))

    @cached_property
    def reader_called(self) -> dict[str, Operation]:
        """The first of them by operationId and by key."""
        found: dict[str, Operation] = {}
        for each in self.readers:
            for name in (each.operation_id, each.key):
                if name is not None:
                    found.setdefault(name, each)
        return found

    @cached_property
    def reader_of(self) -> dict[str, Operation]:
        """The first of them with no other parameter, by the noun before it."""
        found: dict[str, Operation] = {}
        for each in self.readers:
            if len(each.path_parameters) == 1:
                above = bare(collection_of(each, each.path_parameters[-1]))
                found.setdefault(singular(above.rpartition("/")[2]), each)
        return found

    def below(self, collection: str) -> list[Operation]:
        """What creates a collection's things one step below its list: `POST /sessions/start`, `POST /hooks/bulk`."""
        steps = f"POST {bare(collection).rstrip('/')}/"
        found = (self.at[each] for each in self.at if each.rpartition("/")[0] + "/" == steps)
        return [each for each in found if "201" in each.responses and not each.path.rstrip("/").endswith("}")]

    def around(self, method: str, collection: str) -> list[Operation]:
        """Operations on a collection: under its path, bare, in the plural and the singular; else those that end as it does."""
        path = bare(collection)
        last = path.rpartition("/")[2]
        nearest = [
            self.at.get(f"{method} {each}") for each in (path, f"{path}s", path.removesuffix(last) + singular(last))
        ]
        others = self.ending.get((method, singular(last)), []) if last not in {"", "{}"} else []
        return list({each.key: each for each in (*nearest, *others) if each is not None}.values())
