"""Defines the command-line and ini options; light, for every pytest run imports it."""

from __future__ import annotations

import contextlib
import datetime as dt
import fnmatch
import os
import random
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.shell import POLICY_FILE
from pytest_apiversion.shell.texts.standard_files import fill_closed

_POLICY_FILES = (POLICY_FILE, f"*.{POLICY_FILE}")
"""Names a policy file may have."""

REFUSAL = "apiversion_refusal"
"""Under which a worker of pytest-xdist tells why it runs nothing."""

CLEANED = "apiversion_cleaned"
"""Under which a worker of pytest-xdist tells what became of the things it created."""

RECORDED = "apiversion_recorded"
"""Under which a worker of pytest-xdist hands over the exchanges it recorded."""

STEALING = "apiversion_stealing"
"""Under which a worker of pytest-xdist is told whether others may take away what it was handed."""

MARKERS = (
    "apiversion: an item of a policy file (apiversion.toml).",
    "api_versions(*names, since=None, until=None, stages=None): which versions the fixture api_version takes.",
)
"""What a suite may mark, and what is marked by itself."""

SESSION: pytest.StashKey[Any] = pytest.StashKey()
"""Where the session's view of policies is kept, once there is one."""

COLLECTED: pytest.StashKey[bool] = pytest.StashKey()
"""Where it is said that a policy file was come upon, before anything is imported for it."""

_SHARED: pytest.StashKey[list[str | int]] = pytest.StashKey()

_PARENT: pytest.StashKey[int] = pytest.StashKey()
"""Where the controller of a worker, or what started this process, is kept, until the kernel is asked to watch it."""

_CONTROLLER = "PYTEST_APIVERSION_CONTROLLER"
"""The variable by which a worker of pytest-xdist is told which process controls it, before it imports anything."""

_OPTIONS = (
    ("base-url", "URL", "Where the API answers, over the policy file's base_url."),
    ("versions", "V1,V2", "Hold only these versions (and aliases), by name."),
    ("today", "DATE", "Read policies as of this date or instant (ISO 8601, UTC) instead of now."),
    ("max-examples", "N", "Requests drawn for each operation, over the policy file's max_examples."),
    ("rate", "N", "Requests per second at most, for each policy, over the policy file's rate."),
    ("concurrency", "N", "Requests in flight at most, for each policy, over the policy file's concurrency."),
    ("ca", "PATH", "Authorities that the service's certificate is verified by (PEM), over the policy file's ca."),
    ("certificate", "FILE", "The client's certificate (PEM), over the policy file's certificate, key and password."),
    ("certificate-key", "FILE", "The key of the client's certificate (PEM), where it is in a file of its own."),
    (
        "proxy",
        "URL",
        "The http:// proxy to ask through, over the policy file's; `environment` for HTTPS_PROXY, HTTP_PROXY and NO_PROXY.",
    ),
    ("shrink", "N", "Requests spent on making the request behind one finding smaller; 0 leaves it as it was drawn."),
    (
        "max-time",
        "SECONDS",
        "Begin nothing new after so many seconds; each operation is asked once before any is asked the rest. What was not reached is said, and fails a strict run.",
    ),
    ("shard", "N/M", "Run the Nth of M shards of the items of policy files: one for each machine."),
    ("json", "FILE", "Write what the page after the run says as JSON."),
    ("html", "FILE", "Write it as one HTML file that needs no network (with the extra `html`)."),
    ("markdown", "FILE", "Write it as Markdown, for a pull request or the summary of a CI job."),
    ("sarif", "FILE", "Write its causes as SARIF 2.1.0, for code scanning and editors."),
    ("code-quality", "FILE", "Write its causes as the code quality report of GitLab."),
    ("baseline", "FILE", "Known findings, which do not fail the run; `apiversion baseline update` writes the file."),
    ("badge", "FILE", "Write the JSON of an endpoint badge."),
    ("har", "FILE", "Write what was sent and what came back as an HTTP Archive (HAR 1.2), secrets masked."),
    (
        "fail-under",
        "KIND:PERCENT",
        "Fail when less was reached: reach:90, of operations that succeeded; held:90, of promises that were held; or both with a comma.",
    ),
    (
        "database",
        "WHERE",
        "Hypothesis example database of past failures: none, a directory, or redis://HOST:PORT/NUMBER; the profile's when absent.",
    ),
    ("policy", "FILE", "The policy file of the fixtures; apiversion.toml beside the ini file when absent."),
)
REPORTS = ("json", "html", "markdown", "sarif", "code-quality", "badge", "har")
"""Options that name a file the run writes."""
_FLAGS = (
    ("strict", "Fail when a promise was not exercised."),
    ("github", "On GitHub Actions: annotate the lines of broken promises, and add the page to the job's summary."),
    ("reach", "Name every operation that never succeeded, and every declared answer that was not seen."),
    (
        "safe",
        "Send safe methods only (GET, HEAD, OPTIONS, TRACE), wherever the service is; nothing is created or deleted.",
    ),
    ("insecure", "Verify no certificates of the service; the page warns of it."),
    ("all-methods", "Send unsafe methods to other hosts than this machine too."),
)


def is_policy_file(name: str) -> bool:
    """Whether a file is a policy file, by its name."""
    return any(fnmatch.fnmatch(name, pattern) for pattern in _POLICY_FILES)


def named_tomls(config: pytest.Config) -> list[Path]:
    """The TOML files that the command line names."""
    paths = [each.partition("::")[0] for each in config.args]
    return [config.invocation_params.dir / each for each in paths if each.endswith(".toml")]


def left_out(config: pytest.Config, exitstatus: int) -> bool:
    """Whether a run without a policy file may have left one out: it took `testpaths`, or collected nothing."""
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS or exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED


def add_options(parser: pytest.Parser) -> None:
    """Declare the command-line options and their ini twins (`--apiversion-base-url` and `apiversion_base_url`).

    What asks for an explanation has no twin: it is no run.
    """
    fill_closed()
    group = parser.getgroup("apiversion", "API versions")
    for name, metavar, text in _OPTIONS:
        group.addoption(f"--apiversion-{name}", metavar=metavar, default=None, help=text)
        parser.addini(_ini(name), text, default="")
    for name, text in _FLAGS:
        group.addoption(f"--apiversion-{name}", action="store_true", default=None, help=text)
        parser.addini(_ini(name), text, type="bool", default=False)
    text = "Print what a check asks, why, and how to silence it (AV103), and run nothing."
    group.addoption("--apiversion-explain", metavar="CODE", default=None, help=text)


def _ini(name: str) -> str:
    return f"apiversion_{name.replace('-', '_')}"


def text_option(config: pytest.Config, name: str) -> str | None:
    """An option's text: the command line's, else the ini file's, else None."""
    given = config.getoption(f"--apiversion-{name}")
    return str(given) if given is not None else str(config.getini(_ini(name))) or None


def begin(config: pytest.Config) -> None:
    """Do what is to be done before anything can end the run: old reports go, and a worker of pytest-xdist ends soon after its controller.

    Args:
        config: As far as it is read before any conftest.py.
    """
    controller = os.environ.pop(_CONTROLLER, None)  # what this process starts is no worker of that controller
    if controller is not None:
        from pytest_apiversion.shell.processes.parent_watch import watch  # noqa: PLC0415  only a worker pays

        watch(int(controller))
    config.stash[_PARENT] = int(controller) if controller is not None else os.getppid()
    if controller is None:
        _tell_workers(config)
    _forget_reports(config)
    config.add_cleanup(lambda: _search_all(config))  # runs last: pytest's own, added later, looks for cycles once more


def _search_all(config: pytest.Config) -> None:
    """Let Python's collector look through everything again, where a run of ours had it leave something out."""
    if SESSION in config.stash:
        from pytest_apiversion.shell.target.garbage_collector import let_go  # noqa: PLC0415  only a run of ours pays

        let_go()


def _tell_workers(config: pytest.Config) -> None:
    """Tell workers of pytest-xdist, which are about to be started, whom they end with: once they ask by themselves it may be gone."""
    given = config.known_args_namespace
    if os.name == "posix" and (getattr(given, "numprocesses", None) or getattr(given, "tx", None)):
        os.environ[_CONTROLLER] = str(os.getpid())
        config.add_cleanup(_tell_no_more)


def _tell_no_more() -> None:
    os.environ.pop(_CONTROLLER, None)


def _forget_reports(config: pytest.Config) -> None:
    """Take away the report files that this run is to write, where an earlier one left them; a run that only lists or explains leaves them.

    Args:
        config: As far as it is read before any conftest.py.
    """
    given = config.known_args_namespace
    if any(getattr(given, name, None) for name in ("collectonly", "help", "version", "apiversion_explain")):
        return
    for name in REPORTS:
        path = getattr(given, _ini(name), None) or config.getini(_ini(name))
        report = config.invocation_params.dir / str(path or "")
        with contextlib.suppress(OSError):  # what cannot be taken away cannot be written either, which is told then
            if report.is_file():
                report.unlink()


def collects(config: pytest.Config, name: str) -> bool:
    """Whether a file of this name is a policy file; from the first one on, a worker ends with its controller."""
    found = is_policy_file(name)
    if found:
        end_with_controller(config)
    return found


def end_with_controller(config: pytest.Config) -> None:
    """Have a worker of pytest-xdist end with its controller even while something holds the interpreter: by itself it would ask on for many seconds."""
    if hasattr(config, "workerinput") and _PARENT in config.stash:
        from pytest_apiversion.shell.processes.parent_watch import end_with  # noqa: PLC0415  only a worker pays

        end_with(config.stash[_PARENT])
        del config.stash[_PARENT]


def flag(config: pytest.Config, name: str) -> bool:
    """Whether a flag is up."""
    return bool(config.getoption(f"--apiversion-{name}") or config.getini(_ini(name)))


def any_given(config: pytest.Config) -> bool:
    """Whether any option with a value is given, on the command line or in the ini file, or a TOML file is named."""
    return bool(named_tomls(config)) or any(text_option(config, name) is not None for name, _, _ in _OPTIONS)


def take_in_additions(config: pytest.Config) -> None:
    """Take in what conftest.py files and plugins add to the catalogue, where they add anything."""
    hooks = (
        config.hook.pytest_apiversion_checks,
        config.hook.pytest_apiversion_carriers,
        config.hook.pytest_apiversion_dialects,
    )
    if any(hook.get_hookimpls() for hook in hooks):
        from pytest_apiversion.shell.catalogue.conftest_additions import take_in  # noqa: PLC0415  only a suite that adds something pays

        take_in(config)


def in_play(config: pytest.Config) -> bool:
    """Whether a policy file or a fixture of ours was seen."""
    return SESSION in config.stash


def told(config: pytest.Config) -> dict[str, Any]:
    """What a worker of pytest-xdist is told."""
    return {"apiversion": shared(config), STEALING: config.getoption("dist") == "worksteal"}


def shared(config: pytest.Config) -> list[str | int]:
    """What every process of a run must agree on: the moment it began (ISO 8601, UTC) and a seed nobody chose."""
    worker = getattr(config, "workerinput", None)
    if worker is not None and "apiversion" in worker:
        return list(worker["apiversion"])
    if _SHARED not in config.stash:
        now = dt.datetime.now(dt.UTC).isoformat()  # noqa: TID251  the only reading of the clock
        fresh: list[str | int] = [now, random.SystemRandom().randrange(2**32)]
        config.stash[_SHARED] = fresh
    return config.stash[_SHARED]
