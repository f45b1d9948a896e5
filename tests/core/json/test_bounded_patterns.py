"""Regular expressions end, whatever a contract, a policy and an answer make of them together.

What keeps Python's own engine for hours stands nowhere here: the patterns repeat what repeats, and the texts are such that every engine ends.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest

from pytest_apiversion.core.json import bounded_patterns
from pytest_apiversion.core.json.ambiguous_repetitions import ambiguous
from pytest_apiversion.core.json.bounded_patterns import BoundedPattern, endless, occurs
from pytest_apiversion.core.json.ecma_patterns import python_pattern


@pytest.fixture(params=["compiled", "python"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """With the compiled engine, and where it is not installed."""
    if request.param == "python":
        monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    else:
        pytest.importorskip("jsonschema_rs")  # older releases of schemathesis come without it
    bounded_patterns._rust.cache_clear()  # noqa: SLF001  what is installed does not change otherwise
    bounded_patterns._engine.cache_clear()  # noqa: SLF001
    yield str(request.param)
    bounded_patterns._rust.cache_clear()  # noqa: SLF001
    bounded_patterns._engine.cache_clear()  # noqa: SLF001


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("^[a-z]+$", "abc", True),
        ("^[a-z]+$", "abc\n", False),
        ("b", "abc", True),
        (r"^\d+$", "12", True),
        (r"^\d+$", "\u0661", False),
        (r"^(?!x)\w+$", "y", True),
        (r"^(?!x)\w+$", "x", False),
        (r"^(a)\1$", "aa", True),
        (r"^\u00e9$", "\u00e9", True),
        ("^/api/v2/", "/api/v1/things?limit=1", False),
        ("^limit$", "BacktrackLimitExceeded", False),
    ],
)
def test_ecma_patterns(engine: str, pattern: str, text: str, *, found: bool) -> None:
    """A schema's pattern means what ECMA-262 says, with either engine."""
    assert occurs(pattern, text, python_pattern(pattern)) is found


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [("[0-9]+", "12", True), ("[0-9]+", "12x", False), (r"\A[0-9]+\Z", "12", True), ("(?P<a>x)(?P=a)", "xx", True)],
)
def test_patterns_of_a_policy(engine: str, pattern: str, text: str, *, matches: bool) -> None:
    """A policy's pattern means what Python says, with either engine."""
    assert BoundedPattern(pattern).fullmatch(text) is matches


def test_no_pattern() -> None:
    """What is no regular expression is none here either."""
    with pytest.raises(re.error):
        BoundedPattern("(")


@pytest.mark.parametrize(
    ("pattern", "many"),
    [
        ("(a+)+", True),
        ("(?:[a-z]+,?)*x", True),
        ("((a*)b?)*", True),
        (r"(\w+\s?){2,}", True),
        ("(?P<x>a|ab|b)*", True),
        ("(a|a)*", True),
        (r"(?:.|\w)+", True),
        (r"([a-z])(\1|a+)*", True),
        ("(ab)+", False),
        ("(a|b)*", False),
        ("(a+)?b*", False),
        ("(a{1,3})?", False),
        ("^[a-z0-9]+(?:-[a-z0-9]+)*$", False),
        (r"^(/[^/]+)+$", False),
        (r"^\w+(\.\w+)*@\w+(\.\w+)+$", False),
        ("^((?:[0-9]+,)*[0-9]+)?$", False),
        ("(?!(a+))b*", False),
        (r"[(*+)]+(\(\+)*", False),
        ("[]+*()]+", False),
        ("(a+)++", False),
    ],
)
def test_ambiguous_repetitions(pattern: str, *, many: bool) -> None:
    """What can be repeated in many ways is found; what has a mark between its rounds, as slugs and paths have, is not taken for it."""
    assert ambiguous(pattern) is many


def test_what_python_is_never_asked(engine: str) -> None:
    """Without the compiled engine, a pattern that repeats a repetition is said to be unknown, and refused in a policy; nothing is tried."""
    alone = engine == "python"

    assert endless("([a-z]+ ?)+") is alone
    assert occurs("^([a-z]+ ?)+$", "a b", python_pattern("^([a-z]+ ?)+$")) is (None if alone else True)
    assert BoundedPattern("([a-z]+ ?)+").fullmatch("!") is alone
    assert occurs("^[a-z]+$", "a" * 5000, python_pattern("^[a-z]+$")) is (None if alone else True)


def test_an_engine_that_gives_up() -> None:
    """Where the compiled engine reaches its bound, what it would have said is unknown, and no promise is called broken for it."""
    pytest.importorskip("jsonschema_rs")
    pattern, text = "^x*x*(?=z)$", "x" * 3000  # which takes Python a moment

    assert occurs(pattern, text) is None
    assert BoundedPattern(pattern).fullmatch(text)


@pytest.mark.parametrize(
    ("pattern", "length", "found"), [("a*a*b", 30, False), ("a*a*a*a*b", 300, None), ("a{1,9}a+a*b", 300, None)]
)
def test_python_is_not_asked_where_repetitions_multiply(
    monkeypatch: pytest.MonkeyPatch,
    pattern: str,
    length: int,
    found: bool | None,  # noqa: FBT001  a row
) -> None:
    """What several repetitions make of a long text is bounded where only Python's engine is there, too."""
    monkeypatch.setattr(bounded_patterns, "_engine", lambda _: None)

    assert occurs(pattern, "a" * length, python_pattern(pattern)) is found
