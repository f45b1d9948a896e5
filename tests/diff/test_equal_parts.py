"""When two parts of two documents are alike: as JSON, not as Python has it, and with what they refer to."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from pytest_apiversion.diff.document import Document
from pytest_apiversion.diff.pairs import Ground, Setting
from tests.diff.documents import answered, rules

TARGET = {"type": "string"}


def ground(old: dict[str, Any], new: dict[str, Any], every: frozenset[str] | None = None) -> Ground:
    """Ground of two documents."""
    return Ground(Document(old, "3.1", every=every), Document(new, "3.1"), Setting())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"default": 1}, {"default": True}),
        ({"enum": [0, "a"]}, {"enum": [False, "a"]}),
        ({"const": {"a": [1]}}, {"const": {"a": [True]}}),
    ],
    ids=["default", "enum", "deep"],
)
def test_numbers_are_no_truth_values(one: Any, other: Any) -> None:
    """`1` and `true` are two values of JSON, whatever Python says; `1` and `1.0`, and another order of members, are one."""
    made = ground(answered(one), answered(other))

    assert not made.equal(one, other)
    assert made.equal(one, copy.deepcopy(one))
    assert made.equal({"minimum": 1, "type": "integer"}, {"type": "integer", "minimum": 1.0})


@pytest.mark.parametrize("known", [False, True], ids=["looked-for", "known"])
def test_what_refers_to_something_else_is_not_alike(*, known: bool) -> None:
    """Two references that are written alike lead to two things where their targets differ, whether all references are known or not."""
    schema = {"$ref": "#/components/schemas/A"}
    every = frozenset({schema["$ref"]}) if known else None
    old, new = (answered(schema, "3.1.0", A=target) for target in (TARGET, {"type": "integer"}))

    assert not ground(old, new, every).equal(schema, copy.deepcopy(schema))
    assert ground(old, copy.deepcopy(old), every).equal(schema, copy.deepcopy(schema))
    assert rules(old, new) == ["response-type-changed"]


def test_values_beyond_json_are_compared_as_well() -> None:
    """A document that a program made, with a value JSON has not, is compared all the same."""
    thing = object()

    assert ground(answered({}), answered({})).equal({"example": thing}, {"example": thing})


def test_what_is_no_schema_is_compared_all_the_same() -> None:
    """A list in a schema's place means nothing, and is no traceback."""
    old, new = (answered({"properties": {"a": each}}) for each in (list[Any](), [list[Any]()]))

    assert rules(old, new) == []
