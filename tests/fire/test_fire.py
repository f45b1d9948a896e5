"""A little of each part of `python -m tests.fire`, and what it counts."""

from __future__ import annotations

import pytest

from tests.fire.__main__ import PARTS, main
from tests.fire.answers import modes
from tests.fire.result import Result
from tests.thorough import some


@pytest.mark.parametrize(
    ("part", "cases"),
    [
        ("answers", 60),
        ("mutations", some(5000, 150)),
        ("secrets", some(2000, 50)),
        ("commands", some(1000, 40)),
        ("interruptions", 1),
        ("deaths", some(40, 2)),
    ],
)
def test_nothing_goes_wrong(capsys: pytest.CaptureFixture[str], part: str, cases: int) -> None:
    """No hang, no traceback, no leak, no green that nothing stands behind; `tox -e thorough` asks as many as the documentation says."""
    assert main([part, "--cases", str(cases), "--seed", "7"]) == 0

    assert f"| {cases} | 0 | 0 | 0 | 0 |" in capsys.readouterr().out


def test_there_are_enough() -> None:
    """The parts are as large as the documentation says."""
    assert len(dict(modes(1))) >= 150
    assert {name: most for name, (_, most) in PARTS.items() if name != "answers"} == {
        "mutations": 5000,
        "secrets": 2000,
        "commands": 1000,
        "interruptions": 40,
        "deaths": 40,
    }


def _raise(error: Exception) -> None:
    raise error


def test_what_goes_wrong_is_counted() -> None:
    """What a case raises beside what it may is a fault with its name."""
    result = Result(name="x")
    with result.case("good", KeyError):
        _raise(KeyError())
    with result.case("bad", KeyError):
        _raise(OSError("gone"))

    assert (result.cases, result.faults) == (2, [("traceback", "bad: OSError: gone")])


def test_a_part_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that is no part's is said."""
    with pytest.raises(SystemExit):
        main(["anwsers"])
    assert "no part is named anwsers" in capsys.readouterr().err
