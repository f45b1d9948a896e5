"""What a run does to the collector of cycles in the user's process ends with the run."""

from __future__ import annotations

import gc

import pytest

from pytest_apiversion.shell.target.garbage_collector import lasting
from tests.plugin.small_api import write_suite


@pytest.mark.usefixtures("nothing_frozen")
def test_nothing_stays_left_out(pytester: pytest.Pytester) -> None:
    """Contracts are left out of the collector's searches to the end of the run, and no longer."""
    with lasting():
        kept = [[number] for number in range(400_000)]
    assert gc.get_freeze_count() > 0

    write_suite(pytester.path)
    result = pytester.runpytest_inprocess(
        "--collect-only", "-q", "--apiversion-base-url=http://x.test", "--apiversion-database=none"
    )

    assert result.ret == pytest.ExitCode.OK
    assert gc.get_freeze_count() == 0
    assert kept
