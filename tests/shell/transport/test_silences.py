"""Silences are counted in the order in which requests were sent."""

from __future__ import annotations

from itertools import permutations

import pytest

from pytest_apiversion.shell.transport.silences import Silences


@pytest.mark.parametrize("order", list(permutations(range(4))), ids=str)
def test_the_order_of_the_answers_does_not_matter(order: tuple[int, ...]) -> None:
    """Three in a row as sent are three in a row, whichever was given up first; two and two around an answer are not."""
    for answered, stopped in ((3, True), (1, False)):
        silences = Silences()
        begun = [silences.begin("GET /a") for _ in range(4)]
        for number in order:
            silences.end(begun[number], silent=number != answered)
        assert silences.stopped("GET /a") is stopped
        assert not silences.stopped("GET /b")
