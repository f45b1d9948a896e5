"""A witness breaks the whole schema: no value is printed that the schema it is said to break takes."""

from __future__ import annotations

import copy
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_apiversion.core.contracts.change import Change
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.diff.document import Document
from pytest_apiversion.shell.comparison.witness import EXAMPLES, Prover, Witness, provable
from pytest_apiversion.shell.openapi.grammar import resolve, unescape
from tests.diff.documents import answered, changes, sent
from tests.thorough import drawn, some

STR = {"type": "string"}
WRAPS = {"request": sent, "response": answered}

BOUNDS: dict[str, Any] = {"examples": 25}
"""A proof that is not found within them is none; what is found has to hold."""

texts = st.sampled_from(["", "a", "ab", "abc", "b"])
sizes = st.integers(0, 3)
plain = st.one_of(
    st.sampled_from(
        [STR, {"type": "integer"}, {"type": "number"}, {"type": "boolean"}, {"type": ["string", "null"]}, {}]
    ),
    st.lists(texts, min_size=1, max_size=3, unique=True).map(lambda values: {**STR, "enum": values}),
    texts.map(lambda value: {"const": value}),
    sizes.map(lambda size: {**STR, "maxLength": size}),
    sizes.map(lambda size: {**STR, "minLength": size}),
    st.sampled_from(["^a", "b"]).map(lambda pattern: {**STR, "pattern": pattern}),
    sizes.map(lambda size: {"type": "integer", "minimum": size}),
    sizes.map(lambda size: {"type": "integer", "maximum": size}),
)
"""Schemas of single values, many of which lie inside others."""


def _joined(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.tuples(st.sampled_from(["anyOf", "oneOf"]), st.lists(inner, min_size=1, max_size=3)).map(
            lambda told: {told[0]: told[1]}
        ),
        st.lists(inner, min_size=1, max_size=2).map(lambda parts: {"allOf": parts}),
        st.tuples(inner, inner, inner).map(lambda told: {"if": told[0], "then": told[1], "else": told[2]}),
        inner.map(lambda part: {"type": "array", "contains": part}),
    )


schemas = st.recursive(plain, _joined, max_leaves=3)
"""Alternatives, parts, conditions and items of them."""


@st.composite
def edits(draw: st.DrawFn) -> tuple[Any, Any]:
    """Two schemas that differ in one alternative of several, as an edit makes them; now and then two of any kind."""
    if draw(st.integers(0, 3)) == 0:
        return draw(schemas), draw(schemas)
    parts = draw(st.lists(plain, min_size=2, max_size=3))
    index, word = draw(st.integers(0, len(parts) - 1)), draw(st.sampled_from(["anyOf", "oneOf"]))
    pair = {word: parts}, {word: [*parts[:index], draw(plain), *parts[index + 1 :]]}
    if draw(st.booleans()):
        more = draw(plain)
        return ({"anyOf": [more, pair[0]]}, {"anyOf": [more, pair[1]]})
    return pair


def witnesses(old: dict[str, Any], new: dict[str, Any], **bounds: Any) -> list[tuple[Change, Witness]]:
    """What is printed of two documents."""
    prover = Prover(*(Document(copy.deepcopy(each), "3.1") for each in (old, new)))
    found = [
        (each, prover.witness(each, **bounds))
        for each in changes(old, new)
        if each.severity is Severity.ERROR and provable(each)
    ]
    return [(change, witness) for change, witness in found if witness is not None]


def takes(document: dict[str, Any], place: str, value: Any) -> bool:
    """Whether the schema at a place takes a value, by a validator that is not the package's; one that is not there takes anything."""
    try:
        schema = resolve(document, unescape(place))
    except LookupError:
        return True
    return jsonschema.Draft202012Validator(schema).is_valid(value)


@pytest.mark.parametrize("way", WRAPS)
@given(edit=edits())
@settings(max_examples=drawn(100), deadline=None, suppress_health_check=list(HealthCheck))
def test_no_witness_is_taken_by_what_it_is_said_to_break(way: str, edit: tuple[Any, Any]) -> None:
    """Whatever is printed, the schema it was found in refuses it, and so does the whole that has this as an alternative."""
    documents = WRAPS[way](edit[0]), WRAPS[way](edit[1])
    narrow = 1 if way == "request" else 0
    for change, witness in witnesses(*documents, **BOUNDS):
        assert not takes(documents[narrow], change.schemas[narrow], witness.value)
        if change.whole is not None:
            around = (witness.value, [witness.value]) if "contains" in change.schemas[narrow] else (witness.value,)
            assert not all(takes(documents[narrow], change.whole[narrow], value) for value in around)


@pytest.mark.parametrize("way", WRAPS)
@given(edit=edits())
@settings(max_examples=drawn(40), deadline=None, suppress_health_check=list(HealthCheck))
def test_a_member_breaks_the_object_it_is_in(way: str, edit: tuple[Any, Any]) -> None:
    """The same of one member: the object that has it is refused for it."""
    wrapped = [{"type": "object", "required": ["p"], "properties": {"p": schema}} for schema in edit]
    documents = WRAPS[way](wrapped[0]), WRAPS[way](wrapped[1])
    narrow = 1 if way == "request" else 0
    for change, witness in witnesses(*documents, **BOUNDS):
        place = change.schemas[narrow]
        if "contains" not in place and "/properties/p" in place:
            assert not jsonschema.Draft202012Validator(wrapped[narrow]).is_valid({"p": witness.value})


def union(*parts: Any) -> dict[str, Any]:
    """Alternatives."""
    return {"anyOf": list(parts)}


STARTS = {**STR, "pattern": "^a"}
PAIRS = {**STR, "pattern": "^(ab)+$"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(union(PAIRS, {**STR, "enum": ["abab", "b"]}), union(PAIRS, {**STR, "enum": ["b"]}), id="listed"),
        pytest.param(
            union(STARTS, {**STR, "pattern": "^a(?=b)", "maxLength": 9}),
            union(STARTS, {**STR, "pattern": "^a(?=b)", "maxLength": 5}),
            id="length",
        ),
        pytest.param(
            {"if": {"maxLength": 2}, "then": {"maxLength": 3}},
            {"if": {"maxLength": 2}, "then": {"maxLength": 2}},
            id="then",
        ),
    ],
)
def test_what_another_branch_takes_is_no_proof(old: Any, new: Any) -> None:
    """A value that leaves its alternative and is taken by another one proves nothing, and is not printed."""
    documents = sent(old), sent(new)

    assert any(each.severity is Severity.ERROR for each in changes(*documents))
    assert witnesses(*documents, examples=some(EXAMPLES, 100)) == []


@pytest.mark.parametrize(
    ("old", "new", "value"),
    [
        pytest.param(
            union(STARTS, {**STR, "enum": ["ab", "b"]}), union(STARTS, {**STR, "enum": ["ab"]}), "b", id="listed"
        ),
        pytest.param(
            union({"type": "integer"}, {"type": "object", "properties": {"a": {**STR, "maxLength": 2}}}),
            union({"type": "integer"}, {"type": "object", "properties": {"a": {**STR, "maxLength": 1}}}),
            "aa",
            id="member",
        ),
        pytest.param(
            union(STR, {"type": "array", "items": {"type": "integer", "minimum": 0}}),
            union(STR, {"type": "array", "items": {"type": "integer", "minimum": 1}}),
            0,
            id="item",
        ),
        pytest.param(
            union(
                STR,
                {
                    "type": "object",
                    "required": ["a"],
                    "properties": {"a": union(STARTS, {"type": "integer", "minimum": 0})},
                },
            ),
            union(
                STR,
                {
                    "type": "object",
                    "required": ["a"],
                    "properties": {"a": union(STARTS, {"type": "integer", "minimum": 1})},
                },
            ),
            0,
            id="alternative-of-an-alternative",
        ),
        pytest.param(
            union({"$ref": "#/components/schemas/A"}, {"type": "integer"}),
            union({"$ref": "#/components/schemas/B"}, {"type": "integer"}),
            "aa",
            id="referred-to",
        ),
    ],
)
def test_what_no_other_branch_takes_is_proved(old: Any, new: Any, value: Any) -> None:
    """A break inside an alternative is proved where the whole schema refuses a value that it took."""
    parts: dict[str, Any] = {
        name: {"type": "object", "properties": {"a": {**STR, "maxLength": size}}} for name, size in (("A", 2), ("B", 1))
    }
    documents = sent(old, **parts), sent(new, **parts)

    assert [witness.value for _, witness in witnesses(*documents)] == [value]
