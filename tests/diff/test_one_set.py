"""Alternatives are one set of values: what another alternative takes in breaks nobody, in a request and in a response."""

from __future__ import annotations

from typing import Any

import pytest

from tests.diff.documents import answered, changes, rules, sent

STR, INT, OBJ = {"type": "string"}, {"type": "integer"}, {"type": "object"}
PET = {**OBJ, "required": ["name"], "properties": {"name": STR}}


def one_of(*values: Any) -> dict[str, Any]:
    """Listed texts."""
    return {**STR, "enum": list(values)}


def union(*schemas: Any, word: str = "anyOf") -> dict[str, Any]:
    """Alternatives."""
    return {word: list(schemas)}


def least(value: int) -> dict[str, Any]:
    """Integers from a value on."""
    return {**INT, "minimum": value}


SAME = {
    "open-enum": (union(STR, one_of("soft", "shrill")), union(STR, one_of("soft", "firm"))),
    "open-enum-the-other-way-round": (union(one_of("soft", "shrill"), STR), union(one_of("firm"), STR)),
    "open-enum-as-one-of": (
        union(STR, one_of("soft", "shrill"), word="oneOf"),
        union(STR, one_of("soft", "firm"), word="oneOf"),
    ),
    "open-enum-no-more-told": (union(STR, one_of("soft")), STR),
    "open-enum-told-now": (STR, union(STR, one_of("soft"))),
    "open-enum-of-constants": (union(STR, {"const": "a"}, {"const": "b"}), union(STR, {"const": "c"})),
    "open-enum-with-a-length": (
        union({**STR, "maxLength": 9}, one_of("soft", "shrill")),
        union({**STR, "maxLength": 9}, one_of("soft", "firm")),
    ),
    "open-enum-with-null": (
        union(STR, one_of("soft"), {"type": "null"}),
        union(STR, one_of("firm"), {"type": "null"}),
    ),
    "open-enum-that-may-be-null": (
        union(STR, {"type": ["string", "null"], "enum": ["soft", None]}),
        union({"type": ["string", "null"]}, one_of("firm")),
    ),
    "open-enum-beside-an-integer": (union(STR, one_of("soft"), least(1)), union(STR, one_of("firm"), least(1))),
    "open-enum-in-all-of": ({"allOf": [union(STR, one_of("a"))]}, {"allOf": [union(STR, one_of("b"))]}),
    "range-in-a-range": (union(least(0), least(5)), union(least(0), least(7))),
    "any-object-beside-one": (union(PET, OBJ), union({**PET, "required": []}, OBJ)),
    "anything-beside-one": (union({}, PET), union({}, INT)),
    "open-enum-referred-to": (union(STR, {"$ref": "#/components/schemas/Mood"}), union(STR, one_of("firm"))),
}
"""Two ways to write one set of values."""

DIFFERENT = {
    "closed": (union(STR, one_of("soft")), one_of("soft"), "request-enum-added", "response-enum-added"),
    "opened": (one_of("soft"), union(STR, one_of("soft")), "request-enum-removed", "response-enum-removed"),
    "a-value-beyond-the-length": (
        union({**STR, "maxLength": 4}, one_of("shrill")),
        union({**STR, "maxLength": 4}, one_of("screaming")),
        "request-enum-value-removed",
        "response-enum-value-added",
    ),
    "an-integer-beside-it": (
        union(STR, one_of("soft"), least(1)),
        union(STR, one_of("soft"), least(2)),
        "request-minimum-increased",
        "response-minimum-increased",
    ),
    "no-null-any-more": (
        union(STR, {"type": ["string", "null"], "enum": ["soft", None]}),
        union(STR, one_of("soft")),
        "request-became-not-nullable",
        "response-became-not-nullable",
    ),
    "another-format": (
        union({**STR, "format": "uuid"}, one_of("soft")),
        union({**STR, "format": "uuid"}, one_of("firm")),
        "request-enum-value-removed",
        "response-enum-value-added",
    ),
    "an-object-beside-a-closed-one": (
        union(PET, {**OBJ, "additionalProperties": False}),
        union({**PET, "properties": {"name": INT}}, {**OBJ, "additionalProperties": False}),
        "request-type-changed",
        "response-type-changed",
    ),
}
"""What is another set of values, and the rules that say so of a request and of a response."""


@pytest.mark.parametrize("wrap", [sent, answered], ids=["request", "response"])
@pytest.mark.parametrize(("old", "new"), SAME.values(), ids=SAME)
def test_one_set_of_values_is_no_change(wrap: Any, old: Any, new: Any) -> None:
    """The same values are taken and answered, however many alternatives say so; either way round."""
    one, other = (wrap(schema, Mood=one_of("soft", "shrill")) for schema in (old, new))

    assert [change.text for change in changes(one, other)] == []
    assert [change.text for change in changes(other, one)] == []


@pytest.mark.parametrize(("old", "new", "request_rule", "response_rule"), DIFFERENT.values(), ids=DIFFERENT)
def test_another_set_of_values_is_told(old: Any, new: Any, request_rule: str, response_rule: str) -> None:
    """What no other alternative takes in is told as ever."""
    assert request_rule in rules(sent(old), sent(new))
    assert response_rule in rules(answered(old), answered(new))


def test_an_alternative_leads_to_the_schema_that_has_it() -> None:
    """A change inside an alternative says which schema the values have to break; one that every value meets says none."""
    old = union({**OBJ, "properties": {"a": {**STR, "maxLength": 9}}}, INT)
    new = union({**OBJ, "properties": {"a": {**STR, "maxLength": 5}}}, INT)
    (inside,), (alone,) = (
        changes(sent({**OBJ, "properties": {"x": one}}), sent({**OBJ, "properties": {"x": other}}))
        for one, other in ((old, new), (old["anyOf"][0], new["anyOf"][0]))
    )

    assert inside.schemas[0].endswith("/properties/x/anyOf/0/properties/a")
    assert inside.whole == tuple(place.removesuffix("/anyOf/0/properties/a") for place in inside.schemas)
    assert alone.whole is None


def test_what_is_met_elsewhere_too_stands_for_itself() -> None:
    """A schema that is an alternative in one place and is all there is in another has to be met there."""
    tight = {"properties": {"a": {**STR, "maxLength": 5}}}
    loose = {"properties": {"a": {**STR, "maxLength": 9}}}
    ref = {"$ref": "#/components/schemas/T"}
    both = {**OBJ, "properties": {"x": union(ref, INT), "y": ref}}
    (change,) = changes(sent(both, T={**OBJ, **loose}), sent(both, T={**OBJ, **tight}))

    assert change.whole is None
