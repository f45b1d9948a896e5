"""The weights do not contradict each other: what contains a change weighs at least as much, by either profile."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from pytest_apiversion.core.finding import Severity
from pytest_apiversion.diff.rule_table import STRICT
from pytest_apiversion.diff.rules import names, rule
from tests.diff.documents import answered, breaks, changes, rules, sent
from tests.diff.test_referee import altered, described, drawn, possible
from tests.thorough import drawn as thorough

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "weights.md"
ROWS = re.findall(r"^\| `([a-z-]+)` \| `([a-z-]+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)
RANKS = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}


def rank(name: str, *, strict: bool) -> int:
    """How much a rule weighs under a profile."""
    return RANKS[STRICT.get(name, rule(name).severity) if strict else rule(name).severity]


def test_the_page_has_a_table() -> None:
    """The law is about something."""
    assert len(ROWS) > 30


@pytest.mark.parametrize("strict", [False, True], ids=["felt", "strict"])
@pytest.mark.parametrize(("whole", "part"), ROWS, ids=[" over ".join(row) for row in ROWS])
def test_what_contains_a_change_weighs_as_much(whole: str, part: str, *, strict: bool) -> None:
    """The table of the documentation orders the weights."""
    assert rank(whole, strict=strict) >= rank(part, strict=strict)


def test_strict_only_adds_weight() -> None:
    """The letter is never lighter than what clients feel, and every rule it weighs is one."""
    assert STRICT.keys() <= set(names())
    assert all(rank(name, strict=True) > rank(name, strict=False) for name in STRICT)


@pytest.mark.parametrize("wrap", [sent, answered], ids=["request", "response"])
def test_a_chain_breaks_what_its_ends_break(wrap: object) -> None:
    """Where the step from the first to the third document breaks a client, one of the two steps between does."""
    made = sent if wrap is sent else answered
    lost = []
    for seed in range(thorough(150)):
        rng = random.Random(seed)  # noqa: S311  a seed
        first = described(drawn(rng), rng)
        second = altered(first, rng)
        third = altered(second, rng)
        one, two, three = map(made, (first, second, third))
        if breaks(one, three) and not (breaks(one, two) or breaks(two, three)):
            lost.append((seed, rules(one, three), rules(one, two), rules(two, three)))

    assert lost == []


def test_a_mirror_is_told_back() -> None:
    """What breaks requests there breaks answers back: both are the same loss of values."""
    lost = []
    for seed in range(thorough(150)):
        rng = random.Random(seed)  # noqa: S311  a seed
        first = described(drawn(rng), rng)
        second = altered(first, rng)
        there, back = breaks(sent(first), sent(second)), changes(answered(second), answered(first))
        if there and not back:
            lost.append((seed, rules(sent(first), sent(second))))

    assert lost == []


def test_what_two_steps_let_pass_one_step_does() -> None:
    """Where A → C breaks clients, A → B or B → C does by the letter; `oneOf` is left out, which who wrote an ambiguous one does not mean by it."""
    lost = []
    for seed in range(thorough(400)):
        rng = random.Random(seed)  # noqa: S311  a seed
        first = described(drawn(rng), rng)
        second = altered(first, rng)
        third = altered(second, rng)
        if "oneOf" in str((first, second, third)) or not all(map(possible, (first, second, third))):
            continue
        for wrap in (sent, answered):
            one, two, three = map(wrap, (first, second, third))
            if breaks(one, three) and not any(breaks(*pair, severities=STRICT) for pair in ((one, two), (two, three))):
                lost.append((wrap.__name__, first, second, third))

    assert lost == []
