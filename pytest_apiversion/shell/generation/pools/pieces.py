"""Pieces of requests from pools: a parameter as it stands on the wire, a body as a value or as bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.shell.generation.client_numbers import as_clients_write
from pytest_apiversion.shell.generation.operation_document import with_components
from pytest_apiversion.shell.generation.pools.pool import CHUNK, FEW, Pool, pool_of
from pytest_apiversion.shell.json_schema.references import references
from pytest_apiversion.shell.openapi.request_shapes import Shapes

if TYPE_CHECKING:
    from collections.abc import Sequence

_ANYBODY = "p"
"""What a parameter is called while it is drawn, where its name decides nothing."""
_RESPONSES = {"200": {"description": "whatever"}}


class Pieces:
    """The pools of one document, which all documents with the same schemas share.

    Args:
        document: What references lead to.
        seed: Decides what is drawn.
        negative: Whether what is drawn is to break its schema.
    """

    def __init__(self, document: Mapping[str, Any], seed: int, *, negative: bool = False) -> None:
        self._shapes = Shapes(dict(document))
        self._seed = seed
        self._negative = negative

    def follow(self, reference: str) -> Any:
        """What a reference leads to."""
        return self._shapes.component(reference)

    def written(self, schema: Any, value: Any) -> Any:
        """A value as clients write it."""
        return as_clients_write(self._shapes, schema, value)

    def values(self, schema: Any) -> Pool:
        """JSON values of a schema."""
        components = self._components(schema)

        def draw(seed: int, count: int) -> Sequence[Any]:
            from pytest_apiversion.shell.generation.strategies import draw_values  # noqa: PLC0415  Hypothesis and schemathesis are heavy

            return draw_values(schema, components, negative=self._negative, seed=seed, count=count)

        return self._pool("value", [schema, components], draw)

    def parameters(self, parameter: Mapping[str, Any]) -> tuple[Pool, str]:
        """The wire forms of a parameter, each a case with nothing else in it, and the name it has there."""
        text = json.dumps(parameter.get("schema", True))
        plain = parameter["in"] in {"query", "path"} and "content" not in parameter and '"type"' in text
        nameless = plain and not any(
            word in text for word in ('"object"', '"properties"', '"$ref"', '"additionalProperties"')
        )
        name = _ANYBODY if nameless else parameter["name"]
        made = {**parameter, "name": name, "required": True}
        path = f"/draw/{{{name}}}" if parameter["in"] == "path" else "/draw"
        components = self._components(made)
        operation = {"parameters": [made], "responses": _RESPONSES}
        return self._cases({"paths": {path: {"get": operation}}}, components), name

    def bodies(self, content: Mapping[str, Any]) -> Pool:
        """Bodies of one media type, each a case with nothing else in it."""
        components = self._components(content)
        operation = {"requestBody": {"required": True, "content": content}, "responses": _RESPONSES}
        return self._cases({"paths": {"/draw": {"post": operation}}}, components)

    def _cases(self, part: Mapping[str, Any], components: Mapping[str, Any]) -> Pool:
        def draw(seed: int, count: int) -> Sequence[DrawnCase]:
            from pytest_apiversion.shell.generation.strategies import draw_cases  # noqa: PLC0415  Hypothesis and schemathesis are heavy

            document = with_components(part, components)
            return draw_cases(document, negative=self._negative, seed=seed, count=count, begun_at_most=3 * count // 2)[
                0
            ]

        return self._pool("case", [part, components], draw)

    def _pool(self, kind: str, what: Any, draw: Callable[[int, int], Sequence[Any]]) -> Pool:
        size = FEW if self._negative else CHUNK
        return pool_of(json.dumps([kind, self._seed, self._negative, what], sort_keys=True), draw, size)

    def _components(self, part: Any) -> dict[str, Any]:
        if not references(part):
            return {}
        return {reference: self._shapes.component(reference) for reference in self._shapes.closure(part)}


def together(case: DrawnCase, piece: DrawnCase, parameter: Mapping[str, Any], name: str) -> DrawnCase:
    """A case with another parameter in it.

    Args:
        case: The case.
        piece: The wire form of the parameter.
        parameter: The parameter.
        name: What it is called in the piece.
    """
    mine = parameter["name"]
    text = next(iter(piece.path_parameters.values()), "")
    return replace(
        case,
        path_parameters={**case.path_parameters, **dict.fromkeys([mine] * len(piece.path_parameters), text)},
        query=(*case.query, *((mine if key == name else key, text) for key, text in piece.query)),
        headers=(*case.headers, *piece.headers),
        cookies=(*case.cookies, *piece.cookies),
    )


EMPTY = DrawnCase(aim=Aim.UNKNOWN_DATA, origin="drawn")
"""A case with nothing in it."""
