"""Items that are tried again, as pytest-rerunfailures does it: the last attempt counts."""

from __future__ import annotations

import json
from typing import Any

from tests.plugin.conftest import Small

AGAIN = """
import pytest
from _pytest.runner import runtestprotocol

@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for attempt in range(2):
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
        again = not attempt and any(each.failed for each in reports)
        for report in reports:
            if again and report.failed:
                report.outcome = "rerun"
            item.ihook.pytest_runtest_logreport(report=report)
        if not again:
            break
    return True
"""
SAME = (
    "--hypothesis-seed=7",
    "--apiversion-max-examples=1",
    "--apiversion-json=run.json",
    "--apiversion-database=none",
)


def _told(small: Small) -> tuple[list[tuple[str, str]], list[tuple[str, int]]]:
    """The items of a run, and its findings with how often each was seen."""
    policy: dict[str, Any] = json.loads((small.pytester.path / "run.json").read_bytes())["policies"][0]
    return (
        [(row["version"], row["item"]) for row in policy["items"]],
        [(each["fingerprint"], each["count"]) for each in policy["findings"]],
    )


def test_the_last_attempt_counts(buggy: Small) -> None:
    """What an attempt found that was followed by another is counted nowhere."""
    buggy.run(*SAME)
    once = _told(buggy)
    buggy.pytester.makeconftest(AGAIN)

    result = buggy.run(*SAME)

    assert once[1]
    assert result.ret == 1
    assert _told(buggy) == once
