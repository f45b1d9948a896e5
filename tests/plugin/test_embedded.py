"""`pytest contracts`: the reference servers start for the policies that are asked for, live at the run's date, and always end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apps.embedded import POLICIES, ROOT, wanted
from tests.thorough import sample

GIRARD = "contracts/girard/apiversion.toml"


def _pytest(*arguments: str, python: str = sys.executable) -> list[str]:
    return [python, "-m", "pytest", "-p", "no:cacheprovider", *arguments]


def _run(python: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    return subprocess.run(
        _pytest(*arguments, python=python),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=300,
    )


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        pytest.param(["contracts"], list(POLICIES), id="all"),
        pytest.param(["contracts/girard"], ["girard"], id="a folder"),
        pytest.param([f"{GIRARD}::v1::sunset"], ["girard"], id="an item"),
        pytest.param([GIRARD, "contracts/augno/"], ["augno", "girard"], id="two"),
        pytest.param(["."], list(POLICIES), id="the root"),
        pytest.param([str(ROOT / "contracts")], list(POLICIES), id="absolute"),
        pytest.param(["tests"], [], id="the tests"),
        pytest.param(["tests/contracts"], [], id="another folder of that name"),
    ],
)
def test_only_the_policies_asked_for_start(
    pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch, arguments: list[str], names: list[str]
) -> None:
    """`pytest contracts/girard` starts one server, `pytest tests` none."""
    given = pytest.Config.InvocationParams(args=arguments, plugins=None, dir=ROOT)
    monkeypatch.setattr(pytestconfig, "invocation_params", given)
    monkeypatch.setattr(pytestconfig, "args", arguments)

    assert wanted(pytestconfig) == names


@pytest.mark.parametrize(
    ("today", "items", "column"),
    [
        pytest.param("2026-01-10", "v1", "live", id="before the deprecation"),
        pytest.param("2027-01-14T23:59:59Z", "v1", "deprecated", id="before the sunset"),
        pytest.param("2027-02-01", "v1", "sunset", id="after the sunset"),
    ],
)
def test_the_servers_move_along_with_the_date(python: str, today: str, items: str, column: str) -> None:
    """Moved over a deprecation and a sunset, the same command is green, and holds the server to something else."""
    done = _run(python, f"{GIRARD}::{items}", f"--apiversion-today={today}", "--apiversion-max-examples=1")

    assert done.returncode == 0, done.stdout
    assert re.search(rf"^ +{column}( |$)", done.stdout, re.MULTILINE)


def test_two_processes_share_the_servers(python: str) -> None:
    """The controller starts the servers, the workers inherit their addresses."""
    pytest.importorskip("xdist")

    done = _run(python, "contracts/girard", "-n", "2", "--apiversion-max-examples=1", "-k", "v2 and GET")

    assert done.returncode == pytest.ExitCode.OK, done.stdout  # where nothing ran it is another one


def test_a_bad_date_starts_nothing(python: str) -> None:
    """A date that is none is a usage error, not a crash of five servers."""
    done = _run(python, "contracts", "--apiversion-today=soon")

    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert done.stderr.startswith("ERROR: --apiversion-today: expected a date")


_WITHOUT = ("-p", "no:hypothesispytest", "-p", "no:schemathesis", "-p", "no:anyio", "-p", "no:xdist")
"""Other plugins take their time to be imported, and start nobody."""


@pytest.fixture
def hanging(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A run of which the servers are up, and which then waits."""
    plugin = tmp_path / "waits.py"
    plugin.write_text(
        "import time\ndef pytest_runtestloop():\n    print('READY', flush=True)\n    for _ in range(600):\n        time.sleep(0.1)\n",
        "utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    run = subprocess.Popen(
        _pytest(*_WITHOUT, "-p", "waits", "-s", "contracts/girard", "contracts/augno"),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        # a shell starts what it runs in the background deaf to Ctrl-C, and so would this run be
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  no other thread runs here
    )
    assert run.stdout is not None
    for line in run.stdout:
        if "READY" in line:
            break
    yield run
    run.kill()
    run.wait()
    run.stdout.close()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks into /proc")
@pytest.mark.parametrize("number", sample([signal.SIGKILL, signal.SIGINT, signal.SIGTERM], 3), ids=str)
def test_no_server_outlives_the_run(hanging: subprocess.Popen[str], number: signal.Signals) -> None:
    """Whatever ends a run ends its servers: Ctrl-C, a termination, a kill."""
    servers = _children(hanging.pid)
    assert len(servers) == 2

    hanging.send_signal(number)
    hanging.wait(30)

    end = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in servers) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}").exists() for pid in servers)


def _children(parent: int) -> list[int]:
    """Processes of the reference servers that this process started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text("utf-8").rpartition(")")[2].split()
            command = path.with_name("cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == parent and b"tests.apps.embedded" in command:
            found.append(int(path.parent.name))
    return found
