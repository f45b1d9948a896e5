"""Says of a policy file that pytest did not collect why, and how it does: once, and only where that is no choice of the user's."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from pytest_apiversion.shell import POLICY_FILE
from pytest_apiversion.shell.pytest_plugin.option_definitions import is_policy_file, named_tomls

_MOST_FILES = 50
"""TOML files of one folder that are looked into."""
_MOST_BYTES = 1_000_000
"""Of one of them."""


def refuse_other_names(config: pytest.Config) -> None:
    """Refuse a policy file that is named on the command line, and is called otherwise than pytest collects it.

    Raises:
        pytest.UsageError: There is one.
    """
    named = [path for path in named_tomls(config) if not is_policy_file(path.name) and _is_policy(path)]
    if named:
        raise pytest.UsageError(_of_another_name(named[0], config))


def tell_uncollected(reporter: pytest.TerminalReporter, exitstatus: int) -> None:
    """Write the sentence on a policy file that a run left out, where there is one."""
    if sentence := _uncollected(reporter.config, nothing_ran=exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED):
        reporter.write_line(sentence, yellow=True)


def _uncollected(config: pytest.Config, *, nothing_ran: bool) -> str:
    """The sentence on a policy file that a run left out; empty where there is none.

    Args:
        config: Of a run in which no policy file and no fixture of ours is in play.
        nothing_ran: Whether it collected nothing at all.
    """
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        left = [path for path in _tomls(config.rootpath) if is_policy_file(path.name) and not _ignored(path, config)]
        if left:
            told, shown = _shown(config.inipath or config.rootpath, config), _shown(left[0], config)
            return f"{shown} was not collected: testpaths ({told}) leaves it out.\nAdd it there, or run: pytest {shown}"
    if nothing_ran:
        for folder in _folders(config):
            for path in _tomls(folder):
                if not is_policy_file(path.name) and _is_policy(path):
                    return _of_another_name(path, config)
    return ""


def _of_another_name(path: Path, config: pytest.Config) -> str:
    shown = _shown(path, config)
    called = _shown(path.with_name(f"{path.stem}.{POLICY_FILE}"), config)
    return f"{shown} is a policy file that pytest does not collect by this name.\nRename it: mv {shown} {called}"


def _is_policy(path: Path) -> bool:
    """Whether a TOML file says what a policy file must say."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            return False
        found = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found.get("versions"), dict) and ("versioning" in found or "extends" in found)


def _tomls(folder: Path) -> Iterator[Path]:
    return islice(iter(sorted(folder.glob("*.toml"))), _MOST_FILES)


def _folders(config: pytest.Config) -> list[Path]:
    here = config.invocation_params.dir
    given = [here / each.partition("::")[0] for each in config.args]
    return list(dict.fromkeys(each for each in (*given, config.rootpath) if each.is_dir()))


def _ignored(path: Path, config: pytest.Config) -> bool:
    """Whether the suite says that it is not to be collected."""
    return bool(config.hook.pytest_ignore_collect(collection_path=path, config=config))


def _shown(path: Path, config: pytest.Config) -> str:
    here = config.invocation_params.dir
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
