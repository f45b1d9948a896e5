"""Choices of one case: what is taken of a pool where everything is to be there."""

from __future__ import annotations

from pytest_apiversion.shell.generation.pools.choosing import Choices
from pytest_apiversion.shell.generation.pools.pool import Pool


def test_the_longest_is_of_the_texts_alone() -> None:
    """A schema that takes anything has texts beside nothing, numbers and lists, which are no texts however long."""
    pool = Pool("any", lambda _seed, _count: ["ab", None, 3, "abc", [1, 2, 3, 4]], 5)
    choices = Choices(1)
    choices.begin(fill=1)

    assert [value for value in (choices.drawn(pool, pool) for _ in range(5)) if isinstance(value, str)] == ["abc"] * 2
