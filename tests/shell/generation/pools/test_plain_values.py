"""Values of plain schemas that no library draws: valid, of many kinds, and a function of the seed."""

from __future__ import annotations

import json
import math
from random import Random
from typing import Any

import pytest

from pytest_apiversion.shell.generation import strategies
from pytest_apiversion.shell.generation.pools import pool
from pytest_apiversion.shell.generation.pools.pieces import Pieces
from pytest_apiversion.shell.generation.pools.plain_patterns import UnreadError, maker
from pytest_apiversion.shell.generation.pools.plain_texts import texts
from pytest_apiversion.shell.generation.pools.plain_values import values_of
from pytest_apiversion.shell.json_schema.validators import holds

MADE: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "single precision": {"type": "number", "format": "float", "maximum": 5},
    "share": {"type": "number", "minimum": 0, "maximum": 1},
    "price": {"type": "number", "multipleOf": 0.01, "minimum": 0},
    "below": {"type": "integer", "exclusiveMaximum": 3},
    "list": {"type": "array"},
    "object": {"type": "object"},
    **{
        name: {"type": "string", "format": name}
        for name in ("date", "date-time", "uuid", "uri", "email", "hostname", "ipv4", "ipv6", "byte")
    },
    "slug": {"type": "string", "pattern": "^[a-z0-9]+(?:-[a-z0-9]+)*$"},
    "phone": {"type": "string", "pattern": r"^\+?[1-9]\d{1,14}$"},
    "colour": {"type": "string", "pattern": "^#([A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})$"},
    "anywhere": {"type": "string", "pattern": "payTo|upi_collect", "maxLength": 50},
    "any letter": {"type": "string", "pattern": "^.{3,5}$"},
    "none of": {"type": "string", "pattern": r"[^\s/]+"},
}


@pytest.fixture(autouse=True)
def _nothing_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither Hypothesis nor schemathesis is asked, and nothing is known from before."""

    def run(*_: Any, **__: Any) -> str | None:
        raise AssertionError

    monkeypatch.setattr(strategies, "run", run)
    pool.forget()


@pytest.mark.parametrize("name", MADE)
def test_made_values_are_valid_and_many(name: str) -> None:
    """They are what the schema says, at least three times as many as a case has in a drawn pool, the simplest first, and the seed decides them."""
    schema = MADE[name]
    found = list(Pieces({}, 1).values(schema).first())
    assert all(holds({}, schema, value) for value in found)
    assert len({json.dumps(value) for value in found}) == len(found) >= 40
    pool.forget()
    assert list(Pieces({}, 1).values(schema).first()) == found
    assert list(Pieces({}, 2).values(schema).first()) != found


def test_there_are_as_few_as_the_schema_has() -> None:
    """A schema with few values has each of them."""
    assert {
        *Pieces({}, 1).values({"type": "integer", "multipleOf": 10, "exclusiveMaximum": 60, "minimum": 0}).first()
    } == {*range(0, 60, 10)}
    assert {*Pieces({}, 1).values({"type": "string", "pattern": "^(a|b)c?$"}).first()} == {"a", "b", "ac", "bc"}


def test_texts_are_of_all_kinds() -> None:
    """Among a few dozen are letters of every plane, ends that are trimmed, and what reads as something else; none has NUL or half a pair."""
    found = [text for seed in range(4) for text in texts(Random(seed), 64)]  # noqa: S311  nothing is secret
    assert found[0] == ""
    assert not any("\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text) for text in found)
    assert any(max(text) > "\uffff" for text in found if text)
    assert any("\u0100" <= letter <= "\ud7ff" for text in found for letter in text)
    assert any(text != text.strip() for text in found)
    assert any(len(text) >= 25 for text in found)
    assert {*found} & {"null", "true", "NaN", "-1", "%20", "&", "..", "<b>", '"', "\\"}


def test_numbers_are_of_all_sizes() -> None:
    """There are whole ones and fractions, small ones and such as few types have."""
    integers = Pieces({}, 1).values({"type": "integer"}).first()
    numbers = Pieces({}, 1).values({"type": "number"}).first()
    assert any(abs(each) > 2**63 for each in integers)
    assert sum(abs(each) < 1000 for each in integers) >= 5
    assert any(each < 0 for each in integers)
    assert all(math.isfinite(each) for each in numbers)
    assert any(each % 1 for each in numbers)
    assert any(0 < abs(each) < 1e-6 for each in numbers)
    assert any(abs(each) > 1e20 for each in numbers)


@pytest.mark.parametrize(
    "pattern",
    [r"(?=a)b", r"(a)\1", r"\bword", r"\p{L}+", "^(a)|b$", "(a{999}){999}", "[", "(", "a{3", "\\u0041", "(?<name>a)"],
)
def test_what_is_not_read_is_left_to_be_drawn(pattern: str) -> None:
    """A pattern that looks ahead or back, names kinds of letters, or is none is not guessed at; nor is one whose texts would be huge."""
    with pytest.raises(UnreadError):
        maker(pattern)
    assert values_of({"type": "string", "pattern": pattern}) is None


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "format": "binary"},
        {"type": "string", "format": "mask"},
        {"type": "string", "format": "date", "pattern": "^2"},
        {"type": "string", "contentEncoding": "base64"},
        {"type": "array", "items": {}},
        {"type": ["string", "integer"]},
        {"not": {"type": "string"}},
        True,
    ],
)
def test_what_says_more_is_left_to_be_drawn(schema: Any) -> None:
    """Only schemas that say nothing but what is known here have values made."""
    assert values_of(schema) is None


def test_a_format_that_a_suite_taught_schemathesis_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `schemathesis.openapi.format` says of a format counts, also of one that is known here."""
    from schemathesis.specs.openapi import formats  # noqa: PLC0415  heavy

    assert values_of({"type": "string", "format": "date"}) is not None
    monkeypatch.setitem(formats.STRING_FORMATS, "date", None)
    assert values_of({"type": "string", "format": "date"}) is None


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "format": "date", "maxLength": 5},
        {"type": "number", "minimum": 10**400},
        {"type": "integer", "maximum": "5", "multipleOf": 2},
        {"type": "string", "pattern": "^a+$", "maxLength": 2, "minLength": 2},
    ],
)
def test_what_is_nearly_always_refused_is_drawn(schema: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that leave little of what is made, or are none, send the schema to those who draw."""
    asked: list[Any] = []

    def draw_values(schema: Any, *_: Any, **__: Any) -> list[Any]:
        asked.append(schema)
        return ["drawn"]

    monkeypatch.setattr(strategies, "draw_values", draw_values)
    assert list(Pieces({}, 1).values(schema).first()) == ["drawn"]
    assert asked == [schema]


@pytest.mark.parametrize("kind", ["string", "integer", "boolean", "number"])
def test_or_null_is_a_choice(kind: str) -> None:
    """What may be null as well is made of the values without null, and null."""
    from pytest_apiversion.shell.generation.pools.choosing import Choices  # noqa: PLC0415
    from pytest_apiversion.shell.generation.pools.schema_nodes import Nodes  # noqa: PLC0415

    pieces = Pieces({}, 1)
    node = Nodes(pieces.follow, pieces.values, pieces.written).of({"type": [kind, "null"]})
    choices = Choices(1)
    choices.begin()
    made = [node.make(choices, 0) for _ in range(40)]
    assert None in made
    assert made.count(None) < 20


def test_keywords_of_other_types_say_nothing() -> None:
    """An object with a `maxLength` is assembled from its members, as without."""
    from pytest_apiversion.shell.generation.pools.choosing import Choices  # noqa: PLC0415
    from pytest_apiversion.shell.generation.pools.schema_nodes import Nodes  # noqa: PLC0415

    pieces = Pieces({}, 1)
    nodes = Nodes(pieces.follow, pieces.values, pieces.written)
    member = {"type": "string", "maxLength": 9}
    node = nodes.of({"type": "object", "maxLength": 80, "properties": {"a": member}, "required": ["a"]})
    choices = Choices(1)
    choices.begin()
    assert node.make(choices, 0).keys() == {"a"}
    assert nodes.whole == 0
