"""Weights of media ranges (RFC 9110 §12.4.2)."""

from __future__ import annotations

import pytest

from pytest_apiversion.core.http.media_ranges import media_ranges


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("a/b", 1.0),
        ("a/b; q=0", 0.0),
        ("a/b;Q=0.000", 0.0),
        ("a/b; v=1; q=0.25", 0.25),
        ("a/b; q=1.000", 1.0),
        ("a/b; q=2", 1.0),
        ("a/b; q=nan", 1.0),
    ],
)
def test_the_weight_of_a_range(text: str, weight: float) -> None:
    """From 0 to 1 with at most three decimals; what cannot be read says nothing."""
    (found,) = media_ranges(text)

    assert found.weight == weight


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ('a/b;v="1,2", c/d', ['a/b;v="1,2"', "c/d"]),
        ('a/b;v="1\\",2", c/d', ['a/b;v="1\\",2"', "c/d"]),
        ('a/b;v="1, c/d', ['a/b;v="1', "c/d"]),
        ('a/b;v="1,2";w="3, c/d', ['a/b;v="1,2";w="3', "c/d"]),
        ('a/b;v="1\\", c/d', ['a/b;v="1\\"', "c/d"]),
        (" , a/b,,", ["a/b"]),
    ],
)
def test_elements_of_a_list(text: str, elements: list[str]) -> None:
    """A comma in a quoted string is none of the list's, but behind a quote that nothing closes it is."""
    assert [each.text for each in media_ranges(text)] == elements


def test_parameters_with_separators_in_quoted_strings() -> None:
    """A semicolon in a quoted string belongs to its value."""
    (found,) = media_ranges('a/b; v="1;2" ;q=0.5')

    assert found.parameters == (("v", "1;2"), ("q", "0.5"))
