"""What leads to one schema by many ways costs it once: work is counted, not time."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.shell.json_schema.validators import Validators
from pytest_apiversion.shell.openapi.one_of_branches import loosen
from tests.counting import calls_of


def _diamonds(depth: int, keyword: str) -> dict[str, Any]:
    """Schemas each of which refers twice to the next one; the last is that of a text."""
    schemas: dict[str, Any] = {f"S{depth}": {"type": "string", "minLength": 3, "pattern": "^a"}}
    for number in range(depth):
        schemas[f"S{number}"] = {keyword: [{"$ref": f"#/components/schemas/S{number + 1}"}] * 2}
    return {"components": {"schemas": schemas}}


@pytest.mark.parametrize("keyword", ["allOf", "anyOf"])
def test_diamonds_cost_what_they_have_schemas(keyword: str) -> None:
    """Forty levels take little more than twice the work of twenty, and say what is wrong."""
    work = {}
    for depth in (20, 40):
        held = Validators(_diamonds(depth, keyword)).of("#/components/schemas/S0")
        assert held("x")
        work[depth] = calls_of(lambda held=held: held("x"))  # type: ignore[misc]
        assert not held("abc")
    assert work[40] < 5 * work[20]


def test_many_ways_from_level_to_level() -> None:
    """A value of thirty levels, each of which is held to its schema in two ways, is held to it once a level."""
    kids = {"properties": {"kid": {"$ref": "#/components/schemas/Derived"}}}
    schemas = {"Base": kids, "Derived": {"allOf": [{"$ref": "#/components/schemas/Base"}, kids], "required": ["id"]}}
    held = Validators({"components": {"schemas": schemas}}).of("#/components/schemas/Derived")
    value: dict[str, Any] = {"id": 1}
    wrong: dict[str, Any] = {}
    for _ in range(30):
        value, wrong = {"id": 1, "kid": value}, {"id": 1, "kid": wrong}

    assert held(value) == ()
    assert {problem.where for problem in held(wrong)} == {"/kid" * 30}
    assert calls_of(lambda: held(value)) < 50_000


def test_what_is_wrong_at_two_places_is_told_of_both() -> None:
    """Equal values at two places, which Python may keep as one, are two problems."""
    schemas = {"Name": {"type": "string"}, "Names": {"type": "array", "items": {"$ref": "#/components/schemas/Name"}}}
    held = Validators({"components": {"schemas": schemas}}).of("#/components/schemas/Names")

    assert [problem.where for problem in held([1, "a", 1])] == ["/0", "/2"]


def test_items_in_items_are_read_once() -> None:
    """Lists in lists take as many steps as there are levels: `items` is one keyword, though it may hold one schema or many."""
    work = {}
    for depth in (10, 20):
        schema: dict[str, Any] = {"type": "string"}
        for _ in range(depth):
            schema = {"type": "array", "items": schema}
        work[depth] = calls_of(lambda schema=schema: loosen({"components": {"schemas": {"S": schema}}}))  # type: ignore[misc]
    assert work[20] < 3 * work[10]
