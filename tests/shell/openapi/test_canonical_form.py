"""The canonical form of a document: what is made equal, what is left alone, and that reading gives back what was written."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.openapi.canonical_form import canonical, canonical_bytes, same
from pytest_apiversion.shell.texts.json_text import parse_json
from pytest_apiversion.shell.texts.yaml_text import parse_yaml

_THING = {"required": ["id", "at"], "type": ["string", "null"], "properties": {"id": {}, "at": {}}}
DOCUMENT: dict[str, Any] = {
    "paths": {"/b": {"post": {}, "get": {"tags": ["z", "a"], "parameters": [{"name": "z"}, {"name": "a"}]}}, "/a": {}},
    "x-more": 1,
    "components": {"schemas": {"Thing": _THING, "Kind": {"enum": ["b", "a"]}}},
    "info": {"version": "1", "title": "T"},
    "servers": [{"url": "/b"}, {"url": "/a"}],
    "openapi": "3.1.0",
}


def _shuffled(value: Any) -> Any:
    """The same with the members of every object the other way round."""
    if isinstance(value, dict):
        return {key: _shuffled(value[key]) for key in reversed(value)}
    return [_shuffled(item) for item in value] if isinstance(value, list) else value


def test_members_stand_in_one_order() -> None:
    """The top of a document reads as the specification does; below it, names are sorted."""
    made = canonical(DOCUMENT)

    assert list(made) == ["openapi", "info", "servers", "paths", "components", "x-more"]
    assert list(made["paths"]) == ["/a", "/b"]
    assert list(made["paths"]["/b"]) == ["get", "post"]
    assert list(made["info"]) == ["title", "version"]


def test_sets_of_a_schema_are_sorted() -> None:
    """`required` and `type` say the same in any order."""
    thing = canonical(DOCUMENT)["components"]["schemas"]["Thing"]

    assert (thing["required"], thing["type"]) == (["at", "id"], ["null", "string"])


@pytest.mark.parametrize(
    "document",
    [
        pytest.param({"servers": [{"url": "/b"}, {"url": "/a"}]}, id="servers"),
        pytest.param({"security": [{"b": []}, {"a": []}]}, id="security"),
        pytest.param({"tags": [{"name": "b"}, {"name": "a"}]}, id="tags"),
        pytest.param({"components": {"schemas": {"A": {"enum": ["b", "a"]}}}}, id="enum"),
        pytest.param({"components": {"schemas": {"A": {"oneOf": [{"type": "string"}, {"type": "null"}]}}}}, id="oneOf"),
        pytest.param({"components": {"schemas": {"A": {"example": {"type": ["b", "a"]}}}}}, id="type-of-an-example"),
        pytest.param({"components": {"schemas": {"A": {"default": {"required": ["b", "a"]}}}}}, id="default"),
        pytest.param({"components": {"schemas": {"A": {"properties": {"type": {"enum": [2, 1]}}}}}}, id="named-type"),
        pytest.param({"x-type": {"type": ["b", "a"]}}, id="extension"),
    ],
)
def test_what_has_an_order_keeps_it(document: dict[str, Any]) -> None:
    """Arrays that are no sets, and whatever stands in examples, defaults and extensions, are left as they are."""
    assert canonical(document) == document


def test_the_given_document_is_left_alone() -> None:
    """The canonical form is another value."""
    before = json.dumps(DOCUMENT)

    canonical(DOCUMENT)

    assert json.dumps(DOCUMENT) == before


@pytest.mark.parametrize("name", ["a.json", "a.yaml", "a.YML"])
def test_equal_documents_become_equal_bytes(name: str) -> None:
    """Whatever order a document was written in, its file is the same byte for byte, and ends in one line feed."""
    made = canonical_bytes(DOCUMENT, PurePath(name))

    assert canonical_bytes(_shuffled(DOCUMENT), PurePath(name)) == made
    assert made.endswith(b"\n")
    assert not made.endswith(b"\n\n")
    assert b"\r" not in made


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(1, True, False, id="one-and-true"),
        pytest.param(1, 1.0, False, id="one-and-one-point-nought"),
        pytest.param({"a": 1, "b": 2}, {"b": 2, "a": 1}, True, id="members"),
        pytest.param([1, 2], [2, 1], False, id="items"),
    ],
)
def test_same(one: object, other: object, *, expected: bool) -> None:
    """Documents are the same where they say the same, not where Python takes two values for equal."""
    assert same({"x-value": one}, {"x-value": other}) is expected


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["1e3", "0o17", "yes", "<<", "=", "2024-01-01", "1_000", "012", "1:30", "~", "null", "0x1F", "+.inf", "- a", "a: b"]
)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(_VALUES)
@example({"\x85": ["\x85 a\n", "\u2028", "a\n b", " \n", "\x07", "\r\n"]})
@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
def test_what_is_written_is_read_again(name: str, value: object) -> None:
    """Every value survives the file: texts that look like numbers, dates or nothing, and characters no editor shows."""
    document = {"openapi": "3.1.0", "x-value": value}

    text = canonical_bytes(document, PurePath(name)).decode()

    read = parse_json(text) if name.endswith("json") else parse_yaml(text)
    assert json.dumps(read, sort_keys=True) == json.dumps(document, sort_keys=True)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        pytest.param("a.txt", 1, "expected a name that ends in .json, .yaml, .yml", id="suffix"),
        pytest.param("a.json", "\ud800", "half of a surrogate pair", id="half-a-pair"),
    ],
)
def test_what_cannot_be_written(name: str, value: object, said: str) -> None:
    """A file of an unknown kind, or a text UTF-8 has no bytes for, is said and not written."""
    with pytest.raises(PolicyError, match=said):
        canonical_bytes({"x-value": value}, PurePath(name))
