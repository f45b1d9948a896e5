"""The framework applications store after a run what they stored before, and after the clean-up nothing else."""

from __future__ import annotations

import contextlib
import copy
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core.policy.requests import TURNS
from pytest_apiversion.shell.execution.options import Run
from pytest_apiversion.shell.execution.runner import Runner
from pytest_apiversion.shell.requests.clean_up import CleanUp
from pytest_apiversion.shell.target.load import load_target
from tests.frameworks.cadwyn_app import cadwyn_server, depots, parcels
from tests.frameworks.drf_app import drf_server, new_store
from tests.shell.running import TODAY, run_runner
from tests.thorough import drawn, sample

POLICIES = Path(__file__).parent / "policies"
Served = tuple[contextlib.AbstractContextManager[str], Callable[[], dict[str, Any]]]


def _drf() -> Served:
    store = new_store()

    def stored() -> dict[str, Any]:
        return {f"{kind} {key}": record for kind, shelf in store.items() for key, record in shelf.records.items()}

    return drf_server("path", store=store), stored


def _cadwyn() -> Served:
    shelves = (parcels(), depots())

    def stored() -> dict[str, Any]:
        return {f"{type(each).__name__} {key}": each for shelf in shelves for key, each in shelf.records.items()}

    return cadwyn_server(shelves=shelves), stored


APPLICATIONS = {"drf_path": _drf, "cadwyn": _cadwyn}


@pytest.mark.parametrize("name", sample(APPLICATIONS, 2))
def test_the_data_that_was_there_is_there(name: str) -> None:
    """Whatever the seed, every record is as it was, and nothing is beside it once the run has cleaned up."""
    server, stored = APPLICATIONS[name]()
    before = copy.deepcopy(stored())
    seed = random.SystemRandom().randrange(2**32)
    with server as url:
        target = load_target(POLICIES / name / "apiversion.toml", {f"{name.upper()}_URL": url})
        limits = replace(target.policy.limits, probes=TURNS, max_examples=drawn(10))
        target = replace(target, policy=replace(target.policy, limits=limits))
        runner = Runner(target=target, run=Run(as_of=TODAY, seed=seed))
        try:
            run_runner(runner)
            after = copy.deepcopy(stored())
            requests, transport = runner.trials.requests, runner.transport
            CleanUp(requests=requests, send=transport.send, submit=transport.submit).run(60)
        finally:
            runner.close()

    assert {key: each for key, each in after.items() if key in before} == before, f"seed {seed}"
    assert after.keys() > before.keys()
    assert stored() == before, f"seed {seed}"
