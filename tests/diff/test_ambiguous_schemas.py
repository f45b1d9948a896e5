"""A `oneOf` that refuses what was taken is told of each operation it does it to, and of each once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from pytest_apiversion.diff.values.check import Answer, every, some
from tests.diff.documents import OK, changes, document, sent

STR, INT = {"type": "string"}, {"type": "integer"}
BOTH = {"oneOf": [{"enum": ["a", "b", 1]}, STR, INT]}
REF = {"$ref": "#/components/schemas/U"}


def sending(**bodies: Any) -> dict[str, Any]:
    """A document with an operation for each body."""
    return document(
        {
            f"/{name}": {
                "post": {"requestBody": {"content": {"application/json": {"schema": schema}}}, "responses": OK}
            }
            for name, schema in bodies.items()
        },
        components={"schemas": {"U": BOTH}},
    )


def answering(**bodies: Any) -> dict[str, Any]:
    """A document with an operation for each answer."""
    made = sending(**bodies)
    for item in made["paths"].values():
        content = item["post"].pop("requestBody")["content"]
        item["post"]["responses"] = {"200": {"description": "fine", "content": content}}
    return made


def told(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, ...]]:
    """The operations of each finding about an ambiguous `oneOf`."""
    return sorted(change.operations for change in changes(old, new) if change.rule.id.endswith("-one-of-ambiguous"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(sending(a=STR, b={"enum": ["a"]}), sending(a=REF, b=REF), id="requests"),
        pytest.param(answering(a=REF, b=REF), answering(a=STR, b={"enum": ["a"]}), id="responses"),
        pytest.param(
            sending(a={"anyOf": [STR, INT]}, b={"anyOf": [{"enum": ["a"]}, {"type": "boolean"}]}),
            sending(a=REF, b={"anyOf": [REF, {"type": "boolean"}]}),
            id="as-an-alternative-of-one",
        ),
    ],
)
def test_each_operation_is_told(old: dict[str, Any], new: dict[str, Any]) -> None:
    """Operations with different schemas that come to share one, which is ambiguous, are told each."""
    assert told(old, new) == [("POST /a",), ("POST /b",)]


def test_an_alternative_says_nothing_of_its_own() -> None:
    """The schema and its alternative refuse the same value for one reason."""
    old = {"anyOf": [{"type": ["string", "boolean"]}, {"type": "boolean"}]}
    new = {"anyOf": [{"oneOf": [{"enum": [2, "ab"]}, STR]}, {"type": "boolean"}]}

    assert told(sent(old), sent(new)) == [("POST /a",)]


def test_an_alternative_that_stands_elsewhere_too_is_told_there() -> None:
    """What an alternative of one operation is, and the whole of another one, is told of both."""
    alternatives = [REF, {"type": "boolean"}]
    old = sending(a={"anyOf": [STR, {"type": "boolean"}]}, b=STR)

    assert {each for found in told(old, sending(a={"anyOf": alternatives}, b=REF)) for each in found} == {
        "POST /a",
        "POST /b",
    }


def _identified(name: str, kind: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"id": {**STR, **kind}, name: STR, **more}, "required": ["id"]}


FOUND = {
    "pattern": ([{**STR, "pattern": "^a"}, {**STR, "pattern": "z$"}], "az"),
    "pattern-and-length": ([{**STR, "pattern": "^a*$"}, {**STR, "minLength": 3}], "aaa"),
    "format": ([STR, {**STR, "format": "date"}], "2020-01-31"),
    "format-that-says-nothing-of-the-text": ([STR, {**STR, "format": "password"}], "a"),
    "member-with-a-pattern": (
        [_identified("a", {"pattern": "^[0-9]{4}$"}), _identified("b", {"pattern": "^[0-9]{4}$"})],
        {"id": "0000"},
    ),
    "member-with-a-format": (
        [_identified("a", {"format": "ipv4"}), _identified("b", {"format": "ipv4"})],
        {"id": "192.0.2.1"},
    ),
}
"""Id -> alternatives, and a value that fits two of them."""


@pytest.mark.parametrize(("alternatives", "value"), FOUND.values(), ids=FOUND.keys())
def test_a_value_of_a_pattern_or_a_format_is_found(alternatives: list[Any], value: Any) -> None:
    """Where `anyOf` becomes `oneOf`, a text that a pattern or a format asks for shows that two alternatives fit."""
    found = changes(sent({"anyOf": alternatives}), sent({"oneOf": alternatives}))

    assert [(change.rule.id, change.after) for change in found] == [("request-one-of-ambiguous", value)]


APART = {
    "patterns": [{**STR, "pattern": "^a"}, {**STR, "pattern": "^b"}],
    "pattern-and-length": [{**STR, "pattern": "^a{5}$"}, {**STR, "maxLength": 4}],
    "members-with-patterns": [_identified("a", {"pattern": "^a"}), _identified("b", {"pattern": "^b"})],
}
"""Id -> alternatives of which no value fits two."""


@pytest.mark.parametrize("alternatives", APART.values(), ids=APART.keys())
def test_no_value_of_two_patterns_is_made_up(alternatives: list[Any]) -> None:
    """Where no text matches two patterns, `anyOf` and `oneOf` are the same."""
    assert changes(sent({"anyOf": alternatives}), sent({"oneOf": alternatives})) == ()


@pytest.mark.parametrize(("ask", "last"), [(every, False), (some, True)])
def test_nothing_is_asked_behind_the_answer(ask: Callable[[Iterable[Answer]], Answer], last: bool) -> None:  # noqa: FBT001
    """Where an alternative is out at its first member, the others are not looked at: real contracts have thirty wide alternatives."""

    def answers() -> Iterator[Answer]:
        yield from (None, not last, last)
        pytest.fail("asked for more")

    assert ask(answers()) is last
    assert ask([None, not last]) is None
    assert ask([]) is not last
