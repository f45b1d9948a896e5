"""Requests that break a contract in one place."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.shell.generation.pools.text_readings import may_fit
from pytest_apiversion.shell.generation.schema_violations import violations
from pytest_apiversion.shell.json_schema.validators import holds
from pytest_apiversion.shell.openapi.contracts import read_contract
from pytest_apiversion.shell.openapi.request_shapes import Shapes

CONTRACT = read_contract(
    {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}},
    source="c.yaml",
    version="v1",
    digest="",
    locate=lambda path: path,
)


def broken(*parameters: dict[str, Any], schema: Any = None, json: Any = None, seed: int = 1) -> list[DrawnCase]:
    """The violations of a request with these parameters and this body."""
    base = DrawnCase(
        aim=Aim.UNKNOWN_DATA,
        origin="drawn",
        path_parameters={each["name"]: "5" for each in parameters if each["in"] == "path"},
        query=tuple((each["name"], "5") for each in parameters if each["in"] == "query"),
        body=b"-" if schema is not None else None,
        media_type="application/json" if schema is not None else None,
        json=json,
    )
    found = violations(
        Shapes({}),
        {"parameters": list(parameters)},
        schema,
        base,
        invalid=lambda body: not holds({}, schema, body),
        unfit=lambda each, text: not may_fit(CONTRACT, each, text),
        seed=seed,
    )
    return list(found)


def parameter(place: str, schema: dict[str, Any], *, required: bool = False) -> dict[str, Any]:
    """A parameter called n."""
    return {"name": "n", "in": place, "required": required, "schema": schema}


TEXTS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "limits": ({"type": "integer", "minimum": 1, "maximum": 9}, {"0", "10", "0.5", "apiversion-none"}),
    "exclusive": ({"type": "number", "exclusiveMinimum": 0}, {"0", "apiversion-none"}),
    "words": ({"enum": ["a", "b"]}, {"17", "apiversion-none"}),
    "lengths": ({"type": "string", "minLength": 2, "maxLength": 3}, {"x", "xxxx"}),
    "too-long-for-a-request-line": ({"type": "string", "maxLength": 5_000}, set()),
    "anything": ({}, set()),
    "a-list-of-texts": ({"type": "array", "items": {"type": "string"}}, set()),
    "a-list-of-numbers": ({"type": "array", "items": {"type": "integer"}}, {"apiversion-none"}),
    "a-text-of-one": ({"type": "string", "minLength": 1}, set()),
}


@pytest.mark.parametrize("row", TEXTS)
def test_parameters_are_broken_by_texts_that_fit_no_reading(row: str) -> None:
    """Each text is no value of the schema, as text or as number; a schema that takes every text is broken by none."""
    schema, expected = TEXTS[row]

    assert {dict(case.query)["n"] for case in broken(parameter("query", schema))} == expected
    assert {case.path_parameters["n"] for case in broken(parameter("path", schema, required=True))} == expected


def test_a_required_parameter_is_left_out() -> None:
    """What is required and missing is a violation of its own; a path has no such."""
    assert [case.query for case in broken(parameter("query", {}, required=True))] == [()]
    assert broken(parameter("path", {}, required=True)) == []


BODIES: dict[str, tuple[dict[str, Any], Any, list[Any]]] = {
    "required": (
        {"type": "object", "required": ["a"], "properties": {"a": True, "b": True}},
        {"a": 1, "b": 2},
        [{"b": 2}, {}, [], "apiversion-none"],
    ),
    "closed": (
        {"type": "object", "additionalProperties": False},
        {},
        [{"apiversion-none": 1}, [], "apiversion-none"],
    ),
    "types": (
        {"type": "object", "properties": {"a": {"type": ["integer", "null"]}}},
        {"a": 1},
        [{"a": "apiversion-none"}, {"a": []}, {"a": 0.5}, [], "apiversion-none"],
    ),
    "counts": (
        {"type": "object", "properties": {"a": {"type": "array", "maxItems": 1}}},
        {"a": []},
        [{"a": None}, {"a": "apiversion-none"}, {"a": ["x", "x"]}, [], "apiversion-none"],
    ),
    "not-empty": (
        {"type": "object", "properties": {"a": {"type": "array", "minItems": 1}}},
        {"a": [1]},
        [{"a": None}, {"a": "apiversion-none"}, {"a": []}, [], "apiversion-none"],
    ),
    "steps": (
        {"type": "object", "properties": {"a": {"type": "number", "multipleOf": 5}}},
        {"a": 10},
        [{"a": None}, {"a": "apiversion-none"}, {"a": []}, {"a": 7.5}, [], "apiversion-none"],
    ),
    "a-list": ({"type": "array"}, [], [{}, "apiversion-none"]),
    "anything": ({}, {}, []),
}


@pytest.mark.parametrize("row", BODIES)
def test_bodies_are_broken_in_one_place(row: str) -> None:
    """Each body is one change away from one the contract accepts, and is not accepted."""
    schema, json, expected = BODIES[row]
    found = broken(schema=schema, json=json)

    assert sorted(map(repr, (case.json for case in found))) == sorted(map(repr, expected))
    assert {case.aim for case in found} <= {Aim.REFUSED}
    assert all(case.body and case.origin == "negative" for case in found)


def test_the_seed_decides_the_order_and_nothing_else() -> None:
    """Equal seeds give the same cases in the same order; another seed gives them in another one."""
    schema, json, _ = BODIES["types"]
    first, again, other = (broken(schema=schema, json=json, seed=seed) for seed in (1, 1, 2))

    assert first == again
    assert first != other
    assert {case.data for case in first} == {case.data for case in other}
