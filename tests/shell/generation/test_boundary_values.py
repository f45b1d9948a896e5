"""Requests at the limits a contract sets."""

from __future__ import annotations

from importlib import metadata
from typing import Any

import pytest

from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.core.contracts.contract import Contract
from pytest_apiversion.shell.generation.drawing import draw
from pytest_apiversion.shell.openapi.contracts import read_contract

SCHEMATHESIS = tuple(int(part) for part in metadata.version("schemathesis").split(".")[:2])
NODE = {"anyOf": [{"$ref": "#/components/schemas/Node"}, {"type": "null"}]}


def bodies(members: dict[str, Any], *, required: tuple[str, ...] = (), query: Any = None) -> list[tuple[Any, Any]]:
    """Query and body of the requests at the limits of an operation that takes these members."""
    found = cases(members, required=required, query=query)
    return [(dict(case.query), case.json) for case in found if case.origin == "boundary"]


def cases(members: dict[str, Any], *, required: tuple[str, ...] = (), query: Any = None) -> tuple[DrawnCase, ...]:
    """Every positive request of such an operation."""
    schema = {"type": "object", "properties": members, "required": list(required)}
    parameters = [] if query is None else [{"name": "q", "in": "query", "schema": query}]
    found = contract(schema, parameters)
    return draw(found, found.operations["POST /things"], seed=1, examples=10, negative=0)


def contract(schema: dict[str, Any], parameters: list[dict[str, Any]]) -> Contract:
    """A contract with one operation that takes a body."""
    node = {"type": "object", "properties": {"next": NODE}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {
            "/things": {
                "post": {
                    "parameters": parameters,
                    "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
                    "responses": {"204": {"description": "done"}},
                }
            }
        },
        "components": {"schemas": {"Node": node}},
    }
    return read_contract(document, source="c.yaml", version="v1", digest="", locate=lambda path: path)


LIMITS: dict[str, tuple[dict[str, Any], list[Any]]] = {
    "a-number": ({"n": {"type": "integer", "minimum": 3, "maximum": 9}}, [9, 3]),
    "a-text": ({"n": {"type": "string", "minLength": 1, "maxLength": 4}}, ["xxxé", "x"]),
    "a-number-or-null": ({"n": {"type": ["integer", "null"], "minimum": 3, "maximum": 9}}, [9, 3, None]),
    "null-in-a-choice": ({"n": {"anyOf": [{"type": "boolean"}, {"type": "null"}]}}, [None]),
    "a-text-of-a-pattern": (
        {"n": {"type": "string", "pattern": "^[A-Z][a-z]*$", "minLength": 1, "maxLength": 4}},
        ["Xxxx", "X"],
    ),
    "digits": ({"n": {"type": "string", "pattern": "^[0-9]+$", "maxLength": 4}}, ["1111"]),
    "a-pattern-that-no-such-text-is-of": ({"n": {"type": "string", "pattern": "^th_[0-9]{3}$", "maxLength": 9}}, []),
    "no-limit": ({"n": {"type": "boolean"}}, []),
    "anything": ({"n": {}}, []),
    "an-enumeration-with-null": ({"n": {"type": ["string", "null"], "enum": ["a", "b", None]}}, ["b", "a", None]),
    "null-that-is-forbidden-elsewhere": ({"n": {"type": ["integer", "null"], "not": {"type": "null"}}}, []),
}
if SCHEMATHESIS >= (4, 25):  # older ones draw nothing from a schema that refers to itself
    LIMITS["null-behind-a-reference"] = ({"n": NODE}, [None])


@pytest.mark.parametrize("name", LIMITS)
def test_every_limit_of_a_member_is_tried(name: str) -> None:
    """As large as it may be, as small, and null where its schema names null; nothing the contract refuses."""
    members, expected = LIMITS[name]

    found = [body["n"] for _, body in bodies(members, required=("n",))]
    tried = [case.json["n"] for case in cases(members, required=("n",))]
    assert [value for value in expected if value in found] == found  # in this order, but for what was drawn before
    assert all(value in tried for value in expected)


def test_limits_are_tried_together() -> None:
    """One request has every member at its upper limit, one at its lower, and one null for all that may be null."""
    members = {"a": {"type": ["integer", "null"], "maximum": 9}, "b": {"type": ["string", "null"], "maxLength": 3}}

    found = [case.json for case in cases(members, required=("a", "b"))]

    assert {"a": 9, "b": "xxé"} in found
    assert {"a": None, "b": None} in found


def test_query_parameters_have_limits_too() -> None:
    """A parameter goes with the members, upper with upper and lower with lower."""
    found = bodies({"n": {"type": "integer", "minimum": 3, "maximum": 9}}, query={"type": "integer", "maximum": 7})

    assert ({"q": "7"}, 9) in [(query, body["n"]) for query, body in found]
