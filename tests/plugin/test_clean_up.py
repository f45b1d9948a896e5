"""What a run created is put away at its end, in whatever process and however it ends; what stays is told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.apps.kit import serving
from tests.conftest import Spawn
from tests.shell.servers.keeping import KEPT, Kept
from tests.shell.servers.kit import folder

Serve = Callable[..., Kept]


@pytest.fixture
def serve(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Starts an API by its name, and writes its suite into pytester's folder."""
    with ExitStack() as stack:

        def begin(name: str, more: str = "\n[requests]\nmax_examples = 2\n") -> Kept:
            kept = KEPT[name]()
            monkeypatch.setenv("ODD_URL", stack.enter_context(serving(kept.odd.app)))
            folder(pytester.path, kept.odd.policy + more, kept.odd.contracts)
            return kept

        yield begin


def run(pytester: pytest.Pytester, *arguments: str, spawn: Spawn | None = None) -> pytest.RunResult:
    """Pytest over the suite, in this process unless it is to be in others; what it created is in `run.json`."""
    start = spawn or pytester.runpytest_inprocess
    return start("apiversion.toml", "--apiversion-database=none", "--apiversion-json=run.json", *arguments)


def created(pytester: pytest.Pytester) -> Any:
    """What the JSON says of the things that were created."""
    return json.loads((pytester.path / "run.json").read_text("utf-8"))["policies"][0]["created"]


@pytest.mark.parametrize("processes", [(), ("-n", "2")], ids=["one", "two"])
def test_nothing_is_left(pytester: pytest.Pytester, spawn: Spawn, serve: Serve, processes: tuple[str, ...]) -> None:
    """Every process deletes what it created, and the report counts it; what was there is there."""
    kept = serve("numbered_in_each_house")

    result = run(pytester, *processes, spawn=spawn if processes else None)

    assert result.ret == 0
    assert kept.data == {"old-house": {"1": "hall", "2": "attic"}}
    assert created(pytester)["deleted"] > 0
    assert created(pytester)["left"] == []
    assert "left behind" not in result.stdout.str()


@pytest.mark.parametrize("processes", [(), ("-n", "2")], ids=["one", "two"])
def test_what_stays_is_named(pytester: pytest.Pytester, spawn: Spawn, serve: Serve, processes: tuple[str, ...]) -> None:
    """Things without a `DELETE` stand on the page and in the JSON, with what created them, where, and why they stay."""
    kept = serve("acts_begin_runs")

    result = run(pytester, *processes, spawn=spawn if processes else None)

    left = created(pytester)["left"]
    assert {row["path"].rpartition("/")[2] for row in left} == kept.data.keys() - {"job-old", "run-old"}
    assert {row["operation"] for row in left} == {"POST /jobs/{job}/execute"}
    result.stdout.re_match_lines(
        [
            rf"left behind: {len(left)} things that this run created; \d+ deleted at its end",
            r"  v1 POST /jobs/\{job\}/execute: /runs/run-.*: no contract has a DELETE for it",
        ]
    )


def test_it_can_be_left_alone(pytester: pytest.Pytester, serve: Serve) -> None:
    """With `clean_up = false` nothing is deleted at the end, and everything is named."""
    kept = serve("put_creates", "\n[requests]\nmax_examples = 2\nclean_up = false\n")

    result = run(pytester)

    assert kept.data.keys() > {"keep"}
    assert len(created(pytester)["left"]) == len(kept.data) - 1
    result.stdout.fnmatch_lines(["*PUT /flags/{flag}: /flags/*: [[]requests[]] clean_up = false"])


def test_safe_methods_only(pytester: pytest.Pytester, serve: Serve) -> None:
    """`--apiversion-safe` sends nothing unsafe to this machine either, and says so."""
    kept = serve("numbered_in_each_house")

    result = run(pytester, "--apiversion-safe")

    assert {method for method, _ in kept.odd.app.seen} <= {"GET", "HEAD", "OPTIONS", "TRACE"}
    result.stdout.fnmatch_lines(
        ["note: not tried: POST is unsafe and only safe methods are wanted (--apiversion-safe*"]
    )


FIXTURE = """
import pytest

@pytest.fixture(scope="session")
def api_cleanup():
    with open("put-away.txt", "w", buffering=1) as log:
        def put_away(created):
            print(created.version, created.operation, created.path, file=log)
            return True
        yield put_away
"""
HOOK = """
def pytest_apiversion_clean_up(created):
    with open("put-away.txt", "a") as log:
        print(created.version, created.operation, created.path, file=log)
    return True
"""


@pytest.mark.parametrize("conftest", [FIXTURE, HOOK], ids=["fixture", "hook"])
def test_a_suite_has_its_own_way(pytester: pytest.Pytester, serve: Serve, conftest: str) -> None:
    """The fixture `api_cleanup` and the hook get every thing; what they put away is not deleted once more."""
    kept = serve("put_creates")
    pytester.makeconftest(conftest)

    result = run(pytester)

    told = (pytester.path / "put-away.txt").read_text("utf-8").splitlines()
    assert result.ret == 0
    assert {line.rpartition("/")[2] for line in told} == kept.data.keys() - {"keep"}
    assert all(" PUT /flags/{flag} /flags/" in line for line in told)
    assert created(pytester)["left"] == []


def test_a_way_that_is_none_is_refused(pytester: pytest.Pytester, serve: Serve) -> None:
    """A fixture that gives no function, or is made anew for each test, is told by its name."""
    serve("put_creates")
    pytester.makeconftest("import pytest\n@pytest.fixture(scope='session')\ndef api_cleanup():\n    return 7\n")

    result = run(pytester)

    result.stdout.fnmatch_lines(["*the fixture api_cleanup gave int: expected a function of a Created*"])


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
@pytest.mark.parametrize("processes", [(), ("-n", "2")], ids=["one", "two"])
def test_ctrl_c_leaves_nothing(
    pytester: pytest.Pytester, python: str, serve: Serve, processes: tuple[str, ...]
) -> None:
    """After Ctrl-C, which all processes of a terminal get, the run deletes what it created so far, in every process, within some seconds."""
    kept = serve("numbered_in_each_house", '\n[requests]\nmax_examples = 12\nrate = "60/s"\n')
    pytester.makeconftest("import os\nfrom pathlib import Path\nPath(f'process-{os.getpid()}').touch()")
    command = [python, "-m", "pytest", "apiversion.toml", "--apiversion-database=none", *processes]
    process = subprocess.Popen(
        command,
        cwd=pytester.path,
        env=dict(os.environ),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        # a shell starts what it runs in the background deaf to Ctrl-C, and so would this run be
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  no other thread runs here
    )
    try:
        end = time.monotonic() + 300  # old libraries on a busy machine
        while len(kept.data) < 4 and time.monotonic() < end:
            time.sleep(0.05)
        assert len(kept.data) >= 4
        begun = [int(mark.name.partition("-")[2]) for mark in pytester.path.glob("process-*")]
        assert len(begun) == (3 if processes else 1)
        for each in begun:
            os.kill(each, signal.SIGINT)
        process.wait(40)
    finally:
        process.kill()
        process.wait()

    assert kept.data == {"old-house": {"1": "hall", "2": "attic"}}
