"""A second run asks first what failed in the one before, and a run that is told so does not."""

from __future__ import annotations

import pytest

from tests.plugin.conftest import Start

LEAST = """--data-raw '{"name": "000000"}'"""
MANY = ("-k", "POST", "--apiversion-max-examples=20", "--hypothesis-seed=1")
FEW = ("-k", "POST", "--apiversion-max-examples=1", "--hypothesis-seed=2")
KEEPING = "--hypothesis-profile=default"
"""On CI servers Hypothesis loads a profile without a database."""


def test_a_second_run_tells_at_once(start: Start) -> None:
    """The directory of the Hypothesis profile keeps the smallest request; a run that would not draw it asks it first."""
    small = start("long-names")
    first = small.spawn(*MANY, KEEPING, "-v")
    second = small.spawn(*FEW, KEEPING, "-v")
    third = small.run(*FEW, "-v")  # without a database

    first.stdout.fnmatch_lines([f"*{LEAST}*", "  shrunk    from * to * bytes with * requests"])
    second.stdout.fnmatch_lines([f"*{LEAST}*", "  shrunk    to * bytes by an earlier run"])
    assert (first.ret, second.ret, third.ret) == (1, 1, 0)
    third.assert_outcomes(passed=2, deselected=7)
    assert (small.pytester.path / ".hypothesis" / "examples").is_dir()


def test_workers_share_a_directory(start: Start) -> None:
    """Two processes keep what they find in one directory, and two others find it there."""
    small = start("long-names")
    where = f"--apiversion-database={small.pytester.path / 'kept'}"
    first = small.spawn(*MANY, where, "-n", "2")
    second = small.spawn(*FEW, where, "-n", "2")

    assert (first.ret, second.ret) == (1, 1)
    assert second.parseoutcomes()["failed"] == 2


@pytest.mark.parametrize("given", ["ftp://somewhere", "apiversion.toml"], ids=["another-kind", "a-file"])
def test_a_wrong_place_is_a_usage_error(start: Start, given: str) -> None:
    """What is no database ends the run before anything is asked."""
    small = start()
    result = small.run(f"--apiversion-database={given}")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: --apiversion-database: *"])
    assert small.api.requests == []
