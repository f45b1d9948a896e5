"""Partial updates that rest on what is stored: which may be refused rightly, and what is left of them without that."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_apiversion.core.contracts.contract import BodySpec, Contract, Operation, ResponseSpec
from pytest_apiversion.core.contracts.stored_parts import rests_on_stored, standing_alone
from pytest_apiversion.core.http.messages import Request

MERGE = "application/merge-patch+json"
LABELS = {"type": "object", "additionalProperties": {"type": "string"}, "maxProperties": 2}
MEMBERS = {"name": {"type": "string"}, "labels": LABELS, "floor": {"type": "integer"}, "door": {"type": "integer"}}
THING = {"type": "object", "properties": MEMBERS}
EITHER = {
    "oneOf": [
        {"properties": {"kind": {"const": kind}, "name": {"type": "string"}, size: {"type": "integer"}}}
        for kind, size in (("cat", "whiskers"), ("dog", "ears"))
    ]
}


def contract(whole: Any, media_type: str, method: str = "PATCH") -> tuple[Contract, Operation]:
    """A contract whose things are read and updated."""
    shown = {
        "200": ResponseSpec(
            status="200", bodies={"application/json": BodySpec(media_type="application/json", schema=whole)}
        )
    }
    update = Operation(method=method, path="/things/{id}", body_schema=THING, body_media_types=(media_type,))
    reading = Operation(method="GET", path="/things/{id}", responses=shown)
    made = Contract(
        source="v1.json",
        version="v1",
        operations={each.key: each for each in (reading, update)},
        digest="",
        document={},
    )
    return made, update


ROWS: dict[str, tuple[Any, Any, str, bool]] = {
    "adds-to-a-map-of-so-many": (THING, {"labels": {"a": "b"}}, MERGE, True),
    "adds-to-it-as-plain-json": (THING, {"labels": {"a": "b"}}, "application/json; charset=utf-8", True),
    "empties-nothing": (THING, {"labels": {}}, MERGE, False),
    "takes-from-a-map-of-so-many": (THING, {"labels": {"a": None}}, MERGE, False),
    "a-text": (THING, {"name": "b"}, MERGE, False),
    "behind-an-envelope": ({"properties": {"data": {**THING, "maxProperties": 3}}}, {"name": "b"}, MERGE, True),
    "an-envelope-of-so-many": ({"properties": {"data": THING}, "maxProperties": 3}, {"name": "b"}, MERGE, False),
    "takes-what-must-be-there": ({**THING, "required": ["floor"]}, {"floor": None}, MERGE, True),
    "sets-it-to-null-as-plain-json": ({**THING, "required": ["floor"]}, {"floor": None}, "application/json", False),
    "takes-one-of-so-many-at-least": ({**THING, "minProperties": 2}, {"floor": None}, MERGE, True),
    "one-without-what-it-needs": ({**THING, "dependentRequired": {"door": ["floor"]}}, {"door": 1}, MERGE, True),
    "one-with-what-it-needs": (
        {**THING, "dependentRequired": {"door": ["floor"]}},
        {"door": 1, "floor": 2},
        MERGE,
        False,
    ),
    "takes-what-another-needs": ({**THING, "dependentRequired": {"door": ["floor"]}}, {"floor": None}, MERGE, True),
    "of-one-alternative": (EITHER, {"ears": 2}, MERGE, True),
    "of-both-alternatives": (EITHER, {"name": "b"}, MERGE, False),
    "or-null": ({"oneOf": [THING, {"type": "null"}]}, {"name": "b"}, MERGE, False),
    "a-condition-of-it": ({**THING, "if": {"properties": {"floor": {"const": 1}}}}, {"floor": 2}, MERGE, True),
    "a-condition-of-another": ({**THING, "if": {"properties": {"floor": {"const": 1}}}}, {"name": "b"}, MERGE, False),
    "operations-in-order": (THING, [{"op": "remove", "path": "/name"}], "application/json-patch+json", True),
    "no-object": (THING, ["a"], MERGE, False),
}


@pytest.mark.parametrize("name", ROWS)
def test_what_is_stored_has_its_say(name: str) -> None:
    """A partial update may be refused for what comes of it, where some of that is not in it."""
    whole, sent, media_type, rests = ROWS[name]
    made, update = contract(whole, media_type)
    request = Request(
        method="PATCH", path="/things/1", headers=(("Content-Type", media_type),), body=json.dumps(sent).encode()
    )

    assert rests_on_stored(made, update, request) is rests


def test_a_whole_thing_rests_on_nothing() -> None:
    """A PUT replaces what is stored."""
    made, update = contract(THING, "application/json", "PUT")
    request = Request(
        method="PUT", path="/things/1", headers=(("Content-Type", "application/json"),), body=b'{"labels": {"a": "b"}}'
    )

    assert not rests_on_stored(made, update, request)


@pytest.mark.parametrize(
    ("sent", "left"),
    [
        ({"name": "b", "labels": {"a": "b"}}, {"name": "b"}),
        ({"labels": {"a": "b"}}, None),
        ({"name": "b"}, None),
        ({"name": "b", "door": 1}, {"name": "b"}),
        ({"name": "b", "door": 1, "floor": 1, "labels": {"a": "b"}}, {"name": "b", "floor": 1}),
    ],
)
def test_what_is_left_stands_alone(sent: Any, left: Any) -> None:
    """Without what rests on what is stored, the rest can be held to the schema."""
    made, update = contract({**THING, "dependentRequired": {"door": ["floor"]}}, MERGE)

    assert standing_alone(made, update, MERGE, sent) == left
