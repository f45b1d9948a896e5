"""Which schemas are unknown where a part was left out: however long the way to it is, and wherever one begins to ask."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from pytest_apiversion.diff.document import Document, Node
from pytest_apiversion.diff.left_out import MARK, Unknown


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _unknown(schemas: dict[str, Any], order: tuple[str, ...] | None = None) -> dict[str, bool]:
    """Whether each schema is, asked in an order."""
    known = Unknown(Document({"components": {"schemas": schemas}}, "3.1"))
    return {name: known.of(Node(schemas[name], "", name)) for name in order or tuple(schemas)}


LEFT_OUT = {MARK: True}


@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("word", ["$ref", "allOf"])
def test_a_long_chain(*, word: str, marked: bool) -> None:
    """Schemas that lead to each other in a chain of thousands."""
    most = 3_000
    schemas: dict[str, Any] = {
        f"S{index}": _ref(f"S{index + 1}") if word == "$ref" else {"allOf": [_ref(f"S{index + 1}")]}
        for index in range(most)
    }
    schemas[f"S{most}"] = LEFT_OUT if marked else {"type": "string"}

    assert set(_unknown(schemas).values()) == {marked}


@pytest.mark.parametrize("order", list(permutations("ABC")), ids="".join)
def test_a_ring_is_unknown_wherever_one_begins(order: tuple[str, ...]) -> None:
    """A leads to B and B to A; B leads to C as well, of which something was left out."""
    schemas = {
        "A": {"allOf": [_ref("B")]},
        "B": {"anyOf": [_ref("A"), _ref("C")]},
        "C": {"not": LEFT_OUT},
    }

    assert _unknown(schemas, order) == {"A": True, "B": True, "C": True}


@pytest.mark.parametrize("order", list(permutations("ABC")), ids="".join)
def test_what_is_known_stays_known(order: tuple[str, ...]) -> None:
    """A ring in which nothing was left out is known, also where an unknown schema leads to it."""
    schemas = {"A": {"allOf": [_ref("B")]}, "B": {"allOf": [_ref("A")]}, "C": {"allOf": [_ref("A"), LEFT_OUT]}}

    assert _unknown(schemas, order) == {"A": False, "B": False, "C": True}


@pytest.mark.parametrize(
    ("schema", "unknown"),
    [
        ({"properties": LEFT_OUT}, True),
        ({"patternProperties": LEFT_OUT}, True),
        ({"properties": {"a": LEFT_OUT}}, False),
        ({"items": LEFT_OUT}, False),
        ({"x-more": LEFT_OUT}, False),
        ({"if": LEFT_OUT}, True),
        ({"enum": LEFT_OUT}, True),
        ({"oneOf": [{"type": "string"}, LEFT_OUT]}, True),
        ({"dependentSchemas": {"a": LEFT_OUT}}, True),
        ({"allOf": [True, {"type": "string"}]}, False),
    ],
    ids=repr,
)
def test_what_may_say_something_of_every_value(schema: dict[str, Any], *, unknown: bool) -> None:
    """A part that is compared alone leaves the schema known."""
    assert _unknown({"A": schema}) == {"A": unknown}
