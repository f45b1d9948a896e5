"""Round trips: members of objects inside a thing are compared as its own are."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.core.contracts.round_trip import (
    After,
    Follows,
    due_members,
    listed_members,
    resource_schemas,
    writable_members,
)
from tests.checks.builders import answers, operation, scene

TEXT: dict[str, Any] = {"type": "string"}


def inside(schema: Any) -> dict[str, Any]:
    """A body with a name, and this beside it."""
    return {"type": "object", "properties": {"name": TEXT, "inner": schema}}


def known(schema: Any) -> set[str]:
    """The members of such a body that are compared."""
    here = scene(key="POST /things", operations=[operation("POST /things", answers(TEXT), body_schema=inside(schema))])
    contract = here.contracts[here.version]
    return set(writable_members(contract, contract.operations["POST /things"]))


AGAIN: dict[str, Any] = {"type": "object", "properties": {"a": TEXT}}
AGAIN["properties"]["again"] = AGAIN
"""An object that may stand in itself."""

WIDE = {"type": "object", "properties": {f"m{number}": TEXT for number in range(1000)}}


INSIDE: dict[str, tuple[Any, set[str]]] = {
    "an-object": ({"type": "object", "properties": {"a": TEXT, "b": {"type": "array"}}}, {"inner.a"}),
    "an-object-or-null": ({"type": ["object", "null"], "properties": {"a": TEXT}}, {"inner.a"}),
    "an-object-in-it": (inside({"properties": {"a": TEXT}}), {"inner.name", "inner.inner.a"}),
    "too-deep": (inside(inside({"properties": {"a": TEXT}})), {"inner.name", "inner.inner.name"}),
    "only-written": ({"type": "object", "writeOnly": True, "properties": {"a": TEXT}}, set()),
    "a-secret": ({"type": "object", "properties": {"api_key": TEXT}}, set()),
    "dots-in-a-name": ({"type": "object", "properties": {"a.b": TEXT}}, set()),
    "itself-again": (AGAIN, {"inner.a"}),
    "more-than-are-compared": (WIDE, {f"inner.m{number}" for number in range(500)}),
    "a-list": ({"type": "array", "items": {"properties": {"a": TEXT}}}, {"inner"}),
    "a-list-of-anything": ({"type": "array", "items": {}}, set()),
    "a-map": ({"type": "object", "additionalProperties": TEXT}, {"inner"}),
    "a-map-of-anything": ({"type": "object", "additionalProperties": True}, set()),
    "one-of-two-objects": (
        {"oneOf": [{"properties": {"a": TEXT}}, {"properties": {"b": TEXT}}]},
        {"inner.a", "inner.b"},
    ),
    "one-of-two": ({"oneOf": [{"properties": {"a": TEXT}}, TEXT]}, set()),
}


@pytest.mark.parametrize("name", INSIDE)
def test_members_of_objects_inside_are_known(name: str) -> None:
    """By the way to each, as far as a dot in a name makes none unclear."""
    schema, expected = INSIDE[name]

    assert known(schema) - {"name"} == expected


def test_what_stands_in_an_object_is_due() -> None:
    """A value is due where both know the member, and the object is there; a thing is found behind its envelope as before."""
    schemas = {"name": TEXT, "inner.a": TEXT, "inner.b": {"type": "integer"}}

    assert due_members({"name": "x", "inner": {"a": "y", "b": "z"}}, schemas, schemas) == {"name": "x", "inner.a": "y"}
    assert due_members({"name": "x", "inner": None}, schemas, schemas) == {"name": "x"}

    shown = {"type": "object", "properties": {"data": inside({"type": "object", "properties": {"a": TEXT}})}}
    here = scene(key="GET /things", operations=[operation("GET /things", answers(shown))])
    contract = here.contracts[here.version]
    place, found = resource_schemas(contract, contract.operations["GET /things"])
    assert (place, set(found)) == ("/data", {"name", "inner.a"})


def test_members_of_elements_that_are_the_things_own() -> None:
    """Those with the same schema in both, behind references, too; what an element has otherwise is another member."""
    thing = {"properties": {"name": TEXT, "note": TEXT, "size": {"type": "integer"}, "mine": TEXT}}
    element = {"properties": {"name": TEXT, "note": {**TEXT, "maxLength": 9}, "size": {"type": "integer"}, "own": TEXT}}
    here = scene(
        operations=[
            operation("GET /things", answers({"properties": {"data": {"type": "array", "items": element}}})),
            operation("GET /things/{id}", answers(thing)),
        ]
    )
    contract = here.contracts[here.version]
    listing, read = contract.operations.values()
    shown = Follows(
        after=After.CREATED, write="POST /things", version="v2", members={"name": "n", "note": "n", "mine": "n"}
    )

    assert listed_members(contract, listing, read, "/data/3", shown) == {"name"}
