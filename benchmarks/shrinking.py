"""How small the request is that a finding is told by: for planted bugs that only some input shows, on a server of this machine."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.rows import Row
from pytest_apiversion.core.finding import Finding
from pytest_apiversion.shell.execution.runner import Run, Runner
from pytest_apiversion.shell.target.load import Target, load_target
from tests.apps.kit import serving
from tests.shell.servers.kit import folder
from tests.shell.servers.picky import BUGS, Bug, picky

_TODAY = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
_SEEDS = range(1, 6)
_EXAMPLES = 50
"""Requests drawn: enough that each bug is met with nearly every seed."""
_SHRUNK = re.compile(r"(?:from (\d+) to|not below) (\d+) bytes with (\d+) requests?")


def shrinking() -> Iterator[Row]:
    """Bytes and requests of the smallest request that is told, for planted bugs."""
    for name, bug in BUGS.items():
        found = [sizes for seed in _SEEDS if (sizes := _told(name, bug, seed)) is not None]
        drawn = sorted(before for before, _, _ in found)[len(found) // 2]
        worst, spent = max(after for _, after, _ in found), max(requests for _, _, requests in found)
        yield _row(f"{name}: bytes, of the least", worst, bug.size)
        yield _row(f"{name}: bytes, of the drawn", worst, drawn)
        yield _row(f"{name}: requests, of 100", spent, 100)


def _row(name: str, ours: int, peer: int) -> Row:
    return Row(name=name, ours=ours, peer=peer, ratio=round(peer / ours, 3), bar=1.0)


def _told(name: str, bug: Bug, seed: int) -> tuple[int, int, int] | None:
    """Bytes drawn, bytes told and requests spent with one seed; None where nothing that was drawn met the bug.

    Raises:
        RuntimeError: Something met it and was not shrunk.
    """
    odd = picky(name)
    with serving(odd.app) as url, tempfile.TemporaryDirectory() as place:
        target = load_target(folder(Path(place), odd.policy, odd.contracts), {"ODD_URL": url})
        finding = _found(_limited(target), bug, seed)
    if finding is None:
        return None
    numbers = _SHRUNK.fullmatch(finding.shrunk)
    if numbers is None:
        message = f"{name}, seed {seed}: {finding.shrunk or 'not shrunk'}: {finding.reproduce}"
        raise RuntimeError(message)
    return int(numbers[1] or numbers[2]), int(numbers[2]), int(numbers[3])


def _limited(target: Target) -> Target:
    limits = replace(target.policy.limits, max_examples=_EXAMPLES)
    return replace(target, policy=replace(target.policy, limits=limits))


def _found(target: Target, bug: Bug, seed: int) -> Finding | None:
    """The finding about requests of the kind the bug is planted for."""
    runner = Runner(target=target, run=Run(as_of=_TODAY, seed=seed))
    try:
        outcome = runner.operation_item("v1", target.contracts["v1"].operations[bug.operation])
    finally:
        runner.close()
    found = sorted(outcome.findings, key=lambda each: "does not accept" in each.summary)
    return next((each for each in found if ("does not accept" in each.summary) is bug.refused), None)
