"""A run leaves everything that was there as it was, and deletes what it created."""

from __future__ import annotations

import copy
import dataclasses
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core.checking.created import Created
from pytest_apiversion.core.http.messages import SAFE_METHODS
from pytest_apiversion.shell.execution.options import Run
from pytest_apiversion.shell.execution.runner import Runner
from pytest_apiversion.shell.requests.case_selection import NOTHING_OWN
from pytest_apiversion.shell.requests.clean_up import CleanedUp, CleanUp
from pytest_apiversion.shell.target.load import load_target
from tests.apps.kit import serving
from tests.shell.running import DRAWN, TODAY, part, run_runner
from tests.shell.servers.keeping import KEPT, Kept, nothing_to_create
from tests.shell.servers.kit import folder
from tests.thorough import drawn, sample

MAKES = [pytest.param(make, id=name) for name, make in KEPT.items()]
EACH = [pytest.param((name, seed), id=f"{name}-{seed}") for name in KEPT for seed in range(1, drawn(3) + 1)]
"""Each API, and the seed of a run over it."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Ran:
    """What a run did to an API.

    Attributes:
        before: What it stored before.
        after: What it stored after the run.
        cleaned: What it stored after the clean-up.
        result: What the clean-up said.
        said: The findings.
        barren: The operations without a success.
        advice: What would help them, by operation.
        notes: What else was said.
    """

    before: dict[str, Any]
    after: dict[str, Any]
    cleaned: dict[str, Any]
    result: CleanedUp
    said: list[str]
    barren: list[str]
    advice: dict[str, str]
    notes: list[str]


def run(kept: Kept, path: Path, *, seed: int = 1, more: str = "", **limits: Any) -> Ran:
    """Run every item, then clean up."""
    before = copy.deepcopy(kept.data)
    with serving(kept.odd.app) as url:
        target = load_target(folder(path, kept.odd.policy + more, kept.odd.contracts), {"ODD_URL": url})
        limits = {**part(target.policy.limits), **limits}
        policy = dataclasses.replace(target.policy, limits=dataclasses.replace(target.policy.limits, **limits))
        runner = Runner(target=dataclasses.replace(target, policy=policy), run=Run(as_of=TODAY, seed=seed), drawn=DRAWN)
        try:
            found = run_runner(runner)
            after = copy.deepcopy(kept.data)
            clean_up = CleanUp(
                requests=runner.trials.requests, send=runner.transport.send, submit=runner.transport.submit
            )
            result = clean_up.run(60)
        finally:
            runner.close()
    return Ran(
        before=before,
        after=after,
        cleaned=copy.deepcopy(kept.data),
        result=result,
        said=found.said,
        barren=found.barren,
        advice={each.operation: each.advice for outcome in found.outcomes for each in outcome.reach},
        notes=[note for outcome in found.outcomes for note in outcome.notes],
    )


@pytest.fixture(scope="module", params=EACH)
def which(request: pytest.FixtureRequest) -> tuple[str, int]:
    """An API that a run is made over, and the seed of the run."""
    found: tuple[str, int] = request.param
    return found


@pytest.fixture(scope="module")
def kept(which: tuple[str, int]) -> Kept:
    """The API."""
    return KEPT[which[0]]()


@pytest.fixture(scope="module")
def ran(which: tuple[str, int], kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The run."""
    return run(kept, tmp_path_factory.mktemp("kept"), seed=which[1])


def test_what_was_there_is_there(ran: Ran) -> None:
    """Whatever leads to what was there before, nothing of it is deleted, replaced or used up; and nobody is accused."""
    assert {key: value for key, value in ran.after.items() if key in ran.before} == ran.before
    assert ran.said == []


def test_what_was_created_is_deleted(ran: Ran, kept: Kept) -> None:
    """After the clean-up nothing else is there; where there is no `DELETE`, what stays is named."""
    named = {each.path.rpartition("/")[2] for each in ran.result.left}

    assert {key: value for key, value in ran.cleaned.items() if key in ran.before} == ran.before
    assert ran.cleaned.keys() - ran.before.keys() == named
    assert bool(named) is kept.stays
    assert {each.why for each in ran.result.left} <= {"no contract has a DELETE for it"}


def test_operations_are_reached_all_the_same(ran: Ran, which: tuple[str, int]) -> None:
    """Only where nothing can be created does an operation that alters go unasked, and the note says what would help."""
    if which[0] == "nothing_to_create":
        assert len(ran.barren) == 16
        assert all(NOTHING_OWN in each for each in ran.barren)
        assert ran.advice["DELETE /valves/{valve_id}"] == (
            'give [operations.rules."DELETE /valves/{valve_id}"] values = { path = { valve_id = "…" } }'
        )
        assert ran.advice["PUT /settings"] == 'give [operations.rules."PUT /settings"] harmless = true'
    else:
        assert ran.barren == []


def test_what_a_rule_offers_is_used(tmp_path: Path) -> None:
    """The operation's own rule offers one thing, or says that all may be altered; the rest stays."""
    rules = """
[operations.rules."DELETE /valves/{valve_id}"]
values = { path = { valve_id = "n-100002" } }
[operations.rules."PUT /settings"]
harmless = true
"""
    ran = run(nothing_to_create(), tmp_path, more=rules)

    assert ran.after.keys() == {"n-100001", "settings"}
    assert ran.after["n-100001"] == ran.before["n-100001"]
    assert ran.after["settings"] != ran.before["settings"]


def test_nothing_is_deleted_where_that_is_not_wanted(tmp_path: Path) -> None:
    """With `clean_up = false` everything stays and is named."""
    ran = run(KEPT["numbered_in_each_house"](), tmp_path, clean_up=False)

    assert ran.cleaned == ran.after
    assert ran.cleaned.keys() > ran.before.keys()
    assert {each.why for each in ran.result.left} == {"[requests] clean_up = false"}


@pytest.mark.parametrize("name", sample(KEPT, 3))
def test_safe_methods_only(name: str, tmp_path: Path) -> None:
    """With `methods = "safe"` nothing unsafe leaves, wherever the service is."""
    kept = KEPT[name]()
    ran = run(kept, tmp_path, methods="safe")

    assert {method for method, _ in kept.odd.app.seen} <= SAFE_METHODS
    assert ran.cleaned == ran.before


def test_the_suites_own_way_goes_first(tmp_path: Path) -> None:
    """What the suite puts away itself is not deleted once more; what it does not, is."""
    kept = KEPT["numbered_in_each_house"]()
    seen: list[str] = []

    def put_away(created: Created) -> bool:
        seen.append(created.path)
        return "/rooms/" in created.path

    with serving(kept.odd.app) as url:
        target = load_target(folder(tmp_path, kept.odd.policy, kept.odd.contracts), {"ODD_URL": url})
        runner = Runner(target=target, run=Run(as_of=TODAY, seed=1), drawn=DRAWN)
        try:
            run_runner(runner)
            kept.odd.app.seen.clear()
            cleaning = CleanUp(
                requests=runner.trials.requests,
                send=runner.transport.send,
                submit=runner.transport.submit,
                own=put_away,
            )
            result = cleaning.run(60)
        finally:
            runner.close()

    assert result.left == []
    assert any("/rooms/" in path for path in seen)
    assert not any("/rooms/" in path for _, path in kept.odd.app.seen)
    assert kept.data.keys() == {"old-house"}


def test_the_time_for_it_is_bounded(tmp_path: Path) -> None:
    """When the time is over, the rest is named as what stays."""
    kept = KEPT["numbered_in_each_house"]()
    with serving(kept.odd.app) as url:
        target = load_target(folder(tmp_path, kept.odd.policy, kept.odd.contracts), {"ODD_URL": url})
        runner = Runner(target=target, run=Run(as_of=TODAY, seed=1), drawn=DRAWN)
        try:
            run_runner(runner)
            things = runner.trials.requests.ownership.things.all()
            cleaning = CleanUp(
                requests=runner.trials.requests, send=runner.transport.send, submit=runner.transport.submit
            )
            result = cleaning.run(0)
        finally:
            runner.close()

    assert len(result.left) == len(things) > 0
    assert {each.why for each in result.left} == {"there was no time"}


@pytest.mark.parametrize("name", ["unique_members", "unique_as_validated"])
def test_what_an_earlier_run_left_is_no_false_alarm(name: str, tmp_path: Path) -> None:
    """Names must be unique, and an earlier run of the same day and seed has taken those that this one would use: others are found."""
    kept = KEPT[name]()
    first = run(kept, tmp_path, clean_up=False)
    second = run(kept, tmp_path, clean_up=False)

    assert (first.said, second.said) == ([], [])
    assert second.barren == []
    assert second.after.keys() > first.after.keys()
    assert {key: value for key, value in second.after.items() if key in second.before} == second.before
