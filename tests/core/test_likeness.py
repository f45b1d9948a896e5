"""Telling versions apart from outside: by what an answer says of itself, or by its shape."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_apiversion.core.checking.exchange import Response
from pytest_apiversion.core.judging.served_version import changed, echo_due, echo_text, served_by, shape
from pytest_apiversion.core.policy.selection import Echo
from tests.checks.builders import ECHO_BODY, ECHO_HEADER, policy, response

OLD, NEW = response(200, {"id": "t", "topic": "x"}), response(200, {"data": {"id": "t"}, "meta": {"page": 1}})
SAYS = {name: response(200, {"id": "t", "meta": {"version": name}}) for name in ("v1", "v2", "v9")}

SERVED: dict[str, tuple[Echo | None, Response, dict[str, Response], str | None]] = {
    "same-shape": (None, response(200, {"id": "u", "topic": "y"}), {"v1": OLD, "v2": NEW}, "v1"),
    "nearest-shape": (None, response(200, {"data": {"id": "t", "new": 1}}), {"v1": OLD, "v2": NEW}, "v2"),
    "status-tells": (None, response(410), {"v1": response(410), "v2": response(200)}, "v1"),
    "media-type-tells": (
        None,
        response(200, {"a": 1}, media_type="application/vnd.x+json"),
        {"v1": response(200, {"a": 1}, media_type="application/vnd.x+json"), "v2": response(200, {"a": 1})},
        "v1",
    ),
    "header-names-tell": (
        None,
        response(200, {"a": 1}, headers=(("Deprecation", "@2"),)),
        {"v1": response(200, {"a": 1}, headers=(("deprecation", "@1"),)), "v2": response(200, {"a": 1})},
        "v1",
    ),
    "types-tell": (
        None,
        response(200, {"n": 2}),
        {"v1": response(200, {"n": "2"}), "v2": response(200, {"n": 1})},
        "v2",
    ),
    "elements-tell": (
        None,
        response(200, [{"b": 1}]),
        {"v1": response(200, [{"a": 1}]), "v2": response(200, [{"b": 2}])},
        "v2",
    ),
    "alike": (None, OLD, {"v1": OLD, "v2": OLD}, None),
    "nothing-to-compare": (None, OLD, {}, None),
    "echo": (ECHO_BODY, SAYS["v1"], {"v1": SAYS["v1"], "v2": SAYS["v2"]}, "v1"),
    "echo-against-the-shape": (
        ECHO_BODY,
        response(200, {"data": {}, "meta": {"version": "v1"}}),
        {"v1": SAYS["v1"], "v2": response(200, {"data": {}})},
        "v1",
    ),
    "echo-in-a-header": (ECHO_HEADER, response(200, {}, headers=(("X-Served", "2"),)), {}, "v2"),
    "echo-of-nobody-falls-to-the-shape": (ECHO_BODY, SAYS["v9"], {"v1": OLD, "v2": SAYS["v2"]}, "v2"),
    "lying-echo-falls-to-the-shape": (
        ECHO_BODY,
        response(200, {"data": {}, "meta": {"version": "v1"}}),
        {
            "v1": response(200, {"x": 1, "meta": {"version": "v1"}}),
            "v2": response(200, {"data": {}, "meta": {"version": "v1"}}),
        },
        "v2",
    ),
}


@pytest.mark.parametrize("name", SERVED)
def test_which_version_gave_an_answer(name: str) -> None:
    """The echo says, where it can be believed; else the nearest of the known answers; nobody where none is nearer."""
    echo, answer, peers, version = SERVED[name]

    assert served_by(policy(echo=echo), answer, peers) == version


@pytest.mark.parametrize(
    ("echo", "version", "answer", "due", "text"),
    [
        pytest.param(None, "v2", SAYS["v2"], False, None, id="none"),
        pytest.param(ECHO_BODY, "v2", SAYS["v2"], True, "v2", id="body"),
        pytest.param(ECHO_BODY, "v2", response(404, {"meta": {"version": "v2"}}), False, None, id="not-on-errors"),
        pytest.param(ECHO_BODY, "v2", response(204), False, None, id="no-body"),
        pytest.param(ECHO_BODY, "v2", response(200, {"meta": {"version": 2}}), True, None, id="no-text"),
        pytest.param(ECHO_BODY, "v2", response(200, {}), True, None, id="absent"),
        pytest.param(ECHO_HEADER, "v2", response(404, headers=(("x-served", "2"),)), True, "2", id="header"),
        pytest.param(
            Echo(pointer="/v", versions=frozenset({"v1"})),
            "v2",
            response(200, {"v": "v2"}),
            False,
            "v2",
            id="other-version",
        ),
    ],
)
def test_when_an_echo_is_due_and_what_it_says(
    echo: Echo | None,
    version: str,
    answer: Response,
    due: bool,  # noqa: FBT001  a table's column
    text: str | None,
) -> None:
    """An echo is due for its versions, on its statuses, where it can be; it is a text."""
    rules = policy(echo=echo)

    assert echo_due(rules, version, answer) is due
    assert echo_text(rules, answer) == text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.text("ab", max_size=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None)
@given(value=JSON)
def test_an_answer_is_like_itself(value: Any) -> None:
    """The same answer has one shape, has not changed, and was given by whoever gave it."""
    answer = response(200, value)

    assert shape(answer) == shape(response(200, value))
    assert not changed(answer, answer, response(200, value))
    assert served_by(policy(), answer, {"v2": answer}) == "v2"


CHANGES: dict[str, tuple[Any, Any, Any, bool]] = {
    # before, again, after, whether it changed
    "same": ({"a": 1}, {"a": 1}, {"a": 1}, False),
    "value": ({"a": 1}, {"a": 1}, {"a": 2}, True),
    "clock": ({"a": 1, "now": 1}, {"a": 1, "now": 2}, {"a": 1, "now": 3}, False),
    "clock-and-value": ({"a": 1, "now": 1}, {"a": 1, "now": 2}, {"a": 2, "now": 3}, True),
    "member-gone": ({"a": 1, "b": 1}, {"a": 1, "b": 1}, {"a": 1}, True),
    "member-new": ({"a": 1}, {"a": 1}, {"a": 1, "b": 1}, True),
    "list-longer": ([1], [1], [1, 1], True),
    "list-shorter": ([1, 2], [1, 2], [1], True),
    "nested": ({"a": [{"b": 1}]}, {"a": [{"b": 1}]}, {"a": [{"b": 2}]}, True),
    "type": ({"a": 1}, {"a": 1}, {"a": "1"}, True),
    "emptied": ({"a": {}}, {"a": {}}, {"a": []}, False),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_changed_beyond_what_always_does(name: str) -> None:
    """A difference counts where two plain readings did not differ."""
    before, again, after, differs = CHANGES[name]

    assert changed(response(200, before), response(200, again), response(200, after)) is differs


def test_another_status_is_a_change() -> None:
    """What was there and is not found any more has changed, whatever the bodies."""
    assert changed(response(200, {}), response(200, {}), response(404, {}))


def test_a_hostile_body_is_looked_at_as_far_as_it_helps() -> None:
    """A body nested deeper than any real one has a shape all the same."""
    deep: Any = 0
    for _ in range(200):
        deep = {"a": [deep]}

    assert shape(response(200, deep))
    assert not changed(response(200, deep), response(200, deep), response(200, deep))
