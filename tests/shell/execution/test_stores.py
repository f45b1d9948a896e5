"""The embedded servers store after a run what they stored before, and after the clean-up nothing else that could be deleted."""

from __future__ import annotations

import copy
import dataclasses
import importlib
import random
from pathlib import Path

import pytest

from pytest_apiversion.core.policy.requests import TURNS
from pytest_apiversion.shell.execution.options import Run
from pytest_apiversion.shell.execution.runner import Runner
from pytest_apiversion.shell.requests.clean_up import CleanUp
from pytest_apiversion.shell.target.load import load_target
from tests.apps.embedded import POLICIES
from tests.apps.kit import serving
from tests.shell.running import TODAY, run_runner
from tests.shell.stores import records
from tests.thorough import sample, some

CONTRACTS = Path(__file__).parents[3] / "contracts"
STAY = {
    # policy: the tables whose records no contract can delete
    "augno": ("/orders/",),
    "girard": ("/runs/",),
    "vellocity": (
        "/records/affiliate/",
        "/records/entry/",
        "/records/migration",
        "/records/session/",
        "/records/workflow/",
    ),
}


@pytest.mark.parametrize("name", sample(reversed(POLICIES), 5))
def test_the_data_that_was_there_is_there(name: str) -> None:
    """Whatever the seed, every record is as it was, byte for byte; what is there beside it has no `DELETE` in any contract."""
    app = importlib.import_module(f"tests.apps.{name}")
    made = app.create_app(today=TODAY)
    before = copy.deepcopy(records(made.store))
    seed = random.SystemRandom().randrange(2**32)
    with serving(made) as url:
        target = load_target(CONTRACTS / name / "apiversion.toml", {**app.ENVIRONMENT, f"{name.upper()}_URL": url})
        limits = dataclasses.replace(
            target.policy.limits, max_examples=some(target.policy.limits.max_examples, 1), probes=TURNS
        )
        target = dataclasses.replace(target, policy=dataclasses.replace(target.policy, limits=limits))
        runner = Runner(target=target, run=Run(as_of=TODAY, seed=seed))
        try:
            run_runner(runner)
            after = copy.deepcopy(records(made.store))
            requests, transport = runner.trials.requests, runner.transport
            CleanUp(requests=requests, send=transport.send, submit=transport.submit).run(60)
            cleaned = copy.deepcopy(records(made.store))
        finally:
            runner.close()

    assert {place: each for place, each in after.items() if place in before} == before, f"seed {seed}"
    assert {place: each for place, each in cleaned.items() if place in before} == before, f"seed {seed}"
    assert after.keys() > before.keys()
    beside = [place for place in cleaned.keys() - before.keys() if not place.startswith(STAY.get(name, ("?",)))]
    assert beside == [], f"seed {seed}"
