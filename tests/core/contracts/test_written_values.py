"""Written values: null and lists are compared where a contract says what they mean, and no more strictly than servers may be held to."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.core.contracts.round_trip import After, Follows, is_link, member_differences
from pytest_apiversion.core.contracts.written_values import comparable, is_due, is_lost, same_meaning, takes_null
from pytest_apiversion.core.json.pointer import MISSING
from tests.checks.builders import response

TEXT: dict[str, Any] = {"type": "string"}
NULL: dict[str, Any] = {"type": "null"}
EITHER: dict[str, Any] = {"type": ["string", "null"]}
DOCUMENT = {"either": EITHER}


@pytest.mark.parametrize(
    ("schema", "takes"),
    [
        (TEXT, False),
        (EITHER, True),
        ({"anyOf": [TEXT, NULL]}, True),
        ({"oneOf": [TEXT, {"type": "integer"}]}, False),
        ({"allOf": [EITHER]}, True),
        ({"allOf": [EITHER, TEXT]}, False),
        ({"enum": ["a", None]}, True),
        ({"type": ["string", "null"], "enum": ["a"]}, False),
        ({"$ref": "#/either"}, True),
        ({}, False),
        (True, False),
    ],
    ids=str,
)
def test_a_schema_takes_null_where_it_says_so(schema: Any, *, takes: bool) -> None:
    """By its type, its choices, its alternatives, or all of its parts; what says nothing of null may take it, and means nothing by it."""
    assert takes_null(DOCUMENT, schema) is takes


LIST: dict[str, Any] = {"type": "array", "items": TEXT}


@pytest.mark.parametrize(
    ("name", "schema", "value", "due"),
    [
        pytest.param("a", EITHER, None, True, id="null"),
        pytest.param("a", TEXT, None, False, id="null-where-none-may-be"),
        pytest.param("a", {**EITHER, "default": ""}, None, False, id="null-with-a-default"),
        pytest.param("a", {**EITHER, "default": None}, None, True, id="null-with-the-default-null"),
        pytest.param("a", {"type": ["array", "null"], "items": TEXT}, None, False, id="null-for-a-list"),
        pytest.param("tags", LIST, ["x"], True, id="list"),
        pytest.param("tags", LIST, [], True, id="empty-list"),
        pytest.param("tags", LIST, [["x"]], False, id="list-of-lists"),
        pytest.param("tags", {"type": "array"}, ["x"], False, id="list-of-anything"),
        pytest.param("tags", {**LIST, "prefixItems": [TEXT]}, ["x"], False, id="tuple"),
        pytest.param("tags", {"type": "array", "items": {"type": "object"}}, [], False, id="list-of-objects"),
        pytest.param("links", {"type": "array", "items": {**TEXT, "format": "uri"}}, ["x"], False, id="list-of-links"),
        pytest.param("owner_ids", LIST, ["x"], False, id="list-of-identifiers"),
        pytest.param("ownerIds", LIST, ["x"], False, id="list-of-identifiers-in-camel-case"),
        pytest.param("kids", LIST, ["x"], True, id="no-identifiers"),
        pytest.param("marks", {"type": "array", "items": {"enum": ["a", "b"]}}, ["a"], True, id="list-of-choices"),
    ],
)
def test_a_value_is_due_where_it_means_something(name: str, schema: Any, value: Any, *, due: bool) -> None:
    """Null where both schemas take it and have no default; lists of scalars that name nothing else."""
    known = comparable({}, {name: schema})

    assert (name in known and is_due(value, known[name], known[name])) is due


@pytest.mark.parametrize(
    ("value", "shown", "before", "lost", "strictly"),
    [
        pytest.param(None, None, "x", False, False, id="null-stays"),
        pytest.param(None, "", "x", True, True, id="null-is-empty"),
        pytest.param(None, 0, MISSING, True, True, id="null-is-zero"),
        pytest.param(None, False, MISSING, True, True, id="null-is-false"),
        pytest.param(None, "made-up", MISSING, False, True, id="null-is-made-up"),
        pytest.param(None, "x", "x", True, True, id="null-is-not-taken"),
        pytest.param(["a", "b"], ["b", "A "], MISSING, False, True, id="another-order"),
        pytest.param(["a", "a"], ["a"], MISSING, False, True, id="twice"),
        pytest.param(["a", ""], ["a"], MISSING, False, True, id="without-what-says-nothing"),
        pytest.param(["a"], ["a", "b"], MISSING, False, True, id="more"),
        pytest.param(["a"], ["a", "b"], ["b"], True, True, id="more-of-before"),
        pytest.param(["a", "b"], ["a"], MISSING, True, True, id="one-is-lost"),
        pytest.param([1, 2], [1.0, 2], MISSING, False, False, id="numbers"),
        pytest.param([True], [1], MISSING, True, True, id="true-is-not-one"),
        pytest.param([], None, MISSING, False, False, id="no-list-for-an-empty-one"),
        pytest.param(["a"], None, MISSING, True, True, id="no-list"),
        pytest.param("a", " A", MISSING, False, False, id="text"),
    ],
)
def test_what_is_lost(value: Any, shown: Any, before: Any, *, lost: bool, strictly: bool) -> None:
    """Without a word of the policy only what no honest server does; with one, whatever is not as it was sent."""
    assert is_lost(value, shown, before, ordered=False, nulls=None) is lost
    assert is_lost(value, shown, before, ordered=True, nulls=True) is strictly


@pytest.mark.parametrize(("write", "lost"), [("PUT /things/{id}", ["note", "tags"]), ("PATCH /things/{id}", [])])
def test_what_was_there_before_a_put_is_gone(write: str, lost: list[str]) -> None:
    """It replaces the whole thing (RFC 9110 §9.3.4); a PATCH may leave a note that is null, and add to a list."""
    shown = response(200, {"note": "x", "tags": ["a", "b"]})
    follows = Follows(
        after=After.UPDATED,
        write=write,
        version="v1",
        members={"note": None, "tags": ["a"]},
        before=response(200, {"note": "x", "tags": ["b"]}),
    )

    assert [name for name, _, _ in member_differences(follows, shown)] == lost


def test_an_object_in_the_place_of_null_is_the_contracts() -> None:
    """What is of no kind that is compared is told by the contract's own checks."""
    follows = Follows(after=After.CREATED, write="POST /things", version="v1", members={"note": None})

    assert member_differences(follows, response(200, {"note": {}})) == []
    assert member_differences(follows, response(200, {})) == []


def test_lists_mean_the_same_where_their_elements_do() -> None:
    """Lists of two lists of choices are not compared between versions, and neither are lists of links."""
    one, other = ({"type": "array", "items": {"enum": each}} for each in (["a"], ["b"]))

    assert same_meaning(one, one)
    assert not same_meaning(one, other)
    assert is_link(["x", "/things/1"])
    assert not is_link(["x"])
