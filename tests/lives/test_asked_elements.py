"""What is asked with an element that has a life of its own is asked as the contract has it."""

from __future__ import annotations

import pytest

from tests.detection.harness import detect
from tests.detection.table import Row
from tests.lives.kit import BEFORE


@pytest.mark.parametrize("seed", [5, 6])
def test_an_element_is_asked_with_a_value_that_it_takes(seed: int) -> None:
    """Where few requests are drawn, too: none that was drawn to be refused gives its value."""
    found = detect(Row(policy="queried-elements", bug="", day=BEFORE), seed=seed, examples=1)

    assert found.found == (), found.lines
