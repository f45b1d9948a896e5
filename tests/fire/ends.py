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
from pathlib import Path

from tests.fire.result import Result
from tests.plugin.small_api import SECRET, small_api, write_suite
from tests.shell.hostile import Behaviour, Peer, reply, serving

_LONGEST = 60
_COMMAND = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--apiversion-today=2026-06-01", "--apiversion-json=run.json",
            "--apiversion-database=none")  # fmt: skip


def _start(folder: Path, url: str, *more: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "SMALL_URL": url, "SMALL_TOKEN": SECRET}
    return subprocess.Popen(
        [*_COMMAND, *more],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        # what is started in the background is deaf to Ctrl-C, and so would this run be
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  no other thread runs here
    )


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


def interruptions(seed: int, most: int) -> Result:
    """Ctrl-C at moments spread over a run, from the first item's on, some of them twice."""
    result, chance = Result(name="Ctrl-C in a run"), random.Random(seed)  # noqa: S311  a seed
    with tempfile.TemporaryDirectory() as name, small_api(today="2026-06-01") as (_, url):
        folder = Path(name)
        write_suite(folder)
        (folder / "conftest.py").write_text(_MARK, "utf-8")
        for number in range(most):
            mark = folder / "begun"
            mark.unlink(missing_ok=True)
            process = _start(folder, url)
            end = time.monotonic() + _LONGEST
            while not mark.exists() and process.poll() is None and time.monotonic() < end:
                time.sleep(0.005)
            with result.case(f"{number}"):
                time.sleep(chance.uniform(0, 1.0))
                for _ in range(1 + number % 2):
                    if process.poll() is None:
                        process.send_signal(signal.SIGINT)
                    time.sleep(0.02)
                said = _judged(result, f"{number}", folder, process, whole=True)
                if process.returncode not in {0, 2}:
                    result.faults.append(("green", f"{number}: exit code {process.returncode}: {said[-300:]}"))
    return result


_MARK = "from pathlib import Path\ndef pytest_runtest_setup(): Path('begun').touch()\n"


def deaths(_: int, most: int) -> Result:
    """Servers that are gone after so many requests, and workers that die at an item."""
    result = Result(name="deaths of servers and workers")
    for number in range(most):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_suite(folder)
            if number % 4 == 3:
                (folder / "conftest.py").write_text(_DYING.format(number=number // 4), "utf-8")
                with small_api(today="2026-06-01") as (_api, url), result.case(f"worker, item {number // 4}"):
                    process = _start(folder, url, "-n", "1", "--max-worker-restart=0")
                    _judged(result, f"worker, item {number // 4}", folder, process)
            else:
                with serving(_gone_after(number * 3)) as server, result.case(f"server, {number * 3} requests"):
                    _judged(result, f"server, {number * 3} requests", folder, _start(folder, server.base_url))
    return result


_DYING = """
import os
count = 0
def pytest_runtest_call(item):
    global count
    count += 1
    if count > {number}:
        os._exit(9)
"""


def _gone_after(requests: int) -> Behaviour:
    def behave(peer: Peer) -> None:
        if len(peer.server.requests) >= requests:
            peer.server.refuse()
            return
        if peer.read():
            peer.sock.sendall(reply(b"[]", "Connection: close"))

    return behave
