"""Runs whose requests other processes draw: they send and say what a run alone does."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import Spawn
from tests.plugin.wide_api import RESOURCES, served

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes draw on Linux only")

ONE_PROCESSOR = "import os\nos.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"
COUNTED = """
from pathlib import Path
import pytest_apiversion.shell.requests.drawn_cases as requesting

class DrawingProcesses(requesting.DrawingProcesses):
    def take(self, key):
        found = super().take(key)
        with Path("taken.txt").open("a") as file:
            print(found is not None, file=file)
        return found

requesting.DrawingProcesses = DrawingProcesses
"""


def test_a_run_sends_the_same_whoever_draws(pytester: pytest.Pytester, spawn: Spawn) -> None:
    """With a second processor drawings come from another process, and the service is asked exactly the same."""
    if len(os.sched_getaffinity(0)) == 1:
        pytest.skip("this machine has one processor")
    with served(pytester.path) as asked:
        pytester.makeconftest(COUNTED)
        _run(spawn)
        several = asked.copy()
        taken = _taken(pytester)
        asked.clear()
        pytester.makeconftest(ONE_PROCESSOR + COUNTED)
        _run(spawn)

    assert several == asked
    assert sum(several.values()) > 10 * RESOURCES
    assert taken["True"] > 0
    assert _taken(pytester) == taken


def test_a_drawing_process_that_is_killed_costs_nothing(pytester: pytest.Pytester, spawn: Spawn) -> None:
    """Out of memory, say: what it leaves is drawn where it is needed, and the run is as green as without it."""
    killed = """
import os, pytest_apiversion.shell.generation.strategies as engine
here, drawn = os.getpid(), []
whole = engine.draw_cases

def draw_cases(*args, **kwargs):
    drawn.append(1)
    if os.getpid() != here and len(drawn) > 3:
        os.kill(os.getpid(), 9)
    return whole(*args, **kwargs)

engine.draw_cases = draw_cases
"""
    with served(pytester.path):
        pytester.makeconftest(killed + COUNTED)
        _run(spawn)


def _run(spawn: Spawn) -> None:
    result = spawn("--hypothesis-seed=5", "--apiversion-max-examples=6", timeout=120)
    result.assert_outcomes(passed=2 * 2 * RESOURCES + 1)


def _taken(pytester: pytest.Pytester) -> Counter[str]:
    return Counter(Path(pytester.path, "taken.txt").read_text("utf-8").split())
