"""A value that a schema takes and that is not its default."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.core.json.other_values import other_value

DOCUMENT = {
    "components": {
        "Rounds": {"type": "integer", "minimum": 1, "maximum": 10, "default": 3},
        "Again": {"$ref": "#/components/Again"},
    }
}

VALUES: dict[str, tuple[Any, Any]] = {
    "greatest": ({"type": "integer", "minimum": 1, "maximum": 10, "default": 3}, 10),
    "behind-a-reference": ({"$ref": "#/components/Rounds"}, 10),
    "the-greatest-is-the-default": ({"type": "integer", "minimum": 1, "maximum": 10, "default": 10}, 9),
    "one-value-only": ({"type": "integer", "minimum": 4, "maximum": 4, "default": 4}, None),
    "no-greatest": ({"type": "integer", "default": 7}, 8),
    "above-the-least": ({"type": "number", "minimum": 20.5}, 28),
    "sized": ({"type": "integer", "format": "int64", "default": 3}, 7),
    "flag": ({"type": "boolean", "default": True}, False),
    "flag-without-default": ({"type": "boolean"}, True),
    "choice": ({"type": "string", "enum": ["a", "b"], "default": "b"}, "a"),
    "choice-of-alternatives": ({"oneOf": [{"const": "a"}, {"const": "b", "title": "B"}], "default": "b"}, "a"),
    "choice-of-one": ({"const": "a"}, "a"),
    "or-null": ({"type": ["boolean", "null"]}, True),
    "text": ({"type": "string", "maxLength": 4}, "left"),
    "long-text": ({"type": "string", "minLength": 24}, "left over by another nam"),
    "text-as-long-as-it-has-to-be": ({"type": "string", "minLength": 5, "maxLength": 5}, "leftx"),
    "text-that-ends-between-words": ({"type": "string", "minLength": 10, "maxLength": 10}, "left overx"),
    "text-of-no-length": ({"type": "string", "minLength": 5, "maxLength": 4}, None),
    "default-beside-null": ({"anyOf": [{"type": "boolean"}, {"type": "null"}], "default": True}, False),
    "default-beside-a-reference": ({"$ref": "#/components/Rounds", "default": 10}, 9),
    "default-of-the-only-part": ({"allOf": [{"type": "boolean", "default": True}], "description": "x"}, False),
    "bound-beside-null": ({"anyOf": [{"type": "integer"}, {"type": "null"}], "maximum": 3}, None),
    "bound-beside-a-reference": ({"$ref": "#/components/Rounds", "maximum": 5}, None),
    "behind-itself": ({"$ref": "#/components/Again"}, None),
    "one-of-two": ({"oneOf": [{"type": "integer"}, {"type": "string"}]}, None),
    "part-of-two-ways": ({"oneOf": [{"type": "integer"}], "allOf": [{"type": "integer"}]}, None),
    "no-whole-number-between": ({"type": "number", "minimum": 0.5, "maximum": 0.9}, None),
    "above-what-its-size-holds": ({"type": "integer", "format": "int32", "minimum": 2147483645}, None),
    "choice-out-of-bounds": ({"enum": [1, 9], "maximum": 3}, 1),
    "one-is-not-true": ({"type": "integer", "maximum": 1, "default": True}, 1),
    "text-too-long-to-make": ({"type": "string", "minLength": 100}, None),
    "text-of-a-format": ({"type": "string", "format": "date"}, None),
    "text-of-a-pattern": ({"type": "string", "pattern": "^a"}, None),
    "several-kinds": ({"type": ["integer", "string"]}, None),
    "composed": ({"type": "integer", "not": {"const": 7}}, None),
    "reference-to-nothing": ({"$ref": "#/nowhere"}, None),
    "anything": ({}, None),
    "true": (True, None),
}


@pytest.mark.parametrize("name", VALUES)
def test_a_value_is_another(name: str) -> None:
    """It is valid, is not the default, and is made only where there is no doubt."""
    schema, expected = VALUES[name]
    value = other_value(DOCUMENT, schema)

    assert value == expected
    assert type(value) is type(expected)
