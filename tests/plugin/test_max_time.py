"""`--apiversion-max-time` bounds a run and says what it did not reach."""

from __future__ import annotations

import pytest

from tests.plugin.conftest import Start


@pytest.mark.parametrize("workers", [[], ["-n", "1"]], ids=["one-process", "xdist"])
def test_what_was_not_reached_is_skipped_and_said(start: Start, workers: list[str]) -> None:
    """Nothing is asked after the time; each item says why it was skipped, and the page counts them by version."""
    small = start()
    result = small.run("--apiversion-max-time=0.000001", "-rs", *workers)

    result.assert_outcomes(passed=1, skipped=8)
    assert result.ret == pytest.ExitCode.OK
    assert small.api.requests == []
    result.stdout.fnmatch_lines(
        [
            "not reached in 1e-06 s (--apiversion-max-time):",
            "  v1: 4 of 4 items: GET /things, POST /things, GET /things/{id}, router",
            "  v2: 4 of 4 items: GET /things, POST /things, GET /things/{id}, router",
            "*not reached: the 1e-06 s of --apiversion-max-time are over",
        ]
    )
    assert "not exercised" not in result.stdout.str()


def test_a_strict_run_fails(start: Start) -> None:
    """Under `--apiversion-strict` what was not reached fails the run, and is what is told."""
    result = start().run("--apiversion-max-time=0.000001", "--apiversion-strict")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["Small: not reached: v1: 4 of 4 items: GET /things, *"])


def test_enough_time_changes_nothing(start: Start) -> None:
    """A run that ends before says nothing of it."""
    result = start().run("--apiversion-max-time=600")

    result.assert_outcomes(passed=9)
    assert "max-time" not in result.stdout.str()
