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
