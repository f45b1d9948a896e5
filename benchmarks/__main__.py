"""Measures the project's own speed against peers: `python -m benchmarks NAME [--json]`."""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path

import requests

from benchmarks import large_runs, request_costs, speed
from benchmarks.diff_speed import diff_speed
from benchmarks.real import real
from benchmarks.rows import Row
from benchmarks.shrinking import shrinking
from pytest_apiversion.core.versions.lifecycle import Stage
from pytest_apiversion.shell.execution.options import Run
from pytest_apiversion.shell.execution.runner import Runner
from pytest_apiversion.shell.target.load import load_target
from tests.apps.embedded import POLICIES

ROOT = Path(__file__).parents[1]
TODAY = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
"""The day the servers live at, so that every run has the same stages."""
SEED = 1
LOOPS = 300
"""Requests of the peer's loop on each server."""


BAR = 0.15
"""The floor that must not be fallen through: drawing, judging and waiting cost what they cost, sending is the peer."""


SPEED = {
    "throughput": speed.throughput,
    "latency": speed.latency,
    "growth": speed.growth,
    "renamed": large_runs.renamed,
    "breadth": large_runs.breadth,
    "idle": speed.idle,
    "workers": speed.workers,
    "shrinking": shrinking,
}
"""What `speed` measures, by name."""


def main_job(names: Sequence[str]) -> Iterator[Row]:
    """The main job on each embedded server, against a bare loop on the same server."""
    for name in names:
        module = importlib.import_module(f"tests.apps.{name}")
        with _served(name) as url:
            environment = {**module.ENVIRONMENT, f"{name.upper()}_URL": url}
            ours, paths = _held(name, environment)
            yield _row(name, ours, _looped(url, paths))


@contextmanager
def _served(name: str) -> Iterator[str]:
    """An embedded server in a process of its own, as in the main job."""
    command = [sys.executable, "-m", "tests.apps.embedded", name, TODAY.isoformat()]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield (server.stdout.readline() if server.stdout else "").strip()
        finally:
            server.communicate(timeout=10)


def _held(name: str, environment: Mapping[str, str]) -> tuple[float, list[str]]:
    """Exchanges a second of holding one policy, and a path of the API for the peer."""
    began = time.perf_counter()
    target = load_target(ROOT / "contracts" / name / "apiversion.toml", environment)
    runner = Runner(target=target, run=Run(as_of=TODAY, seed=SEED))
    with closing(runner):
        runner.policy_item()
        for subject in [*target.policy.versions, *target.policy.aliases]:
            stage = runner.policy.stage(subject, TODAY)
            if stage is Stage.SUNSET:
                for operation in runner.operations(subject):
                    runner.sunset_item(subject, operation)
            elif stage.answers:
                for operation in runner.operations(subject):
                    runner.operation_item(subject, operation)
                if subject in target.policy.versions:
                    runner.router_item(subject)
        rate = runner.transport.exchanges / (time.perf_counter() - began)
    bare = [each.path for each in runner.operations(next(iter(target.policy.versions))) if not each.path_parameters]
    return rate, bare or ["/"]


def _looped(url: str, paths: Sequence[str]) -> float:
    """Requests a second of a loop with one session and no judgement."""
    rates = []
    with requests.Session() as session:
        session.trust_env = False
        for _ in range(3):
            began = time.perf_counter()
            for number in range(LOOPS):
                session.get(url + paths[number % len(paths)], timeout=10, allow_redirects=False)
            rates.append(LOOPS / (time.perf_counter() - began))
    return statistics.median(rates)


def _row(name: str, ours: float, peer: float) -> Row:
    return Row(name=name, ours=round(ours, 1), peer=round(peer, 1), ratio=round(ours / peer, 3), bar=BAR)


def main() -> int:
    """Measure, print, and exit with 1 when a bar was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").partition("\n")[0])
    benchmarks = parser.add_subparsers(dest="benchmark", required=True, metavar="BENCHMARK")
    told = argparse.ArgumentParser(add_help=False)
    told.add_argument("--json", action="store_true", help="print a list of objects instead of a table")
    job = benchmarks.add_parser("main-job", parents=[told], help="exchanges a second, against a bare loop")
    job.add_argument("--policy", action="append", choices=POLICIES, help="only this policy; may come again")
    for name, measure in SPEED.items():
        benchmarks.add_parser(name, parents=[told], help=(measure.__doc__ or "").partition("\n")[0].rstrip(".").lower())
    diffed = benchmarks.add_parser("diff-speed", parents=[told], help="comparing contracts, against a peer from npm")
    diffed.add_argument("folder", type=Path, help="OpenAPI documents whose names differ in their last part")
    exploring = benchmarks.add_parser("real", parents=[told], help="exchanges a second with large real contracts")
    exploring.add_argument("folder", type=Path, nargs="?", help="OpenAPI documents in JSON; without it a made-up one")
    exploring.add_argument(
        "--beside", type=Path, metavar="PYTHON", help="an interpreter that has another build installed"
    )
    costing = benchmarks.add_parser("request-costs", help="requests by check, of the embedded policies")
    costing.add_argument(
        "--write", action="store_true", help="into the page of the reference, which docs/generate.py ends"
    )
    given = parser.parse_args()
    if given.benchmark == "request-costs":
        text = request_costs.page(list(request_costs.costs()))
        request_costs.PAGE.write_text(text, "utf-8") if given.write else sys.stdout.write(text)
        return 0
    if given.benchmark == "real":
        rows = list(real(given.folder, given.beside))
    elif given.benchmark in SPEED:
        rows = list(SPEED[given.benchmark]())
    else:
        rows = list(diff_speed(given.folder) if given.benchmark == "diff-speed" else main_job(given.policy or POLICIES))
    if given.json:
        sys.stdout.write(json.dumps([asdict(row) for row in rows], indent=2) + "\n")
    else:
        sys.stdout.write(f"{'':36}{'ours':>10}{'peer':>10}{'ratio':>8}{'bar':>8}\n")
        for row in rows:
            sys.stdout.write(f"{row.name:36}{row.ours:10.2f}{row.peer:10.2f}{row.ratio:8.3f}{row.bar:8.2f}\n")
    return 0 if all(row.ratio >= row.bar for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
