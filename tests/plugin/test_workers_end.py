"""Workers of pytest-xdist end with their controller."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.plugin.conftest import Small

pytest.importorskip("xdist")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

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


def test_one_that_still_collects_is_gone(small: Small) -> None:
    """Soon after the controller was killed its worker is not there either, though it has begun no item; pytest-xdist leaves it for five seconds."""
    small.pytester.makeconftest(COLLECTING)
    mark = small.pytester.path / "worker"
    controller = small.pytester.popen(  # with no fork server between it and its worker
        [sys.executable, "-mpytest", "-n1"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        assert _comes(mark.exists, 120)
    finally:
        controller.kill()
        controller.wait()

    worker = mark.read_text("utf-8")
    assert _comes(lambda: _is_gone(worker), 4)
