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
from pytest_apiversion.shell.generation.pools.fitted_numbers import fitted_numbers, plain_of
from pytest_apiversion.shell.generation.pools.fitted_texts import PLAIN, fitted, is_fitted, plainest
from pytest_apiversion.shell.generation.pools.open_values import is_open, open_values
from pytest_apiversion.shell.generation.pools.pool import CHUNK, COMMON, FEW, WIDTH, Draw, Pool, pool_of
from pytest_apiversion.shell.generation.pools.refused_values import refused
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
        schema = plainest(schema)
        fit = None if self._negative else self._fit(schema)
        if fit is not None:
            return self._pool("fitted", schema, fit, CHUNK if is_open(schema) else COMMON)
        components = self._components(schema)

        def draw(seed: int, count: int) -> Sequence[Any]:
            from pytest_apiversion.shell.generation.strategies import draw_values  # noqa: PLC0415  Hypothesis and schemathesis are heavy

            return draw_values(schema, components, negative=self._negative, seed=seed, count=count)

        return self._pool("value", [schema, components], draw)

    def _fit(self, schema: Any) -> Draw | None:
        """What makes values of a schema from common ones; None where they are drawn for themselves."""
        if is_open(schema):
            texts, kinds = self.values(PLAIN), [self.values({"type": kind}) for kind in ("integer", "number")]
            return lambda seed, count: open_values(
                schema["type"], texts.common(), [number for each in kinds for number in each.first()], seed, count
            )
        if is_fitted(schema):
            texts = self.values(PLAIN)
            return lambda seed, count: fitted(texts.common(), schema, seed)[:count]
        plain = plain_of(schema)
        if plain is not None:
            numbers = self.values(plain)
            return lambda seed, count: fitted_numbers(numbers.common(), schema, seed)[:count]
        return None

    def refused(self, schema: Mapping[str, Any]) -> Pool:
        """Values that a schema refuses, which says nothing of the parts of a value; drawn where no common value is refused."""
        common = Pieces({}, self._seed)

        def choose(seed: int, count: int) -> Sequence[Any]:
            found = refused(schema, lambda plain: common.values(plain).first(), seed)[:count]
            return found or [self.values(schema).value(number) for number in range(FEW)]

        return self._pool("refused", schema, choose, COMMON)

    def parameters(self, parameter: Mapping[str, Any]) -> tuple[Pool, str]:
        """The wire forms of a parameter, each a case with nothing else in it, and the name it has there."""
        text = json.dumps(parameter.get("schema", True))
        plain = parameter["in"] in {"query", "path"} and "content" not in parameter and '"type"' in text
        nameless = plain and not any(
            word in text for word in ('"object"', '"properties"', '"$ref"', '"additionalProperties"')
        )
        name = _ANYBODY if nameless else parameter["name"]
        made = {**parameter, "name": name, "required": True}
        names = [f"{_ANYBODY}{number}" for number in range(WIDTH)] if nameless and not self._negative else [name]
        path = "".join(f"/{{{each}}}" for each in names) if parameter["in"] == "path" else ""
        operation = {"parameters": [{**made, "name": each} for each in names], "responses": _RESPONSES}
        part = {"paths": {f"/draw{path}": {"get": operation}}}
        return self._cases(part, self._components(made), names), name

    def bodies(self, content: Mapping[str, Any]) -> Pool:
        """Bodies of one media type, each a case with nothing else in it."""
        components = self._components(content)
        operation = {"requestBody": {"required": True, "content": content}, "responses": _RESPONSES}
        return self._cases({"paths": {"/draw": {"post": operation}}}, components)

    def _cases(self, part: Mapping[str, Any], components: Mapping[str, Any], names: Sequence[str] = ()) -> Pool:
        def draw(seed: int, count: int) -> Sequence[DrawnCase]:
            from pytest_apiversion.shell.generation import strategies  # noqa: PLC0415  Hypothesis and schemathesis are heavy

            width = max(len(names), 1)
            cases, _ = strategies.draw_cases(
                with_components(part, components),
                negative=self._negative,
                seed=seed,
                count=-(-count // width) + (width > 1),
                begun=strategies.begun_at_most(count, width),
            )
            if width == 1:
                return cases
            split = [_piece(case, name) for case in cases for name in names]
            return list({piece.data: piece for piece in split}.values())[:count]

        return self._pool("case", [part, components], draw)

    def _pool(self, kind: str, what: Any, draw: Callable[[int, int], Sequence[Any]], size: int = 0) -> Pool:
        size = size or (FEW if self._negative else CHUNK)
        return pool_of(json.dumps([kind, self._seed, self._negative, what], sort_keys=True), draw, size)

    def _components(self, part: Any) -> dict[str, Any]:
        if not references(part):
            return {}
        return {reference: self._shapes.component(reference) for reference in self._shapes.closure(part)}


def _piece(case: DrawnCase, name: str) -> DrawnCase:
    """One of several parameters of a case, under the name that anybody's has."""
    text = case.path_parameters.get(name)
    path = {} if text is None else {_ANYBODY: text}
    return replace(case, path_parameters=path, query=tuple((_ANYBODY, text) for key, text in case.query if key == name))


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
