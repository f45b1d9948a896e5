"""AV311: a member that moved into an object, or out of one, does not leak into another version."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.checks.isolation import CHECK
from tests.checks.builders import Row, agrees, answers, operation, policy, response, row, said, scene

CONFIG = {"type": "object", "properties": {"config": {"type": "object", "properties": {"name": {}}}}}
OPEN = {"type": "object", "properties": {"config": {"type": "object"}}}
TEXTS = {"type": "object", "properties": {"config": {"type": "object", "additionalProperties": {"type": "string"}}}}
SHUT = {"type": "object", "properties": {"config": {"type": "object", "additionalProperties": False}}}
INSIDE = ({"v1": "name", "v2": "config.name"},)


def inside(subject: str, schema: Any, body: Any, expected: Any) -> Row:
    """A row of an answer whose member moved into an object."""
    rules = policy(fields=INSIDE)
    return row(
        expected,
        response(200, body),
        scene(rules, subject, operations=[operation("GET /things", answers(schema))]),
    )


OF_OBJECTS = {
    "in-its-object": inside("v2", CONFIG, {"config": {"name": "a"}}, "held"),
    "out-of-its-object": inside(
        "v2", CONFIG, {"config": {"name": "a"}, "name": "a"}, ("/name is another version's name for config.name",)
    ),
    "in-an-object-too": inside(
        "v1",
        {"type": "object", "properties": {"name": {}}},
        {"name": "a", "config": {"name": "a"}},
        ("/config/name is another version's name for name",),
    ),
    "an-object-without-it": inside(
        "v1", {"type": "object", "properties": {"name": {}}}, {"name": "a", "config": {"size": 1}}, "held"
    ),
    "dots-in-the-very-name": inside(
        "v2",
        {"type": "object", "properties": {"config.name": {}}},
        {"config.name": "a", "name": "a"},
        ("/name is another version's name for config.name",),
    ),
    "in-an-open-object": inside(
        "v2", OPEN, {"config": {"name": "a"}, "name": "a"}, ("/name is another version's name for config.name",)
    ),
    "of-texts": inside(
        "v2", TEXTS, {"config": {"name": "a"}, "name": "a"}, ("/name is another version's name for config.name",)
    ),
    "in-a-closed-object": inside("v2", SHUT, {"config": {}, "name": "a"}, "unspoken"),
    "dots-in-the-name-in-the-answer": inside(
        "v1",
        {"type": "object", "properties": {"name": {}, "config": {}}},
        {"name": "a", "config.name": "a"},
        ("/config.name is another version's name for name",),
    ),
    "dots-in-one-element-of-two": inside(
        "v1",
        {"type": "array", "items": {"type": "object", "properties": {"name": {}}}},
        [{"name": "a"}, {"name": "a", "config.name": "a"}],
        ("/*/config.name is another version's name for name",),
    ),
    "not-in-this-contract": inside("v2", {"type": "object", "properties": {"id": {}}}, {"name": "a"}, "unspoken"),
}


@pytest.mark.parametrize("name", OF_OBJECTS)
def test_a_member_may_move_into_an_object(name: str) -> None:
    """The dots in a row's name lead into objects; a member with dots in its very name goes before."""
    assert agrees(said(CHECK, OF_OBJECTS[name]), OF_OBJECTS[name].expected), said(CHECK, OF_OBJECTS[name])
