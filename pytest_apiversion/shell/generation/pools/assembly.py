"""Assembles the cases of one operation from pools."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.shell.generation.pools.choosing import PARTS, Choices
from pytest_apiversion.shell.generation.pools.inlined_schemas import inlined
from pytest_apiversion.shell.generation.pools.nodes import Node, measured
from pytest_apiversion.shell.generation.pools.parameter_values import WrittenParameter, is_written
from pytest_apiversion.shell.generation.pools.pieces import EMPTY, Pieces, together
from pytest_apiversion.shell.generation.pools.pool import NothingDrawnError, Pool, TooLargeError
from pytest_apiversion.shell.generation.pools.schema_nodes import Nodes
from pytest_apiversion.shell.openapi.forms import form_bytes
from pytest_apiversion.shell.openapi.serialization import FORM

_VAIN = 10
"""Cases that are made in vain, at most, beside as many as are wanted."""

Held = Callable[[Any], bool]
"""Whether a body's value is what the contract says."""


class Assembly:
    """Assembles cases of the one operation of a document.

    Args:
        document: As `drawing_document` gives it.
        held: Whether a body's value is what the contract says.
        seed: Decides what is in the pools.
    """

    def __init__(self, document: Mapping[str, Any], held: Held, seed: int) -> None:
        ((_, item),) = document["paths"].items()
        (operation,) = item.values()
        pieces = Pieces(document, seed)
        self._nodes = Nodes(pieces.follow, pieces.values, pieces.written)
        parameters = [inlined(each, pieces.follow) for each in operation.get("parameters", ())]
        self._parameters: list[tuple[Mapping[str, Any], WrittenParameter | PooledParameter]] = [
            (each, self._parameter(each, pieces)) for each in parameters
        ]
        body = operation.get("requestBody")
        self._body = Body(body["content"], pieces, self._nodes, held) if body else None
        self._required = bool(body and body["required"])

    def _parameter(self, parameter: Mapping[str, Any], pieces: Pieces) -> WrittenParameter | PooledParameter:
        if is_written(parameter):
            return WrittenParameter(parameter, self._nodes.of(parameter["schema"]))
        return PooledParameter(parameter, *pieces.parameters(parameter))

    @property
    def whole(self) -> int:
        """How many parts of the body's schema are drawn whole."""
        return self._nodes.whole

    def least(self, seed: int) -> Iterator[DrawnCase]:
        """The simplest case, with what is required; where that is not what the contract says, others with what is required."""
        choices = Choices(seed)
        for simple in (True, False, False, False):
            choices.begin(0.0, simple=simple)
            yield from self._made(choices)

    def full(self, seed: int) -> Iterator[DrawnCase]:
        """Cases with everything at once."""
        choices = Choices(seed)
        for _ in range(_VAIN):
            choices.begin(1.0)
            yield from self._made(choices)

    def several(self, seed: int, count: int) -> Iterator[DrawnCase]:
        """Cases, about as many as are wanted, or fewer; some may come twice."""
        choices = Choices(seed)
        for _ in range(2 * count + _VAIN):
            choices.begin()
            yield from self._made(choices)

    def _made(self, choices: Choices) -> Iterator[DrawnCase]:
        """A case, or none where its body is not what the contract says.

        Raises:
            NothingDrawnError: A part of it cannot be drawn by itself.
        """
        case = EMPTY
        for parameter, written in self._parameters:
            if parameter["required"] or choices.there():
                case = written.put(case, choices)
        if self._body is None or not (self._required or choices.there()):
            yield case
        elif (made := self._body.put(case, choices)) is not None:
            yield made


class PooledParameter:
    """Puts a parameter as it was drawn, written, into cases.

    Args:
        parameter: The parameter.
        pool: Its wire forms.
        name: What it is called in them.
    """

    def __init__(self, parameter: Mapping[str, Any], pool: Pool, name: str) -> None:
        self._parameter = parameter
        self._pool = pool
        self._name = name

    def put(self, case: DrawnCase, choices: Choices) -> DrawnCase:
        """The case with the parameter.

        Raises:
            NothingDrawnError: There is no value.
        """
        return together(case, choices.drawn(self._parameter, self._pool), self._parameter, self._name)


class Body:
    """Makes bodies of one media type: JSON and forms from the values of their schema, others from a pool of whole ones.

    Args:
        content: The media type object by its name.
        pieces: Gives pools.
        nodes: Gives nodes of schemas.
        held: Whether a value is what the contract says.
    """

    def __init__(self, content: Mapping[str, Any], pieces: Pieces, nodes: Nodes, held: Held) -> None:
        ((self.media_type, self._media),) = content.items()
        kind = self.media_type.partition(";")[0].strip().lower()
        self.is_json = kind.endswith(("/json", "+json"))
        self.is_form = kind == FORM
        self._held = held
        self._node: Node | None = None
        self._pool: Pool | None = None
        if (self.is_json or self.is_form) and "schema" in self._media:
            self._node = nodes.of(self._media["schema"])
        else:
            self._pool = pieces.bodies(content)

    def put(self, case: DrawnCase, choices: Choices) -> DrawnCase | None:
        """The case with a body; None where what was chosen is not what the contract says, or cannot be written.

        Raises:
            NothingDrawnError: A part of it cannot be drawn by itself.
            TooLargeError: What is required has too much in it.
        """
        if self._node is None:
            if self._pool is None:
                raise NothingDrawnError
            whole = choices.drawn(self, self._pool)
            return replace(case, body=whole.body, media_type=whole.media_type, json=whole.json)
        if self._too_large:
            raise TooLargeError
        value = self._node.make(choices, 0)
        return self.written(case, value) if self._held(value) else None

    @cached_property
    def _too_large(self) -> bool:
        """Whether what is required grows so with each level that no value is small enough."""
        known: dict[Node, float] = {}
        nodes = [] if self._node is None else [self._node]
        measured(nodes, known, lambda node, sizes: node.size(sizes))
        return any(PARTS < known[node] < math.inf for node in nodes)

    def written(self, case: DrawnCase, value: Any) -> DrawnCase | None:
        """The case with a value as its body; None where that cannot be written."""
        try:
            if self.is_json:
                return replace(case, body=json.dumps(value).encode(), media_type=self.media_type, json=value)
            if not isinstance(value, dict):
                return None
            body = form_bytes(value, self._media.get("encoding", {}))
        except (TypeError, ValueError, RecursionError):
            return None
        return replace(case, body=body, media_type=self.media_type)
