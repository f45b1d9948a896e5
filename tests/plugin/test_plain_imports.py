"""The plugin's modules are imported as they are installed: pytest does not write their asserts anew."""

from __future__ import annotations

import pytest

_MARKS = """
import pytest

pytest.register_assert_rewrite("pytest_apiversion", "other_package")
"""
_TEST = """
import sys

import other_package.helper
import pytest_apiversion.shell.pytest_plugin.collection

BEFORE = {
    "", ".plugin", ".shell", ".shell.processes", ".shell.processes.early_interrupts", ".shell.processes.plain_imports",
    ".shell.pytest_plugin", ".shell.pytest_plugin.hookspecs", ".shell.pytest_plugin.option_definitions", ".shell.texts",
    ".shell.texts.standard_files",
}

def rewritten(top):
    return {
        name for name, module in sys.modules.items()
        if name.partition(".")[0] == top and type(module.__spec__.loader).__name__ == "AssertionRewritingHook"
    }

def test_only_what_came_first_is_written_anew():
    assert rewritten("pytest_apiversion") == {f"pytest_apiversion{name}" for name in BEFORE}
    assert rewritten("other_package") == {"other_package", "other_package.helper"}
    assert len([name for name in sys.modules if name.startswith("pytest_apiversion.")]) > 200
"""


def test_modules_are_imported_as_they_are_installed(pytester: pytest.Pytester) -> None:
    """Where pytest was told of this package, as it is of every installed plugin, it has only those that came before; others' are as ever."""
    pytester.makepyfile(marks=_MARKS, test_imports=_TEST)
    pytester.mkpydir("other_package").joinpath("helper.py").write_text("", "utf-8")

    result = pytester.runpytest_subprocess("-p", "marks", timeout=300)

    result.assert_outcomes(passed=1)
