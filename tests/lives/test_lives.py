"""Each service of this folder is held to its policy without a finding, and each of its bugs is found by its own checks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import NEW
from tests.detection.harness import unexercised
from tests.lives.catalogue import LIVES
from tests.presets.catalogue import SHOWN
from tests.thorough import sample

OF_WRONG_NUMBERS = {("codes-in-a-header", "unlisted-number"), ("codes-in-a-header", "no-code")}
"""What is seen only where a number that is out of bounds was sent."""


@pytest.mark.parametrize(
    ("name", "day"), sample(((name, day) for name, life in LIVES.items() for day in life.honest), 16)
)
def test_an_honest_service_is_right_on_each_day(name: str, day: str, tmp_path: Path) -> None:
    """Nothing is said of it, every operation gets a success, what it is there to show is held, and all it promises, where that can be."""
    life = LIVES[name]

    result = life.run(tmp_path, day)

    assert result.said == []
    assert result.barren == []
    assert not life.whole or [*unexercised(result.outcomes)] == []
    assert life.honest[day] <= result.exercised(life.subject)
    assert life.honest[day] <= result.promised(life.subject)


@pytest.mark.parametrize(
    ("name", "bug"), sample(((name, bug) for name, life in LIVES.items() for bug in life.bugs), 16)
)
def test_each_bug_is_found_by_its_checks(name: str, bug: str, tmp_path: Path) -> None:
    """Its checks speak, and all others are silent; `python -m tests.detection` asks the others."""
    if (name, bug) in OF_WRONG_NUMBERS and not NEW:
        pytest.skip("older releases of schemathesis draw other names for wrong values")
    life, planted = LIVES[name], LIVES[name].bugs[bug]

    result = life.run(tmp_path, planted.day, bug)

    assert tuple(sorted(result.codes)) == planted.codes, result.said


def test_several_codes_have_a_reason() -> None:
    """Where a bug breaks several promises it is said why."""
    assert [
        bug for life in LIVES.values() for bug in life.bugs.values() if len(bug.codes) != 1 and not bug.reason
    ] == []


def test_no_name_is_a_presets() -> None:
    """The table of bugs tells them apart by their names."""
    assert LIVES.keys() & SHOWN.keys() == set()
