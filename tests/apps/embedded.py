"""The five reference servers, started for `pytest contracts`: each in a process of its own, living at the run's date."""

from __future__ import annotations

import datetime as dt
import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

POLICIES = ("aragora", "augno", "girard", "moonborn", "vellocity")
ROOT = Path(__file__).parents[2]


def start_for(config: pytest.Config) -> None:
    """Start the servers nobody gave a URL for, set their environment, and stop them when the run ends.

    A URL in the environment (`ARAGORA_URL`) or `--apiversion-base-url` means a server that is already there.
    """
    if config.getoption("--apiversion-base-url") or hasattr(config, "workerinput") and "ARAGORA_URL" in os.environ:
        _set_credentials(POLICIES)
        return
    wanted = [name for name in POLICIES if f"{name.upper()}_URL" not in os.environ]
    today = config.getoption("--apiversion-today") or dt.datetime.now(dt.UTC).isoformat()
    servers = [(name, _start(name, today)) for name in wanted]
    for name, server in servers:
        assert server.stdout is not None
        os.environ[f"{name.upper()}_URL"] = server.stdout.readline().strip()
    _set_credentials(POLICIES)
    config.add_cleanup(lambda: [_stop(name, server) for name, server in servers])


def _set_credentials(names: tuple[str, ...]) -> None:
    for name in names:
        for variable, value in importlib.import_module(f"tests.apps.{name}").ENVIRONMENT.items():
            os.environ.setdefault(variable, value)


def _start(name: str, today: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.apps.embedded", name, today]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603  our own module


def _stop(name: str, server: subprocess.Popen[str]) -> None:
    os.environ.pop(f"{name.upper()}_URL", None)
    server.communicate(timeout=10)


def main() -> None:
    """Serve one policy's server until the parent closes our standard input."""
    from tests.apps.kit import serving  # noqa: PLC0415  the parent needs neither werkzeug nor waitress

    name, text = sys.argv[1:]
    moment = dt.datetime.fromisoformat(text)
    today = moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
    with serving(importlib.import_module(f"tests.apps.{name}").create_app(today=today)) as url:
        print(url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
