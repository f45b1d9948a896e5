"""What the suite leaves out where a library is too old for it, how patient its property tests are, where compiled modules are kept, and when cycles are looked for."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import importlib
import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.forkserver.serving import fork_server, shared_fork_server
from tests.installed import remember_what_is_installed
from tests.thorough import drawn

# How long an example takes says how busy the machine is.
settings.register_profile("suite", settings(), max_examples=drawn(settings().max_examples), deadline=None)
settings.load_profile("suite")

NEW = tuple(int(part) for part in metadata.version("schemathesis").split(".")[:2]) >= (4, 32)

# These drive the reference servers with schemathesis' own checks, in their present form. They test the servers, which
# are the same whatever schemathesis is; what tests the plugin runs everywhere.
collect_ignore_glob = [] if NEW else ["apps/test_*.py", "frameworks/test_contracts.py"]


_HANDED = 100
"""Tests that pytest-xdist hands to a worker at once."""


def pytest_configure(config: pytest.Config) -> None:
    """Nothing says how wide a terminal is; and where Python may not write bytecode beside the sources, a folder of this run takes it.

    The workers and the runs that tests start import the same thousand modules; each would compile them anew, for a second and more. By itself
    pytest-xdist hands out thousands of tests at once, and the worker that got the quick ones is idle for the last third of the time.
    """
    os.environ.pop("COLUMNS", None)  # readline sets it for the workers that a run starts
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        folder = os.environ["PYTHONPYCACHEPREFIX"] = tempfile.mkdtemp(prefix="bytecode-")
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    if getattr(config.option, "maxschedchunk", _HANDED) is None:
        config.option.maxschedchunk = _HANDED


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep the collector of cycles away from what lives to the end: the modules, and a half million objects of the collected tests.

    To look through them takes a third of a second each time, in each process of the suite.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


@pytest.fixture
def nothing_frozen() -> Iterator[None]:
    """The collector of cycles looks through everything, as where a test runs alone; afterwards as before."""
    frozen = gc.get_freeze_count()
    gc.unfreeze()
    yield
    gc.unfreeze()
    if frozen:
        gc.freeze()


Spawn = Callable[..., pytest.RunResult]


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """The workers of pytest-xdist share a fork server, which ends with the process that controls them."""
    node.workerinput["controller"] = os.getpid()


@pytest.fixture(scope="session")
def python(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Python, as far as a run of pytest can tell; it has imported all that a run imports."""
    controller = getattr(pytestconfig, "workerinput", {}).get("controller")
    if controller is not None:
        yield shared_fork_server(tmp_path_factory.getbasetemp().parent / "fork", controller)
        return
    with tempfile.TemporaryDirectory(prefix="fork") as folder, fork_server(Path(folder)) as program:
        yield program


@pytest.fixture
def spawn(pytester: pytest.Pytester, python: str, tmp_path_factory: pytest.TempPathFactory) -> Spawn:
    """Runs pytest in pytester's folder in a process of its own, and under xdist in several: what `runpytest_subprocess` does, in a third of its time."""

    def run(*arguments: str, timeout: float = 300) -> pytest.RunResult:
        basetemp = tmp_path_factory.mktemp("spawned")
        return pytester.run(python, "-mpytest", f"--basetemp={basetemp}", *arguments, timeout=timeout)

    return run


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whatever a run imports, imported, and what is installed, read: pytester forgets what was imported during a run in this process, and no library survives being imported twice."""
    import yaml  # noqa: F401, PLC0415  most tests need none of it; the contracts below are JSON

    from pytest_apiversion.shell.execution.options import Run  # noqa: PLC0415
    from pytest_apiversion.shell.execution.runner import Runner  # noqa: PLC0415
    from pytest_apiversion.shell.pytest_plugin import hooks  # noqa: F401, PLC0415
    from pytest_apiversion.shell.target.load import load_target  # noqa: PLC0415
    from tests.plugin.small_api import SECRET, SEED, TODAY, small_api, write_suite  # noqa: PLC0415

    for name in ("html.writer", "junitxml", "recorders"):  # what its plugin for pytest imports at the end of each run
        with contextlib.suppress(ImportError):
            importlib.import_module(f"schemathesis.reporting.{name}")

    with small_api() as (_, url):
        path = write_suite(tmp_path_factory.mktemp("warm"))
        target = load_target(path, {"SMALL_URL": url, "SMALL_TOKEN": SECRET})
        runner = Runner(target=target, run=Run(as_of=dt.datetime.fromisoformat(f"{TODAY}T00:00Z"), seed=SEED))
        for operation in runner.operations("v1"):
            runner.operation_item("v1", operation)
        runner.close()
    installed = remember_what_is_installed()
    yield
    installed.undo()
