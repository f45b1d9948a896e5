"""Which operations may touch the same data, so that they never run at the same time."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.names import words
from pytest_apiversion.shell.data.identifiers import singular
from pytest_apiversion.shell.openapi.request_shapes import Shapes

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract, Operation

_REFERRING = frozenset({"id", "ids", "uuid", "key"})
"""Words at the end of a name that say whose thing it names: `customer_id`."""


class SharedResources:
    """The places of an API: operations in different ones have nothing to do with each other, as far as contracts tell.

    A place is held together by nouns: the literal segments of paths, whatever version they are in, and the nouns in the names of
    parameters and members that refer to a thing of another resource.

    Args:
        contracts: Contracts by version.
    """

    def __init__(self, contracts: Mapping[str, Contract]) -> None:
        self._leader: dict[str, str] = {}
        self._common = _common([each.path for found in contracts.values() for each in found.operations.values()])
        for contract in contracts.values():
            shapes = Shapes(dict(contract.schemas))
            holders = {
                name: noun
                for each in contract.operations.values()
                for name in each.path_parameters
                if (noun := self._owner(each, name))
            }
            named = {each.operation_id or key: each for key, each in contract.operations.items()}
            for operation in contract.operations.values():
                first, *others = self._nouns(operation)
                for other in (*others, *_referred(shapes, operation, holders)):
                    self._join(first, other)
                for link in operation.links:
                    if target := named.get(link.target) or contract.operations.get(link.target):
                        self._join(first, self._nouns(target)[0])

    def of(self, operation: Operation) -> str:
        """The place of an operation."""
        return self._lead(self._nouns(operation)[0])

    def _nouns(self, operation: Operation) -> list[str]:
        """The nouns of an operation's path; the path itself where it has none."""
        return _path_nouns(operation.path, self._common)

    def _owner(self, operation: Operation, name: str) -> str | None:
        before = operation.path.partition(f"{{{name}}}")[0].split("/")[self._common :]
        nouns = [part for part in before if part and "{" not in part]
        return "".join(words(singular(nouns[-1]))) if nouns else None

    def _lead(self, noun: str) -> str:
        passed = []
        while (leader := self._leader.get(noun, noun)) != noun:
            passed.append(noun)
            noun = leader
        self._leader.update(dict.fromkeys(passed, noun))  # a long way is gone once
        return noun

    def _join(self, one: str, other: str) -> None:
        self._leader[self._lead(one)] = self._lead(other)


class Gate:
    """Lets one thread at a time into a place; whoever is in one stays there, whatever it asks for meanwhile.

    Args:
        place: The place of an operation.
    """

    def __init__(self, place: Callable[[Operation], object]) -> None:
        self._place = place
        self._locks: dict[object, threading.Lock] = defaultdict(threading.Lock)
        self._making = threading.Lock()
        self._here = threading.local()

    @contextmanager
    def passed(self, operation: Operation) -> Iterator[None]:
        """Be the only one in the place of an operation."""
        if getattr(self._here, "inside", False):
            yield
            return
        with self._making:
            lock = self._locks[self._place(operation)]
        with lock:
            self._here.inside = True
            try:
                yield
            finally:
                self._here.inside = False


def first_nouns(paths: Iterable[str]) -> dict[str, str]:
    """The noun each path begins with, whatever all of them have in front; the query that an operation is named with is no part of it."""
    known = {path: path.partition("?")[0] for path in paths}
    common = _common(list(known.values()))
    return {path: _path_nouns(bare, common)[0] for path, bare in known.items()}


def _path_nouns(path: str, common: int) -> list[str]:
    parts = path.split("/")[common:]
    return ["".join(words(singular(part))) for part in parts if part and "{" not in part] or ["/"]


def _common(paths: list[str]) -> int:
    """How many segments every path begins with, empty one before the first slash included; the last segment never counts."""
    rows = [path.split("/")[:-1] for path in paths]
    count = 0
    for column in zip(*rows, strict=False):
        if len(set(column)) > 1 or "{" in column[0]:
            break
        count += 1
    return count


def _referred(shapes: Shapes, operation: Operation, holders: Mapping[str, str]) -> Iterator[str]:
    """The nouns an operation's parameters and members refer to."""
    for name in dict.fromkeys([each.name for each in operation.parameters] + list(_members(shapes, operation.request))):
        if name in holders:
            yield holders[name]
        *whose, what = words(name)
        if whose and what in _REFERRING:
            yield "".join(words(singular("".join(whose))))


def _members(shapes: Shapes, request: Mapping[str, Any]) -> Iterator[str]:
    """The members that schemas of a request name, at any depth."""
    stack: list[Any] = [request, *(shapes.component(reference) for reference in shapes.closure(request))]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if isinstance(node.get("properties"), dict):
                yield from node["properties"]
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)
