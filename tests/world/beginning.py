"""Begins with a service of the gallery as a newcomer does: `apiversion init`, no edited line, one run."""

from __future__ import annotations

import contextlib
import http.client
import io
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlsplit

from pytest_apiversion.cli import main
from tests.shell.running import run_file
from tests.world.service import Style

READY_SECONDS = 90.0


def begun(style: Style, url: str, folder: Path) -> list[str]:
    """What is not as the script says, in a line each: a line that the policy lacks, a check that found what it should not, or nothing."""
    policy, said = folder / "apiversion.toml", io.StringIO()
    _answering(url)
    with _environment(style.environment), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        if main(["init", f"{url}{style.source}", "--policy", str(policy), "--yes", "--no-run"]) != 0:
            return [said.getvalue()]
        result = run_file(policy, os.environ)
    text = policy.read_text("utf-8")
    wrong = [f"the policy has no line {line!r}" for line in style.lines if line not in text]
    more, less = sorted(result.codes - set(style.found)), sorted(set(style.found) - result.codes)
    wrong += [f"{each} is found: {[str(one) for one in result.said if each in str(one)][:3]}" for each in more]
    return wrong + [f"{each} is not found" for each in less]


def _answering(url: str) -> None:
    """Wait until it answers at all."""
    place, deadline = urlsplit(url), monotonic() + READY_SECONDS
    while monotonic() < deadline:
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=5)
            connection.request("GET", "/")
            connection.getresponse().read()
            connection.close()
            return
        sleep(0.5)


@contextlib.contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Variables of the environment for a while."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
