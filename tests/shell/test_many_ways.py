"""Contracts in which many ways lead to one schema, or none ends: drawing and comparing take as many steps as there are schemas."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from typing import Any

import pytest

from pytest_apiversion.core.contracts.contract import Contract
from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.shell.generation.drawing import draw
from pytest_apiversion.shell.openapi.contracts import read_contract
from tests.counting import calls_of
from tests.diff.documents import changes, document
from tests.thorough import sample

Schemas = dict[str, Any]


def _ref(number: int) -> Schemas:
    return {"$ref": f"#/components/schemas/S{number}"}


def _levels(depth: int, level: Callable[[int], Any]) -> Schemas:
    leaf = {"type": "object", "properties": {"x": {"type": "string"}}}
    return {f"S{depth}": leaf, **{f"S{number}": level(number + 1) for number in range(depth)}}


def _members(number: int, *, required: bool) -> Schemas:
    made = {"type": "object", "properties": {"l": _ref(number), "r": _ref(number)}}
    return {**made, "required": ["l", "r"]} if required else made


SHAPES: dict[str, Callable[[int], Any]] = {
    "allOf": lambda number: {"allOf": [_ref(number)] * 2},
    "anyOf": lambda number: {"anyOf": [_ref(number)] * 2},
    "oneOf": lambda number: {"oneOf": [_ref(number), {"type": "string"}]},
    "members": partial(_members, required=False),
    "members-of-compositions": lambda number: {
        "type": "object",
        "properties": {name: {"allOf": [_ref(number), {"properties": {name: {"type": "string"}}}]} for name in "lr"},
    },
    "described": lambda number: {
        "type": "object",
        "properties": {name: {"description": name, "allOf": [_ref(number)]} for name in "lr"},
    },
    "lists": lambda number: {
        "type": "array",
        "items": {"anyOf": [_ref(number), {"type": "array", "items": _ref(number)}]},
    },
}
"""By name: what one level says of the next, to which it leads by two ways at least."""

TREE = {
    "type": "object",
    "properties": {
        "kids": {"type": "array", "items": {"description": "below", "allOf": [{"$ref": "#/components/schemas/S0"}]}}
    },
}


def _document(schemas: Schemas) -> dict[str, Any]:
    body = {"required": True, "content": {"application/json": {"schema": _ref(0)}}}
    post = {"requestBody": body, "responses": {"200": {"description": "x", "content": body["content"]}}}
    return document({"/a": {"post": post}}, components={"schemas": schemas})


def _contract(schemas: Schemas) -> Contract:
    return read_contract(_document(schemas), source="v1.json", version="v1", digest="", locate=lambda path: path)


def _draw(contract: Contract) -> int:
    return len(draw(contract, contract.operations["POST /a"], seed=1, examples=6, negative=6))


def _comparing(old: Schemas, new: Schemas) -> int:
    """What it costs to find what is new."""
    found: list[object] = []
    work = calls_of(lambda: found.extend(changes(_document(old), _document(new))))
    assert found
    return work


drawing = pytest.mark.skipif(
    find_spec("hypothesis_jsonschema") is not None,
    reason="schemathesis before 4.11 draws through hypothesis-jsonschema, which follows every way to a schema",
)


@drawing
@pytest.mark.parametrize("name", sample(SHAPES, 2))
def test_drawing(name: str) -> None:
    """Three times the levels take no more than a few times the work of what is drawn first."""
    _draw(_contract(_levels(3, SHAPES[name])))  # what is imported, and what is kept
    work = {}
    few = 4 if name == "members-of-compositions" else 8
    for depth in (few, 3 * few):
        contract = _contract(_levels(depth, SHAPES[name]))
        work[depth] = calls_of(partial(_draw, contract))
    assert work[3 * few] < 14 * work[few]


@pytest.mark.parametrize("name", sample(SHAPES, 2))
def test_comparing(name: str) -> None:
    """Three times the levels take no more than nine times the work, and what is new is told."""
    work = {}
    for depth in (4, 12):
        old, new = _levels(depth, SHAPES[name]), _levels(depth, SHAPES[name])
        new[f"S{depth}"] = {"type": "object", "properties": {"x": {"type": "integer"}}}
        work[depth] = _comparing(old, new)
    assert work[12] < 14 * work[4]


def test_alternatives_that_share_all_they_have() -> None:
    """`oneOf` levels whose alternatives are one schema by other words are each asked about a value once."""
    old, new = (
        _levels(9, lambda number: {"oneOf": [{"description": each, "allOf": [_ref(number)]} for each in "lr"]})
        for _ in range(2)
    )
    new["S9"] = {"type": "object", "properties": {"x": {"type": "integer"}}}
    assert _comparing(old, new) < 1_700_000


@drawing
@pytest.mark.parametrize(
    "schemas",
    [
        {"S0": TREE},
        {
            "S0": {
                "$dynamicAnchor": "n",
                "type": "object",
                "properties": {each: {"$dynamicRef": "#n"} for each in "abc"},
            }
        },
        {
            f"S{one}": {"properties": {f"m{other}": {"title": "x", "allOf": [_ref(other)]} for other in range(9)}}
            for one in range(9)
        },
    ],
    ids=["tree", "dynamic", "all-of-all"],
)
def test_what_never_ends(schemas: Schemas) -> None:
    """A schema that is part of itself, by whatever way it is written, is drawn."""
    assert _draw(_contract(schemas)) > 1


@drawing
def test_what_is_too_large_to_be_sent() -> None:
    """Where what is required doubles with each level, no request is drawn, and the reason is told; nobody waits for it."""
    with pytest.raises(ToolError, match="what is required of a request has more than 20,000 objects and lists in it"):
        _draw(_contract(_levels(24, partial(_members, required=True))))
