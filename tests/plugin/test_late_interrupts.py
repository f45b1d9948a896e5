"""Ctrl-C after everything was told."""

from __future__ import annotations

import os
import signal

import pytest

from tests.plugin.conftest import Start

LATE = """
import atexit, os, signal

def press():
    os.kill(os.getpid(), signal.SIGINT)

def pytest_configure(config):
    config.add_cleanup(press)
    atexit.register(press)
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_run_that_has_told_everything_ends_as_it_was(start: Start) -> None:
    """While pytest and Python put themselves away, Ctrl-C makes no traceback, and no other exit code."""
    small = start()
    small.pytester.makeconftest(LATE)

    result = small.spawn_anew("-k", "policy")

    assert result.ret == 0
    assert "Traceback" not in "\n".join((*result.outlines, *result.errlines))


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_run_inside_a_program_gives_ctrl_c_back(start: Start) -> None:
    """Who calls pytest from a program of its own has Ctrl-C afterwards as it was before."""
    before = signal.getsignal(signal.SIGINT)
    start().run("-k", "policy")

    assert signal.getsignal(signal.SIGINT) is before
