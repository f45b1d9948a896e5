"""What clients customarily send."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.shell.generation.interoperable_schemas import Narrowing, interoperable_operation

NAMED = {"type": "object", "properties": {"a": {"type": "string"}}}
BOTH = {"type": "object", "properties": {"a": {"type": "string"}, "b": True}, "additionalProperties": False}
CLOSED = {**NAMED, "additionalProperties": False}
REFERENCE = {"$ref": "#/components/schemas/Part"}


def body(schema: Any) -> dict[str, Any]:
    """An operation that takes a body."""
    return {"requestBody": {"content": {"application/json": {"schema": schema}}}}


@pytest.mark.parametrize(
    ("schema", "made"),
    [
        pytest.param(NAMED, CLOSED, id="a plain object"),
        pytest.param({"type": "array", "items": NAMED}, {"type": "array", "items": CLOSED}, id="in a list"),
        pytest.param({"anyOf": [NAMED, {"type": "null"}]}, {"anyOf": [CLOSED, {"type": "null"}]}, id="one of several"),
        pytest.param({"properties": {"b": NAMED}, "additionalProperties": True}, None, id="told to be open"),
        pytest.param({"properties": {"a": {"type": "string"}}}, CLOSED, id="an object that does not say so"),
        pytest.param({"allOf": [NAMED, {"properties": {"b": True}}]}, BOTH, id="named in two places"),
        pytest.param({**NAMED, "anyOf": [{"properties": {"b": True}}]}, BOTH, id="named in two places by a choice"),
        pytest.param(
            {**NAMED, "if": {"required": ["a"]}, "then": {"properties": {"b": True}}},
            {**BOTH, "if": {"required": ["a"]}, "then": {"properties": {"b": True}}},
            id="named in a condition",
        ),
        pytest.param(
            {"allOf": [NAMED, {"properties": {"b": True}, "additionalProperties": True}]},
            {**BOTH, "additionalProperties": True},
            id="told to be open in one of two places",
        ),
        pytest.param({"allOf": [NAMED, {"anyOf": [{"$ref": "#/nowhere"}]}]}, CLOSED, id="a reference to anything"),
        pytest.param({**NAMED, "required": ["b"]}, None, id="asks for what it does not name"),
        pytest.param({**NAMED, "minProperties": 2}, None, id="asks for more than it names"),
        pytest.param({"type": "object"}, None, id="names nothing"),
    ],
)
def test_what_is_closed(schema: Any, made: Any) -> None:
    """Objects are closed, whatever the number of schemas that name their members, unless one says what else they may have."""
    found, _ = interoperable_operation(body(schema), (), Narrowing(lambda _: True))

    expected = made or schema
    if schema.get("additionalProperties") is True:
        expected = {**schema, "properties": {"b": CLOSED}}
    assert found == body(expected)


@pytest.mark.parametrize(
    ("schema", "component"),
    [
        pytest.param(REFERENCE, CLOSED, id="alone"),
        pytest.param({"oneOf": [REFERENCE, {"type": "null"}]}, CLOSED, id="one of several"),
        pytest.param({"allOf": [REFERENCE, {"properties": {"b": True}}]}, CLOSED, id="a part of something larger"),
        pytest.param({"properties": {"b": True}, "oneOf": [REFERENCE]}, CLOSED, id="beside other members"),
        pytest.param({"properties": {"b": True}, "if": REFERENCE}, NAMED, id="a condition"),
        pytest.param({"properties": {"if": REFERENCE, "b": True}}, CLOSED, id="a member called like a condition"),
        pytest.param({"properties": {"enum": {"if": REFERENCE}}}, NAMED, id="a condition in a member called like data"),
    ],
)
def test_what_is_referred_to(schema: Any, component: Any) -> None:
    """A referenced object is closed unless somebody uses it as a part of another that cannot be put together."""
    _, components = interoperable_operation(body(schema), (REFERENCE["$ref"],), Narrowing(lambda _: NAMED))

    assert components == {REFERENCE["$ref"]: component}


@pytest.mark.parametrize(
    ("schema", "bounds"),
    [
        pytest.param({"type": "integer"}, (-(2**53) + 1, 2**53 - 1), id="any integer"),
        pytest.param({"type": "integer", "minimum": 1}, (1, 2**53 - 1), id="from a least one"),
        pytest.param({"type": "integer", "exclusiveMaximum": 9}, (-(2**53) + 1, None), id="below a greatest one"),
        pytest.param({"type": "integer", "minimum": 2**60}, (2**60, None), id="beyond"),
        pytest.param({"type": "integer", "format": "int64"}, (-(2**63), 2**63 - 1), id="of a size that is told"),
        pytest.param({"type": "integer", "format": "uint8", "maximum": 9}, (0, 9), id="of a size with a bound"),
        pytest.param({"type": "integer", "format": "whatever"}, (-(2**53) + 1, 2**53 - 1), id="of an unknown format"),
        pytest.param({"type": "integer", "enum": [2**60]}, (None, None), id="listed"),
        pytest.param({"type": ["integer", "null"]}, (-(2**53) + 1, 2**53 - 1), id="an integer or null"),
        pytest.param({"type": "number"}, (None, None), id="any number"),
    ],
)
def test_integers_stay_where_every_reader_is_exact(schema: Any, bounds: tuple[int | None, int | None]) -> None:
    """An integer without bounds of its own is one every JSON reader has exactly; what the contract says stays as it is."""
    found, _ = interoperable_operation(body(schema), (), Narrowing(lambda _: True))
    made = found["requestBody"]["content"]["application/json"]["schema"]

    assert (made.get("minimum"), made.get("maximum")) == bounds
    assert schema.items() <= made.items()


@pytest.mark.parametrize(("format_", "kind"), [("int32", "integer"), ("uint16", "integer"), ("double", "number")])
def test_a_number_in_an_integers_format_is_an_integer(format_: str, kind: str) -> None:
    """The formats of integers say integer, whatever the type beside them (OpenAPI Format Registry)."""
    found, _ = interoperable_operation(body({"type": "number", "format": format_}), (), Narrowing(lambda _: True))

    assert found["requestBody"]["content"]["application/json"]["schema"]["type"] == kind
