"""The schemas that references of a contract lead to, as the documents that are drawn from have them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.json.ambiguous_repetitions import ambiguous
from pytest_apiversion.core.json.ecma_patterns import python_pattern
from pytest_apiversion.shell.generation.interoperable_schemas import Narrowing, interoperable_operation
from pytest_apiversion.shell.json_schema.subschemas import DATA, SCHEMA_MAP

if TYPE_CHECKING:
    from pytest_apiversion.shell.openapi.request_shapes import Shapes


class DrawnComponents:
    """The schemas of one contract; each is made once, however many operations refer to it, and nobody changes it.

    Args:
        follow: The schema a reference leads to.
    """

    def __init__(self, follow: Callable[[str], Any]) -> None:
        self._narrowing = Narrowing(follow)
        self._whole: dict[str, Any] = {}
        self._made: dict[str, tuple[Any, Any]] = {}

    def whole(self, reference: str) -> Any:
        """All that the contract allows."""
        if reference not in self._whole:
            self._whole[reference] = without_endless(self._narrowing.follow(reference))
        return self._whole[reference]

    def interoperable(self, made: dict[str, Any], closure: Sequence[str]) -> tuple[dict[str, Any], dict[str, Any]]:
        """An operation and what it refers to, as every client and server reads it alike.

        Args:
            made: The operation.
            closure: Every reference that can be met from it.
        """
        made, components = interoperable_operation(made, closure, self._narrowing)
        return made, {reference: self._without_endless(reference, schema) for reference, schema in components.items()}

    def _without_endless(self, reference: str, schema: Any) -> Any:
        known = self._made.get(reference)
        if known is None or known[0] is not schema:  # it is narrowed for some operations, and for others it is not
            known = self._made[reference] = schema, without_endless(schema)
        return known[1]


def components_of(shapes: Shapes) -> DrawnComponents:
    """Those of the contract that shapes are of."""
    if "drawn components" not in shapes.memo:
        shapes.memo["drawn components"] = DrawnComponents(shapes.canonical_component)
    found: DrawnComponents = shapes.memo["drawn components"]
    return found


def without_endless(node: Any) -> Any:
    """A document without the patterns that Python, which the drawing libraries ask, may try for ever; what is drawn is held to them later."""
    if isinstance(node, list):
        return [without_endless(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _part_without_endless(key, value)
        for key, value in node.items()
        if not (key == "pattern" and isinstance(value, str) and _endless(value))
    }


def _part_without_endless(key: str, value: Any) -> Any:
    if key in SCHEMA_MAP and isinstance(value, dict):
        return {name: without_endless(part) for name, part in value.items()}
    return value if key in DATA else without_endless(value)


def _endless(pattern: str) -> bool:
    compiled = python_pattern(pattern)
    return compiled is not None and ambiguous(compiled.pattern)
