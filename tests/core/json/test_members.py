"""The members that a schema names, whatever it is wrapped in."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.core.contracts.contract import Contract, Operation
from pytest_apiversion.core.contracts.round_trip import writable_members
from pytest_apiversion.core.json.members import members, said_together, unnamed, without_null, write_only

DOCUMENT = {
    "components": {"Text": {"type": "string"}, "Maybe": {"anyOf": [{"$ref": "#/components/Text"}, {"type": "null"}]}}
}
TEXT = {"type": "string"}
NULL = {"type": "null"}

WRAPPED: dict[str, tuple[Any, Any]] = {
    "plain": (TEXT, TEXT),
    "behind-a-reference": ({"$ref": "#/components/Text"}, TEXT),
    "or-null": ({"anyOf": [TEXT, NULL], "default": None}, TEXT),
    "null-first": ({"oneOf": [NULL, TEXT]}, TEXT),
    "references-on-the-way": ({"$ref": "#/components/Maybe"}, TEXT),
    "the-only-part": ({"allOf": [{"$ref": "#/components/Text"}], "description": "x"}, TEXT),
    "two-parts": ({"allOf": [TEXT, {"minLength": 1}]}, {"allOf": [TEXT, {"minLength": 1}]}),
    "two-alternatives": ({"anyOf": [TEXT, {"type": "integer"}, NULL]}, {"anyOf": [TEXT, {"type": "integer"}, NULL]}),
    "a-part-and-an-alternative": ({"allOf": [{}], "anyOf": [NULL]}, {"allOf": [{}], "anyOf": [NULL]}),
    "nothing-but-null": ({"anyOf": [NULL]}, {"anyOf": [NULL]}),
    "anything": (True, True),
    "reference-to-nothing": ({"$ref": "#/nowhere"}, None),
}


@pytest.mark.parametrize("name", WRAPPED)
def test_one_beside_null_is_that_one(name: str) -> None:
    """Frameworks write what may be null as alternatives; it is the schema of the other one."""
    schema, expected = WRAPPED[name]

    assert without_null(DOCUMENT, schema) == expected


def test_an_object_that_may_be_null_names_its_members() -> None:
    """What stands in it is told, where it is there."""
    inner = {"type": "object", "properties": {"name": TEXT}}
    schema = {
        "properties": {"data": {"anyOf": [inner, NULL]}, "list": {"oneOf": [{"type": "array", "items": inner}, NULL]}}
    }

    assert members({}, schema, "/data") == {"name": TEXT}
    assert members({}, schema, "/list/*") == {"name": TEXT}


def test_what_may_be_null_is_compared() -> None:
    """A text, a number or a choice that may be null is one that is read as it was sent."""
    body = {
        "properties": {
            "text": {"anyOf": [{"type": "string", "maxLength": 9}, NULL], "default": None},
            "choice": {"enum": ["a", "b", None]},
            "one": {"const": 1},
            "mixed": {"enum": ["a", 1]},
            "free": {"anyOf": [TEXT, {"type": "array"}]},
            "secret": {"anyOf": [{"type": "string", "format": "password"}, NULL]},
            "hidden": {"anyOf": [TEXT, NULL], "writeOnly": True},
        }
    }
    operation = Operation(method="POST", path="/things", body_schema=body)
    contract = Contract(source="c", version="v1", operations={}, digest="d", document={})

    assert sorted(writable_members(contract, operation)) == ["choice", "mixed", "one", "text"]


def test_parts_are_told_once() -> None:
    """Parts that many schemas share, and a schema that is a part of itself, cost no more than there are schemas."""
    held = {f"A{level}": {"allOf": [{"$ref": f"#/A{level + 1}"}] * 2} for level in range(40)}
    document = {**held, "A40": {"properties": {"name": TEXT}, "allOf": [{"$ref": "#/A0"}], "type": "object"}}
    schema = {"$ref": "#/A0"}

    assert len(list(said_together(document, schema))) == 41
    assert members(document, schema, "") == {"name": TEXT}
    assert unnamed(document, schema) == {}
    assert not write_only(document, schema)


def test_what_is_around_a_part_says_more() -> None:
    """What an object says of a member counts before what its parts say of it."""
    part = {"properties": {"name": NULL, "size": NULL}}

    assert members({}, {"allOf": [part], "properties": {"name": TEXT}}, "") == {"name": TEXT, "size": NULL}
