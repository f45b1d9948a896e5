"""The lock, constraints.txt: what it pins, for whom, and that it is what was installed."""

from __future__ import annotations

import os
import re
import tomllib
import warnings
from collections.abc import Iterator
from configparser import RawConfigParser
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import pytest_apiversion

ROOT = Path(__file__).parents[1]
MINE = "pytest-apiversion"
PYTHONS = ("3.11.7", "3.12.1", "3.13.0")
PLATFORMS = (("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt"))
ENVIRONMENTS = [
    pytest.param(
        {
            "python_version": python.rpartition(".")[0],
            "python_full_version": python,
            "sys_platform": sys_platform,
            "platform_system": system,
            "os_name": os_name,
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
        },
        id=f"{python}-{sys_platform}",
    )
    for python in PYTHONS
    for sys_platform, system, os_name in PLATFORMS
]


def _lines() -> list[str]:
    return (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()


def _pins(environment: dict[str, str] | None = None) -> dict[str, list[str]]:
    """The releases that the lock names for an environment, this one by default."""
    found: dict[str, list[str]] = {}
    for line in _lines():
        if line.strip().startswith("#"):
            continue
        pin = Requirement(line)
        if pin.marker is None or pin.marker.evaluate(environment):
            found.setdefault(canonicalize_name(pin.name), []).append(str(pin.specifier).removeprefix("=="))

    return found


def _requirements() -> list[Requirement]:
    """All that pyproject.toml asks for: at run time, in an extra, and to build."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = pyproject["project"]
    texts = [
        *project["dependencies"],
        *(text for extra in project["optional-dependencies"].values() for text in extra),
        *pyproject["build-system"]["requires"],
        *pyproject["dependency-groups"]["build"],
    ]

    return [each for each in map(Requirement, texts) if each.name != MINE]


def _installed(name: str, extras: frozenset[str]) -> Iterator[tuple[str, str]]:
    """A distribution's requirements that hold here, and theirs, each with the release that is installed."""
    wanted, seen = [(name, extras)], set()
    while wanted:
        name, extras = wanted.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        for text in metadata.requires(name) or []:
            need = Requirement(text)
            if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in extras | {""}):
                found = canonicalize_name(need.name)
                wanted.append((found, frozenset(need.extras)))
                yield found, metadata.version(found)


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_each_requirement_is_pinned_within_its_range(environment: dict[str, str]) -> None:
    """Wherever the suite runs, a direct requirement has one release in the lock, and it is one that pyproject.toml allows."""
    pins = _pins(environment)
    wrong = {
        str(need): pins.get(canonicalize_name(need.name))
        for need in _requirements()
        if len(pinned := pins.get(canonicalize_name(need.name), [])) != 1 or not need.specifier.contains(pinned[0])
    }

    assert wrong == {}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_nothing_is_pinned_twice(environment: dict[str, str]) -> None:
    """Two releases of one package for one environment cannot both be installed."""
    assert [name for name, pins in _pins(environment).items() if len(pins) > 1] == []


def test_the_lock_names_releases_and_nothing_else() -> None:
    """No option, index, address or path of the machine that compiled it."""
    pin = re.compile(r"[a-z0-9][a-z0-9.-]*==[0-9][0-9a-z.!+]*( ; [a-z_]+ [^/:]*)?")

    assert [line for line in _lines() if not line.strip().startswith("#") and not pin.fullmatch(line)] == []
    assert [line for line in _lines() if "://" in line or " /" in line or "\\" in line] == []


def test_the_lock_is_compiled_by_the_command_that_renews_it() -> None:
    """`tox -e lock` repeats what the file says of itself."""
    tox = RawConfigParser()
    tox.read(ROOT / "tox.ini", encoding="utf-8")
    command = tox["testenv:lock"]["commands"].partition(" {posargs")[0]

    assert _lines()[1].removeprefix("#").strip() == command


@pytest.mark.skipif(not os.environ.get("APIVERSION_EXPECT_LOCK"), reason="only the gate and tox install by the lock")
def test_what_is_installed_is_what_the_lock_names() -> None:
    """A release that the lock does not name has entered by no way, be it a requirement's requirement or the build's."""
    pins = {name: pinned[0] for name, pinned in _pins().items()}
    others = {
        f"{name} {version}"
        for name, version in _installed(MINE, frozenset({"test"}))
        if name != MINE and pins.get(name) != version
    }
    wheel = metadata.distribution(MINE).read_text("WHEEL") or ""

    assert others == set()
    assert f"Generator: hatchling {pins['hatchling']}\n" in wheel


def _warn(category: type[Warning], module: str, text: str = "x") -> None:
    warnings.warn_explicit(text, category, f"{module}.py", 1, module=module)


@pytest.mark.parametrize(
    ("category", "module", "text"),
    [
        (UserWarning, "pytest_apiversion.core.model", "x"),
        (RuntimeWarning, "tests.apps.kit", "x"),
        (pytest_apiversion.ApiVersionWarning, "tests.test_lock", "x"),
        (ResourceWarning, "socket", "unclosed"),
        (DeprecationWarning, "tests.test_lock", "'x' is deprecated and slated for removal in Python 3.15"),
    ],
)
def test_a_warning_of_ours_is_an_error(category: type[Warning], module: str, text: str) -> None:
    """What our lines are warned of, and what they leave open, fails the test."""
    with pytest.raises(category, match=re.escape(text)):
        _warn(category, module, text)


@pytest.mark.parametrize(
    ("category", "module"),
    [
        (UserWarning, "cadwyn.applications"),
        (FutureWarning, "starlette.testclient"),
        (DeprecationWarning, "tests.frameworks.cadwyn_app"),
        (PendingDeprecationWarning, "pytest_apiversion.shell.generation.strategies"),
    ],
)
def test_a_warning_of_another_package_is_shown(category: type[Warning], module: str) -> None:
    """What another package warns of breaks nothing, also where Python names our line that calls it."""
    with warnings.catch_warnings(record=True) as shown:
        _warn(category, module)

    assert [each.category for each in shown] == [category]
