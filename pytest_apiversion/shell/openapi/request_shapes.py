"""What decides which requests of an operation are valid, and its digest."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pytest_apiversion.shell.openapi.grammar import resolve, unescape

_STYLE = ("style", "explode", "allowReserved")


def request_of(parameters: list[dict[str, Any]], body: dict[str, Any] | None) -> dict[str, Any]:
    """The request half of an operation as OpenAPI 3.1, in one order whatever the order it was written in.

    Args:
        parameters: Each with `name`, `in`, `required`, a read `schema`, and the style it is written in.
        body: The request body with read schemas, or None.
    """
    made: dict[str, Any] = {}
    if parameters:
        made["parameters"] = sorted(parameters, key=lambda parameter: (parameter["in"], parameter["name"]))
    if body is not None:
        made["requestBody"] = body
    ordered: dict[str, Any] = canonical(made)
    return ordered


def style_of(parameter: dict[str, Any]) -> dict[str, Any]:
    """How a parameter is written."""
    return {key: parameter[key] for key in _STYLE if key in parameter}


def canonical(value: Any) -> Any:
    """An equal value whose members are sorted by name and whose sets (`required`, `type`) are sorted too."""
    if isinstance(value, dict):
        made = {key: canonical(value[key]) for key in sorted(value)}
        for key in ("required", "type"):
            names = made.get(key)
            if isinstance(names, list) and all(isinstance(name, str) for name in names):
                made[key] = sorted(set(names))
        return made
    return [canonical(item) for item in value] if isinstance(value, list) else value


class Shapes:
    """Digests of requests, linear in the size of the schemas: each referenced one is read once.

    Args:
        resource: The read schemas that references lead to.
    """

    def __init__(self, resource: dict[str, Any]) -> None:
        self._resource = resource
        self._known: dict[str, tuple[str, frozenset[str]]] = {}

    def digest(self, method: str, path: str, request: dict[str, Any]) -> str:
        """SHA-256, hex, of the method, the path, the request and all it refers to; equal for equal meaning only up to spelling."""
        closure = {reference: self._component(reference)[0] for reference in self.closure(request)}
        return _sha([method, path, request, sorted(closure.items())])

    def closure(self, request: Any) -> list[str]:
        """Every reference that can be met from a request, sorted."""
        found: set[str] = set()
        queue = list(references(request))
        while queue:
            reference = queue.pop()
            if reference not in found:
                found.add(reference)
                queue.extend(self._component(reference)[1] - found)
        return sorted(found)

    def component(self, reference: str) -> Any:
        """The schema a reference leads to."""
        return resolve(self._resource, unescape(reference[1:]))

    def canonical_component(self, reference: str) -> Any:
        """The schema a reference leads to, in one order whatever the order it was written in."""
        return canonical(self.component(reference))

    def _component(self, reference: str) -> tuple[str, frozenset[str]]:
        if reference not in self._known:
            schema = canonical(self.component(reference))
            self._known[reference] = _sha(schema), references(schema)
        return self._known[reference]


def references(value: Any) -> frozenset[str]:
    """The references in a read schema or request."""
    found: set[str] = set()
    stack = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            reference = node.get("$ref")
            if isinstance(reference, str) and reference.startswith("#/"):
                found.add(reference)
            stack.extend(
                child
                for key, child in node.items()
                if key not in {"enum", "const", "default"} or (isinstance(child, dict) and "$ref" in child)
            )
        elif isinstance(node, list):
            stack.extend(node)
    return frozenset(found)


def _sha(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
