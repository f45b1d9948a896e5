"""Every check has its two tables, and nothing else is taken for one."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path

import pytest

from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.shell.catalogue.entries import checks


@pytest.mark.parametrize("check", checks(), ids=lambda check: check.name)
def test_every_check_has_a_table_of_silence_and_one_of_speech(check: Check) -> None:
    """A check comes with what it must not say and what it must, several rows of each."""
    module = importlib.import_module(f"tests.checks.test_{check.name.replace('-', '_')}")

    assert module.CHECK is check
    assert len(module.SILENT) >= 3
    assert len(module.SPEAK) >= 3
    assert str(module.__doc__).startswith(f"{check.code}: ")


def test_every_table_is_a_checks() -> None:
    """A test file here is named as a check is; single foreign members are a table of their own for `AV311`."""
    names = {path.stem.removeprefix("test_").replace("_", "-") for path in Path(__file__).parent.glob("test_*.py")}

    assert names - {check.name for check in checks()} == {"tables", "foreign-members", "isolation-of-objects"}


@pytest.mark.parametrize("check", checks(), ids=lambda check: check.name)
def test_every_check_is_named_as_its_file(check: Check) -> None:
    """The file, the name and the promise agree; the code is `AV` and three digits."""
    module = importlib.import_module(f"pytest_apiversion.checks.{check.name.replace('-', '_')}")

    assert module.CHECK is check
    assert check.code[:2] == "AV"
    assert check.code[2:].isdigit()
    assert check.judge or check.conclude or check.inspect


@pytest.mark.parametrize("check", checks(), ids=lambda check: check.name)
def test_every_check_tells_the_same_things(check: Check) -> None:
    """What it asks, in a line; why that matters; where it is written; and how to silence it."""
    module = importlib.import_module(f"pytest_apiversion.checks.{check.name.replace('-', '_')}")
    asks, *why, last = inspect.cleandoc(str(module.__doc__)).split("\n\n")

    assert "\n" not in asks
    assert asks.endswith(".")
    assert why
    assert re.fullmatch(r"Source: \S.*[.)] Silence: \S.*\.", " ".join(last.split()))
