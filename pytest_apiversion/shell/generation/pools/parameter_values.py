"""Parameters of queries and paths that are written from values, and values from the same pools as those of bodies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.shell.generation.pools.choosing import Choices
from pytest_apiversion.shell.generation.pools.nodes import Node
from pytest_apiversion.shell.generation.pools.pool import NothingDrawnError
from pytest_apiversion.shell.json_schema.references import references
from pytest_apiversion.shell.json_schema.validators import holds
from pytest_apiversion.shell.openapi.forms import deep_pairs
from pytest_apiversion.shell.openapi.serialization import pairs, path_text

_TRIES = 8
"""Values that are made for one that can be written, at most."""
_PARTS = frozenset({"allOf", "anyOf", "oneOf", "not", "if"})
"""Keywords with schemas for the same value: one that was drawn of a part may not be what the whole says."""
_PLACES = frozenset({"query", "path"})
_NO_PATH = frozenset("/{}")
"""What no path parameter has in it: readers disagree about where such a path is split, whether it is encoded or not."""


def is_written(parameter: Mapping[str, Any]) -> bool:
    """Whether a parameter is written from a value."""
    return parameter["in"] in _PLACES and "schema" in parameter and not references(parameter["schema"])


class WrittenParameter:
    """Writes values of a parameter.

    Args:
        parameter: One that is written from a value.
        node: Makes its values.
    """

    def __init__(self, parameter: Mapping[str, Any], node: Node) -> None:
        self._parameter = parameter
        self._node = node

    def put(self, case: DrawnCase, choices: Choices) -> DrawnCase:
        """The case with the parameter.

        Raises:
            NothingDrawnError: No value can be written.
        """
        for _ in range(_TRIES):
            value = self._node.make(choices, 0)
            if (made := written(case, self._parameter, value)) is not None and self._holds(value):
                return made
        raise NothingDrawnError

    def _holds(self, value: Any) -> bool:
        """Whether what was put together is what the schema says; what was drawn of a schema without parts is."""
        schema = self._parameter["schema"]
        whole = not isinstance(value, dict | list) and _PARTS.isdisjoint(schema if isinstance(schema, dict) else ())
        return whole or holds({}, schema, value)


def written(case: DrawnCase, parameter: Mapping[str, Any], value: Any) -> DrawnCase | None:
    """The case with a value of a parameter of its query or path; None where it cannot be written.

    Args:
        case: A case without the parameter.
        parameter: The parameter.
        value: The value.
    """
    if not _is_clean(value):
        return None
    if parameter["in"] == "path":
        if not _NO_PATH.isdisjoint("".join(_texts(value))):
            return None
        text = path_text(parameter, value)
        if text in {"", "%2E", "%2E%2E"}:
            return None
        return replace(case, path_parameters={**case.path_parameters, parameter["name"]: text})
    deep = parameter.get("style") == "deepObject" and isinstance(value, dict | list)
    made = tuple(deep_pairs(parameter["name"], value)) if deep else pairs(parameter, value)
    return replace(case, query=(*case.query, *made)) if made else None


def _is_clean(value: Any) -> bool:
    """Whether every text can be sent as it is: no NUL and no half of a surrogate pair."""
    return not any("\x00" in text or any("\ud800" <= char <= "\udfff" for char in text) for text in _texts(value))


def _texts(value: Any) -> Iterator[str]:
    stack = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node, dict):
            stack += [*node, *node.values()]
        elif isinstance(node, list):
            stack += node
