"""Patterns as sets of texts: what automata find out is what an engine says of every short text, and the rest is left alone."""

from __future__ import annotations

import itertools
import random

import pytest

from pytest_apiversion.core.json.ecma_patterns import python_pattern
from pytest_apiversion.diff.values.pattern_parts import Unread, parts_of
from pytest_apiversion.diff.values.pattern_sets import Texts
from tests.diff.documents import changes, sent
from tests.thorough import drawn as thorough

NONE: dict[str, tuple[str, str]] = {
    "digits-in-two-spellings": ("^[0-9]{3}$", r"^\d\d\d$"),
    "fewer-letters": ("^[a-f]+$", "^[a-z]+$"),
    "anywhere": ("^x-", "x"),
    "alternatives": ("^(a|b)$", "^[ab]$"),
    "group-by-name": ("^(?<first>a)$", "^(?:a)$"),
    "lazy": ("^a+?$", "^a+$"),
    "repeated-group": ("^(aa)+$", "^a+$"),
    "nothing-at-all": ("a^", "b"),
    "class-of-nothing": ("^[]$", "b"),
    "look-ahead": (r"^(?=.*[A-Z])(?=.*\d).{8,}$", r"^.{8,}$"),
    "look-ahead-that-refuses": ("^(?!x)[xyz]$", "^[yz]$"),
    "numbered-characters": (r"^\x41\u0042\u{43}$", "^ABC$"),
    "two-ends": ("^a$|^b$", "^(a|b)$"),
    "line-by-line": ("^.$", "^[^]$"),
    "many-repetitions": ("^[a-z]{1,64}$", "^[a-z0-9]{0,65}$"),
    "as-often-as-one-likes": ("^(a*)*$", "^a*$"),
}
SOME: dict[str, tuple[str, str, str]] = {
    "more-letters": ("^[a-z]+$", "^[a-f]+$", "x"),
    "anywhere": ("x", "^x", "ax"),
    "not-at-the-end": ("^a", "^a$", "aA"),
    "look-ahead": ("^[xyz]$", "^(?!x)", "x"),
    "one-more": ("^a{0,3}$", "^a{0,2}$", "aaa"),
    "ends-of-lines": ("^[^]$", "^.$", "\n"),
    "beyond-ascii": (r"^\W$", r"^[\x00-\x7f]$", "\x80"),
}
UNREAD = {
    "reference": r"^(a)\1$",
    "reference-by-name": r"^(?<x>a)\k<x>$",
    "look-behind": "(?<=a)b",
    "look-ahead-inside": "^a(?=b)",
    "look-ahead-of-one-alternative": "^(?=a)b|c",
    "property": r"^\p{L}$",
    "edge-of-a-word": r"\ba",
    "brace": "a{,3}",
    "possessive": "a++",
    "no-pattern": "a)",
    "half-a-character": r"\ud83d",
    "class-in-a-class": "[[:alpha:]]",
    "common-to-two-classes": "[a-z&&[b]]",
    "too-many-repetitions": "^(a{1000}){1000}$",
    "empty-rounds": "^(((){1000}){1000}){1000}$",
    "deep": "(" * 50 + "a" + ")" * 50,
    "long": "a" * 2000,
    "end-of-the-escape": "\\",
    "many-states": "^(a|b)*a(a|b){30}$",
}
FEW: dict[str, tuple[str, int, float, list[str] | None]] = {
    "alternatives": ("^(red|green)$", 0, 9, ["red", "green"]),
    "one": ("^a$", 0, 9, ["a"]),
    "none": ("^[]$", 0, 9, []),
    "by-length": ("^a*$", 2, 3, ["aa", "aaa"]),
    "endless": ("^a*$", 0, float("inf"), None),
    "without-an-end": ("^a", 0, float("inf"), None),
    "many": ("^[A-Z]{2}$", 0, 9, None),
    "what-does-not-end": ("^(a|b$c*)$", 0, 9, ["a", "b"]),
}


@pytest.mark.parametrize(("narrow", "wide"), NONE.values(), ids=NONE)
def test_a_pattern_is_proved_to_take_all_that_another_takes(narrow: str, wide: str) -> None:
    """That no text is missing is found out for all texts, of whatever length."""
    assert Texts().missing([narrow], [wide]) is None


@pytest.mark.parametrize(("narrow", "wide", "text"), SOME.values(), ids=SOME)
def test_a_text_tells_two_patterns_apart(narrow: str, wide: str, text: str) -> None:
    """Where a text is missing, a shortest one is shown, of plain characters where those will do."""
    assert Texts().missing([narrow], [wide]) == text


@pytest.mark.parametrize("pattern", UNREAD.values(), ids=UNREAD)
def test_what_is_not_read_is_not_found_out(pattern: str) -> None:
    """A pattern that engines read in different ways, that looks around, or that takes too much work has no answer."""
    texts = Texts()

    assert texts.includes([pattern], ["^a$"]) is None
    assert texts.few([pattern]) is None


@pytest.mark.parametrize(("pattern", "least", "most", "expected"), FEW.values(), ids=FEW)
def test_few_texts_are_listed(pattern: str, least: int, most: float, expected: list[str] | None) -> None:
    """The texts of a pattern are told where they are few, and not otherwise."""
    found = Texts().few([pattern], least, most)

    assert (found if found is None else sorted(found)) == (expected if expected is None else sorted(expected))


def test_lengths_and_several_patterns_hold_at_once() -> None:
    """A text has to be as long as is asked, and as each pattern has it."""
    texts = Texts()

    assert texts.missing(["^a*$"], ["^a{0,3}$"], most=3) is None
    assert texts.missing(["^a*$"], ["^a{3,}$"], least=2) == "aa"
    assert texts.missing(["^a", "b$"], ["^a[^]*b$"]) is None
    assert texts.missing(["^a"], ["^a", "b$"]) == "a"


def test_the_work_of_one_comparison_is_bounded() -> None:
    """Many patterns that take long are not found out one by one for ever: what is left of the work is shared."""
    texts = Texts(steps=60_000)
    told = [texts.includes([f"^(a|b)*a(a|b){{12}}{'c' * number}$"], ["^a"]) for number in range(40)]

    assert told[0] is None
    assert texts.includes(["^a$"], ["^[ab]$"]) is None


def _made(rng: random.Random, depth: int = 0) -> str:
    """A pattern of letters, classes and groups."""
    ways = []
    for _ in range(rng.choice([1, 1, 2])):
        way = ""
        for _ in range(rng.randint(0 if depth else 1, 3)):
            atom = rng.choice(["a", "b", "[ab]", "[^a]", r"\d", "[]", "[^]", "a", "b"])
            if depth < 2 and rng.random() < 0.25:
                atom = rng.choice(["(", "(?:"]) + _made(rng, depth + 1) + ")"
            way += atom + (rng.choice(["*", "+", "?", "{2}", "{1,2}", "{2,}", "*?"]) if rng.random() < 0.35 else "")
        ways.append(("^" if rng.random() < 0.5 else "") + way + ("$" if rng.random() < 0.5 else ""))
    made = "|".join(ways)
    return f"^(?{rng.choice('=!')}{made})a?[ab]" if depth == 0 and rng.random() < 0.1 else made


WORDS = ["".join(letters) for size in range(6) for letters in itertools.product("ab1", repeat=size)]


def test_automata_say_what_an_engine_says_of_each_short_text() -> None:
    """Of patterns made at random, no text is missing where none is, and the one that is shown is one."""
    rng = random.Random(20)  # noqa: S311  a seed
    wrong = []
    for _ in range(thorough(600)):
        narrow, wide = _made(rng), _made(rng)
        takes, asked = python_pattern(narrow), python_pattern(wide)
        assert takes
        assert asked
        least, most = rng.choice([0, 0, 1]), rng.choice([float("inf"), 3])
        missing = [
            word for word in WORDS if least <= len(word) <= most and takes.search(word) and not asked.search(word)
        ]
        text = Texts().missing([narrow], [wide], least, most)
        few = Texts().few([narrow], least, most)
        if text is None:
            right = not missing
        else:
            right = takes.search(text) is not None and not asked.search(text) and least <= len(text) <= most
        listed = {word for word in WORDS if least <= len(word) <= most and takes.search(word)}
        if not right or (few is not None and not listed <= set(few)):
            wrong.append((narrow, wide, least, most, text, few))

    assert wrong == []


def test_a_piece_that_has_to_occur_and_one_that_must_not_are_told_apart() -> None:
    """A look ahead at the start is a piece of its own."""
    assert [wanted for _, wanted in parts_of("^(?=a)(?!b)c")] == [True, False, True]
    with pytest.raises(Unread):
        parts_of("^(?=a)(?!b)c)")


def test_a_dot_is_no_reason_for_an_error_by_ends_of_lines_alone() -> None:
    """Who writes a dot means any character: what only an end of a line tells apart stays a warning."""

    def told(one: str, other: str) -> list[str]:
        old, new = (sent({"type": "string", "pattern": pattern}) for pattern in (one, other))
        return [change.rule.id for change in changes(old, new)]

    assert told("^[^z]+$", "^.*[^z]$") == ["request-pattern-changed"]
    assert told("^a", "^a.?$") == ["request-pattern-narrowed"]
