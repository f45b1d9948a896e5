"""JSON pointers: RFC 6901, its own examples included."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_apiversion.core.json.pointer import MISSING, lookup

DOCUMENT: dict[str, Any] = {
    "foo": ["bar", "baz"],
    "": 0,
    "a/b": 1,
    "c%d": 2,
    "e^f": 3,
    "g|h": 4,
    "i\\j": 5,
    'k"l': 6,
    " ": 7,
    "m~n": 8,
    "~1": 9,
    "7": {"01": "x"},
    "null": None,
}

FOUND = {
    "whole": ("", DOCUMENT),
    "list": ("/foo", ["bar", "baz"]),
    "element": ("/foo/0", "bar"),
    "empty-name": ("/", 0),
    "slash": ("/a~1b", 1),
    "percent": ("/c%d", 2),
    "caret": ("/e^f", 3),
    "bar": ("/g|h", 4),
    "backslash": ("/i\\j", 5),
    "quote": ('/k"l', 6),
    "space": ("/ ", 7),
    "tilde": ("/m~0n", 8),
    "tilde-one": ("/~01", 9),
    "digits-as-names": ("/7/01", "x"),
    "null-is-there": ("/null", None),
}


@pytest.mark.parametrize("name", FOUND)
def test_a_pointer_leads_to_its_value(name: str) -> None:
    """RFC 6901 §5: what each pointer of its table leads to."""
    pointer, value = FOUND[name]

    assert lookup(DOCUMENT, pointer) == value


@pytest.mark.parametrize(
    "pointer",
    [
        "/none",
        "/foo/2",
        "/foo/-1",
        "/foo/-",
        "/foo/00",
        "/foo/01",
        "/foo/1x",
        "/foo/\u0660",
        "/foo/" + "9" * 5000,
        "/foo/0/0",
        "/null/x",
        "//",
    ],
    ids=[
        "name",
        "past-the-end",
        "negative",
        "after-the-last",
        "zeros",
        "leading-zero",
        "no-number",
        "other-digits",
        "huge",
        "into-text",
        "into-null",
        "twice",
    ],
)
def test_a_pointer_that_leads_nowhere(pointer: str) -> None:
    """RFC 6901 §4: an index has no sign and no leading zero; what is not there is missing, which null is not."""
    assert lookup(DOCUMENT, pointer) is MISSING


@settings(deadline=None)
@given(keys=st.lists(st.text(max_size=4), max_size=5))
def test_every_path_of_names_can_be_pointed_at(keys: list[str]) -> None:
    """Whatever the names, a pointer with `~` and `/` escaped leads through them."""
    value: Any = "leaf"
    for key in reversed(keys):
        value = {key: value}

    assert lookup(value, "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)) == "leaf"
