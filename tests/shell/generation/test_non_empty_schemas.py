"""Schemas narrowed to what says something."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.shell.generation.non_empty_schemas import non_empty_schema
from pytest_apiversion.shell.openapi.request_shapes import Shapes

COMPONENTS = {"components": {"schemas": {"Kind": {"enum": ["a", "b"]}, "Text": {"type": ["string", "null"]}}}}


@pytest.mark.parametrize(
    ("schema", "narrowed"),
    [
        pytest.param({"type": "string"}, {"type": "string", "minLength": 1}, id="a text"),
        pytest.param({"type": "string", "minLength": 0}, {"type": "string", "minLength": 0}, id="told it may be empty"),
        pytest.param({"type": "string", "maxLength": 0}, {"type": "string", "maxLength": 0}, id="can only be empty"),
        pytest.param({"type": "integer"}, {"type": "integer"}, id="a number"),
        pytest.param({"type": ["integer", "null"]}, {"type": "integer"}, id="a type or null"),
        pytest.param({"type": "null"}, {"type": "null"}, id="nothing but null"),
        pytest.param({"enum": ["", None]}, {"enum": [""]}, id="an enumeration keeps its empty text"),
        pytest.param({"enum": [None]}, {"enum": [None]}, id="an enumeration of null"),
        pytest.param(
            {"anyOf": [{"$ref": "#/components/schemas/Kind"}, {"type": "null"}]},
            {"anyOf": [{"$ref": "#/components/schemas/Kind"}]},
            id="a reference or null",
        ),
        pytest.param(
            {"$ref": "#/components/schemas/Text"}, {"type": "string", "minLength": 1}, id="null behind a reference"
        ),
        pytest.param(
            {"type": "array", "minItems": 0, "items": {"type": ["string", "null"]}},
            {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}},
            id="a list and what is in it",
        ),
        pytest.param({"type": "object"}, {"type": "object", "minProperties": 1}, id="an object"),
        pytest.param(
            {"type": "object", "additionalProperties": False},
            {"type": "object", "additionalProperties": False},
            id="an object that can have no member",
        ),
        pytest.param(True, True, id="anything"),
    ],
)
def test_what_is_left(schema: Any, narrowed: Any) -> None:
    """Null and what is empty go, unless nothing would be left or the schema says so."""
    assert non_empty_schema(Shapes(COMPONENTS), schema) == narrowed


def test_empty_texts_where_they_are_allowed() -> None:
    """With `allowEmptyValue` a text may be empty; null still cannot be written."""
    assert non_empty_schema(Shapes({}), {"type": ["string", "null"]}, empty=True) == {"type": "string", "minLength": 0}
