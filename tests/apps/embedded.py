"""The five reference servers, started for `pytest contracts`: each in a process of its own, living at the run's date."""

from __future__ import annotations

import datetime as dt
import importlib
import logging
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from pytest_apiversion.shell.pytest_plugin.option_definitions import shared, text_option

POLICIES = ("aragora", "augno", "girard", "moonborn", "vellocity")
ROOT = Path(__file__).parents[2]
_PATIENCE = 10.0
"""Seconds a server may take to end."""


def wanted(config: pytest.Config) -> list[str]:
    """The policies whose folder is among the run's arguments, above one of them, or below one."""
    named = [config.invocation_params.dir / argument.partition("::")[0] for argument in config.args]
    folders = {name: ROOT / "contracts" / name for name in POLICIES}
    return [
        name
        for name, folder in folders.items()
        if any(folder.is_relative_to(path.resolve()) or path.resolve().is_relative_to(folder) for path in named)
    ]


def start_for(config: pytest.Config) -> None:
    """Start the servers the run asks for, set their environment, and stop them when it ends.

    A URL in the environment (`ARAGORA_URL`), or `--apiversion-base-url`, means a server that is there already. The workers of
    pytest-xdist inherit the environment, and with it the controller's servers.
    """
    names = wanted(config)
    _set_credentials(names)
    moment = _moment(config)
    if text_option(config, "base-url") or hasattr(config, "workerinput") or moment is None:
        return
    servers = {name: _start(name, moment) for name in names if _variable(name) not in os.environ}
    config.add_cleanup(lambda: _stop(servers))
    for name, server in servers.items():
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        if not url:
            message = f"the reference server {name} did not start (see above)"
            raise pytest.UsageError(message)
        os.environ[_variable(name)] = url


def _moment(config: pytest.Config) -> str | None:
    """When the servers live: the run's own instant. None for a date that is none, which the plugin reports."""
    text = text_option(config, "today") or str(shared(config)[0])
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return text


def _variable(name: str) -> str:
    return f"{name.upper()}_URL"


def _set_credentials(names: Iterable[str]) -> None:
    for name in names:
        for variable, value in importlib.import_module(f"tests.apps.{name}").ENVIRONMENT.items():
            os.environ.setdefault(variable, value)


def _start(name: str, moment: str) -> subprocess.Popen[str]:
    # `-m` would find `tests` only where Python puts the working directory on its path, which PYTHONSAFEPATH forbids
    program = f"import sys; sys.path.append({str(ROOT)!r}); from tests.apps.embedded import main; main()"
    command = [sys.executable, "-c", program, name, moment]
    # in a session of its own, so that Ctrl-C reaches it by way of its standard input only
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )


def _stop(servers: dict[str, subprocess.Popen[str]]) -> None:
    for name, server in servers.items():
        os.environ.pop(_variable(name), None)
        assert server.stdin is not None
        server.stdin.close()
    for server in servers.values():
        try:
            server.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        assert server.stdout is not None
        server.stdout.close()


def main() -> None:
    """Serve one policy's server until the parent closes our standard input, or is gone."""
    from tests.apps.kit import serving  # noqa: PLC0415  the parent needs neither werkzeug nor waitress

    name, text = sys.argv[1:]
    moment = dt.datetime.fromisoformat(text)
    today = moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a queue of one is no news
    with serving(importlib.import_module(f"tests.apps.{name}").create_app(today=today)) as url:
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
