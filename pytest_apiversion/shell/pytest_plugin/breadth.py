"""Breadth before depth under `--apiversion-max-time`: each item's operation is asked once before any item is run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pytest_apiversion.shell.execution.first_looks import FirstLooks, Look
from pytest_apiversion.shell.pytest_plugin.upcoming_items import is_handed

if TYPE_CHECKING:
    from pytest_apiversion.shell.execution.outcome import Outcome
    from pytest_apiversion.shell.execution.runner import Runner


def looked(runner: Runner, config: pytest.Config, items: Iterable[tuple[object, Look | None]]) -> FirstLooks:
    """Ask once about each item's operation; the workers of pytest-xdist share them.

    Args:
        runner: Runs the items.
        config: Of this process.
        items: What an item may not share with one that runs at the same time, and how it is asked; None where it is not.
    """
    rows: dict[object, list[Look]] = {}
    for place, look in items:
        if look is not None:
            rows.setdefault(place, []).append(look)
    found = FirstLooks(runner=runner)
    mine = list(rows.values())[_number(config) :: _count(config)]
    found.look(mine, 1 if runner.application else runner.policy.limits.concurrency)
    return found


def cut_short(looks: FirstLooks | None, look: Look | None, nothing: Outcome, config: pytest.Config) -> list[Outcome]:
    """What is known of an item that was not reached; in a worker of pytest-xdist, also of operations whose items others may have.

    Args:
        looks: What was asked once.
        look: How the item's operation was.
        nothing: Says that the item was not reached.
        config: Of this process.
    """
    known = looks.outcome(look) if looks is not None else None
    others = looks.others() if looks is not None and is_handed(config) else []
    return [known or nothing, *(replace(each, own=False) for each in others)]


def _count(config: pytest.Config) -> int:
    """How many processes share the items of the run."""
    return int(getattr(config, "workerinput", {}).get("workercount", 1))


def _number(config: pytest.Config) -> int:
    """Which of these processes this is, from 0."""
    name = str(getattr(config, "workerinput", {}).get("workerid", "gw0"))
    return int(name.removeprefix("gw")) % _count(config)
