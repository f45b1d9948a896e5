"""Workers of pytest-xdist end with their controller."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.plugin.conftest import Small

pytest.importorskip("xdist")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture(autouse=True)
def _no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The suite's own workers are none of the runs that are started here."""
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)


COLLECTING = """
import os, time
from pathlib import Path

def pytest_itemcollected(item):
    if "PYTEST_XDIST_WORKER" in os.environ and not Path("worker").exists():
        Path("at").write_text(str(os.getpid()))
        Path("at").rename("worker")
        time.sleep(60)
"""


def _comes(what: Callable[[], bool], within: float) -> bool:
    end = time.monotonic() + within
    while not what() and time.monotonic() < end:
        time.sleep(0.02)
    return what()


def _is_gone(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


_WITHOUT = ("-p", "no:hypothesispytest", "-p", "no:schemathesis", "-p", "no:anyio")
"""Other plugins take their time to be imported, and end nobody."""


def _killed(small: Small, *arguments: str) -> str:
    """The worker of a run whose controller is killed once there is its mark."""
    mark = small.pytester.path / "worker"
    controller = small.pytester.popen(  # with no fork server between it and its worker
        [sys.executable, "-mpytest", "-n1", *_WITHOUT, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        assert _comes(mark.exists, 120)
    finally:
        controller.kill()
        controller.wait()
    return mark.read_text("utf-8")


def test_one_that_still_collects_is_gone(small: Small) -> None:
    """Soon after the controller was killed its worker is not there either, though it has begun no item; pytest-xdist leaves it for five seconds."""
    small.pytester.makeconftest(COLLECTING)

    assert _comes(partial(_is_gone, _killed(small)), 2)


IMPORTING = """
import os, time
from pathlib import Path

if "PYTEST_XDIST_WORKER" in os.environ:
    Path("at").write_text(str(os.getpid()))
    Path("at").rename("worker")
    time.sleep({seconds})
"""


def test_one_that_imports_the_suite_is_gone(small: Small) -> None:
    """So is one that had not begun to collect."""
    (small.pytester.path / "conftest.py").write_text(IMPORTING.format(seconds=60), "utf-8")

    assert _comes(partial(_is_gone, _killed(small)), 2)


def test_one_that_imports_other_plugins_goes_no_further(small: Small) -> None:
    """One that had not even come to this plugin ends there: it was told beforehand whom to end with."""
    small.pytester.makeconftest("from pathlib import Path\nPath('further').touch()")
    (small.pytester.path / "slow.py").write_text(IMPORTING.format(seconds=0.5), "utf-8")

    worker = _killed(small, "-p", "slow")
    (small.pytester.path / "further").unlink()  # the controller's

    assert _comes(partial(_is_gone, worker), 60)
    assert not (small.pytester.path / "further").exists()


def test_nobody_else_is_told(small: Small) -> None:
    """What a worker starts is no worker of its controller, and a run without workers tells nobody."""
    small.pytester.makeconftest("""
    import os

    def pytest_runtest_setup():
        assert "PYTEST_APIVERSION_CONTROLLER" not in os.environ
    """)

    for options in ((), ("-n1",)):
        small.spawn("-k", "router", *options).assert_outcomes(passed=2)
