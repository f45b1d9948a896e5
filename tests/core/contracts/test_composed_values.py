"""Composed values: of lists of objects and of maps what was written is looked for part by part, and no more strictly than servers may be held to."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.core.contracts.composed_values import (
    composed,
    due_parts,
    is_kept,
    is_ordered,
    is_shown,
    stale_parts,
)
from pytest_apiversion.core.json.pointer import MISSING

TEXT: dict[str, Any] = {"type": "string"}
COUNT: dict[str, Any] = {"type": "integer"}
THING: dict[str, Any] = {"type": "object", "properties": {"name": TEXT, "count": COUNT, "tokens": TEXT}}
LIST: dict[str, Any] = {"type": "array", "items": THING}
MAP: dict[str, Any] = {"type": "object", "additionalProperties": COUNT}
A, B = {"name": "a", "count": 1}, {"name": "b", "count": 2}


@pytest.mark.parametrize(
    ("name", "schema", "value", "due"),
    [
        pytest.param("things", LIST, [A, B], [A, B], id="list"),
        pytest.param("things", LIST, [], [], id="empty-list"),
        pytest.param("things", LIST, [{**A, "tokens": "x", "more": 1}], [A], id="what-may-be-hidden-or-is-not-named"),
        pytest.param("things", LIST, [{**A, "name": None}], [{"count": 1}], id="null"),
        pytest.param("things", LIST, [A, {**B, "name": "A"}], MISSING, id="two-of-one-name"),
        pytest.param("things", LIST, [A, {}], MISSING, id="an-element-that-says-nothing"),
        pytest.param("thingIds", LIST, [A], MISSING, id="names-of-other-things"),
        pytest.param("things", {**LIST, "prefixItems": []}, [A], MISSING, id="tuple"),
        pytest.param("things", {"type": "array", "items": {"type": "object"}}, [A], MISSING, id="no-members-named"),
        pytest.param("marks", MAP, {"a": 1}, {"a": 1}, id="map"),
        pytest.param("marks", MAP, {}, {}, id="empty-map"),
        pytest.param("marks", MAP, {"A": 1, "b c": 2, "d": 3}, {"d": 3}, id="names-that-may-be-written-otherwise"),
        pytest.param("marks", MAP, {"A": 1}, MISSING, id="no-name-that-counts"),
        pytest.param("seats_by_team", MAP, {"a": 1}, MISSING, id="by-names-of-other-things"),
        pytest.param("seatsByTeam", MAP, {"a": 1}, MISSING, id="by-names-of-other-things-in-camel-case"),
        pytest.param("secrets", MAP, {"a": 1}, MISSING, id="secrets"),
        pytest.param("marks", {**MAP, "additionalProperties": True}, {"a": 1}, MISSING, id="map-of-anything"),
        pytest.param("marks", {**MAP, "properties": {"a": TEXT}}, {"b": 1}, MISSING, id="object-with-members"),
        pytest.param("marks", {**MAP, "propertyNames": {"enum": ["a"]}}, {"a": 1}, MISSING, id="names-of-a-list"),
        pytest.param("marks", {**MAP, "writeOnly": True}, {"a": 1}, MISSING, id="write-only"),
        pytest.param("marks", {**MAP, "additionalProperties": MAP}, {"a": {"b": 1}}, {"a": {"b": 1}}, id="map-of-maps"),
    ],
)
def test_parts_are_due_where_nothing_may_become_of_them(name: str, schema: Any, value: Any, due: Any) -> None:
    """Members that both schemas name, of elements that nobody takes for one; names of maps that everybody writes alike."""
    known = composed({}, {name: schema})

    assert (due_parts(value, known[name], known[name]) if name in known else MISSING) == due


def test_all_names_of_a_map_count_in_what_was_read() -> None:
    """What a service showed once it has no reason to write otherwise."""
    known = composed({}, {"marks": MAP})["marks"]

    assert due_parts({"A": 1}, known, known, plain=False) == {"A": 1}


@pytest.mark.parametrize(
    ("value", "shown", "right"),
    [
        pytest.param([A, B], [B, A], True, id="sorted"),
        pytest.param([A], [{**A, "place": 1}, B], True, id="more-members-and-elements"),
        pytest.param([A, B], [A], False, id="an-element-is-lost"),
        pytest.param([A, B], [{**A, "count": 2}, {**B, "count": 1}], False, id="values-are-exchanged"),
        pytest.param([A], [{"name": "a"}], False, id="a-member-is-lost"),
        pytest.param([{**A, "count": 0}], [{"name": "a"}], True, id="nothing-is-left-out"),
        pytest.param([{**A, "name": " "}], [{"name": "", "count": 1}], True, id="blank"),
        pytest.param([A], [{**A, "count": "1"}], True, id="another-type-is-the-contract's"),
        pytest.param([A], None, False, id="null"),
        pytest.param([], None, True, id="null-for-an-empty-list"),
        pytest.param([A], MISSING, False, id="nothing-there"),
        pytest.param([{"productId": "x", "count": 1}], [], True, id="what-it-names-is-not-there"),
        pytest.param([{"productId": "x", "count": 1}], [{"productId": "x", "count": 2}], False, id="of-what-it-names"),
        pytest.param({"a": 1}, {"a": 1, "b": 2}, True, id="more-names"),
        pytest.param({"a": 1}, {}, False, id="a-name-is-lost"),
        pytest.param({"a": 0}, {}, True, id="zero-is-left-out"),
        pytest.param({"a": 1}, {"a": 2}, False, id="another-value"),
        pytest.param({"a": 1}, None, False, id="null-for-a-map"),
        pytest.param({"a": {"b": 1}}, {"a": {}}, False, id="in-a-map-of-maps"),
    ],
)
def test_parts_are_shown_or_lost(value: Any, shown: Any, *, right: bool) -> None:
    """In whatever order, with whatever beside; what many leave out is no loss."""
    assert is_shown(value, shown) is right


@pytest.mark.parametrize(
    ("value", "earlier", "before", "shown", "stale"),
    [
        pytest.param([B], [A], [A], [A, B], True, id="an-element-stays"),
        pytest.param([B], [A], [A], [B], False, id="it-is-gone"),
        pytest.param([B], [], [A], [A, B], False, id="the-service's-own"),
        pytest.param([{**A, "count": 3}], [A], [A], [{**A, "count": 3}], False, id="it-changed"),
        pytest.param([B], [A], [], [A, B], False, id="it-was-not-there"),
        pytest.param({"b": 1}, {"a": 1}, {"a": 1}, {"a": 1, "b": 1}, True, id="a-name-stays"),
        pytest.param({"b": 1}, {"a": 1}, {"a": 1}, {"b": 1}, False, id="a-name-is-gone"),
        pytest.param({"b": 1}, {}, {"own": 7}, {"own": 7, "b": 1}, False, id="the-service's-own-name"),
        pytest.param({"b": 1}, {"a": 1}, MISSING, {"a": 1, "b": 1}, False, id="nothing-was-there"),
    ],
)
def test_what_was_replaced_is_gone(value: Any, earlier: Any, before: Any, shown: Any, *, stale: bool) -> None:
    """What this run wrote earlier, and nothing that the service has put there itself."""
    assert stale_parts(value, earlier, before, shown) is stale


@pytest.mark.parametrize(
    ("value", "shown", "kept"),
    [
        ([A], [A, B], True),
        ([A], [B], False),
        ([], [], False),
        ([{"productId": "x", "count": 1}], [], False),
        ({"a": 1}, {"a": 1, "own": 7}, True),
        ({"a": 1, "own": 7}, {"own": 7}, False),
        ({}, {}, False),
    ],
    ids=str,
)
def test_all_of_it_is_kept_or_not(value: Any, shown: Any, *, kept: bool) -> None:
    """What a service puts in the place of nothing is not what was there."""
    assert is_kept(value, shown) is kept


def test_an_ordered_list_has_just_its_elements() -> None:
    """In their order, and no more of them."""
    assert is_ordered([A, B], [{**A, "place": 1}, B])
    assert not is_ordered([A, B], [B, A])
    assert not is_ordered([A], [A, B])
