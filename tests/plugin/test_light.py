"""A suite without a policy file sees nothing of the plugin, and pays next to nothing for it."""

from __future__ import annotations

import re

import pytest

from tests.plugin.small_api import write_suite

_HEAVY = ("schemathesis", "hypothesis", "jsonschema", "requests", "referencing", "yaml", "http_sf")

_ALONE = (
    "-p",
    "no:hypothesispytest",
    "-p",
    "no:schemathesis",
    "-p",
    "no:anyio",
    "-p",
    "no:xdist",
    "-p",
    "no:xdist.looponfail",
)
"""Other plugins stay away: what is loaded then, is loaded by us."""

_TEST = f"""
import sys

def test_nothing_of_ours_is_loaded():
    ours = {{name for name in sys.modules if name.startswith("pytest_apiversion")}}
    heavy = {{name for name in sys.modules if name.partition(".")[0] in {_HEAVY!r}}}
    assert heavy == set()
    assert ours == {{
        "pytest_apiversion", "pytest_apiversion.plugin", "pytest_apiversion.shell", "pytest_apiversion.shell.processes",
        "pytest_apiversion.shell.processes.early_interrupts", "pytest_apiversion.shell.processes.plain_imports", "pytest_apiversion.shell.pytest_plugin", "pytest_apiversion.shell.pytest_plugin.option_definitions",
        "pytest_apiversion.shell.pytest_plugin.hookspecs", "pytest_apiversion.shell.texts", "pytest_apiversion.shell.texts.standard_files",
    }}
"""


def _plain(result: pytest.RunResult) -> list[str]:
    return [
        re.sub(r"in [\d.]+s", "", re.sub(r"=+", "=", line))
        for line in result.outlines
        if not line.startswith("plugins: ")
    ]


@pytest.mark.parametrize("arguments", [(), ("--strict-markers", "-W", "error")], ids=["plain", "strict"])
def test_nothing_heavy_is_imported(pytester: pytest.Pytester, arguments: tuple[str, ...]) -> None:
    """Without a policy file the plugin module and the option names are all that is loaded of us."""
    pytester.makepyfile(_TEST)

    result = pytester.runpytest_subprocess(*_ALONE, *arguments, timeout=300)

    result.assert_outcomes(passed=1)


def test_nothing_is_said(pytester: pytest.Pytester) -> None:
    """The output is that of a run without the plugin: no header line, no summary line."""
    pytester.makepyfile("def test_one(): pass")

    told = ("-v", "-p", "no:metadata")  # which lists the plugins there are, where it is installed
    silent = pytester.runpytest_inprocess(*told)

    assert _plain(silent) == _plain(pytester.runpytest_inprocess(*told, "-p", "no:apiversion"))


def test_a_broken_policy_file_elsewhere_is_nobodys_business(pytester: pytest.Pytester) -> None:
    """A suite beside a broken policy file runs as if it were not there."""
    write_suite(pytester.path / "elsewhere", policy="[api")
    pytester.mkdir("here").joinpath("test_here.py").write_text("def test_one(): pass", "utf-8")

    pytester.runpytest_inprocess("here").assert_outcomes(passed=1)


def test_the_options_have_help(pytester: pytest.Pytester) -> None:
    """`--help` lists each option, and its ini twin."""
    said = pytester.runpytest_inprocess("--help").stdout.str()

    for name in ("base-url", "versions", "today", "max-examples", "rate", "policy", "strict", "all-methods"):
        assert f"--apiversion-{name}" in said
        assert f"apiversion_{name.replace('-', '_')} (" in said


def test_the_markers_are_declared(pytester: pytest.Pytester) -> None:
    """`--markers` tells what our markers take."""
    said = pytester.runpytest_inprocess("--markers").stdout.str()

    assert "@pytest.mark.apiversion:" in said
    assert "@pytest.mark.api_versions(*names, since=None, until=None, stages=None):" in said
