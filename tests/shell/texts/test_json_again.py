"""JSON that is read after a text much like it says what it says when it is read alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_apiversion.shell.openapi.document_texts import content_of
from pytest_apiversion.shell.texts import json_again
from pytest_apiversion.shell.texts.json_again import parse_json_again
from pytest_apiversion.shell.texts.json_text import Unreadable, parse_json

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "T", "version": "1"},
    "tags": [{"name": "a"}],
    "paths": {
        "/a": {"get": {"responses": {"200": {"$ref": "#/components/responses/A"}}}, "parameters": []},
        "/b~1é": {"get": {"responses": {}}, "summary": None},
        "/empty": {},
    },
    "components": {
        "schemas": {"A": {"type": "object", "maximum": 1.5}, "B": {"items": {"$ref": "#/components/schemas/A"}}},
        "responses": {"A": {"description": "x"}},
    },
}

WHOLE = json.dumps(DOCUMENT, indent=1, ensure_ascii=False)

CHANGES: dict[str, tuple[str, str]] = {
    "nothing": ("", ""),
    "elsewhere": ('"title": "T"', '"title": "U"'),
    "in-a-part": ("1.5", "2"),
    "a-part-longer": ('"maximum": 1.5', '"maximum": 1.5, "x": {}'),
    "a-part-less": ('"/a": {', '"/c": {'),
    "a-member-that-is-escaped": ('"/a"', '"/\\u0061"'),
    "an-object-for-a-list": ("[]", "{}"),
    "a-value-for-an-object": ('"/empty": {}', '"/empty": 1'),
    "no-blanks": ("\n", ""),
    "lines-of-windows": ("\n", "\r\n"),
    "a-reference-at-the-edge": ('"/empty": {}', '"/empty": {"$ref": "#/paths/~1a"}'),
    "a-list-above": (WHOLE, f"[{WHOLE}]"),
    "one-level-more": (WHOLE, f'{{"paths": {{"x": {WHOLE}}}}}'),
}

BROKEN: dict[str, tuple[str, str]] = {
    "a-member-twice": ('"maximum": 1.5', '"maximum": 1, "maximum": 2'),
    "a-member-twice-at-the-edge": ('"/empty"', '"/a"'),
    "a-member-twice-in-two-spellings": ('"/empty"', '"/\\u0061"'),
    "no-number": ("1.5", "NaN"),
    "too-large-a-number": ("1.5", "1e999"),
    "no-end": (WHOLE, WHOLE[:-1]),
    "more-behind-the-end": (WHOLE, WHOLE + "{}"),
    "a-comma-too-many": ('"tags": [', '"tags": [,'),
    "a-line-in-a-name": ('"/empty"', '"/emp\nty"'),
    "a-colon-less": ('"/empty":', '"/empty"'),
}


@pytest.mark.parametrize("size", [10**9, 10], ids=["small", "large"])
@pytest.mark.parametrize(("old", "new"), CHANGES.values(), ids=CHANGES)
def test_a_text_says_what_it_says_alone(monkeypatch: pytest.MonkeyPatch, old: str, new: str, size: int) -> None:
    """Whatever changed, and in which direction: the value is the one that the whole text has."""
    monkeypatch.setattr(json_again, "_LARGE", size)
    other = WHOLE.replace(old, new) if old else WHOLE

    assert (other != WHOLE) == bool(old)
    for first, second in ((WHOLE, other), (other, WHOLE)):
        read = parse_json_again(second, parse_json_again(first, None))

        assert json.dumps(read.value) == json.dumps(parse_json(second))


@pytest.mark.parametrize(("old", "new"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_is_told_as_of_a_text_that_is_read_alone(old: str, new: str) -> None:
    """A mistake in what is new is told in the words, and with the places, of the whole text."""
    other = WHOLE.replace(old, new)
    told = []
    for read in (lambda: parse_json(other), lambda: parse_json_again(other, parse_json_again(WHOLE, None))):
        with pytest.raises(Unreadable) as raised:
            read()
        told.append((raised.value.mistakes, raised.value.line, raised.value.position))

    assert other != WHOLE
    assert told[0] == told[1]


def test_parts_that_are_the_same_are_taken_over() -> None:
    """What did not change is one object in both values, so that it need not be compared."""
    first = parse_json_again(WHOLE, None)
    second = parse_json_again(WHOLE.replace("1.5", "2"), first)

    def part(value: Any, *names: str) -> Any:
        for name in names:
            value = value[name]
        return value

    for place in (("paths", "/a", "get"), ("components", "schemas", "B"), ("tags",)):
        assert part(first.value, *place) is part(second.value, *place)
    assert second.value["components"]["schemas"]["A"] == {"type": "object", "maximum": 2}
    assert second.references == frozenset({"#/components/responses/A", "#/components/schemas/A"})


REREAD: dict[str, str] = {
    "refers-to-a-file": WHOLE.replace("#/components/responses/A", "other.json"),
    "refers-to-nothing": WHOLE.replace("#/components/responses/A", "#/components/responses/Gone"),
    "is-swagger": WHOLE.replace('"openapi": "3.1.0"', '"swagger": "2.0"'),
    "refers-by-name": WHOLE.replace('"items"', '"$dynamicRef": "#a", "items"'),
    "nests-deeply": WHOLE.replace('"x"', "[" * 199 + "]" * 199),
}


@pytest.mark.parametrize("text", REREAD.values(), ids=REREAD)
def test_a_document_that_will_be_changed_shares_nothing(text: str) -> None:
    """Whose references are turned, or who is written as OpenAPI 3 first, is changed in place: the other document must not be."""
    before = content_of(WHOLE, is_json=True, before=None)
    if "[[" in text:
        with pytest.raises(Unreadable, match="levels of nesting"):
            content_of(text, is_json=True, before=before.seen)
        return
    found = content_of(text, is_json=True, before=before.seen)

    assert before.seen is not None
    assert found.value["components"]["schemas"]["B"] is not before.value["components"]["schemas"]["B"]
    assert found.seen is None
