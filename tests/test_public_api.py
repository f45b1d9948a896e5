"""The public names are a list, and the list is true."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import pytest_apiversion

PUBLIC = pytest_apiversion.__all__


def test_public_names_are_sorted_and_unique() -> None:
    """A reader finds a name where the alphabet puts it."""
    assert sorted(set(PUBLIC)) == list(PUBLIC)


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_exists_and_is_documented(name: str) -> None:
    """Every promised name can be imported; every class and function says what it is for, in words of its own."""
    value = getattr(pytest_apiversion, name)
    documented = not callable(value) or bool((inspect.getdoc(value) or "").strip())
    inherited = inspect.isclass(value) and "__doc__" not in vars(value)

    assert documented
    assert not inherited
    assert not (inspect.isclass(value) and (value.__doc__ or "").startswith(f"{name}(")), "a generated docstring"


def test_nothing_public_is_missing_from_the_list() -> None:
    """A class or function that can be reached without an underscore is promised."""
    reachable = {
        name
        for name, value in vars(pytest_apiversion).items()
        if not name.startswith("_") and (inspect.isclass(value) or inspect.isfunction(value))
    }

    assert set() == reachable - set(PUBLIC)


def test_importing_the_package_is_silent_and_cheap() -> None:
    """The front door opens without a warning and without the heavy dependencies, which a suite may never need."""
    code = "import sys, pytest_apiversion; print(sorted({'schemathesis', 'hypothesis', 'requests'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")
