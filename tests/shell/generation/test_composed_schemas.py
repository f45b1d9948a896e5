"""Composed schemas are one object to a client."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_apiversion.shell.generation.composed_schemas import names_in, plain, unfolded
from pytest_apiversion.shell.generation.drawing import draw
from pytest_apiversion.shell.openapi.contracts import read_contract
from tests.shell.generation.test_drawing import SCHEMATHESIS

A = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}
B = {"type": "object", "properties": {"b": {"type": "integer"}}}
C = {"type": "object", "required": ["c"], "properties": {"c": {"type": "boolean"}}}
PARTS: dict[str, Any] = {"#/A": A, "#/B": B, "#/Loop": {"allOf": [{"$ref": "#/Loop"}, B]}}
A_AND_B = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}}


def follow(reference: str) -> Any:
    """What a reference leads to."""
    return PARTS[reference]


@pytest.mark.parametrize(
    ("schema", "made"),
    [
        pytest.param({"allOf": [A, B]}, A_AND_B, id="two parts"),
        pytest.param({"allOf": [{"$ref": "#/A"}, {"$ref": "#/B"}]}, A_AND_B, id="two references"),
        pytest.param({"$ref": "#/A", "properties": B["properties"]}, A_AND_B, id="beside a reference"),
        pytest.param({"allOf": [{"allOf": [A]}, {"allOf": [{"$ref": "#/B"}]}]}, A_AND_B, id="parts of parts"),
        pytest.param({**A, "anyOf": [B]}, A_AND_B, id="one alternative"),
        pytest.param(
            {"allOf": [A, {"oneOf": [B, {"$ref": "#/A"}]}]}, {"anyOf": [A_AND_B, A]}, id="a choice among the parts"
        ),
        pytest.param({"allOf": [A, {"oneOf": [B, {"type": "null"}]}]}, A_AND_B, id="a choice that cannot be taken"),
        pytest.param({"allOf": [A, False]}, None, id="nothing at all"),
        pytest.param({"allOf": [{"type": "number"}, {"type": "integer"}]}, {"type": "integer"}, id="narrower type"),
        pytest.param(
            {"allOf": [{"minimum": 1, "maxLength": 9}, {"minimum": 3, "maxLength": 4}]},
            {"minimum": 3, "maxLength": 4},
            id="the harder bound",
        ),
        pytest.param({"allOf": [{"enum": [1, 2]}, {"enum": [2, 3]}]}, {"enum": [2]}, id="what both list"),
        pytest.param({"allOf": [{"enum": [1]}, {"enum": [True]}]}, None, id="true is not one"),
        pytest.param(
            {"allOf": [{"pattern": "a"}, {"pattern": "b"}]},
            {"pattern": "a", "allOf": [{"pattern": "b"}]},
            id="two patterns",
        ),
        pytest.param(
            {"allOf": [{**A, "additionalProperties": False}, B]},
            {**A, "additionalProperties": False},
            id="a closed part forbids the members of the others",
        ),
        pytest.param(
            {"allOf": [{**A, "additionalProperties": False}, C]}, None, id="a closed part forbids what another requires"
        ),
        pytest.param(
            {"allOf": [A, B], "unevaluatedProperties": False},
            {**A_AND_B, "additionalProperties": False},
            id="closed as a whole",
        ),
        pytest.param({"$ref": "#/Loop", "title": "x"}, None, id="a part of itself"),
    ],
)
def test_parts_are_put_together(schema: Any, made: Any) -> None:
    """One schema says what all parts say; where nothing can satisfy them, or it never ends, it stays as it is."""
    assert plain(follow, schema) == (schema if made is None else made)


def test_what_is_inside_is_put_together_too() -> None:
    """Members, elements and branches are looked into; a mere reference or choice stays one."""
    schema = {"properties": {"x": {"allOf": [A, B]}}, "items": {"anyOf": [{"$ref": "#/A"}, {"allOf": [A, B]}]}}

    assert unfolded(follow, schema) == {"properties": {"x": A_AND_B}, "items": {"anyOf": [{"$ref": "#/A"}, A_AND_B]}}


def test_more_ways_than_anybody_tells_apart_stay_as_they_are() -> None:
    """Seven choices of two make 128 objects: that many are not written down."""
    schema = {
        "allOf": [{"oneOf": [{"properties": {f"a{n}": True}}, {"properties": {f"b{n}": True}}]} for n in range(7)]
    }

    assert plain(follow, schema) == schema
    assert names_in(follow, schema) == {f"{letter}{n}" for n in range(7) for letter in "ab"}


OBJECTS = st.fixed_dictionaries(
    {
        "type": st.just("object"),
        "properties": st.dictionaries(
            st.sampled_from("abcd"), st.sampled_from([{"type": "integer"}, {"type": "string"}, {}]), min_size=1
        ),
    },
    optional={"required": st.lists(st.sampled_from("abcd"), max_size=2, unique=True)},
)
COMPOSED = st.recursive(
    OBJECTS,
    lambda part: st.builds(
        lambda word, parts: {word: parts},
        st.sampled_from(["allOf", "anyOf", "oneOf"]),
        st.lists(part, min_size=1, max_size=3),
    ),
    max_leaves=5,
)
VALUES = st.dictionaries(st.sampled_from("abcd"), st.sampled_from([1, "x", None]))


@settings(max_examples=300)
@given(COMPOSED, VALUES)
def test_the_plain_schema_means_the_same(schema: dict[str, Any], value: Any) -> None:
    """Put together, a schema accepts what it did; of a `oneOf` also what fits two alternatives, as that of an `anyOf`."""
    loose = _any_of(schema)
    made = plain(follow, loose)

    assert jsonschema.Draft202012Validator(made).is_valid(value) is jsonschema.Draft202012Validator(loose).is_valid(
        value
    )


def _any_of(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_any_of(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {("anyOf" if key == "oneOf" else key): _any_of(part) for key, part in schema.items()}


STRICT: dict[str, Any] = {
    "all": {"allOf": [{"$ref": "#/components/schemas/A"}, C]},
    "all with a choice": {"allOf": [A, {"oneOf": [{**B, "required": ["b"]}, C]}]},
    "members beside a choice": {**A, "anyOf": [{"required": ["a"]}, B]},
    "inside a member": {"type": "object", "properties": {"in": {"allOf": [{"$ref": "#/components/schemas/A"}, B]}}},
    "inside a list": {"type": "array", "items": {"allOf": [A, B]}},
    "beside a reference": {"$ref": "#/components/schemas/A", "properties": {"b": {"type": "integer"}}},
    "under a condition": {
        **A,
        "if": {"properties": {"a": {"const": "x"}}},
        "then": {"properties": {"c": {"type": "boolean"}}},
    },
    "in an alternative": {"oneOf": [{"allOf": [A, {**B, "required": ["b"]}]}, C]},
}


UNDRAWN = pytest.mark.skipif(SCHEMATHESIS < (4, 25), reason="schemathesis before 4.25 adds members under a condition")


@pytest.mark.parametrize(
    "name", [pytest.param(each, marks=UNDRAWN if each == "under a condition" else ()) for each in STRICT]
)
def test_no_member_that_nobody_declared_is_sent(name: str) -> None:
    """Every member of a drawn body is declared by a schema of it, and the body is what the contract accepts."""
    schema = STRICT[name]
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {
            "/t": {
                "post": {
                    "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
                    "responses": {},
                }
            }
        },
        "components": {"schemas": {"A": A}},
    }
    contract = read_contract(document, source="c.yaml", version="v1", digest="", locate=lambda path: path)
    held = jsonschema.Draft202012Validator({**schema, "components": document["components"]})
    bodies = [
        case.json
        for seed in range(4)
        for case in draw(contract, contract.operations["POST /t"], seed=seed, examples=12, negative=0)
    ]

    assert len(bodies) > 12
    for body in bodies:
        held.validate(body)
        assert _names(body) <= {"a", "b", "c", "in"}, body


def _names(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(_names, value.values()))
    return set().union(*map(_names, value)) if isinstance(value, list) else set()
