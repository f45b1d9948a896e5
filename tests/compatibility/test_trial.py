"""What a smoke run is judged by."""

from __future__ import annotations

import pytest

from tests.compatibility.trial import ROOT, SMOKE, judged


def _report(*cases: str) -> str:
    return f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>"


_GOOD = '<testcase name="good"/>'
_SKIPPED = '<testcase name="left out"><skipped/></testcase>'
_BAD = '<testcase name="bad"><failure message="no"/></testcase>'
_ERROR = '<testcase name="broken"><error message="no"/></testcase>'


@pytest.mark.parametrize(
    ("report", "code", "expected"),
    [
        pytest.param(_report(_GOOD, _GOOD), 0, ("works", 2), id="all-pass"),
        pytest.param(_report(_GOOD, _SKIPPED), 0, ("works", 1), id="skipped-is-not-passed"),
        pytest.param(_report(_GOOD, _BAD), 1, ("1 of 2 failed: bad", 1), id="a-failure"),
        pytest.param(_report(_GOOD, _ERROR, _BAD), 1, ("2 of 3 failed: broken, bad", 1), id="an-error"),
        pytest.param(_report(*[_BAD] * 5), 1, ("5 of 5 failed: bad, bad, bad, …", 0), id="many"),
        pytest.param(_report(_SKIPPED), 0, ("0 passed, pytest ended with 0", 0), id="nothing-passed"),
        pytest.param(_report(_GOOD), 3, ("1 passed, pytest ended with 3", 1), id="another-end"),
        pytest.param(_report(), 5, ("no test ran, pytest ended with 5", None), id="nothing-collected"),
        pytest.param("", 4, ("no test ran, pytest ended with 4", None), id="no-report"),
    ],
)
def test_a_release_works_when_tests_ran_and_passed(report: str, code: int, expected: tuple[str, int | None]) -> None:
    """Only passed tests and an end with 0 are a success; a run in which nothing ran is none."""
    assert judged(report, code) == expected


@pytest.mark.parametrize("path", SMOKE)
def test_what_the_smoke_run_runs_is_there(path: str) -> None:
    """A file that moves is not silently left out."""
    assert (ROOT / path).exists()
