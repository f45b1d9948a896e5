"""An error that the whole schema disproves is none: every value that was taken is, by another part; what is meant otherwise stays an error."""

from __future__ import annotations

from typing import Any

import pytest

from tests.diff.documents import answered, breaks, rules, sent

STR, INT, NUM, OBJ = {"type": "string"}, {"type": "integer"}, {"type": "number"}, {"type": "object"}
NAMED: dict[str, Any] = {"Cat": {**OBJ, "properties": {"name": STR}}, "Rabbit": {**OBJ, "properties": {"name": STR}}}


def either(*parts: Any) -> dict[str, Any]:
    """Alternatives."""
    return {"anyOf": list(parts)}


def array(**words: Any) -> dict[str, Any]:
    """A list."""
    return {"type": "array", **words}


def reference(name: str) -> dict[str, str]:
    """A reference to a named schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def _may_have(*names: str) -> dict[str, Any]:
    return {**OBJ, "properties": dict.fromkeys(names, STR)}


def _has(*names: str) -> dict[str, Any]:
    return {**_may_have(*names), "required": list(names)}


SHORT, LONG = {**STR, "maxLength": 1}, {**STR, "minLength": 2}

TAKEN = {
    "limit-in-an-alternative": (
        either({**INT, "minimum": 0}, {**NUM, "maximum": 9}),
        either({**INT, "minimum": 3}, {**NUM, "maximum": 9}),
    ),
    "lengths-that-two-take-together": (STR, either(SHORT, LONG)),
    "numbers-that-two-take-together": (
        NUM,
        either({**NUM, "exclusiveMaximum": 3}, {**NUM, "minimum": 2, "maximum": 9}, {**NUM, "exclusiveMinimum": 8}),
    ),
    "null-of-an-alternative": (
        either({"type": ["string", "null"]}, {"enum": [None, 1]}),
        either(STR, {"enum": [None, 1]}),
    ),
    "the-only-number": ({**NUM, "minimum": 2, "maximum": 2}, {**INT, "multipleOf": 2, "maximum": 4}),
    "value-that-the-type-forbids": ({**STR, "enum": ["a", 1], "minLength": 1}, {**STR, "enum": ["a", 2]}),
    "item-that-is-never-there": (
        array(maxItems=1, prefixItems=[STR], items={"enum": [1, 2]}),
        array(maxItems=1, prefixItems=[STR], items={"enum": [1]}),
    ),
    "item-beyond-the-longest": (
        array(maxItems=1, prefixItems=[STR, {**INT, "maximum": 9}]),
        array(maxItems=1, prefixItems=[STR, {**INT, "maximum": 5}]),
    ),
    "contained-item-that-the-list-has-anyhow": (
        array(minItems=1, items={**INT, "multipleOf": 2}, contains=INT),
        array(minItems=1, items={**INT, "multipleOf": 2}, contains={**INT, "multipleOf": 2}),
    ),
    "nested-one-of-that-is-unwrapped": (
        {"oneOf": [{"oneOf": [SHORT, {"type": "boolean"}]}]},
        {"oneOf": [INT, {"oneOf": [SHORT, {"type": "boolean"}]}]},
    ),
    "free-form-object-beside-it": (
        either({**OBJ, "properties": {"a": {**STR, "maxLength": 3}}}, OBJ),
        either({**OBJ, "properties": {"a": {**STR, "maxLength": 2}}}, OBJ),
    ),
    "values-and-all-others": (STR, either({"enum": ["a", "b"]}, {**STR, "not": {"enum": ["a", "b"]}})),
    "number-and-all-others": (INT, either({"const": 0}, {**INT, "not": {"const": 0}})),
    "objects-that-are-one-with-both-members": (either(_has("a"), _has("b")), _may_have("a", "b")),
    "objects-of-which-one-has-less": (either(_has("k", "a"), _has("k")), {**_may_have("k", "a"), "required": ["k"]}),
}
"""Id -> a schema, and one that takes whatever that one takes, though a part of it says less."""

MEANT = {
    "values-and-all-others-but-one": (STR, either({"enum": ["a"]}, {**STR, "not": {"enum": ["a", "b"]}})),
    "values-and-all-others-of-a-length": (
        STR,
        either({"enum": ["a"]}, {**STR, "not": {"enum": ["a"]}, "maxLength": 3}),
    ),
    "object-of-another-name": (either(reference("Cat"), reference("Rabbit")), either(reference("Cat"))),
    "object-with-other-members": (
        either({**OBJ, "properties": {"a": STR}}, {**OBJ, "properties": {"b": STR}}),
        either({**OBJ, "properties": {"a": STR}}),
    ),
    "objects-of-which-one-has-a-member-nobody-knows": (either(_may_have("a"), _may_have("b")), _may_have("a")),
    "objects-of-which-one-has-another-type": (
        either(_has("a"), {**OBJ, "properties": {"a": INT}}),
        _may_have("a", "b"),
    ),
    "objects-of-which-one-lacks-what-is-always-there": (
        either(_has("k", "a"), _may_have("a")),
        {**_may_have("k", "a"), "required": ["k"]},
    ),
    "members-of-what-is-said-to-be-a-text": (
        {**STR, "properties": {"a": {"type": ["integer", "string"]}}, "enum": ["x"]},
        {**STR, "properties": {"a": STR}, "enum": ["x"]},
    ),
    "limit-of-another-type": (array(maxItems=3, maximum=6), array(maxItems=3, maximum=5)),
    "encoding": (
        either({**STR, "contentEncoding": "base64"}, STR),
        either({**STR, "contentEncoding": "base32"}, STR),
    ),
}
"""Id -> two schemas whose difference no value shows, and who wrote it means it nonetheless."""


def part(schema: Any) -> Any:
    """A member of that schema."""
    return {**OBJ, "properties": {"p": schema}}


@pytest.mark.parametrize(("narrow", "wide"), TAKEN.values(), ids=TAKEN.keys())
@pytest.mark.parametrize("inside", [False, True], ids=["whole", "member"])
def test_what_another_part_takes_breaks_nobody(narrow: Any, wide: Any, *, inside: bool) -> None:
    """A request that takes all it took, and a response that is nothing new, are no break, whole or as a member."""
    if inside:
        narrow, wide = part(narrow), part(wide)

    assert not breaks(sent(narrow), sent(wide))
    assert not breaks(answered(wide), answered(narrow))


WIDER = {name: TAKEN[name] for name in ("the-only-number", "nested-one-of-that-is-unwrapped")}
"""Rows in which the second schema takes more."""


@pytest.mark.parametrize(("narrow", "wide"), WIDER.values(), ids=WIDER.keys())
def test_the_way_back_is_a_break(narrow: Any, wide: Any) -> None:
    """What takes more than it did may answer with more, and the other way round requests are refused."""
    assert breaks(sent(wide), sent(narrow))
    assert breaks(answered(narrow), answered(wide))


@pytest.mark.parametrize(("old", "new"), MEANT.values(), ids=MEANT.keys())
def test_what_is_meant_otherwise_stays_a_break(old: Any, new: Any) -> None:
    """An alternative of another name, one with other members, and what stands beside the wrong type are errors though no value shows it."""
    assert breaks(sent(old, **NAMED), sent(new, **NAMED))


def test_a_member_that_another_alternative_has_was_not_removed() -> None:
    """Where one object becomes two, each without a member of the other, no member is told as removed, and what both need is told once."""
    found = rules(answered(_may_have("k", "a", "b")), answered({"oneOf": [_has("k", "a"), _has("k", "b")]}))

    assert found == ["response-property-became-required"] * 3


CARD = _has("number") | {"properties": {"number": {"type": "string"}, "cvc": {"type": "string"}}}
BANK = _has("iban") | {"properties": {"iban": {"type": "string"}, "bic": {"type": "string"}}}
EITHER = {"type": "object", "properties": CARD["properties"] | BANK["properties"]}


@pytest.mark.parametrize("word", ["oneOf", "anyOf"])
def test_several_objects_that_become_one_are_held_to_it_one_by_one(word: str) -> None:
    """Each alternative is compared with the object: a request may lack what each needed, and so may an answer, which breaks; nothing was added."""
    parts = {word: [CARD, BANK]}
    ambiguous = ["response-one-of-ambiguous"] * (word == "oneOf")

    assert rules(sent(parts), sent(EITHER)) == ["request-property-became-optional"] * 2
    assert rules(answered(parts), answered(EITHER)) == [*ambiguous, *["response-property-became-optional"] * 2]
    assert rules(answered(EITHER), answered(parts)) == ["response-property-became-required"] * 2
    assert rules(sent(EITHER), sent(parts))[-2:] == ["request-property-became-required"] * 2


def test_one_object_without_a_member_of_an_alternative_takes_it_all_the_same() -> None:
    """Where several objects become one that lacks an optional member of one of them, the member was removed, and no alternative."""
    found = rules(sent({"oneOf": [CARD, BANK]}), sent(EITHER | {"properties": {**CARD["properties"], "iban": {}}}))

    assert "request-optional-property-removed" in found
    assert not any("alternative" in name for name in found)


def test_an_alternative_of_which_the_object_has_nothing_was_removed() -> None:
    """An object that has only what one alternative describes is that one: the other one went."""
    assert "request-alternative-removed" in rules(sent({"anyOf": [CARD, BANK]}), sent(CARD))


def test_what_differs_is_told_as_a_note() -> None:
    """The difference is not swallowed: a note names it."""
    old, new = TAKEN["limit-in-an-alternative"]

    assert rules(sent(old), sent(new)) == ["request-schema-rewritten"]
