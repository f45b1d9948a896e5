"""Begins with a service of the gallery as a newcomer does: `apiversion init`, no edited line, one run."""

from __future__ import annotations

import contextlib
import http.client
import io
import os
from pathlib import Path
from time import monotonic, sleep

import pytest

from pytest_apiversion.cli import main
from tests.frameworks.asking import ask
from tests.shell.running import run_file
from tests.world.running import NotRunningError
from tests.world.service import Style

READY_SECONDS = 90.0


def begun(style: Style, url: str, folder: Path) -> list[str]:
    """What is not as the script says, in a line each: a line that the policy lacks, a check that found what it should not, or nothing."""
    policy, said = folder / "apiversion.toml", io.StringIO()
    wait_for_answer(url)
    with pytest.MonkeyPatch.context() as newcomer, contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        for name, value in style.environment.items():
            newcomer.setenv(name, value)
        if main(["init", f"{url}{style.source}", "--policy", str(policy), "--yes", "--no-run"]) != 0:
            return [said.getvalue()]
        result = run_file(policy, os.environ, whole=True)
    text = policy.read_text("utf-8")
    wrong = [f"the policy has no line {line!r}" for line in style.lines if line not in text]
    more, less = sorted(result.codes - set(style.found)), sorted(set(style.found) - result.codes)
    wrong += [f"{each} is found: {[str(one) for one in result.said if each in str(one)][:3]}" for each in more]
    return wrong + [f"{each} is not found" for each in less]


def wait_for_answer(url: str, seconds: float = READY_SECONDS) -> None:
    """Wait until it answers at all.

    Raises:
        NotRunningError: It does not.
    """
    deadline = monotonic() + seconds
    while monotonic() < deadline:
        with contextlib.suppress(OSError, http.client.HTTPException):
            ask(url, "GET", "/")
            return
        sleep(0.5)
    raise NotRunningError(f"it does not answer within {seconds:.0f} seconds")
