"""Values of a request's body that are made anew: names that nobody has."""

from __future__ import annotations

import pytest

from pytest_apiversion.shell.generation.body_values import anything, renewed


@pytest.mark.parametrize(("name", "others"), [("é7ü", 9), ("s\x9d\x06Ø", 24), ("Qß", 24)])
def test_little_of_a_name_that_can_be_another_is_any_other(name: str, others: int) -> None:
    """One digit or letter among characters that stay becomes nearly each of its kind, so that a name that is taken has many others."""
    found = {renewed({"slug": name}, f"av{number:012d}", anything)["slug"] for number in range(400)}

    assert {len(text) for text in found} == {len(name)}
    assert len(found - {name}) >= others
