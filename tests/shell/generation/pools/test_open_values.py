"""Arrays and objects that may be anything are made of plain texts and numbers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_apiversion.shell.generation.pools.open_values import is_open, open_values
from pytest_apiversion.shell.generation.pools.pieces import Pieces

TEXTS = ["", "0", "é", "a text", "\U0001f600"]
NUMBERS = [0, -3, 2.5]


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "array"}, True),
        ({"type": "object"}, True),
        ({"type": "array", "items": {}}, True),
        ({"type": "object", "additionalProperties": True}, True),
        ({"type": "array", "items": False}, False),
        ({"type": "array", "items": {"type": "string"}}, False),
        ({"type": "array", "minItems": 1}, False),
        ({"type": "object", "additionalProperties": False}, False),
        ({"type": "object", "properties": {}}, False),
        ({"type": "string"}, False),
        ({"type": ["array", "object"]}, False),
        ({}, False),
        (True, False),
    ],
)
def test_what_may_be_anything(schema: Any, *, expected: bool) -> None:
    """What a schema says of parts, or of their number, has its values drawn."""
    assert is_open(schema) is expected


@pytest.mark.parametrize(("kind", "cls"), [("array", list), ("object", dict)])
def test_values_are_of_the_kind_and_each_there_once(kind: str, cls: type) -> None:
    """The empty one comes first, none twice; the same seed gives the same, another seed others."""
    made = open_values(kind, TEXTS, NUMBERS, 1, 40)

    assert len(made) == 40
    assert made[0] == cls()
    assert {type(each) for each in made} == {cls}
    assert len({json.dumps(each) for each in made}) == 40
    assert made == open_values(kind, TEXTS, NUMBERS, 1, 40)
    assert made != open_values(kind, TEXTS, NUMBERS, 2, 40)


def _parts(value: Any) -> Any:
    yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _parts(each)


def _depth(value: Any) -> int:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inside is None else 1 + max(map(_depth, inside), default=0)


@pytest.mark.parametrize("kind", ["array", "object"])
def test_everything_stands_in_them(kind: str) -> None:
    """Texts, numbers, booleans, null, arrays and objects, some empty, to a bounded depth."""
    made = open_values(kind, TEXTS, NUMBERS, 1, 60)
    parts = [part for value in made for part in _parts(value)]

    assert {type(part) for part in parts} == {str, int, float, bool, type(None), list, dict}
    assert [] in parts[1:]
    assert {} in parts[1:]
    assert {_depth(value) for value in made} == {1, 2, 3}
    assert max(len(part) for part in parts if isinstance(part, list | dict)) >= 4


def test_few_that_there_are_are_enough() -> None:
    """Where next to nothing can be made, nothing is waited for."""
    assert 1 <= len(open_values("object", [""], [0], 1, 10_000)) < 10_000


def test_the_pools_of_a_contract_have_them() -> None:
    """A member that may be any object has such values, as many as another is drawn together."""
    values = Pieces({}, 1).values({"type": "object", "additionalProperties": True}).first()

    assert len(values) == 16
    assert values[0] == {}
