"""Selection probes take turns over the operations of a large contract."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Ask
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.policy.requests import EACH, TURNS, Limits
from pytest_apiversion.shell.requests.probe_turns import MANY, probing_of, turn_of
from tests.checks.builders import contract, operation, policy
from tests.shell.running import TODAY

KEYS = [f"{method} /things{number}" for number in range(20) for method in ("GET", "POST")]
PROBES = [
    *(Ask(aim=Aim.UNKNOWN, via="path", probe=f"v{number}") for number in range(7)),
    *(Ask(aim=Aim.MALFORMED, via=via, probe=f"x{number}") for number in range(8) for via in ("path", "header")),
    Ask(aim=Aim.EMPTY, via="header"),
]
OWN = [Ask(aim=Aim.ANONYMOUS, anonymous=True), Ask(aim=Aim.SIDE_EFFECT), Ask(aim=Aim.UNKNOWN, once=True)]


def scene_of(probes: str | None) -> Scene:
    """A version of forty operations, half of which write."""
    mine = contract("v1", *(operation(key) for key in KEYS))
    known = policy()
    known = replace(known, limits=replace(known.limits, probes=probes))
    return Scene(policy=known, contracts={"v1": mine}, as_of=TODAY, subject="v1", version="v1")


def turns(probes: str | None) -> dict[str, list[Ask]]:
    """What each operation is asked."""
    scene = scene_of(probes)
    return {key: turn_of(scene, each, [*PROBES, *OWN]) for key, each in scene.contracts["v1"].operations.items()}


def test_all_operations_together_ask_each_probe_and_each_asks_few() -> None:
    """Each probe is asked on operations that read and on operations that write; the first of either asks all of them."""
    found = turns(TURNS)
    for method in ("GET", "POST"):
        mine = [asks for key, asks in found.items() if key.startswith(method)]
        counts = Counter(ask for asks in mine for ask in asks if ask in PROBES)
        assert set(counts) == {*PROBES}
        assert min(counts.values()) > 1
        assert mine[0] == [*PROBES, *OWN]
        assert max(len([ask for ask in asks if ask in PROBES]) for asks in mine[1:]) <= 6


def test_what_is_about_the_operation_is_asked_of_each() -> None:
    """Credentials, effects, and what is asked once anyway, take no turns."""
    assert all([ask for ask in asks if ask in OWN] == OWN for asks in turns(TURNS).values())


def test_a_probe_goes_with_the_plainer_one_it_is_judged_beside() -> None:
    """Else one defect would get the code of another one."""
    for asks in turns(TURNS).values():
        if any(ask.aim is Aim.EMPTY for ask in asks):
            assert {Aim.UNKNOWN, Aim.MALFORMED} <= {ask.aim for ask in asks if ask.via in {"header", "path"}}
        if any(ask.aim is Aim.MALFORMED and ask.via == "path" for ask in asks):
            assert any(ask.aim is Aim.UNKNOWN for ask in asks)


@pytest.mark.parametrize("probes", [EACH, None])
def test_a_small_contract_asks_each_operation_all_of_them(probes: str | None) -> None:
    """Where the policy file says so, and where it says nothing of a version of few operations."""
    assert all(asks == [*PROBES, *OWN] for asks in turns(probes).values())


@pytest.mark.parametrize(
    ("probes", "operations", "expected"),
    [(None, MANY, EACH), (None, MANY + 1, TURNS), (EACH, 4000, EACH), (TURNS, 2, TURNS)],
)
def test_the_default_depends_on_how_many_operations_there_are(
    probes: str | None, operations: int, expected: str
) -> None:
    """The policy file has the last word."""
    assert probing_of(Limits(probes=probes), operations) == expected
