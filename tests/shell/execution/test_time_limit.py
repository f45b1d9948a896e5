"""A run that may take so long begins nothing new afterwards, and keeps what it has."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from pathlib import Path

import pytest

from pytest_apiversion.shell.execution.options import Run
from pytest_apiversion.shell.execution.outcome import Outcome
from pytest_apiversion.shell.execution.runner import Runner
from pytest_apiversion.shell.execution.time_limit import Allowance, OutOfTimeError, unreached
from pytest_apiversion.shell.target.load import load_target
from tests.apps.kit import serving
from tests.shell.running import TODAY
from tests.shell.servers.kit import folder
from tests.shell.servers.picky import picky


def held(path: Path, seconds: float) -> tuple[Outcome, int]:
    """What one item says whose every request looks at a clock, a second later each time, and how many requests there were."""
    odd = picky("always")
    with serving(odd.app) as url:
        target = load_target(folder(path, odd.policy, odd.contracts), {"ODD_URL": url})
        allowance = Allowance(seconds, clock=itertools.count().__next__)
        runner = Runner(target=target, run=Run(as_of=TODAY, seed=1), allowance=allowance)
        try:
            outcome = runner.operation_item("v1", target.contracts["v1"].operations["POST /notes"])
        finally:
            runner.close()
    return outcome, len(odd.app.seen)


def test_what_was_judged_by_then_is_kept(tmp_path: Path) -> None:
    """When the time ends among the probes, what the drawn cases showed is told, and the rest is not asked."""
    whole, all_of_it = held(tmp_path, 10_000)
    cut, begun = held(tmp_path, all_of_it - 5)

    assert (cut.reached, whole.reached) == (False, True)
    assert {finding.code for finding in cut.findings} == {"AV301"}
    assert begun < all_of_it - 4


def test_without_time_for_the_cases_nothing_is_judged(tmp_path: Path) -> None:
    """When the time ends before the drawn cases are sent, the item says so."""
    with pytest.raises(OutOfTimeError, match=re.escape("not reached: the 3 s of --apiversion-max-time are over")):
        held(tmp_path, 3)


def test_what_was_not_reached_is_counted_and_named() -> None:
    """By version, with how many items it has, the first ones by name."""
    left = [
        Outcome(policy="Shop", source="s", subject=subject, label=f"GET /{name}", reached=name not in "ab")
        for subject, names in (("v1", "abcd"), ("v2", "xyz"))
        for name in names
    ]
    left[1] = replace(left[1], exchanges=1)
    many = [Outcome(policy="Shop", source="s", subject="v3", label=str(each), reached=False) for each in range(6)]

    assert list(unreached([*left, *many], {"v1": 4, "v2": 3, "v3": None})) == [
        "v1: 2 of 4 items: GET /a, GET /b; 1 of them asked something",
        "v3: 6 of 6 items: 0, 1, 2, 3 and 2 more",
    ]
