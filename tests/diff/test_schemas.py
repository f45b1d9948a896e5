"""Schemas: what must be told, by which name, and what must not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.diff.documents import answered, changes, rules, sent
from tests.diff.schema_cases import CASES, REQUESTS, RESPONSES
from tests.diff.schema_spellings import SILENT
from tests.thorough import sample

Wrap = Callable[[Any], dict[str, Any]]

ROWS = [
    pytest.param(wrap, way, *row, id=f"{way}-{name}")
    for way, wrap, table in (("request", sent, {**CASES, **REQUESTS}), ("response", answered, {**CASES, **RESPONSES}))
    for name, row in table.items()
]


@pytest.mark.parametrize(("wrap", "way", "one", "other", "there", "back"), ROWS)
def test_a_difference_is_told_both_ways(
    wrap: Wrap, way: str, one: Any, other: Any, there: list[str], back: list[str]
) -> None:
    """Each way from one schema to another is told by exactly its own rules."""
    assert rules(wrap(one), wrap(other)) == [f"{way}-{name}" for name in there]
    assert rules(wrap(other), wrap(one)) == [f"{way}-{name}" for name in back]


@pytest.mark.parametrize(("wrap", "way", "one", "other", "there", "back"), sample(ROWS, 3))
def test_a_difference_is_told_wherever_it_stands(
    wrap: Wrap, way: str, one: Any, other: Any, there: list[str], back: list[str]
) -> None:
    """Inside a member, an item, an alternative or another file's name, a difference is the same difference."""

    def deep(schema: Any) -> dict[str, Any]:
        inner = {"type": "array", "items": {"type": "object", "properties": {"deep": {"allOf": [schema]}}}}
        return wrap({"anyOf": [inner, {"type": "string", "format": "uuid"}]})

    assert rules(deep(one), deep(other)) == [f"{way}-{name}" for name in there]
    assert rules(deep(other), deep(one)) == [f"{way}-{name}" for name in back]


@pytest.mark.parametrize("wrap", [sent, answered], ids=["request", "response"])
@pytest.mark.parametrize(("one", "other"), SILENT.values(), ids=SILENT.keys())
def test_two_spellings_of_one_meaning_are_the_same(wrap: Wrap, one: Any, other: Any) -> None:
    """What a client cannot tell apart is not told."""
    assert rules(wrap(one), wrap(other)) == []
    assert rules(wrap(other), wrap(one)) == []


@pytest.mark.parametrize(("wrap", "way"), [(sent, "request"), (answered, "response")], ids=["request", "response"])
def test_a_time_of_grace_is_held(wrap: Wrap, way: str) -> None:
    """Where a time of grace is asked for, a deprecation has a sunset, and that is far enough."""

    def marked(**marks: Any) -> dict[str, Any]:
        return wrap({"type": "object", "properties": {"p": {"type": "string", **marks}}})

    soon, late = {"x-sunset": "2026-11-29"}, {"x-sunset": "2026-11-30"}
    plain = marked()

    assert rules(plain, marked(deprecated=True), grace_days=10) == [f"{way}-property-deprecated-without-sunset"]
    assert rules(plain, marked(deprecated=True, **soon), grace_days=10) == [f"{way}-property-sunset-too-soon"]
    assert rules(plain, marked(deprecated=True, **late), grace_days=10) == [f"{way}-property-deprecated"]
    assert rules(plain, marked(deprecated=True, **soon)) == [f"{way}-property-deprecated"]


def test_recursion_ends() -> None:
    """A schema that contains itself is compared once, and what changed in it is told once."""

    def tree(limit: int) -> dict[str, Any]:
        node = {
            "type": "object",
            "properties": {
                "name": {"type": "string", "maxLength": limit},
                "left": {"$ref": "#/components/schemas/Node"},
                "right": {"anyOf": [{"$ref": "#/components/schemas/Node"}, {"type": "null"}]},
            },
        }
        return sent({"$ref": "#/components/schemas/Node"}, Node=node)

    found = changes(tree(5), tree(3))

    assert [(change.rule.id, change.name, change.place) for change in found] == [
        ("request-max-length-decreased", "Node.name", "/components/schemas/Node/properties/name/maxLength")
    ]


@pytest.mark.parametrize("word", ["not", "if"])
def test_a_question_about_itself_ends(word: str) -> None:
    """A schema that is asked about inside its own `not` or `if` does not ask for ever."""

    def knot(limit: int) -> dict[str, Any]:
        inner = {"properties": {"x": {"$ref": "#/components/schemas/Knot"}, "y": {"maxLength": limit}}}
        return sent(
            {"$ref": "#/components/schemas/Knot"}, Knot={"type": "object", word: inner, "then": {"minProperties": 1}}
        )

    assert rules(knot(1), knot(1)) == []
    assert rules(knot(1), knot(2)) == [f"request-{'not' if word == 'not' else 'condition'}-changed"]
