"""Large JSON texts: equal texts in them are held once, and nothing else changes."""

from __future__ import annotations

import json

import pytest

from pytest_apiversion.shell.texts import json_text
from pytest_apiversion.shell.texts.json_text import Unreadable, parse_json


def test_equal_texts_of_a_large_document_are_held_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a large text the same description is one string wherever it stands; what is read is the same."""
    told = {name: {"description": "what it is " * 3, "count": 1} for name in "abc"}
    text = json.dumps(told)
    small = parse_json(text)
    monkeypatch.setattr(json_text, "_LARGE", 10)
    large = parse_json(text)

    assert large == small == told
    assert len({id(part["description"]) for part in large.values()}) == 1
    assert len({id(part["description"]) for part in small.values()}) == 3


def test_what_is_wrong_with_a_large_document_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A member that is there twice is told of a large text as of a small one."""
    monkeypatch.setattr(json_text, "_LARGE", 10)
    with pytest.raises(Unreadable, match="/a/b: expected one member of this name, got it twice"):
        parse_json('{"a": {"b": "x", "b": "y", "c": "x"}}')
