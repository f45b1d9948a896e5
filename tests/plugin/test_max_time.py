"""`--apiversion-max-time` bounds a run and says what it did not reach."""

from __future__ import annotations

import re

import pytest

from tests.plugin.conftest import Start


@pytest.mark.parametrize("workers", [[], ["-n", "1"]], ids=["one-process", "xdist"])
def test_what_was_not_reached_is_skipped_and_said(start: Start, workers: list[str]) -> None:
    """Nothing is asked after the time; each item says why it was skipped, and the page counts them by version."""
    small = start()
    result = (small.spawn if workers else small.run)("--apiversion-max-time=0.000001", "-rs", *workers)

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


def test_every_operation_is_asked_before_any_is_asked_the_rest(start: Start) -> None:
    """The first item's first round asks each operation of each version; a run without a limit goes operation by operation."""
    small = start()
    small.run("--apiversion-max-time=600")
    hasty = _last_begun(small.api.requests)
    small.api.requests.clear()
    small.run()

    assert hasty < 24 < _last_begun(small.api.requests)


def _last_begun(requests: list[str]) -> int:
    """How many requests there were when the last of the operations was asked for the first time."""
    kinds = (re.match(r"(GET|POST) /(v[12])/things(/[^/? ]+)?[?]", each) for each in requests)
    first: dict[tuple[object, ...], int] = {}
    for index, kind in enumerate(kinds):
        if kind is not None and (kind[1] == "GET" or kind[3] is None):
            first.setdefault((kind[1], kind[2], kind[3] is None), index)
    assert len(first) == 6
    return max(first.values())
