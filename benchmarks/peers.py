"""What a user could run today for the same requests, each as a command: ours, schemathesis, a pytest suite, a bare loop."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from benchmarks.processes import run
from benchmarks.sample import write_policy

ROOT = Path(__file__).parents[1]

_SUITE = """
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

{schemas}
"""
_SCHEMA = """
v{version} = schemathesis.openapi.from_path("v{version}.json")
v{version}.config.update(base_url="{url}/v{version}")
v{version}.config.generation.update(modes=[schemathesis.GenerationMode.POSITIVE])


@v{version}.parametrize()
@settings(max_examples={examples}, phases=[Phase.generate], deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_v{version}(case):
    case.call_and_validate()
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """What every peer is given.

    Attributes:
        folder: Where its files are.
        url: Where the server is.
        operations: How many operations each version has.
        versions: How many versions there are.
        examples: Positive requests for each operation and version.
        workers: Requests in flight.
    """

    folder: Path
    url: str
    operations: int
    versions: int
    examples: int
    workers: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """Exchanges, counted at the server.

    Attributes:
        number: How many there were.
        clock: How many a second of the clock.
        processor: How many a second of the processor, the server's own time left out; on a busy machine this is the steadier one.
    """

    number: int
    clock: float
    processor: float


@contextmanager
def served(versions: int, *options: str) -> Iterator[str]:
    """The sample server in a process of its own; gives its URL."""
    command = [sys.executable, "-m", "benchmarks.sample_server", str(versions), *options]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield (server.stdout.readline() if server.stdout else "").strip()
        finally:
            server.communicate(timeout=30)


def counted(url: str, what: str = "count") -> int:
    """How many requests the server has answered, or how many of its `operations` were asked."""
    count: int = requests.get(f"{url}/count", timeout=10).json()[what]
    return count


def ours(task: Task, *options: str) -> list[list[str]]:
    """The policy file, held by pytest: every version in one run."""
    path = write_policy(
        task.folder,
        operations=task.operations,
        versions=task.versions,
        base_url=task.url,
        examples=task.examples,
        concurrency=task.workers,
    )
    return [[*pytest_command(), *options, str(path)]]


def environment(task: Task) -> dict[str, str]:
    """Where a user works: with bytecode, and with what Hypothesis keeps of one run for the next."""
    here = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**here, "HYPOTHESIS_STORAGE_DIRECTORY": str(task.folder / ".hypothesis")}


def pytest_command() -> list[str]:
    """The command that runs pytest without what other suites want of it."""
    return [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=1", "-c", "/dev/null"]


def schemathesis(task: Task) -> list[list[str]]:
    """`schemathesis run`, once for each version."""
    return [
        [
            *(str(Path(sys.executable).with_name("schemathesis")), "run", f"v{version}.json"),
            *("--url", f"{task.url}/v{version}", "--phases", "fuzzing", "--mode", "positive", "--seed", "1"),
            *("--max-examples", str(task.examples), "--workers", str(task.workers), "--generation-database", "none"),
        ]
        for version in range(1, task.versions + 1)
    ]


def parametrized(task: Task) -> list[list[str]]:
    """A pytest suite of `schema.parametrize()`, every version in one run."""
    schemas = "".join(
        _SCHEMA.format(version=version, url=task.url, examples=task.examples) for version in range(1, task.versions + 1)
    )
    (task.folder / "test_sample.py").write_text(_SUITE.format(schemas=schemas), "utf-8")
    return [[*pytest_command(), "-p", "no:apiversion", "test_sample.py"]]


def looped(task: Task, times: int = 2000) -> Rate:
    """The rate of a loop with one session, which draws nothing and judges nothing; the requests are of every kind."""
    body = {"name": "a thing", "kind": "small"}
    with requests.Session() as session:
        began, cost = time.perf_counter(), time.process_time()
        for number in range(times):
            place = f"{task.url}/v{number % task.versions + 1}/r{number % (task.operations // 5)}"
            match number % 5:
                case 0:
                    answer = session.get(place, params={"limit": 5}, timeout=10)
                case 1:
                    answer = session.post(place, json=body, timeout=10)
                case 2:
                    answer = session.get(f"{place}/7", timeout=10)
                case 3:
                    answer = session.put(f"{place}/7", json=body, timeout=10)
                case _:
                    answer = session.delete(f"{place}/7", timeout=10)
            answer.raise_for_status()
        return Rate(
            number=times,
            clock=times / (time.perf_counter() - began),
            processor=times / (time.process_time() - cost),
        )


def rate(task: Task, commands: Sequence[Sequence[str]]) -> Rate:
    """How fast some commands, one after the other, got their exchanges, start included.

    Raises:
        RuntimeError: A command ended with more than findings.
    """
    before, seconds, processor = counted(task.url), 0.0, 0.0
    for command in commands:
        cost = run(command, task.folder, environment(task))
        if cost.status not in {0, 1}:
            message = f"{' '.join(command[:4])} ended with {cost.status}"
            raise RuntimeError(message)
        seconds, processor = seconds + cost.wall, processor + cost.seconds
    number = counted(task.url) - before
    return Rate(number=number, clock=number / seconds, processor=number / processor)
