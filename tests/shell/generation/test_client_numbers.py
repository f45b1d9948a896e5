"""Numbers on the wire are written as clients write them."""

from __future__ import annotations

import json
import re
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.shell.generation.acceptance import Acceptance
from pytest_apiversion.shell.generation.choices import Original, simplified
from pytest_apiversion.shell.generation.client_numbers import as_clients_write, text_as_clients_write
from pytest_apiversion.shell.generation.drawing import draw
from pytest_apiversion.shell.openapi.contracts import read_contract
from pytest_apiversion.shell.openapi.request_shapes import Shapes
from tests.shell.generation.test_drawing import cases
from tests.thorough import drawn

PARTS = {
    "components": {
        "schemas": {
            "Count": {"type": "integer"},
            "Tree": {"anyOf": [{"$ref": "#/components/schemas/Tree"}, {"type": "integer"}]},
        }
    }
}
SHAPES = Shapes(PARTS)
INTEGER = {"type": "integer"}
COUNT = {"$ref": "#/components/schemas/Count"}


@pytest.mark.parametrize(
    ("schema", "value", "written"),
    [
        pytest.param(INTEGER, 3.0, "3", id="an integer"),
        pytest.param(INTEGER, -0.0, "0", id="minus nought"),
        pytest.param(INTEGER, 1e22, "10000000000000000000000", id="a large integer"),
        pytest.param({"type": ["integer", "null"]}, 3.0, "3", id="an integer or null"),
        pytest.param({"enum": [1.0, 2.0]}, 2.0, "2", id="one of a list"),
        pytest.param(COUNT, 3.0, "3", id="behind a reference"),
        pytest.param({"$ref": "#/components/schemas/Tree"}, 1e22, "10000000000000000000000", id="behind itself"),
        pytest.param({"allOf": [COUNT, {"minimum": 1}]}, 1e22, "10000000000000000000000", id="in one of several"),
        pytest.param({"properties": {"n": INTEGER}}, {"n": 3.0}, '{"n": 3}', id="a member"),
        pytest.param({"patternProperties": {"^x": INTEGER}}, {"x1": 3.0}, '{"x1": 3}', id="a member by pattern"),
        pytest.param({"additionalProperties": INTEGER}, {"n": 3.0}, '{"n": 3}', id="any member"),
        pytest.param({"items": {"prefixItems": [INTEGER]}}, [[3.0, 2.5]], "[[3, 2.5]]", id="in lists"),
        pytest.param({}, {"n": [3.0]}, '{"n": [3]}', id="what nobody described"),
        pytest.param({"type": "number"}, 3.0, "3", id="a number that is whole"),
        pytest.param({"type": "number"}, 2.5, "2.5", id="a number"),
        pytest.param({"type": "number"}, 1e300, "1e+300", id="a large number"),
        pytest.param({"type": "boolean"}, True, "true", id="no number"),
        pytest.param({"type": "number", "format": "float"}, 0.1, "0.10000000149011612", id="single precision"),
        pytest.param({"type": "number", "format": "float"}, 1e300, "3.4028234663852886e+38", id="the largest single"),
        pytest.param({"type": "number", "format": "float"}, 16777217, "16777216", id="a whole number in single"),
        pytest.param(
            {"type": "number", "format": "float", "maximum": 0.1}, 0.1, "0.09999999403953552", id="below a bound"
        ),
        pytest.param({"type": "number", "format": "float", "multipleOf": 0.01}, 0.07, "0.07", id="counted in steps"),
        pytest.param({"type": "number", "format": "double"}, 0.1, "0.1", id="double precision"),
    ],
)
def test_a_number_in_a_body(schema: Any, value: Any, written: str) -> None:
    """A whole number has no fraction, whatever its type; `format: float` is a number of single precision within its bounds."""
    assert json.dumps(as_clients_write(SHAPES, schema, value)) == written


@given(
    st.recursive(
        st.floats(allow_nan=False, allow_infinity=False) | st.integers() | st.text(),
        lambda part: st.lists(part) | st.dictionaries(st.text(), part),
    )
)
def test_nothing_changes_its_meaning(value: Any) -> None:
    """What is written otherwise is equal to what was drawn."""
    assert as_clients_write(SHAPES, {}, value) == value


@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(-1e30, 1e30), st.floats(0, 1e30))
def test_single_precision_keeps_to_the_bounds(value: float, least: float, width: float) -> None:
    """A number in bounds is rounded to one in bounds, or left alone where there is no single between them."""
    schema = {"type": "number", "format": "float", "minimum": least, "maximum": least + width}
    drawn = min(max(value, least), least + width)

    made = as_clients_write(SHAPES, schema, drawn)

    assert least <= made <= least + width
    assert made == drawn or struct.unpack("f", struct.pack("f", made))[0] == made


@pytest.mark.parametrize(
    ("schema", "text", "written"),
    [
        pytest.param(INTEGER, "3.0", "3", id="an integer"),
        pytest.param({"type": "array", "items": INTEGER}, "3.0,4.00,5", "3,4,5", id="several"),
        pytest.param({"type": "string"}, "3.0", "3.0", id="a text"),
        pytest.param({"type": ["integer", "string"]}, "3.0", "3.0", id="a text or an integer"),
        pytest.param({"type": "number"}, "3.5", "3.5", id="a number"),
    ],
)
def test_a_number_in_a_text(schema: Any, text: str, written: str) -> None:
    """Integers in a path, a query or a header have no fraction either; a text is left as it is."""
    assert text_as_clients_write(SHAPES, schema, text) == written


INTEGERS: dict[str, Any] = {
    "type": "object",
    "required": ["n", "f", "inner"],
    "properties": {
        "n": {"type": "integer", "minimum": 1.0, "maximum": 90.0},
        "step": {"type": "integer", "multipleOf": 4.0},
        "big": {"type": "integer", "format": "int64"},
        "one_of": {"type": "integer", "enum": [1.0, 2.0]},
        "f": {"type": "number", "format": "float", "minimum": -9e15, "maximum": 9e15},
        "inner": {"type": "object", "properties": {"counts": {"type": "array", "items": COUNT}}},
    },
}
PLACES = [
    {"name": "p", "in": "path", "required": True, "schema": INTEGER, "example": 7.0},
    {"name": "q", "in": "query", "required": True, "schema": {"type": "integer", "minimum": 1.0, "maximum": 50.0}},
    {"name": "qs", "in": "query", "schema": {"type": "array", "items": INTEGER}},
    {"name": "X-N", "in": "header", "required": True, "schema": INTEGER},
    {"name": "c", "in": "cookie", "schema": INTEGER},
]


@pytest.mark.parametrize("media_type", ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"])
@pytest.mark.parametrize("dialect", ["3.0.3", "3.1.0"])
def test_nothing_that_is_sent_has_an_integer_with_a_fraction_of_noughts(media_type: str, dialect: str) -> None:
    """Drawn, at a limit, an example or broken, shrunk or not: no `.0` in the path, query, headers, cookies or body."""
    content = {"schema": INTEGERS, **({"example": {"n": 5.0, "f": 0.5, "inner": {}}} if "json" in media_type else {})}
    document = {
        "openapi": dialect,
        "info": {"title": "T", "version": "1"},
        "paths": {
            "/t/{p}": {
                "post": {
                    "parameters": PLACES,
                    "requestBody": {"required": True, "content": {media_type: content}},
                    "responses": {},
                }
            }
        },
        **PARTS,
    }
    contract = read_contract(document, source="c.yaml", version="v1", digest="", locate=lambda path: path)
    operation = contract.operations["POST /t/{p}"]
    origins = set()
    for seed in range(drawn(3)):
        for case in draw(contract, operation, seed=seed, examples=16, negative=12):
            small = Acceptance(contract, operation).written(simplified(case, Original(), path=True))
            for each in (case, small):
                texts = [*each.path_parameters.values()]
                texts += [text for pairs in (each.query, each.headers, each.cookies) for _, text in pairs]
                raw = (each.body or b"").decode("latin-1")
                if case.aim is not Aim.REFUSED:
                    assert not re.search(r"\d\.0+\b(?!\d)", " ".join([*texts, raw])), each
                elif each.json is not None:
                    assert not re.search(r"\d\.0+[,}\]]", raw), each
                for number in _floats(each.json) if case.origin in {"minimal", "drawn"} else ():
                    assert struct.unpack("f", struct.pack("f", number))[0] == number
            origins.add(case.origin)
    assert origins >= {"drawn", "negative"} | ({"example", "boundary"} if "json" in media_type else set())


def _floats(value: Any) -> list[float]:
    if isinstance(value, float):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [number for part in inner for number in _floats(part)]


@pytest.mark.parametrize("bound", ["minimum", "maximum", "multipleOf"])
@pytest.mark.parametrize("beyond", [10**400, float("inf")])
@pytest.mark.parametrize("kind", ["number", "integer"])
def test_a_bound_that_nobody_can_compute_with_limits_nothing(kind: str, beyond: float, bound: str) -> None:
    """A bound beyond floating point is none (RFC 8259 §6 lets readers limit the range of numbers), and no run ends by it."""
    schema = {"type": "object", "required": ["n"], "properties": {"n": {"type": kind, bound: beyond}}}
    operation = {
        "responses": {},
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
    }
    assert all(isinstance(case.json["n"], int | float) for case in cases(operation))
