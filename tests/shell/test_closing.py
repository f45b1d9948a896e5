"""Objects closed for drawing."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.shell.closing import closed

NAMED = {"type": "object", "properties": {"a": {"type": "string"}}}
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
        pytest.param({"allOf": [NAMED, {"properties": {"b": True}}]}, None, id="named in two places"),
        pytest.param({**NAMED, "anyOf": [{"properties": {"b": True}}]}, None, id="named in two places by a choice"),
        pytest.param({**NAMED, "required": ["b"]}, None, id="asks for what it does not name"),
        pytest.param({**NAMED, "minProperties": 2}, None, id="asks for more than it names"),
        pytest.param({"type": "object"}, None, id="names nothing"),
    ],
)
def test_what_is_closed(schema: Any, made: Any) -> None:
    """Objects are closed where one schema names all their members, and only there."""
    found, _ = closed(body(schema), {})

    expected = made or schema
    if schema.get("additionalProperties") is True:
        expected = {**schema, "properties": {"b": CLOSED}}
    assert found == body(expected)


@pytest.mark.parametrize(
    ("schema", "component"),
    [
        pytest.param(REFERENCE, CLOSED, id="alone"),
        pytest.param({"oneOf": [REFERENCE, {"type": "null"}]}, CLOSED, id="one of several"),
        pytest.param({"allOf": [REFERENCE, {"properties": {"b": True}}]}, NAMED, id="a part of something larger"),
        pytest.param({"properties": {"b": True}, "oneOf": [REFERENCE]}, NAMED, id="beside other members"),
    ],
)
def test_what_is_referred_to(schema: Any, component: Any) -> None:
    """A referenced object is closed unless somebody uses it as a part of another."""
    _, components = closed(body(schema), {REFERENCE["$ref"]: NAMED})

    assert components == {REFERENCE["$ref"]: component}
