"""Ends: Ctrl-C at many moments, and servers and workers that die; whole runs in processes of their own."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.fire.result import Result
from tests.forkserver.serving import fork_server
from tests.plugin.small_api import SECRET, small_api, write_suite
from tests.shell.hostile import Behaviour, Peer, reply, serving

_LONGEST = 60
_AT_ONCE = 4
"""Runs at a time: most of a run is waiting."""
_COMMAND = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "--apiversion-today=2026-06-01", "--apiversion-json=run.json",
            "--apiversion-database=none")  # fmt: skip


class Case(Protocol):
    """One run, and what is done to it."""

    def run(self, result: Result, python: str, folder: Path) -> None:
        """Do it, in a folder with the suite."""


def _start(python: str, folder: Path, url: str, *more: str) -> subprocess.Popen[bytes]:
    # Where the suite itself runs in processes, this one says that it is a worker; what it starts is none.
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_XDIST_")}
    environment = {**own, "SMALL_URL": url, "SMALL_TOKEN": SECRET}
    return subprocess.Popen(
        [python, *_COMMAND, *more],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def _each(result: Result, cases: Sequence[Case]) -> Result:
    """Run cases in folders of their own, some at a time, each with a Python that has imported what a run imports."""

    def run(case: Case) -> None:
        with tempfile.TemporaryDirectory() as name:
            write_suite(Path(name))
            case.run(result, python, Path(name))

    begun = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="fork") as forks,
        fork_server(Path(forks)) as python,
        ThreadPoolExecutor(_AT_ONCE) as pool,
    ):
        list(pool.map(run, cases))
    result.seconds = time.monotonic() - begun
    return result


def _judged(result: Result, name: str, folder: Path, process: subprocess.Popen[bytes], *, whole: bool = False) -> str:
    """What a run said, once it has ended; takes down a hang, a traceback, and a verdict that nothing stands behind."""
    try:
        said = process.communicate(timeout=_LONGEST)[0].decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        result.faults.append(("hang", name))
        return ""
    if "Traceback (most" in said or "INTERNALERROR" in said:
        result.faults.append(("traceback", f"{name}: {said[-300:]}"))
    if not whole and process.returncode == 0:
        result.faults.append(("green", f"{name}: exit code 0"))
    report = folder / "run.json"
    if report.exists():
        for policy in json.loads(report.read_text("utf-8"))["policies"]:
            missed = {row["version"] for row in policy["items"] if row["missed"]}
            held = {row["version"] for row in policy["promises"] if row["verdict"] == "held" and row["code"] > "AV2"}
            if missed & held:
                result.faults.append(("green", f"{name}: {sorted(missed & held)} held"))
    return said


@dataclass(frozen=True)
class Interruption:
    """Ctrl-C so many seconds after the first item began, or after pytest began to read conftest files.

    Attributes:
        number: Which it is; every second one is pressed twice, and every fourth and fifth of five goes before the first item.
        after: Seconds.
    """

    number: int
    after: float

    def run(self, result: Result, python: str, folder: Path) -> None:
        """Run the suite, and press."""
        name, mark, early = f"{self.number}", folder / "begun", self.number % 5 > 2
        (folder / "conftest.py").write_text(_EARLY_MARK if early else _MARK, "utf-8")
        with small_api(today="2026-06-01") as (_, url), result.case(name):
            # The forked Python has imported the plugin already.
            process = _start(sys.executable if early else python, folder, url)
            end = time.monotonic() + _LONGEST
            while not mark.exists() and process.poll() is None and time.monotonic() < end:
                time.sleep(0.005)
            time.sleep(self.after)
            for _ in range(1 + self.number % 2):
                if process.poll() is None:
                    process.send_signal(signal.SIGINT)
                time.sleep(0.02)
            said = _judged(result, name, folder, process, whole=True)
            if process.returncode not in {0, 2}:
                result.faults.append(("green", f"{name}: exit code {process.returncode}: {said[-300:]}"))


_EARLY_MARK = "from pathlib import Path\nPath('begun').touch()\nimport time\ntime.sleep(0.2)\n"
_MARK = "from pathlib import Path\ndef pytest_runtest_setup(): Path('begun').touch()\n"


def interruptions(seed: int, most: int) -> Result:
    """Ctrl-C at moments spread over a run and over what comes before its first item, some of them twice."""
    chance = random.Random(seed)  # noqa: S311  a seed
    cases = [Interruption(number, chance.uniform(0, 1.0)) for number in range(most)]
    before = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # begun in the background, it and what it starts are deaf
    try:
        return _each(Result(name="Ctrl-C in a run"), cases)
    finally:
        signal.signal(signal.SIGINT, before)


@dataclass(frozen=True)
class Gone:
    """A server that is gone after so many requests."""

    requests: int

    def run(self, result: Result, python: str, folder: Path) -> None:
        """Run the suite over it."""
        name = f"server, {self.requests} requests"
        with serving(_gone_after(self.requests)) as server, result.case(name):
            _judged(result, name, folder, _start(python, folder, server.base_url))


@dataclass(frozen=True)
class Dead:
    """A worker that dies.

    Attributes:
        hook: pytest's hook in which it does.
        item: The first item, counted from 0, at which it does.
        how: The lines that end it.
        options: Of the run.
    """

    hook: str
    item: int
    how: str
    options: tuple[str, ...]

    def run(self, result: Result, python: str, folder: Path) -> None:
        """Run the suite on workers."""
        name = f"worker, {self.hook} {self.item}, {self.how}, {' '.join(self.options)}"
        (folder / "conftest.py").write_text(_DYING.format(**vars(self)), "utf-8")
        with small_api(today="2026-06-01") as (_, url), result.case(name):
            _judged(result, name, folder, _start(python, folder, url, *self.options))


_DYING = """
import os, signal
count = 0
def {hook}():
    global count
    count += 1
    if count > {item} and "PYTEST_XDIST_WORKER" in os.environ:
        {how}
"""
_HOOKS = (
    "pytest_runtest_setup",
    "pytest_runtest_call",
    "pytest_runtest_teardown",
    "pytest_runtest_logfinish",
    "pytest_collection_finish",
)
_ENDS = ("os._exit(9)", "os.kill(os.getpid(), signal.SIGKILL)", "os._exit(0)")
_WORKERS = (
    ("-n1", "--max-worker-restart=0"),
    ("-n2", "--max-worker-restart=1"),
    ("-n2", "--max-worker-restart=0", "--dist=loadgroup"),
    ("-n1", "--max-worker-restart=0", "-x"),
)


def deaths(_: int, most: int) -> Result:
    """Workers that die at an item, and servers that are gone after so many requests, by turns."""
    workers = [
        Dead(
            _HOOKS[number % 5],
            0 if number % 5 == 4 else number // 3 % (2 if "-n2" in _WORKERS[number % 4] else 7),
            _ENDS[number % 3],
            _WORKERS[number % 4],
        )
        for number in range(most - most // 2)
    ]
    servers = [Gone(number * 3) for number in range(most // 2)]
    return _each(Result(name="deaths of workers and servers"), [*workers, *servers])


def _gone_after(requests: int) -> Behaviour:
    def behave(peer: Peer) -> None:
        if len(peer.server.requests) >= requests:
            peer.server.refuse()
            return
        if peer.read():
            peer.sock.sendall(reply(b"[]", "Connection: close"))

    return behave
