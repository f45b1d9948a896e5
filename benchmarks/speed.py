"""How fast the main job explores, against what a user could run today; how that grows, and what the plugin costs others.

Everybody gets the same server, the same contracts, the same number of positive examples for each operation and version, and as many
requests in flight. Exchanges are counted at the server. The clock runs over whole processes, start included, but for the bare loop's.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks import peers
from benchmarks.peers import Task
from benchmarks.processes import cheapest, run
from benchmarks.rows import Row
from benchmarks.sample import write_policy

OPERATIONS = 60
EXAMPLES = 30
ROUNDS = 3
"""How often everybody runs in turn; the best run counts, since what is slower than that, the machine did."""

LATENCY = 0.03
"""Seconds before each answer of the slow server."""
IN_FLIGHT = 16

MEMORY = 400.0
"""Megabytes that 1,000 operations in five versions may take."""
COLLECTED = 3.0
"""Seconds in which they are collected."""
IDLE = 5.0
"""Milliseconds of processor time the plugin may add to a suite without a policy file."""


def throughput() -> Iterator[Row]:
    """Exchanges a second with one version and with five, on a server that answers at once."""
    for versions, bar in ((1, 1.7), (5, 4.0)):
        with _task(versions, workers=4) as task:
            names = {"schemathesis run": peers.schemathesis, "parametrize": peers.parametrized}
            best = _best(task, {"ours": peers.ours, **names})
            for name in names:
                yield _row(f"{versions} version(s), {name}", best["ours"], best[name], bar)
            if versions > 1:
                yield _row(f"{versions} versions, bare loop", best["ours"], best["loop"], 0.8)


def latency() -> Iterator[Row]:
    """Exchanges a second on a server that waits before each answer, against schemathesis and against what is possible."""
    for versions in (1, 5):
        with _task(versions, "--latency", str(LATENCY), workers=IN_FLIGHT) as task:
            best = _best(task, {"ours": peers.ours, "schemathesis run": peers.schemathesis}, loop=False)
            yield _row(f"30 ms, {versions} version(s), schemathesis run", best["ours"], best["schemathesis run"], 2.0)
            yield _row(f"30 ms, {versions} version(s), 16 / latency", best["ours"], IN_FLIGHT / LATENCY, 0.75)


def growth() -> Iterator[Row]:
    """Time of an exchange and peak memory as contracts grow: 10, 100 and 1,000 operations in 1, 2 and 5 versions."""
    costs: dict[tuple[int, int], float] = {}
    for versions in (1, 2, 5):
        for operations in (10, 100, 1000):
            with _task(versions, workers=4, operations=operations, examples=4) as task:
                (command,) = peers.ours(task)
                before, cost = peers.counted(task.url), run(command, task.folder, peers.environment(task))
                number = peers.counted(task.url) - before
                (collecting,) = peers.ours(task, "--collect-only")
                start = cheapest(collecting, 2, task.folder, peers.environment(task))
                costs[operations, versions] = 1000 * (cost.seconds - start.seconds) / number
                sys.stderr.write(
                    f"{operations} operations, {versions} versions: {number} exchanges, "
                    f"{costs[operations, versions]:.2f} ms each, {cost.megabytes:.0f} MB, collected in {start.wall:.1f} s\n"
                )
                if (operations, versions) == (1000, 5):
                    yield _row("1000 x 5, MB", cost.megabytes, MEMORY, 1.0, less=True)
                    yield _row("1000 x 5, s to collect", start.wall, COLLECTED, 1.0, less=True)
    for versions in (1, 2, 5):
        small, large = costs[100, versions], costs[1000, versions]
        yield _row(f"{versions} version(s), ms of 1000 and 100", large, small, 0.8, less=True)


def idle() -> Iterator[Row]:
    """What `pytest --collect-only` of a suite without a policy file costs with the plugin, and without it."""
    with tempfile.TemporaryDirectory() as folder:
        task = Task(folder=Path(folder), url="", operations=0, versions=0, examples=0, workers=0)
        (task.folder / "test_nothing.py").write_text("def test_nothing():\n    pass\n", "utf-8")
        command = [
            *peers.pytest_command()[:-4],
            "-p",
            "no:cacheprovider",
            "-c",
            "/dev/null",
            "--collect-only",
            "test_nothing.py",
        ]
        commands = {"with": command, "without": [*command, "-p", "no:apiversion"]}
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(10 * ROUNDS):
            for name, each in commands.items():
                seconds[name].append(run(each, task.folder, peers.environment(task)).seconds)
    added = 1000 * (min(seconds["with"]) - min(seconds["without"]))
    yield Row(
        name="no policy file, ms added",
        ours=round(added, 2),
        peer=IDLE,
        ratio=round(IDLE / max(added, 0.1), 2),
        bar=1.0,
    )


def workers() -> Iterator[Row]:
    """Exchanges a second of two pytest-xdist workers, against one process, where answers take 10 ms and four requests are in flight."""
    with _task(5, "--latency", "0.01", workers=4) as task:
        two = ("-n", "2", "--dist", "loadgroup")
        found = _best(task, {"two": lambda each: peers.ours(each, *two), "one": peers.ours}, loop=False)
        yield _row("two workers, one process", found["two"], found["one"], 1.7)


@contextmanager
def _task(
    versions: int, *options: str, workers: int, operations: int = OPERATIONS, examples: int = EXAMPLES
) -> Iterator[Task]:
    with tempfile.TemporaryDirectory() as folder, peers.served(versions, *options) as url:
        yield Task(
            folder=Path(folder), url=url, operations=operations, versions=versions, examples=examples, workers=workers
        )


def _best(
    task: Task, commands: dict[str, Callable[[Task], Sequence[Sequence[str]]]], *, loop: bool = True
) -> dict[str, float]:
    """Everybody in turn, several times; the best rate of each."""
    write_policy(
        task.folder,
        operations=task.operations,
        versions=task.versions,
        base_url=task.url,
        examples=task.examples,
        concurrency=task.workers,
    )
    best = dict.fromkeys([*commands, "loop"], 0.0)
    steady = dict(best)
    peers.rate(
        replace(task, examples=1), peers.ours(replace(task, examples=1))
    )  # bytecode, Hypothesis' tables of characters
    ways: dict[str, Callable[[], peers.Rate]] = {
        name: partial(peers.rate, task, command(task)) for name, command in commands.items()
    }
    if loop:
        ways["loop"] = partial(peers.looped, task)
    for _ in range(ROUNDS):
        for name, measure in ways.items():
            found = measure()
            best[name], steady[name] = max(best[name], found.clock), max(steady[name], found.processor)
            sys.stderr.write(
                f"{name}: {found.number} exchanges, {found.clock:.0f} a second, {found.processor:.0f} a second of the processor\n"
            )
    for name in [name for name in ways if name != "ours"]:
        if "ours" in steady:
            sys.stderr.write(f"{name}: {steady['ours'] / steady[name]:.2f} by the processor's time\n")
    return best


def _row(name: str, ours: float, peer: float, bar: float, *, less: bool = False) -> Row:
    ratio = peer / ours if less else ours / peer
    return Row(name=name, ours=round(ours, 3), peer=round(peer, 3), ratio=round(ratio, 3), bar=bar)
