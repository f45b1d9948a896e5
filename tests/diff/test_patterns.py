"""Patterns of members' names: what is found out, and what is left alone."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from pytest_apiversion.diff.values.patterns import matches
from tests.diff.documents import rules, sent

ANSWERS = {
    "prefix": ("^x-", "x-a", True),
    "anywhere": ("x", "axa", True),
    "another-prefix": ("^x-", "a", False),
    "whole": ("^[a-z]+$", "abc", True),
    "dollar-is-the-end": ("^a$", "a\n", False),
    "ascii-digits": (r"^\d$", "٣", False),
    "alternatives": ("^(a|b)$", "b", True),
    "repeated-group": ("^(a+)+$", "a", None),
    "look-ahead": ("^(?!x)", "a", None),
    "reference": (r"^(a)\1$", "aa", None),
    "many-repetitions": ("a*a*a*a*b", "a", None),
    "no-pattern": ("[", "a", None),
    "repetitions-that-share-letters": ("a*a*a*b$", "a" * 200, False if find_spec("jsonschema_rs") else None),
    "long-name": ("^a", "a" * 1000, None),
}


@pytest.mark.parametrize(("pattern", "name", "answer"), ANSWERS.values(), ids=ANSWERS)
def test_a_pattern_is_asked_where_the_answer_is_cheap(pattern: str, name: str, answer: bool | None) -> None:  # noqa: FBT001  a row
    """A pattern that could take long, or that reads differently elsewhere, is not asked."""
    assert matches(pattern, name) is answer


def test_a_member_that_may_match_a_pattern_is_not_called_rejected() -> None:
    """Where nobody knows whether a pattern takes the member of a closed object, its going is a warning only; where none does, it is refused."""
    closed = {"type": "object", "additionalProperties": False}
    old = sent({**closed, "properties": {"aa": {}}, "patternProperties": {"^(a+)+$": {}}})
    one, other = (sent({**closed, "patternProperties": {pattern: {}}}) for pattern in ("^(a+)+$", "^b"))

    assert rules(old, one) == ["request-optional-property-removed"]
    assert "request-property-rejected" in rules(old, other)
