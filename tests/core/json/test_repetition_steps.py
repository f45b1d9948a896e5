"""How many repetitions multiply what an engine tries."""

from __future__ import annotations

import pytest

from pytest_apiversion.core.json.repetition_steps import multiplied

PATTERNS = {
    r"": 0,
    r"[a-z]+@[a-z]+\.[a-z]+": 1,
    r"a+b+a+": 1,
    r"x{2,}x{3}": 1,
    r"a|b*|[|]+": 1,
    r"a+ *a+ *": 2,
    r"a{1,}b{0,}a*": 2,
    r"\S+\s+[-+\s]*[0-9][0-9_]*\s*\.[-+\s]*[0-9][0-9_]*\s*": 2,
    r"a*b?a*[ab]*": 3,
    r"\w+\W?\w+\d+": 3,
    r"(ab)+c*": 2,
    r"(?!compute ).*": 1,
    "[\u4e00-\u9fff]+[\u4e00-\u9fff]*\u4e00*": 3,
    r"[\u4e00-\u9fff]+[\u4e00-\u9fff]*": 2,
    "[\u0430-\u044f]+,[\u0430-\u044f]+": 2,
}
"""What stands between two repetitions keeps them apart where it has to be there and is none of the first one's letters; groups and letters of far alphabets are not looked into."""


@pytest.mark.parametrize("pattern", PATTERNS)
def test_repetitions_that_share_letters_are_counted(pattern: str) -> None:
    """The most repetitions that can take each other's letters."""
    assert multiplied(pattern) == PATTERNS[pattern]
