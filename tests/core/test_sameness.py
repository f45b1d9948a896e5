"""Two answers are told apart by what holds, and by nothing that only happened."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_apiversion.core.checking.exchange import Request, Response
from pytest_apiversion.core.http.response_differences import Difference, lacking, readdressed, steady, unequal
from tests.checks.builders import response

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


def body(value: Any) -> Response:
    """An answer with a JSON body, null too."""
    return response(200, body=json.dumps(value).encode())


def never(_one: str, _other: str) -> bool:
    """Forgives nothing."""
    return False


def differ(one: Response, other: Response) -> dict[str, Difference]:
    """What tells them apart."""
    return unequal(one, other, never)


@settings(deadline=None)
@given(VALUES)
def test_an_answer_is_equal_to_itself_and_lacks_nothing(value: Any) -> None:
    """Whatever a body is, it is the same as itself, and has all it has."""
    assert not unequal(body(value), body(value), never)
    assert not lacking(body(value), body(value))


@settings(deadline=None)
@given(VALUES, VALUES)
def test_difference_has_two_sides(one: Any, other: Any) -> None:
    """What differs from one side differs from the other, at the same places and the other way round."""
    found, mirrored = differ(body(one), body(other)), differ(body(other), body(one))

    assert found == {place: Difference(mine=each.other, other=each.mine) for place, each in mirrored.items()}


@settings(deadline=None)
@given(VALUES, VALUES)
def test_what_is_equal_lacks_nothing(one: Any, other: Any) -> None:
    """Nothing is missing where nothing differs, and something differs where something is missing."""
    if not differ(body(one), body(other)):
        assert not lacking(body(one), body(other))


@settings(deadline=None)
@given(st.lists(VALUES, min_size=2, max_size=3), st.lists(VALUES, min_size=1, max_size=2))
def test_a_place_that_changes_by_itself_is_never_claimed(mine: list[Any], other: list[Any]) -> None:
    """Only what one side keeps from answer to answer is held against the other."""
    sides = [body(each) for each in mine[: len(other) + 1]], [body(each) for each in other[: len(mine)]]
    found = steady(*sides, differ)

    for side in sides:
        for before, after in pairwise(side):
            assert not found.keys() & differ(before, after).keys()


ROUNDS: dict[str, tuple[Sequence[Any], Sequence[Any], set[str]]] = {
    "once": ([{"a": 1}], [{"a": 2}], {"/a"}),
    "always": ([{"a": 1}] * 3, [{"a": 2}] * 2, {"/a"}),
    "a-counter": ([{"a": 1}, {"a": 3}], [{"a": 2}], set()),
    "changed-in-between": ([{"a": 1}, {"a": 2}], [{"a": 2}], set()),
    "below-what-changes": ([{"a": {"b": 1}}, {"a": []}], [{"a": {"b": 2}}], set()),
    "beside-what-changes": ([{"a": 1, "b": 1}, {"a": 1, "b": 2}], [{"a": 2, "b": 3}], {"/a"}),
    "a-volatile-member-inside-a-missing-object": (
        [{"m": {"at": 1}}, {"m": {"at": 2}}],
        [{}],
        {"/m"},
    ),
}


@pytest.mark.parametrize("name", ROUNDS)
def test_turns(name: str) -> None:
    """A difference holds where it is seen between all answers of both sides and neither side changes there."""
    mine, other, expected = ROUNDS[name]

    assert set(steady([body(each) for each in mine], [body(each) for each in other], differ)) == expected


def test_what_is_declared_volatile_is_not_asked_about() -> None:
    """A place and all below it are left out; another that begins alike is not."""
    one, other = body({"a": {"b": 1}, "ab": 1}), body({"a": {"b": 2}, "ab": 2})

    assert set(steady([one], [other], differ, ["/a"])) == {"/ab"}


ADDRESSES = {
    "prefix": (Request(method="GET", path="/api/v2/things"), "/api/v2/a?x=1", "/api/a?x=1", True),
    "parameter": (Request(method="GET", path="/api/things", query=(("v", "2"),)), "/api/a?v=2", "/api/a", True),
    "parameter-among-others": (
        Request(method="GET", path="/api/things", query=(("v", "2"),)),
        "/api/a?v=2&x=1",
        "/api/a?x=1",
        True,
    ),
    "host": (Request(method="GET", path="/api/things", host="v2.x"), "//v2.x/a", "///a", True),
    "another-resource": (Request(method="GET", path="/api/v2/things"), "/api/v2/a", "/api/b", False),
    "another-version": (Request(method="GET", path="/api/v2/things"), "/api/v1/a", "/api/a", False),
    "no-address": (Request(method="GET", path="/v2/things"), "v2", "", False),
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_links_to_where_it_was_asked(name: str) -> None:
    """Two addresses are the same where they differ as the two requests' own addresses do."""
    request, one, other, expected = ADDRESSES[name]
    plain = Request(method="GET", path="/api/things" if request.path != "/v2/things" else "/things")

    assert readdressed(request, plain)(one, other) is expected


def test_long_values_are_told_in_short() -> None:
    """A difference fits a line."""
    found = differ(body({"a": "x" * 500}), body({"a": 1}))

    assert found["/a"].other == "1"
    assert len(found["/a"].mine) == 61


def test_a_body_deeper_than_any_is_compared_as_a_whole() -> None:
    """A hostile body is no recursion error."""
    deep: Any = 1
    for _ in range(80):
        deep = [deep]

    assert not differ(body(deep), body(deep))
    assert len(differ(body(deep), body([deep]))) == 1
