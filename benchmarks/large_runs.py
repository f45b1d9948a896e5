"""How a run of two versions grows, of which one is over, some operations were renamed and the versions are isolated."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import peers
from benchmarks.peers import Task
from benchmarks.processes import Cost, run
from benchmarks.rows import Row
from benchmarks.sample import write_policy

SIZES = (500, 1000, 2000, 4000)
"""Operations of each version; the bars are of the first and the last."""
TIMES = 1.25
"""Processor time of an operation in the largest run, in times of that in the smallest."""
MEMORY = 450.0
"""Megabytes at most."""
COLLECTED = 3.0
"""Seconds to collect, at most."""
BREADTH = 3000
"""Operations of each version in the run whose time is limited."""
LIMIT = 120
"""Its seconds."""
_VERSIONS = 2


def renamed() -> Iterator[Row]:
    """Processor time of an operation, memory and seconds to collect, with isolated versions, renamed operations and one version over."""
    each: dict[int, float] = {}
    for operations in SIZES:
        cost, start, number = _held(operations)
        each[operations] = 1000 * cost.seconds / operations
        sys.stderr.write(
            f"{operations} operations: {number} exchanges, {each[operations]:.1f} ms of the processor an operation, "
            f"{cost.megabytes:.0f} MB, collected in {start.wall:.1f} s, exit {cost.status}\n"
        )
    first, last = each[SIZES[0]], each[SIZES[-1]]
    yield _at_most("ms an operation", last, TIMES * first)
    yield _at_most("MB", cost.megabytes, MEMORY)
    yield _at_most("s to collect", start.wall, COLLECTED)


def breadth() -> Iterator[Row]:
    """Whether each operation of each version is asked where the time of a run is limited."""
    with tempfile.TemporaryDirectory() as held, peers.served(_VERSIONS) as url:
        folder = Path(held)
        path = write_policy(folder, operations=BREADTH, versions=_VERSIONS, base_url=url, examples=1, concurrency=4)
        task = Task(folder=folder, url=url, operations=BREADTH, versions=_VERSIONS, examples=1, workers=4)
        limits = (f"--apiversion-max-time={LIMIT}", "--apiversion-max-examples=1")
        cost = run([*peers.pytest_command(), *limits, str(path)], folder, peers.environment(task))
        asked = peers.counted(url, "operations")
    sys.stderr.write(
        f"{asked} operations of the versions were asked in {cost.wall:.0f} s, {cost.seconds:.0f} of the processor\n"
    )
    yield Row(
        name="operations asked",
        ours=asked,
        peer=_VERSIONS * BREADTH,
        ratio=round(asked / (_VERSIONS * BREADTH), 4),
        bar=1.0,
    )


def _held(operations: int) -> tuple[Cost, Cost, int]:
    """What a run cost, what its collection cost, and its exchanges."""
    with tempfile.TemporaryDirectory() as held, peers.served(_VERSIONS, "--renamed") as url:
        folder = Path(held)
        path = write_policy(
            folder, operations=operations, versions=_VERSIONS, base_url=url, examples=4, concurrency=4, renamed=True
        )
        task = Task(folder=folder, url=url, operations=operations, versions=_VERSIONS, examples=4, workers=4)
        command, around = [*peers.pytest_command(), str(path)], peers.environment(task)
        start = run([*command, "--collect-only"], folder, around)
        before, cost = peers.counted(url), run(command, folder, around)
        return cost, start, peers.counted(url) - before


def _at_most(name: str, ours: float, bar: float) -> Row:
    return Row(
        name=f"{SIZES[-1]} x {_VERSIONS}, {name}",
        ours=round(ours, 2),
        peer=round(bar, 2),
        ratio=round(bar / ours, 3),
        bar=1.0,
    )
