"""Validators of one resource: compiled together, and none of them spoilt by another."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.shell.json_schema.validators import Validators, holds, validators_of

RESOURCE: dict[str, Any] = {
    "components": {
        "schemas": {
            "Name": {"type": "string", "maxLength": 3},
            "Thing": {"type": "object", "properties": {"name": {"$ref": "#/components/schemas/Name"}}},
            "Broken": {"type": "object", "properties": {"name": {"$ref": "#/components/schemas/Gone"}}},
        }
    }
}


def test_a_schema_that_cannot_be_compiled_leaves_the_others_as_they_are() -> None:
    """Each of several schemas holds what it says, whatever stands beside it and whenever it was asked for."""
    made = Validators(RESOURCE)
    first = [made.of(f"#/components/schemas/{name}") for name in ("Broken", "Name", "Thing")]
    assert not first[1]("abc")
    assert first[1]("abcd")
    assert not first[2]({"name": "abc"})
    assert [each.where for each in first[2]({"name": "abcd"})] == ["/name"]
    late = [made.of(f"#/components/schemas/{name}/properties/name") for name in ("Thing",) * 20]
    assert [bool(each("abcd")) for each in late] == [True] * 20


def test_a_schema_elsewhere_refers_to_those_of_the_resource() -> None:
    """What stands in line in a request is held with all it refers to, and everybody who asks gets the same validators."""
    held = validators_of(RESOURCE).of_schema({"type": "array", "items": {"$ref": "#/components/schemas/Thing"}})
    assert not held([{"name": "abc"}])
    assert [each.where for each in held([{}, {"name": "abcd"}])] == ["/1/name"]
    assert validators_of(RESOURCE) is validators_of(RESOURCE)
    assert "x-later" not in RESOURCE


@pytest.mark.parametrize("keywords", [{"enum": [{"$ref": "#/a"}]}, {"const": {"$ref": "#/a"}}])
def test_a_reference_in_data_is_data(keywords: dict[str, Any]) -> None:
    """A value that has a member `$ref` is what `enum` and `const` say, also beside references that lead somewhere."""
    name = {"$ref": "#/components/schemas/Name"}
    schema = {"properties": {"x": keywords, "y": name, "enum": name, "const": name, "default": name}}
    assert holds(RESOURCE, schema, {"x": {"$ref": "#/a"}, "y": "abc"})
    assert not holds(RESOURCE, schema, {"x": {"$ref": "#/b"}})
    for member in ("y", "enum", "const", "default"):
        assert not holds(RESOURCE, schema, {member: "abcd"}), member
