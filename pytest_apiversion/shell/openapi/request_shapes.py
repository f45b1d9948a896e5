"""The shape of an operation's valid requests, and its digest: versions of one shape share what is drawn."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pytest_apiversion.shell.json_schema.references import references
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

    Attributes:
        memo: What others worked out of the same schemas, to be found again.
    """

    def __init__(self, resource: dict[str, Any]) -> None:
        self._resource = resource
        self.memo: dict[str, Any] = {}
        self._known: dict[str, tuple[Any, str, frozenset[str]]] = {}
        self._closures: dict[str, frozenset[str]] = {}

    def digest(self, method: str, path: str, request: dict[str, Any]) -> str:
        """SHA-256, hex, of the method, the path, the request and all it refers to; equal for equal meaning only up to spelling."""
        closure = {reference: self._component(reference)[1] for reference in self.closure(request)}
        return _sha([method, path, request, sorted(closure.items())])

    def closure(self, request: Any) -> list[str]:
        """Every reference that can be met from a request, sorted."""
        found: set[str] = set()
        for reference in references(request):
            if reference not in found:
                found |= self._closure(reference)
        return sorted(found)

    def _closure(self, start: str) -> frozenset[str]:
        """A reference, and all that can be met from where it leads."""
        if start not in self._closures:
            found: set[str] = set()
            queue = [start]
            while queue:
                reference = queue.pop()
                if reference in found:
                    continue
                if (known := self._closures.get(reference)) is not None:
                    found |= known
                else:
                    found.add(reference)
                    queue.extend(self._component(reference)[2])
            self._closures[start] = frozenset(found)
        return self._closures[start]

    def component(self, reference: str) -> Any:
        """The schema a reference leads to."""
        return resolve(self._resource, unescape(reference[1:]))

    def canonical_component(self, reference: str) -> Any:
        """The schema a reference leads to, in one order whatever the order it was written in; everybody gets the same one."""
        return self._component(reference)[0]

    def _component(self, reference: str) -> tuple[Any, str, frozenset[str]]:
        if reference not in self._known:
            schema = canonical(self.component(reference))
            self._known[reference] = schema, _sha(schema), references(schema)
        return self._known[reference]


_MOST = 16
"""Contracts whose shapes are kept."""
_KEPT: dict[int, tuple[Mapping[str, Any], Shapes]] = {}


def shapes_of(schemas: Mapping[str, Any]) -> Shapes:
    """The shapes of a contract's schemas; the same for everybody who asks, so that each schema is read once."""
    kept = _KEPT.get(id(schemas))
    if kept is None or kept[0] is not schemas:
        while len(_KEPT) >= _MOST:
            _KEPT.pop(next(iter(_KEPT)), None)
        kept = _KEPT[id(schemas)] = schemas, Shapes(dict(schemas))
    return kept[1]


def _sha(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
